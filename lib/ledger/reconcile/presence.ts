import {UNIT} from "../../money/amount.js";
import {BASE_SUMMARY} from "../cash.js";
import type {CheckWhat} from "./check.js";
import type {Frame} from "./frame.js";

type Row = {day: string; currency?: string | null};

/** Sections of which each statement of a day has a row, what the row is of, and the box that they are behind. */
const SECTIONS: readonly {
  what: CheckWhat;
  table: "nav" | "cash_balances" | "change_in_nav" | "interest_accruals";
  item: string;
  box: string;
}[] = [
  {what: "nav", table: "nav", item: "total", box: "Net Asset Value (NAV) in Base"},
  {what: "cash", table: "cash_balances", item: BASE_SUMMARY, box: "Cash Report"},
  {what: "change-in-nav", table: "change_in_nav", item: "endingValue", box: "Change in NAV"},
  {what: "interest", table: "interest_accruals", item: BASE_SUMMARY, box: "Interest Accruals"}
];

/** Compares the rows of each day's statement with those that nearly all others have: one of a section that all have. */
export function checkPresence(frame: Frame): void {
  const daily = frame.closings.filter((day) => frame.isDaily(day));
  for (const {what, table, item, box} of SECTIONS) {
    const rows: readonly Row[] = frame.rows[table];
    const days = new Set(
      rows.flatMap(({day, currency}) => (item === BASE_SUMMARY && currency !== item ? [] : [day]))
    );
    const first = daily.findIndex((day) => days.has(day));
    const after = daily.slice(first + 1);
    const missing = after.filter((day) => !days.has(day));
    // A query of other sections has other days: then many are missing.
    if (first < 0 || missing.length * 10 > after.length) continue;
    for (const day of missing) {
      const of = `${box} (rows of the day)`;
      const line = {day, item, of, ours: UNIT, theirs: 0n, tolerance: 0n, itself: true as const};
      frame.compare({what, period: frame.periodAt(day)}, line);
    }
  }
}
