/** What central banks decide, and what the market expects the Fed to. */

import {dayOf, type Grid, isoOf, weekdayOf} from "./days.js";
import {rounded, steps, walk} from "./walk.js";

/** Upper end of the Fed's target range from the day after a decision. */
const UPPER =
  "2013-01-01 0.25, 2015-12-17 0.5, 2016-12-15 0.75, 2017-03-16 1, 2017-06-15 1.25, 2017-12-14 1.5, " +
  "2018-03-22 1.75, 2018-06-14 2, 2018-09-27 2.25, 2018-12-20 2.5, 2019-08-01 2.25, 2019-09-19 2, 2019-10-31 1.75, " +
  "2020-03-04 1.25, 2020-03-16 0.25, 2022-03-17 0.5, 2022-05-05 1, 2022-06-16 1.75, 2022-07-28 2.5, 2022-09-22 3.25, " +
  "2022-11-03 4, 2022-12-15 4.5, 2023-02-02 4.75, 2023-03-23 5, 2023-05-04 5.25, 2023-07-27 5.5, 2024-09-19 5, " +
  "2024-11-08 4.75, 2024-12-19 4.5, 2025-09-18 4.25, 2025-10-30 4, 2025-12-11 3.75, 2026-09-17 4, 2026-12-10 4.25";

const ECB_DEPOSIT =
  "2013-01-01 0, 2014-06-11 -0.1, 2014-09-10 -0.2, 2015-12-09 -0.3, 2016-03-16 -0.4, 2019-09-18 -0.5, 2022-07-27 0, " +
  "2022-09-14 0.75, 2022-11-02 1.5, 2022-12-21 2, 2023-02-08 2.5, 2023-03-22 3, 2023-05-10 3.25, 2023-06-21 3.5, " +
  "2023-08-02 3.75, 2023-09-20 4, 2024-06-12 3.75, 2024-09-18 3.5, 2024-10-23 3.25, 2024-12-18 3, 2025-02-05 2.75, " +
  "2025-03-12 2.5, 2025-04-23 2.25, 2025-06-11 2";
const ECB_REFINANCING =
  "2013-01-01 0.25, 2014-06-11 0.15, 2014-09-10 0.05, 2016-03-16 0, 2022-07-27 0.5, 2022-09-14 1.25, 2022-11-02 2, " +
  "2022-12-21 2.5, 2023-02-08 3, 2023-03-22 3.5, 2023-05-10 3.75, 2023-06-21 4, 2023-08-02 4.25, 2023-09-20 4.5, " +
  "2024-06-12 4.25, 2024-09-18 3.65, 2024-10-23 3.4, 2024-12-18 3.15, 2025-02-05 2.9, 2025-03-12 2.65, " +
  "2025-04-23 2.4, 2025-06-11 2.15";
const BANK_RATE =
  "2013-01-01 0.5, 2016-08-04 0.25, 2017-11-02 0.5, 2018-08-02 0.75, 2020-03-11 0.25, 2020-03-19 0.1, 2021-12-16 0.25, " +
  "2022-02-03 0.5, 2022-03-17 0.75, 2022-05-05 1, 2022-06-16 1.25, 2022-08-04 1.75, 2022-09-22 2.25, 2022-11-03 3, " +
  "2022-12-15 3.5, 2023-02-02 4, 2023-03-23 4.25, 2023-05-11 4.5, 2023-06-22 5, 2023-08-03 5.25, 2024-08-01 5, " +
  "2024-11-07 4.75, 2025-02-06 4.5, 2025-05-08 4.25, 2025-08-07 4, 2025-12-18 3.75";
const CALL_RATE =
  "2013-01-01 0.07, 2016-02-01 0.03, 2016-03-01 -0.05, 2024-04-01 0.077, 2024-08-01 0.22, 2025-02-01 0.478, " +
  "2026-01-01 0.728, 2026-07-01 0.977";

/** Decision days of the Fed's scheduled meetings; other years follow the usual pattern. */
const MEETINGS = new Map([
  [2025, "01-29 03-19 05-07 06-18 07-30 09-17 10-29 12-10"],
  [2026, "01-28 03-18 04-29 06-17 07-29 09-16 10-28 12-09"],
  [2027, "01-27 03-17 04-28 06-09 07-28 09-15 10-27 12-08"]
]);
const USUAL = "01-31 03-21 05-03 06-14 07-31 09-20 11-02 12-13";

function meetingsOf(year: number): number[] {
  const known = MEETINGS.get(year)
    ?.split(" ")
    .map((day) => dayOf(`${year}-${day}`));
  const wednesday = (day: number) => day - ((weekdayOf(day) + 4) % 7);
  return known ?? USUAL.split(" ").map((day) => wednesday(dayOf(`${year}-${day}`)));
}

/** How much a meeting is expected to change the rate by when nothing is decided: anchors, in percentage points. */
const LEAN =
  "2014-01 0.01, 2015-12 0.08, 2017-01 0.08, 2018-10 0.1, 2019-08 -0.15, 2020-06 0, 2021-10 0.04, 2022-06 0.4, " +
  "2022-12 0.12, 2023-06 0.02, 2024-01 -0.15, 2024-08 -0.25, 2025-01 -0.05, 2025-09 -0.12, 2026-03 0.02, " +
  "2026-09 0.12, 2026-12 0.08, 2027-12 0";
/** Share of a decision's news that is known so many days before. */
const KNOWN_DAYS = 45;

export interface Policy {
  upper: Float64Array;
  effective: Float64Array;
  ecbDeposit: Float64Array;
  ecbRefinancing: Float64Array;
  bankRate: Float64Array;
  callRate: Float64Array;
  /** Mean of the effective rate from one day to another (excluded), as the market expects it on a day; past days as they were. */
  expected: (today: number, from: number, to: number) => number;
}

/** Policy rates on every day of a grid. */
export function policy(everyDay: Grid): Policy {
  const first = everyDay.days[0];
  const last = everyDay.days.at(-1)!;
  const upper = steps(everyDay, UPPER);
  const spread = walk(everyDay, {
    name: "effr spread",
    scale: "level",
    anchors:
      "2014-01-01 0.07, 2014-12 0.11, 2015-12 0.12, 2016-12 0.16, 2018-06 0.16, 2018-12 0.17, 2019-05 0.16, " +
      "2019-08 0.13, 2019-12 0.05, 2020-03 0.08, 2020-06 0.07, 2021-06 0.08, 2021-12 0.08, 2022-12 0.08, " +
      "2023-12 0.08, 2025-08 0.08, 2025-11 0.12, 2026-06 0.13, 2026-12 0.13",
    volatility: 0.06,
    stays: 0.8
  });
  const effective = upper.map((rate, i) => rounded(rate - 0.25 + Math.max(0.02, spread[i]), 2));
  const lean = walk(everyDay, {name: "lean", scale: "level", anchors: LEAN, volatility: 0.1, stays: 0.97});
  const meetings: {day: number; change: number}[] = [];
  for (let year = 2014; year <= Number(isoOf(last).slice(0, 4)) + 5; ++year) {
    for (const day of meetingsOf(year)) {
      const at = day - first;
      meetings.push({day, change: at >= 0 && at + 1 < upper.length ? upper[at + 1] - upper[at] : 0});
    }
  }

  const at = (days: Float64Array, day: number) => days[Math.min(Math.max(day - first, 0), days.length - 1)];
  function expected(today: number, from: number, to: number): number {
    let sum = 0;
    for (let day = from; day < Math.min(to, today + 1); ++day) sum += at(effective, day);
    const start = Math.max(from, today + 1);
    if (start >= to) return sum / (to - from);
    sum += at(effective, today) * (to - start);
    let next = meetings.findIndex(({day}) => day >= today);
    for (let count = 0; next >= 0 && next < meetings.length && meetings[next].day + 1 < to; ++next, ++count) {
      const {day, change} = meetings[next];
      const known = Math.exp((today - day) / KNOWN_DAYS);
      const move = known * change + (1 - known) * at(lean, today) * 0.8 ** count;
      sum += move * (to - Math.max(start, day + 1));
    }
    return sum / (to - from);
  }

  return {
    upper,
    effective,
    ecbDeposit: steps(everyDay, ECB_DEPOSIT),
    ecbRefinancing: steps(everyDay, ECB_REFINANCING),
    bankRate: steps(everyDay, BANK_RATE),
    callRate: steps(everyDay, CALL_RATE),
    expected
  };
}
