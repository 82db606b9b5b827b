import type {CheckWhat} from "./check.js";
import type {Frame} from "./frame.js";

/** Sections of which each statement of a day has a row, and the box that they are behind. */
const SECTIONS = [
  ["nav", "nav", "Net Asset Value (NAV) in Base"],
  ["cash", "cash_balances", "Cash Report"],
  ["change-in-nav", "change_in_nav", "Change in NAV"]
] as const satisfies [CheckWhat, keyof Frame["rows"], string][];

/** Lists days in the midst of others whose statement lacks a section that those have. */
export function checkPresence(frame: Frame): void {
  for (const [what, table, box] of SECTIONS) {
    const days = new Set(frame.rows[table].map(({day}) => day));
    const daily = frame.closings.filter((day) => frame.isDaily(day));
    const [first, last] = [
      daily.findIndex((day) => days.has(day)),
      daily.findLastIndex((day) => days.has(day))
    ];
    const inside = daily.slice(first + 1, Math.max(first + 1, last));
    const missing = inside.filter((day) => !days.has(day));
    // A query of other sections has other days: then most are missing.
    if (first < 0 || missing.length * 10 > inside.length) continue;
    for (const day of missing) {
      const reason = {
        code: "missing-section" as const,
        sentence: `no ${box} of ${day}: import the statement of that day again`
      };
      const line = {day, item: "", of: box, ours: null, theirs: null, tolerance: 0n};
      frame.compare({what, period: frame.periodAt(day)}, {...line, lack: {status: "not-given", reason}});
    }
  }
}
