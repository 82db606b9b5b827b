/** A listing's bars as a price vendor knows them now: with the faults of the day, and with its splits. */

import type {VendorRequest} from "./vendor.js";
import {dayOf} from "./world/days.js";
import type {Bars, Dividend, Listing, Split} from "./world/listing.js";
import type {Bar} from "./world/known.js";

export interface PriceBars {
  /** As traded. */
  bars: Bars;
  /** Splits up to today, oldest first. */
  splits: Split[];
  dividends: Dividend[];
  /** What one unit of the price is: 0.01 when pence are told as pounds. */
  scale: number;
}

/**
 * @param symbol as the vendor and its faults name it
 * @param whole the bar of an open session as it will be, to be taken apart; else as it is so far
 */
export function priceBars(
  {world, fault}: VendorRequest,
  listing: Listing,
  symbol: string,
  {whole = false} = {}
): PriceBars {
  const {days, open, high, low, close, volume} = world.barsOf(listing);
  const live = whole ? world.openSession(listing) : world.liveBar(listing, fault("live") !== undefined);
  const bars: Bars = live
    ? {
        days: [...days, live.day],
        open: [...open, live.open],
        high: [...high, live.high],
        low: [...low, live.low],
        close: [...close, live.close],
        volume: [...volume, live.volume]
      }
    : {days, open, high, low, close, volume};
  const today = bars.days.at(-1) ?? 0;
  const split = of(fault("split"), symbol);
  const revised = of(fault("revised"), symbol);
  const splitDay = split ? dayOf(split.day) : Infinity;
  const [from, to] = revised ? [dayOf(revised.from), dayOf(revised.to)] : [Infinity, Infinity];
  const times = (day: number) =>
    (day >= splitDay ? 1 / split!.ratio : 1) * (day >= from && day <= to ? revised!.factor : 1);
  const changed = (values: number[]) => values.map((value, i) => value * times(bars.days[i]));
  const splits = [...(listing.splits ?? [])];
  if (split && splitDay <= today) splits.push({day: splitDay, numerator: split.ratio, denominator: 1});
  return {
    bars: {
      days: bars.days,
      open: changed(bars.open),
      high: changed(bars.high),
      low: changed(bars.low),
      close: changed(bars.close),
      volume: bars.volume.map((count, i) =>
        bars.days[i] >= splitDay ? Math.round(count * split!.ratio) : count
      )
    },
    splits: splits.filter(({day}) => day <= today).sort((a, b) => a.day - b.day),
    dividends: (listing.dividends?.() ?? [])
      .filter(({day}) => day <= today && day >= (bars.days[0] ?? Infinity))
      .map(({day, amount}) => ({day, amount: day >= splitDay ? amount / split!.ratio : amount})),
    scale: fault("unit") && MINOR.has(listing.currency) ? 0.01 : 1
  };
}

/** The bar at an index. */
export function barAt(bars: Bars, i: number): Bar {
  const {days, open, high, low, close, volume} = bars;
  return {day: days[i], open: open[i], high: high[i], low: low[i], close: close[i], volume: volume[i]};
}

/** Yahoo's codes of hundredths, and of the whole. */
export const MINOR = new Map([
  ["GBp", "GBP"],
  ["USX", "USD"]
]);

/** Shares that one share of a day has become since. */
export function splitFactor(splits: readonly Split[], day: number): number {
  return splits.reduce(
    (factor, split) => (split.day > day ? (factor * split.numerator) / split.denominator : factor),
    1
  );
}

function of<T extends {symbol: string}>(fault: T | undefined, symbol: string): T | undefined {
  return fault?.symbol === symbol ? fault : undefined;
}
