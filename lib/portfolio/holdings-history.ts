import type {HeldAsset, HoldingsView, LeftOut} from "../ledger/holdings/view.js";
import type {Holding} from "../risk/stress/holding.js";
import {addDays} from "../time/day.js";

/** Over which periods returns of what is held are taken. */
export interface HistoryOptions {
  /** Years up to the last day; null for all there is. */
  years: number | null;
  /** Days of prices that a period spans; periods overlap where it is above one. */
  horizon: number;
}

/** An asset with its returns over the periods. */
export interface AlignedAsset extends Omit<HeldAsset, "prices"> {
  /** Simple, in the reporting currency; NaN = none; shape (periods). */
  returns: Float64Array;
  /** Periods with a return of it. */
  observations: number;
  /** Price in the reporting currency on each day, NaN = none; shape (days). */
  prices: Float64Array;
}

/** Returns of what is held over the same periods, and what has no part in them. */
export interface HoldingsHistory {
  /** ISO days of prices, ascending; the t-th period ends on the (t + horizon)-th. */
  days: string[];
  horizon: number;
  /** How many: days less horizon. */
  periods: number;
  /** Largest value first, short or long. */
  assets: AlignedAsset[];
  leftOut: LeftOut[];
  /** Periods in which every asset has a return. */
  complete: number;
}

/** Least share of the periods that an asset has returns of, and least of them. */
const LEAST_SHARE = 0.6;
const LEAST_PERIODS = 30;

/**
 * Returns the returns of what is held over the same periods. A day counts when at least half of the assets have a price; a
 * return needs both its prices, none is carried. An asset with returns of less than three fifths of the periods, or of
 * less than thirty, is left out, or else it would shorten what is known of all others; so are options, which a stress test
 * revalues.
 *
 * @returns no assets where nothing has a past
 * @throws RangeError if the horizon is no whole number above zero
 */
export function holdingsHistory(
  {days: all, assets: held, options, leftOut: before, asOf}: Omit<HoldingsView, "scope">,
  {years, horizon}: HistoryOptions
): HoldingsHistory {
  if (!(Number.isInteger(horizon) && horizon >= 1))
    throw new RangeError(`invalid horizon: ${horizon}: a whole number of days`);
  const from = years === null || asOf === null ? "" : addDays(asOf, -Math.round(365.25 * years));
  const rows = Array.from(all.keys()).filter(
    (t) => all[t] >= from && 2 * held.filter(({prices}) => prices[t] !== null).length >= held.length
  );
  const periods = Math.max(0, rows.length - horizon);
  const leftOut: LeftOut[] = [
    ...before,
    ...options.map(({name, class: kind, currency, value}) => ({
      name,
      class: kind,
      currency,
      value,
      reason: "an option: its own past is no history of what it is now; the stress test revalues it"
    }))
  ];
  const assets = held.flatMap((asset): AlignedAsset[] => {
    const prices = Float64Array.from(rows, (t) => asset.prices[t] ?? NaN);
    const returns = Float64Array.from(
      {length: periods},
      (_, t) => prices[t + horizon] / prices[t] - 1 // a price is above zero, or NaN
    );
    const observations = returns.filter((one) => !Number.isNaN(one)).length;
    if (observations >= Math.max(LEAST_PERIODS, LEAST_SHARE * periods))
      return [{...asset, prices, returns, observations}];
    const {name, class: kind, currency, value, history} = asset;
    const reason = `returns of ${observations} of ${periods} periods (${history.source}): too short beside the others`;
    leftOut.push({name, class: kind, currency, value, reason});
    return [];
  });
  const complete = Array.from({length: assets.length ? periods : 0}, (_, t) => t).filter((t) =>
    assets.every(({returns}) => !Number.isNaN(returns[t]))
  ).length;
  return {days: rows.map((t) => all[t]), horizon, periods, assets, leftOut, complete};
}

/**
 * Returns what a series did over the periods of a history: its simple returns, or of yields in percent their change, one
 * point as 0.01; NaN where either end has no value.
 *
 * @param closes [ISO day, value], in any order
 */
export function movesOver(
  closes: readonly (readonly [string, number])[],
  {days, horizon, periods}: Pick<HoldingsHistory, "days" | "horizon" | "periods">,
  of: "return" | "points"
): Float64Array {
  const level = new Map(closes);
  return Float64Array.from({length: periods}, (_, t) => {
    const before = level.get(days[t]) ?? NaN;
    const now = level.get(days[t + horizon]) ?? NaN;
    if (of === "points") return (now - before) / 100;
    return before > 0 ? now / before - 1 : NaN;
  });
}

/**
 * Returns what is held as a stress test takes it, values in one currency: assets, those with too short a past too, options
 * with their terms, cash. What has no value has no part in it.
 */
export function stressHoldings({
  assets,
  options,
  leftOut,
  cash,
  currency
}: Pick<HoldingsView, "assets" | "options" | "leftOut" | "cash" | "currency">): Holding[] {
  const own = cash.value ?? 0;
  return [
    ...assets.map(({name, value, currency: code, class: kind}) => ({
      symbol: name,
      value,
      currency: code,
      class: kind
    })),
    ...options.map(({name, value, currency: code, class: kind, terms}) => ({
      symbol: name,
      value,
      currency: code,
      class: kind,
      option: terms
    })),
    ...leftOut.flatMap(({name, value, currency: code, class: kind}) =>
      value === null || !code || !kind ? [] : [{symbol: name, value, currency: code, class: kind}]
    ),
    ...(own && currency ? [{symbol: `${currency} cash`, value: own, currency, class: "CASH"}] : [])
  ];
}
