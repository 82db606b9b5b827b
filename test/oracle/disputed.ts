/** Accounts in which something happens of which ours and the second ledger have different views; each is an open fault of ours. */
import {BUYER, RENAMED, SPUN} from "./instruments.js";
import {number, type Row} from "./rows.js";
import type {World} from "./random-account.js";

const isTransfer = ({element, fields}: Row): boolean => element === "Transfer" && "conid" in fields;

const COME = new Set([RENAMED, SPUN, BUYER].map(({conid}) => conid));

const FAULTS: Readonly<Record<string, (row: Row, rows: readonly Row[]) => boolean>> = {
  "a short position is transferred": (row) =>
    isTransfer(row) && row.fields["direction"] === "OUT" && number(row, "quantity").sign > 0,
  "shares come for a short position": (row) =>
    row.element === "CorporateAction" && COME.has(row.fields["conid"]) && number(row, "quantity").sign < 0,
  "a position is transferred on a day on which it is traded": (row, rows) =>
    isTransfer(row) &&
    rows.some(
      ({element, day, fields}) =>
        element === "Trade" && day === row.day && fields["conid"] === row.fields["conid"]
    ),
  "shares come from outside on the day of an internal transfer": (row, rows) =>
    row.fields["type"] === "ACATS" &&
    rows.some(
      ({element, day, fields}) => element === "Transfer" && day === row.day && fields["type"] === "INTERNAL"
    )
};

/** Returns why an account is not judged; empty for one that is. */
export function disputesOf({books: {rows}}: World): string[] {
  return Object.keys(FAULTS).filter((fault) => rows.some((row) => FAULTS[fault](row, rows)));
}
