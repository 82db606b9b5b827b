/** Shares and funds with their splits and dividends, as they were traded. */

import {EXCHANGES} from "./exchanges.js";
import type {Ground} from "./ground.js";
import {type Listing, onWeekdays, regularDividends, type Split} from "./listing.js";
import {QUARTERLY, SHARES} from "./share-table.js";
import {walk} from "./walk.js";

export function shares(ground: Ground): Listing[] {
  return Object.entries(SHARES).map(([symbol, spec]) => {
    const {name, type = "EQUITY", currency = "USD", decimals = 2, beta, own, volume, splits = []} = spec;
    const exchange = EXCHANGES[spec.exchange];
    const levels = onWeekdays(ground, () =>
      asTraded(
        walk(ground.grids.weekdays, {
          name: symbol,
          anchors: spec.levels,
          volatility: own,
          drift: 0.06,
          follows: [
            [ground.shares(), beta],
            [ground.tenYearChanges(), -(spec.duration10 ?? 0) / 100],
            [ground.thirtyYearChanges(), -(spec.duration30 ?? 0) / 100],
            [ground.goldChanges(), spec.gold ?? 0]
          ]
        }),
        ground.grids.weekdays.days,
        splits
      )
    );
    const rate = spec.yieldPerYear ?? 0;
    return {
      symbol,
      name,
      type,
      exchange,
      currency,
      decimals,
      volume,
      dailyRange: Math.hypot(beta * 0.17, own, 0.1 * (spec.gold ?? 0), 0.05) / 16,
      levels,
      splits,
      ...(rate > 0 && {dividends: regularDividends(levels, exchange, rate, spec.dates ?? QUARTERLY)})
    };
  });
}

/** What was traded before a split was worth as many times more. */
function asTraded(values: Float64Array, days: Int32Array, splits: readonly Split[]): Float64Array {
  return values.map((value, i) =>
    splits.reduce(
      (price, {day, numerator, denominator}) => (days[i] < day ? (price * numerator) / denominator : price),
      value
    )
  );
}
