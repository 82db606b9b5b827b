import type {TradesView} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {plainTable} from "../plain-table.js";
import {change, figure, shownMoney} from "../figure.js";
import {formatNumber} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";

/** Returns what the trades of the range brought and cost, by currency. */
export function tradesCard(watched: Watched<TradesView>): HTMLElement {
  return viewCard(watched, "Trades by currency", ({totals, total}) => ({
    finding: `${total} executions in the range.`,
    definition:
      "Executions of the range, cancelled and corrected ones with their sign. Realized is IBKR's first-in first-out figure, commissions included.",
    rows: {
      columns: ["currency", "executions", "proceeds", "commission", "realized"],
      rows: totals.map(({currency, count, proceeds, commission, realized}) => [
        currency,
        count,
        proceeds,
        commission,
        realized
      ])
    },
    content: () =>
      wideFrame(
        "Trades by currency",
        plainTable(
          ["Currency", "Executions", "Proceeds", "Commission", "Realized"],
          totals.map(({currency, count, proceeds, commission, realized}) => {
            const money = (value: string, signed = false) => shownMoney({value}, currency, {signed});
            return h(
              "tr",
              null,
              h("th", {scope: "row"}, currency),
              h("td", {class: "number"}, formatNumber(count, {digits: 0})),
              h("td", {class: "number"}, figure(money(proceeds))),
              h("td", {class: "number"}, figure(money(commission))),
              h("td", {class: "number"}, change(money(realized, true)))
            );
          })
        )
      )
  }));
}
