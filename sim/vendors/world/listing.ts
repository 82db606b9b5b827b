/** What is listed somewhere: closes, bars, actions, all as they were on their day. */

import {chance} from "./chance.js";
import {dayOf, indexAt} from "./days.js";
import {type Exchange, isSession} from "./exchanges.js";
import type {Ground} from "./ground.js";
import {rounded} from "./walk.js";

export interface Dividend {
  day: number;
  amount: number;
}

/** New shares for one old, on its ex-date. */
export interface Split {
  day: number;
  numerator: number;
  denominator: number;
}

export type ListingType = "INDEX" | "EQUITY" | "ETF" | "FUTURE" | "CURRENCY" | "CRYPTOCURRENCY";

export interface Listing {
  /** Yahoo's symbol. */
  symbol: string;
  name: string;
  type: ListingType;
  exchange: Exchange;
  /** Of its prices: an ISO code, or `GBp` and `USX` for hundredths. */
  currency: string;
  decimals: number;
  /** First and last day that may have a bar. */
  first?: number;
  last?: number;
  /** Volume of an ordinary day; none where there is no volume. */
  volume: number;
  /** Standard deviation of a day's change, which sets the range of the day. */
  dailyRange: number;
  /** Closes, as traded. */
  levels: () => Levels;
  splits?: readonly Split[];
  dividends?: () => readonly Dividend[];
  /** Bars that are what they are, whatever the closes say. */
  exceptions?: ReadonlyMap<number, {open: number; high: number; low: number; close: number}>;
}

/** Closes on days that are given, oldest first. */
export interface Levels {
  days: ArrayLike<number>;
  values: ArrayLike<number>;
}

/** Bars by day number, as traded. */
export interface Bars {
  days: number[];
  open: number[];
  high: number[];
  low: number[];
  close: number[];
  volume: number[];
}

/** All bars of a listing up to a day. */
export function barsOf(listing: Listing, until: number): Bars {
  const {symbol, exchange, decimals, first = -Infinity, last = Infinity, volume, dailyRange} = listing;
  const {days, values} = listing.levels();
  const random = chance(`${symbol} bars`);
  const bars: Bars = {days: [], open: [], high: [], low: [], close: [], volume: []};
  const end = indexAt(days, Math.min(until, last));
  let before = NaN;
  for (let i = 0; i <= end; ++i) {
    const day = days[i];
    if (day < first || !isSession(exchange, day)) continue;
    const close = rounded(values[i], decimals);
    const split = listing.splits?.find((one) => one.day === day);
    const start = Number.isNaN(before)
      ? close
      : split
        ? (before * split.denominator) / split.numerator
        : before;
    const gap = dailyRange * random.normal();
    const [up, down] = [Math.abs(random.normal()), Math.abs(random.normal())];
    const trading = random.normal();
    const open = rounded(start * Math.exp(0.35 * gap), decimals);
    const top = Math.max(open, close);
    const bottom = Math.min(open, close);
    const bar = listing.exceptions?.get(day) ?? {
      open,
      high: Math.max(top, rounded(top * Math.exp(0.5 * dailyRange * up), decimals)),
      low: Math.min(bottom, rounded(bottom * Math.exp(-0.5 * dailyRange * down), decimals)),
      close
    };
    const move = Math.abs(Math.log(close / start)) / dailyRange;
    bars.days.push(day);
    bars.open.push(bar.open);
    bars.high.push(bar.high);
    bars.low.push(bar.low);
    bars.close.push(bar.close);
    bars.volume.push(Math.round(volume * Math.exp(0.25 * trading) * (0.8 + 0.25 * Math.min(4, move))));
    before = close;
  }
  return bars;
}

/** Levels on the weekdays of the world. */
export const onWeekdays =
  ({grids}: Ground, values: () => Float64Array): (() => Levels) =>
  () => ({days: grids.weekdays.days, values: values()});

/** Dividends of a year's yield on fixed days of the year (`03-21`), from the closes. */
export function regularDividends(
  levels: () => Levels,
  exchange: Exchange,
  yieldPerYear: number,
  dates: readonly string[],
  decimals = 3
): () => Dividend[] {
  return () => {
    const {days, values} = levels();
    const [first, last] = [days[0], days[days.length - 1]];
    const dividends: Dividend[] = [];
    for (let year = new Date(first * 86_400_000).getUTCFullYear(); dayOf(`${year}-01-01`) < last; ++year) {
      for (const date of dates) {
        let day = dayOf(`${year}-${date}`);
        while (!isSession(exchange, day)) ++day;
        const at = indexAt(days, day);
        if (at < 1 || day > last) continue;
        dividends.push({day, amount: rounded((values[at - 1] * yieldPerYear) / dates.length, decimals)});
      }
    }
    return dividends;
  };
}
