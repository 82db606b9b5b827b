import {compareText} from "../../order.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow} from "../tables.js";

/** What an income is; a payment in lieu is no dividend (R19). */
export const INCOME_KINDS = ["dividend", "payment-in-lieu", "bond-interest", "interest"] as const;
export type IncomeKind = (typeof INCOME_KINDS)[number];

type Cash = LedgerRow<"cash">;

const GROSS: ReadonlyMap<string | null, IncomeKind> = new Map([
  ["Dividends", "dividend"],
  ["Payment In Lieu Of Dividends", "payment-in-lieu"],
  ["Bond Interest Received", "bond-interest"],
  ["Bond Interest Paid", "bond-interest"],
  ["Broker Interest Received", "interest"]
]);

const WITHHELD: ReadonlySet<string | null> = new Set(["Withholding Tax", "871(m) Withholding"]);

/** Rows of one payment: what came, its reversals and re-issues, and what was withheld of it. */
export interface Payment {
  kind: IncomeKind;
  payDate: string;
  exDate: string | null;
  gross: Cash[];
  withheld: Cash[];
}

/** A withholding that belongs to no payment that the statements have, or to more than one. */
export interface Unmatched {
  row: Cash;
  kind: IncomeKind;
  reason: string;
}

/** Payments of a ledger, and what is left over. Every row of the types of income is in exactly one of the two. */
export interface Payments {
  payments: Payment[];
  unmatched: Unmatched[];
}

/** Returns the day on which a row's payment was due: a correction names the day of the payment that it corrects. */
function payDateOf({settleDate, dateTime, day}: Cash): string {
  return settleDate ?? dateTime?.slice(0, 10) ?? day;
}

/**
 * Returns the payments of all accounts. Rows of one payment have account, instrument, pay date, actionID and kind in
 * common, never an amount (R19); where one of two has no actionID, the rest decides if it names only one payment.
 */
export const paymentsOf = oncePerLedger(({cash, dividend_changes}): Payments => {
  const exDates = new Map(
    dividend_changes.map(({account, conid, payDate, exDate}) => [`${account}/${conid}/${payDate}`, exDate])
  );
  const payments = [...Map.groupBy(cash.filter(isGross), keyOf).values()].map((rows): Payment => {
    const [row] = rows;
    const payDate = payDateOf(row);
    const known = rows.find(({exDate}) => exDate)?.exDate;
    return {
      kind: kindOf(row),
      payDate,
      exDate: known ?? exDates.get(`${row.account}/${row.conid}/${payDate}`) ?? null,
      gross: rows,
      withheld: []
    };
  });
  const byPlace = Map.groupBy(payments, ({gross}) => placeOf(gross[0]));
  const unmatched: Unmatched[] = [];
  for (const row of cash) {
    if (!row.amount || !WITHHELD.has(row.type)) continue;
    const kind = withheldKind(row);
    const found = (byPlace.get(placeOf(row)) ?? []).filter(
      (payment) => (kind === null || payment.kind === kind) && sameAction(payment.gross[0], row)
    );
    if (found.length === 1) found[0].withheld.push(row);
    else
      unmatched.push({
        row,
        kind: kind ?? (row.conid || row.symbol ? "dividend" : "interest"),
        reason: found.length
          ? `${found.length} payments of that day may be meant: tick Action ID in Cash Transactions`
          : "the statements have no payment of that instrument, day and action"
      });
  }
  payments.sort((a, b) => compareText(b.payDate, a.payDate) || compareText(a.gross[0].id, b.gross[0].id));
  return {payments, unmatched};
});

function isGross({type, amount}: Cash): boolean {
  return GROSS.has(type) && Boolean(amount);
}

function kindOf({type}: Cash): IncomeKind {
  return GROSS.get(type) ?? "dividend";
}

/** Where a payment lands: one account, instrument (none for interest on cash), currency and day. */
function placeOf(row: Cash): string {
  return [row.account, row.conid ?? row.symbol ?? "", row.currency, payDateOf(row)].join("/");
}

function keyOf(row: Cash): string {
  return `${placeOf(row)}/${row.actionID ?? ""}/${kindOf(row)}`;
}

function sameAction(a: Cash, b: Cash): boolean {
  return !a.actionID || !b.actionID || a.actionID === b.actionID;
}

/** What a withholding says that it is of; null when it does not say. */
function withheldKind({description, conid, symbol, type}: Cash): IncomeKind | null {
  const text = description ?? "";
  if (type === "871(m) Withholding") return null;
  if (/in lieu/i.test(text)) return "payment-in-lieu";
  if (/dividend/i.test(text)) return "dividend";
  if (/coupon|bond/i.test(text)) return "bond-interest";
  return conid || symbol ? null : "interest";
}
