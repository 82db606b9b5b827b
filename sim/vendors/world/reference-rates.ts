/** The overnight rates that the New York Fed publishes the next morning. */

import {chance} from "./chance.js";
import {dayOf, indexAt, weekdayOf} from "./days.js";
import {EXCHANGES, isSession} from "./exchanges.js";
import type {Ground} from "./ground.js";
import {rounded} from "./walk.js";

export interface ReferenceRate {
  group: "unsecured" | "secured";
  days: number[];
  rate: number[];
  percentiles: [number, number, number, number][];
  volume: number[];
  /** Lower and upper end of the target range; of EFFR only. */
  target?: [number, number][];
}

const SECURED_FROM = dayOf("2018-04-02");

/** Rates by type: `EFFR`, `OBFR`, `SOFR`, `BGCR`, `TGCR`. */
export function referenceRates({grids, policy}: Ground): Map<string, ReferenceRate> {
  const {effective, upper} = policy();
  const first = grids.everyDay.days[0];
  const days = [...grids.weekdays.days].filter((day) => isSession(EXCHANGES.bonds, day));
  const random = chance("reference rates");
  const noise = days.map(() => [random.normal(), random.normal(), random.normal()] as const);
  const monthEnd = (i: number) =>
    new Date(days[i] * 86_400_000).getUTCMonth() !==
    new Date((days[i + 1] ?? days[i]) * 86_400_000).getUTCMonth();

  const make = (
    group: ReferenceRate["group"],
    volume: number,
    rateOf: (i: number, effr: number) => number,
    from = -Infinity
  ): ReferenceRate => {
    const start = Math.max(0, indexAt(days, from - 1) + 1);
    const kept = days.slice(start);
    const rate = kept.map((day, k) => rounded(Math.max(0.01, rateOf(start + k, effective[day - first])), 2));
    return {
      group,
      days: kept,
      rate,
      percentiles: rate.map((percent, k) => {
        const wide = 0.02 + 0.01 * Math.abs(noise[start + k][1]);
        return [
          rounded(Math.max(0, percent - 2 * wide), 2),
          rounded(Math.max(0, percent - wide / 2), 2),
          rounded(percent + wide, 2),
          rounded(percent + 4 * wide, 2)
        ];
      }),
      volume: rate.map((_, k) =>
        Math.round(volume * (1 + 0.05 * noise[start + k][2]) * (1 + (0.1 * k) / rate.length))
      )
    };
  };
  const spike = (i: number) => (monthEnd(i) ? 0.06 : 0);
  const secured = (i: number, effr: number) => effr - 0.02 + 0.012 * noise[i][0] + spike(i);
  const effr = make("unsecured", 88, (_, rate) => rate);
  return new Map([
    [
      "EFFR",
      {
        ...effr,
        target: effr.days.map((day): [number, number] => [upper[day - first] - 0.25, upper[day - first]])
      }
    ],
    ["OBFR", make("unsecured", 230, (_, rate) => rate - 0.01)],
    ["SOFR", make("secured", 2800, secured, SECURED_FROM)],
    ["BGCR", make("secured", 1200, (i, rate) => secured(i, rate) - 0.02, SECURED_FROM)],
    ["TGCR", make("secured", 1150, (i, rate) => secured(i, rate) - 0.02, SECURED_FROM)]
  ]);
}

/** The day a rate comes out: the next business day. */
export function nextBusinessDay(day: number): number {
  let next = day + 1;
  while (weekdayOf(next) % 6 === 0 || !isSession(EXCHANGES.bonds, next)) ++next;
  return next;
}
