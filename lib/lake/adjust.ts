import {dayNumber, dayOf} from "../time/day.js";
import type {Rows} from "./columns.js";
import {type CorporateEvent, eventsOf, ratioBetween} from "./events.js";

/** Bars as one would have seen them on a day: one value a bar, in the bars' order, NaN for bars after that day. */
export interface Adjusted {
  /** How many shares of the view's day one share of the bar's day has become; a price is divided by it. */
  ratio: Float64Array;
  /** Closes over that ratio. */
  close: Float64Array;
  /** Volumes times that ratio. */
  volume: Float64Array;
  /**
   * Closes whose ratios are total returns, each dividend spent on shares at the close before its ex-date, ex dividend:
   * the return of that day is P1 / (P0 - D) - 1. NaN, too, before a dividend that cannot be put in: see `reasons`.
   */
  totalReturn: Float64Array;
  /** Why some total returns are NaN, a sentence each. */
  reasons: string[];
}

/**
 * Adjusts raw bars for the splits and dividends whose ex-date is not after a day, so that no value knows what came
 * later. A split of r new shares for one old divides the prices before its ex-date by r; a dividend D multiplies them by
 * 1 - D/P, with P the raw close of the last bar before its ex-date and D per share of the ex-date, splits of that date
 * included. Dividends of one ex-date are added first.
 *
 * @param bars raw, as traded, in the order of their key; of one symbol or many
 * @param actions of those symbols, in any order; symbols without any stay as they are
 * @param options.asOf the day of the view, ISO
 * @see Center for Research in Security Prices, "CRSP Data Descriptions Guide": factors to adjust prices, dividends
 */
export function adjust(bars: Rows<"bars">, actions: Rows<"actions">, {asOf}: {asOf: string}): Adjusted {
  const {symbol, day, close, volume, currency} = bars.columns;
  const splits = eventsOf(actions, "split", asOf);
  const dividends = dividendsOf(actions, asOf);
  const ratio = ratiosOf(bars, splits, asOf);
  const totalReturn = new Float64Array(bars.length);
  const reasons: string[] = [];
  let product = 1; // of 1 - D/P from here to the end
  let paid: CorporateEvent[] = [];
  let left = 0; // dividends that are not in the product yet
  for (let i = bars.length - 1; i >= 0; --i) {
    if (symbol[i] !== symbol[i + 1]) {
      paid = dividends.get(symbol[i]) ?? [];
      [product, left] = [1, paid.length];
    }
    for (; left > 0 && paid[left - 1].day > day[i]; --left) {
      const dividend = paid[left - 1];
      const shares = ratioBetween(splits.get(symbol[i]) ?? [], day[i], dividend.day);
      const {factor, reason} = dividendFactor(dividend, {close: close[i] / shares, currency: currency[i]});
      if (reason && !Number.isNaN(product)) reasons.push(`${symbol[i]}: no total return before ${reason}`);
      product *= factor;
    }
    totalReturn[i] = (close[i] / ratio[i]) * product;
  }
  return {
    ratio,
    close: close.map((price, i) => price / ratio[i]),
    volume: volume.map((units, i) => units * ratio[i]),
    totalReturn,
    reasons
  };
}

/**
 * Turns prices and volumes that a vendor has adjusted for splits back into those that were traded; Yahoo's are adjusted
 * for all splits up to the day they are fetched.
 *
 * @param bars split-adjusted, in the order of their key
 * @param actions of those symbols, splits with their ex-dates; dividends in it change nothing
 * @param options.asOf the day up to which the vendor has adjusted, ISO
 * @returns bars of the same symbols and days, as traded
 */
export function unadjust(bars: Rows<"bars">, actions: Rows<"actions">, {asOf}: {asOf: string}): Rows<"bars"> {
  const ratio = ratiosOf(bars, eventsOf(actions, "split", asOf), asOf);
  const traded = (prices: Float64Array) => prices.map((price, i) => price * ratio[i]);
  const {open, high, low, close, vwap, volume} = bars.columns;
  const columns = {
    ...bars.columns,
    open: traded(open),
    high: traded(high),
    low: traded(low),
    close: traded(close),
    vwap: traded(vwap),
    volume: volume.map((units, i) => units / ratio[i])
  };
  return {...bars, columns};
}

/**
 * Turns dividends that a vendor has adjusted for splits back into what was paid on a share of their ex-date; Yahoo's are
 * adjusted for all later splits.
 *
 * @param actions dividends and the splits of the same symbols, in any order; splits stay as they are
 * @param options.asOf the day up to which the vendor has adjusted, ISO
 */
export function unadjustDividends(actions: Rows<"actions">, {asOf}: {asOf: string}): Rows<"actions"> {
  const splits = eventsOf(actions, "split", asOf);
  const last = dayNumber(asOf);
  const {symbol, day, type, value} = actions.columns;
  const paid = value.map((amount, i) =>
    type[i] === "dividend" ? amount * ratioBetween(splits.get(symbol[i]) ?? [], day[i], last) : amount
  );
  return {...actions, columns: {...actions.columns, value: paid}};
}

/** What a total return before a dividend is multiplied by, or why there is none. */
function dividendFactor(
  {day, value, currency}: CorporateEvent,
  before: {close: number; currency: string}
): {factor: number; reason: string | null} {
  const of = `its dividend of ${dayOf(day)}`;
  if (currency && before.currency && currency !== before.currency) {
    return {factor: NaN, reason: `${of}: it is in ${currency}, the prices are in ${before.currency}`};
  }
  const factor = 1 - value / before.close;
  return factor > 0
    ? {factor, reason: null}
    : {factor: NaN, reason: `${of}: ${value} a share, no less than the close before it, ${before.close}`};
}

/** Shares of the view's day for one of each bar's day; NaN for bars after that day. */
function ratiosOf(
  {columns: {symbol, day}, length}: Rows<"bars">,
  splits: ReadonlyMap<string, CorporateEvent[]>,
  asOf: string
): Float64Array {
  const last = dayNumber(asOf);
  const ratios = new Float64Array(length);
  let ratio = 1;
  let done: CorporateEvent[] = [];
  let left = 0;
  for (let i = length - 1; i >= 0; --i) {
    if (symbol[i] !== symbol[i + 1]) {
      done = splits.get(symbol[i]) ?? [];
      [ratio, left] = [1, done.length];
    }
    for (; left > 0 && done[left - 1].day > day[i]; --left) ratio *= done[left - 1].value;
    ratios[i] = day[i] > last ? NaN : ratio;
  }
  return ratios;
}

/** Dividends of each symbol up to a day, by day, those of one day and currency added. */
function dividendsOf(actions: Rows<"actions">, asOf: string): Map<string, CorporateEvent[]> {
  const events = eventsOf(actions, "dividend", asOf);
  for (const [symbol, ofSymbol] of events) {
    const sums = Map.groupBy(ofSymbol, ({day, currency}) => `${day} ${currency}`).values();
    events.set(
      symbol,
      Array.from(sums, (same) => ({...same[0], value: same.reduce((sum, {value}) => sum + value, 0)}))
    );
  }
  return events;
}
