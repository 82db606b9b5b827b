import type {Rung} from "../../lib/backtest/ladder.js";
import {h} from "../dom.js";
import {change} from "../figure.js";
import {formatAmount, formatNumber, formatPercent} from "../format.js";
import {plainTable} from "../plain-table.js";
import {waterfall} from "../waterfall.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {ranCard} from "./ran-card.js";
import type {Climbed} from "./run-backtest.js";

const NAMES: Readonly<Record<Rung["step"], string>> = {
  ideal: "Ideal",
  commission: "Commission",
  "next-open": "Next open",
  spread: "Spread, slippage",
  impact: "Impact",
  carrying: "Borrow, interest"
};

/** Returns what each assumption of what trading is like takes from the strategy, down to what it gets. */
export function ladderCard(watched: Watched<Climbed>): HTMLElement {
  return ranCard(watched, "Assumption ladder", ({loaded, ladder}) => {
    const {unit} = loaded;
    const {rungs, equityDifference, returnDifference} = ladder;
    const [first, last] = [rungs[0], rungs[rungs.length - 1]];
    const text = (value: number) => String(value);
    return {
      unit: "final equity, event engine",
      currency: unit,
      definition:
        "The same strategy run again and again, each time with one assumption more: first as it would like to trade, filled at the close it decided on and at no cost; last with all that was chosen. What each takes adds up exactly.",
      constants: rungs.map(({step, meaning}) => `${NAMES[step]}: ${meaning}.`),
      finding: `From ${formatAmount(text(first.finalEquity), unit)} to ${formatAmount(text(last.finalEquity), unit)} ${unit}: the assumptions take ${formatAmount(text(equityDifference), unit, {signed: true})}, ${formatPercent(returnDifference, {signed: true})} of the cash at first.`,
      rows: {
        columns: ["step", "final equity", "difference", "total return", "difference of return", "trades"],
        rows: rungs.map(
          ({step, finalEquity, equityDifference: by, totalReturn, returnDifference: of, trades}) => [
            NAMES[step],
            finalEquity,
            by,
            totalReturn,
            of,
            trades
          ]
        )
      },
      content: (width) =>
        h(
          "div",
          null,
          waterfall(
            {
              start: {name: NAMES.ideal, amount: text(first.finalEquity)},
              end: {name: "With all of it", amount: text(last.finalEquity)},
              parts: rungs.slice(1).map(({step, meaning, equityDifference: by}) => ({
                name: NAMES[step],
                amount: text(by),
                detail: meaning
              }))
            },
            {width, currency: unit}
          ),
          wideFrame(
            "Steps",
            plainTable(
              ["With", "Return", "Difference", "Trades"],
              rungs.map(({step, meaning, totalReturn, returnDifference: of, trades, badges}) =>
                h(
                  "tr",
                  null,
                  h(
                    "th",
                    {scope: "row"},
                    h(
                      "span",
                      {class: "defined", tabindex: 0, "data-tip": [meaning, ...badges].join("; ")},
                      NAMES[step]
                    )
                  ),
                  h("td", {class: "number"}, formatPercent(totalReturn)),
                  h(
                    "td",
                    {class: "number"},
                    step === "ideal" ? "" : change({text: formatPercent(of, {signed: true})})
                  ),
                  h("td", {class: "number"}, formatNumber(trades, {digits: 0}))
                )
              )
            )
          )
        )
    };
  });
}
