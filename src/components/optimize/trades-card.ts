import type {PricePortfolio} from "../../lib/portfolio/optimize-prices.js";
import {h} from "../dom.js";
import {change, figure} from "../figure.js";
import {formatNumber, formatPercent, formatQuantity} from "../format.js";
import {plainTable} from "../plain-table.js";
import type {Held} from "../risk/held.js";
import {studyCard} from "../risk/study-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import type {OptimizeChoices} from "./choices.js";
import {tradesOf, turnoverOf} from "./trades.js";
import type {Universe} from "./universe.js";

/** Returns the trades that would bring what is held to the proposed weights, with what they cost. Nothing is sent. */
export function tradesCard(
  held: Watched<Held>,
  answer: Watched<PricePortfolio>,
  universe: Universe | null,
  choices: OptimizeChoices
): HTMLElement {
  return studyCard(held, answer, "Trades to get there", (portfolio, {currency}) => {
    const plan = universe
      ? tradesOf(universe, portfolio, choices, {currency, now: Date.now()})
      : "what is held is not there yet";
    if (typeof plan === "string")
      return {
        finding: `No trades: ${plan}.`,
        state: {kind: "empty", sentence: `No trades: ${plan}.`},
        content: () => h("p")
      };
    const {trades, leftOut, cost, cash, value} = plan;
    const money = (amount: number) => formatNumber(amount, {digits: 0});
    const turnover = turnoverOf(plan);
    return {
      definition:
        "What lies outside of the drift band is brought to its target in whole units, rounded so as never to go beyond; sales pay for what is bought, and no other money is used.",
      constants: [
        "Prices: the last of the positions, in the reporting currency.",
        "Costs: IBKR's fixed price of US stocks, regulators' fees included; an estimate for other exchanges. No spread, no tax."
      ],
      finding: `${trades.length} trades, ${formatPercent(turnover, {digits: 1})} of it changes hands, for about ${money(cost)} ${currency}.`,
      rows: {
        columns: ["position", "quantity", "price", "value", "cost", "before", "after", "target"],
        rows: trades.map(({asset, quantity, price, value: worth, cost: fee, weight}) => [
          asset,
          quantity,
          price,
          worth,
          fee,
          weight.before,
          weight.after,
          weight.target
        ])
      },
      content: () =>
        h(
          "div",
          null,
          h(
            "p",
            {class: "lead-figures"},
            fact(formatPercent(turnover, {digits: 1}), "turnover"),
            fact(
              money(cost),
              `${currency} commission, ${formatNumber((1e4 * cost) / value, {digits: 1})} bp`,
              true
            ),
            fact(money(Object.values(cash.after).reduce((sum, amount) => sum + amount, 0)), "left over", true)
          ),
          h(
            "p",
            {class: "notice quiet"},
            "A list to think about: nothing is sent from here. Take it along as CSV, or place orders where you trade."
          ),
          trades.length > 0 &&
            wideFrame(
              "Trades to get there",
              plainTable(
                ["Position", "Quantity", "Price", "Value", "Cost", "Weight"],
                trades.map(({asset, quantity, price, value: worth, cost: fee, weight, reason}) =>
                  h(
                    "tr",
                    null,
                    h(
                      "th",
                      {scope: "row", "data-tip": reason, tabindex: 0},
                      quantity > 0 ? "Buy " : "Sell ",
                      asset
                    ),
                    h("td", {class: "number"}, formatQuantity(String(quantity), {signed: true})),
                    h("td", {class: "number"}, formatNumber(price)),
                    h(
                      "td",
                      {class: "number"},
                      change({text: formatNumber(worth, {digits: 0, signed: true}), secret: true})
                    ),
                    h("td", {class: "number"}, figure({text: formatNumber(fee), secret: true})),
                    h(
                      "td",
                      {class: "number"},
                      `${formatPercent(weight.before, {digits: 1})} → ${formatPercent(weight.after, {digits: 1})}`
                    )
                  )
                )
              )
            ),
          leftOut.length > 0 &&
            h(
              "details",
              null,
              h("summary", null, `${leftOut.length} left alone`),
              h(
                "ul",
                {class: "reasons"},
                leftOut.map(({asset, reason}) => h("li", null, h("b", null, asset), ` ${reason}`))
              )
            )
        )
    };
  });
}

function fact(text: string, word: string, secret = false): HTMLElement {
  return h("span", null, h("b", {class: secret ? "secret" : null}, text), h("small", null, word));
}
