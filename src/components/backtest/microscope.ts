import type {Trade} from "../../lib/backtest/trade.js";
import {type FillFacts, tradeFacts} from "../../lib/backtest/trade-facts.js";
import {h} from "../dom.js";
import {factList, openDrawer} from "../drawer.js";
import {change, type Shown} from "../figure.js";
import {formatAmount, formatDay, formatNumber, formatPercent} from "../format.js";
import {plainTable} from "../plain-table.js";
import {isoDay} from "./bars-window.js";
import type {Ran} from "./run-backtest.js";
import {costChoice} from "./setup-state.js";
import {tradeChart} from "./trade-chart.js";

/** Opens a trade at the right edge: its bars, both fills with the rule of each, its costs, and what else it might have been. */
export async function openMicroscope(
  trade: Trade,
  number: number,
  {setup, loaded, output}: Ran
): Promise<void> {
  const {bars, unit} = loaded;
  await import("../../workers/jitless.js"); // before the first schema is made
  const {CostChoiceSchema, costsOf} = await import("../../lib/backtest/costs/choice.js");
  const costs = costsOf(CostChoiceSchema.parse(costChoice(setup)));
  const facts = tradeFacts(trade, bars, {rules: output.rules, costs});
  const money = (value: number | null): Shown => ({
    text: formatAmount(value === null ? null : String(value), unit, {signed: true}),
    reason: "there is no such bar, or no price of a bar explains the fill",
    secret: true
  });
  const place = h("div", {class: "bt-microscope"});
  const line = (name: string, value: number | null) =>
    h("tr", null, h("th", {scope: "row"}, name), h("td", {class: "number"}, change(money(value))));
  const price = (value: number) => `${formatNumber(value, {digits: value < 10 ? 4 : 2})} ${unit}`;
  const content = h(
    "div",
    null,
    place,
    factList([
      [
        "Units",
        `${formatNumber(trade.size, {digits: 4})} ${trade.side}, ${formatAmount(String(trade.size * trade.entryPrice), unit)} ${unit} at entry`
      ],
      ["Opened", `${told(facts.entry, bars.time)} at ${price(trade.entryPrice)}`],
      ["Closed", `${told(facts.exit, bars.time)} at ${price(trade.exitPrice)}`],
      [
        "Held",
        `${facts.bars} bars; at worst ${formatPercent(facts.adverse)}, at best ${formatPercent(facts.favourable, {signed: true})}`
      ]
    ]),
    plainTable(
      ["Where the gain went", unit],
      [
        line("Between the market's prices", facts.gross),
        line("Slippage", facts.slippage === null ? null : -facts.slippage),
        line("Commission", -facts.commission),
        h(
          "tr",
          {class: "total"},
          h("th", {scope: "row"}, `Gain, ${formatPercent(trade.returnPercent / 100, {signed: true})}`),
          h("td", {class: "number"}, h("b", null, change(money(trade.pnl))))
        )
      ]
    ),
    plainTable(
      ["The same units, filled", unit],
      facts.alternatives.map(({name, pnl}) => line(name, pnl))
    ),
    h(
      "p",
      {class: "muted small"},
      "What a bar earlier or the decision's close would have brought nobody could have had: the decision was not known yet."
    )
  );
  openDrawer(content, {
    title: `Trade ${number}`,
    subtitle: `${bars.symbol}, ${trade.side}, ${formatDay(isoDay(trade.entryTime))} to ${formatDay(isoDay(trade.exitTime))}`
  });
  const width = Math.max(280, Math.floor(place.getBoundingClientRect().width));
  place.replaceChildren(
    tradeChart(bars, {width, unit, side: trade.side, entry: facts.entry, exit: facts.exit})
  );
}

/** The rule of a fill in words. */
function told({bar, at, decided, market}: FillFacts, time: Float64Array): string {
  const day = (i: number) => formatDay(isoDay(time[i]));
  if (at === null) return `${day(bar)}, within the bar`;
  const slipped = `, ${formatNumber(market)} in the market,`;
  if (decided === null) return `${day(bar)}, its close: the end of the bars${slipped}`;
  if (decided === bar) return `${day(bar)}, the close it was decided on${slipped}`;
  return `${day(bar)}, its open, decided at the close of ${day(decided)}${slipped}`;
}
