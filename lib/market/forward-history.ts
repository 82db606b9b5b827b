import {bootstrap, type ZeroCurve} from "../rates/bootstrap.js";
import {forwardRate} from "../rates/forwards.js";
import type {ParPoint} from "../rates/par-curve.js";
import {lastIndex, monthsBefore, type Daily} from "./days.js";
import {PAR_POINTS, REAL_POINTS} from "./universe-rates.js";

/** A point of the par curve through time; null where the lake has none of it. */
export interface ParHistory {
  /** `treasury:BC_10YEAR` */
  id: string;
  daily: Daily | null;
}

/** Forward rates through time, off curves that are bootstrapped once a day. */
export interface ForwardHistory {
  of(forward: {start: number; length: number}): Daily;
}

const YEARS: ReadonlyMap<string, number> = new Map(
  [...PAR_POINTS, ...REAL_POINTS].map(({symbol, years}) => [`treasury:${symbol}`, years])
);

/** Returns the points of a par curve, nominal or real, that have a value on a day, by maturity. */
export function parPoints(history: readonly ParHistory[], day: number): ParPoint[] {
  return history.flatMap(({id, daily}) => {
    const i = daily ? lastIndex(daily.days, day) : -1;
    const years = YEARS.get(id);
    return daily && i >= 0 && daily.days[i] === day && years !== undefined
      ? [{years, percent: daily.values[i]}]
      : [];
  });
}

/** Returns the day's curve, or why there is none. */
export function zeroCurve(points: readonly ParPoint[]): ZeroCurve | string {
  try {
    return bootstrap(points);
  } catch (error) {
    if (error instanceof RangeError) return error.message; // a curve that no discount factors price
    throw error;
  }
}

/**
 * Returns forward rates through time: of each day that has a ten-year par yield, of the ten years before the last one.
 * A day whose curve does not reach, or that no discount factors price, has none.
 */
export function forwardHistory(history: readonly ParHistory[]): ForwardHistory {
  const ten = history.find(({id}) => YEARS.get(id) === 10)?.daily;
  const last = ten?.days.at(-1);
  const from = ten && last !== undefined ? lastIndex(ten.days, monthsBefore(last, 120)) + 1 : 0;
  const days = ten?.days.subarray(from) ?? new Int32Array();
  const curves = Array.from(days, (day) => zeroCurve(parPoints(history, day)));
  return {
    of({start, length}) {
      const rates = curves.map((curve) =>
        typeof curve === "string" ? NaN : forwardRate(curve, start, length)
      );
      const kept = rates.flatMap((rate, i) => (Number.isFinite(rate) ? [i] : []));
      return {
        days: Int32Array.from(kept, (i) => days[i]),
        values: Float64Array.from(kept, (i) => rates[i])
      };
    }
  };
}
