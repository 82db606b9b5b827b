import type {GainRow} from "../../lib/ledger/gains/gains-view.js";
import {h} from "../dom.js";
import {factList, openDrawer} from "../drawer.js";
import {figure, shownMoney} from "../figure.js";
import {formatDay, formatQuantity} from "../format.js";
import {rawRows, type RowSource} from "../raw-row.js";

const TERMS = {short: "Short: up to a year", long: "Long: more than a year"};

const BASES = {
  movement: "the row that opened it",
  statement: "the statement's own lots, rolled back",
  transfer: "what the transfer said",
  unknown: "not known"
};

const RULES = {
  booked: "IBKR's closed lot",
  fifo: "first in, first out",
  lifo: "last in, first out",
  hifo: "highest cost first",
  average: "average cost",
  specific: "named"
};

/** Opens one realized gain: its lot, its amounts in both currencies, the rows of the files that it comes from. */
export function openGain(row: GainRow, currency: string | null): void {
  const own = (money: GainRow["gain"], signed = false) => figure(shownMoney(money, row.currency, {signed}));
  const base = (money: GainRow["gain"], signed = false) => figure(shownMoney(money, currency, {signed}));
  const text = (amount: string) => own({value: amount}, true);
  const inOther = row.currency !== currency;
  openDrawer(
    h(
      "div",
      null,
      factList([
        ["Quantity", formatQuantity(row.quantity)],
        ["Opened", row.opened === null ? "not known" : formatDay(row.opened)],
        ["Held since", row.heldSince === null ? "not known" : formatDay(row.heldSince)],
        ["Closed", formatDay(row.taxDay)],
        ["Term", row.term === null ? "not known" : TERMS[row.term]],
        [`Proceeds, ${row.currency}`, own(row.proceeds)],
        [`Cost, ${row.currency}`, own(row.cost)],
        [`Gain, ${row.currency}`, own(row.gain, true)]
      ]),
      inOther && h("h3", null, `In ${currency ?? "the base currency"}`),
      inOther &&
        factList([
          ["Proceeds at their day's rate", base(row.proceedsBase)],
          ["Cost at its day's rate", base(row.costBase)],
          ["Gain", base(row.gainBase, true)],
          ["of it price, at the opening day's rate", base(row.priceBase, true)],
          ["of it currency", base(row.fxBase, true)]
        ]),
      h("h3", null, "The lot"),
      factList([
        ["Chosen by", RULES[row.by]],
        ["Cost from", BASES[row.basis]],
        ...(row.premium === "0" ? [] : [["Option premium in it", text(row.premium)] as const]),
        ...(row.washSale === "0" ? [] : [["Loss disallowed by IBKR", text(row.washSale)] as const])
      ]),
      h("h3", null, "The rows it comes from"),
      rawRows(sourcesOf(row))
    ),
    {title: row.symbol, subtitle: [row.description, row.account].filter(Boolean).join(" · ")}
  );
}

function sourcesOf({open, path, close}: GainRow): RowSource[] {
  return [
    ...(open ? [{label: "Opened by", ...open}] : []),
    ...path.map((ref) => ({label: "Came through", ...ref})),
    {label: "Closed by", ...close}
  ];
}
