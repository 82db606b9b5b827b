import type {SummaryView} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {plainTable} from "../plain-table.js";
import {figure, shownMoney} from "../figure.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns cash by currency, what is owed included. */
export function cashCard(watched: Watched<SummaryView>): HTMLElement {
  return viewCard(watched, "Cash by currency", ({cash, scope: {currency}}) => ({
    finding: `Cash in ${cash.length} currencies, ${cash.filter(({amount}) => amount.startsWith("-")).length} of them below zero.`,
    definition: "Balance at the end of the last statement's cash report; below zero is borrowed.",
    rows: {
      columns: ["currency", "amount", `in ${currency}`, "as of"],
      rows: cash.map((row) => [row.currency, row.amount, row.base.value, row.asOf])
    },
    content: () =>
      plainTable(
        ["Currency", "Amount", `In ${currency ?? "base"}`],
        cash.map((row) =>
          h(
            "tr",
            null,
            h("th", {scope: "row"}, row.currency),
            h(
              "td",
              {class: row.amount.startsWith("-") ? "number loss" : "number"},
              figure(shownMoney({value: row.amount}, row.currency))
            ),
            h("td", {class: "number"}, figure(shownMoney(row.base, currency)))
          )
        )
      )
  }));
}
