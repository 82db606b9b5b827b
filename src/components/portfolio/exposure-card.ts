import type {SummaryView} from "../../lib/ledger/views.js";
import {barList} from "../bar-list.js";
import {h} from "../dom.js";
import {figure, shownNumber, shownPercent} from "../figure.js";
import {formatAmount} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

const DEFINITION =
  "Long and short are the market values of what is held, futures and CFDs at notional. Gross is their sum without " +
  "sign; leverage is gross over net asset value, net exposure is long less short over it.";

/** Returns long, short and cash against each other, and how many times the account they are. */
export function exposureCard(watched: Watched<SummaryView>): HTMLElement {
  return viewCard(watched, "Leverage", ({leverage, scope: {currency}}) => {
    const amounts = (["long", "short", "cash", "gross"] as const).map((name) => ({name, ...leverage[name]}));
    const ratio = shownNumber(leverage.leverage);
    return {
      currency,
      definition: DEFINITION,
      finding: `Exposure is ${ratio.text} times net asset value.`,
      rows: {columns: ["what", "amount"], rows: amounts.map(({name, value}) => [name, value])},
      content: (width) =>
        h(
          "div",
          null,
          h(
            "p",
            {class: "lead-figures"},
            h("span", null, h("b", null, figure(ratio)), "x gross"),
            h("span", null, h("b", null, figure(shownPercent(leverage.net, {digits: 1}))), "net")
          ),
          barList(
            amounts.map(({name, value}) => ({
              name: name[0].toUpperCase() + name.slice(1),
              length: Number(value ?? 0),
              text: formatAmount(value, currency ?? ""),
              secret: true,
              color:
                name === "gross" ? "var(--control)" : name === "cash" ? "var(--category-3)" : "var(--accent)"
            })),
            {width, label: "Long, short, cash and gross exposure"}
          )
        )
    };
  });
}
