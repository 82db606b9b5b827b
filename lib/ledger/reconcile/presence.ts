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

/**
 * Says which statement of a day lacks one row that nearly all have, among them those of the days before and after: where
 * more than one is lacking, or the next have none either, it is of a query with other boxes.
 */
export function checkPresence(frame: Frame): void {
  const daily = frame.closings.filter((day) => frame.isDaily(day));
  const days = SECTIONS.map(({table, item}) => {
    const rows: readonly Row[] = frame.rows[table];
    return new Set(
      rows.flatMap(({day, currency}) => (item === BASE_SUMMARY && currency !== item ? [] : [day]))
    );
  });
  const holes = days.map((own) => daily.filter((day, i) => !own.has(day) && isWithin(own, daily, i)));
  for (const [n, {what, item, box}] of SECTIONS.entries()) {
    if (holes[n].length * 10 > daily.length) continue;
    for (const day of holes[n]) {
      if (holes.some((other, m) => m !== n && other.includes(day))) continue;
      const of = `${box} (rows of the day)`;
      const line = {day, item, of, ours: UNIT, theirs: 0n, tolerance: 0n, itself: true as const};
      frame.compare({what, period: frame.periodAt(day)}, line);
    }
  }
}

/** Whether the days before and after are among some. */
function isWithin(own: ReadonlySet<string>, days: readonly string[], i: number): boolean {
  return own.has(days[i - 1] ?? "") && own.has(days[i + 1] ?? "");
}
