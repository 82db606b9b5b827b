/**
 * The market that the demo account lives in: one factor, a path of its own for each share, three currencies.
 * Paths are made to end where they are meant to, so every seed and every day tells the same kind of story.
 */

import {float, rounded, whole, type Amount} from "../booking/amounts.js";
import {daysBetween} from "./calendar.js";
import {SHARES, type Instrument, type ShareName} from "./instruments.js";
import {CURRENCIES, NATURES, type Nature} from "./natures.js";
import {blackScholes} from "./option-price.js";
import {standardized, stream} from "./random.js";
import type {Timetable} from "./timetable.js";

const YEAR = 252;
const FACTOR_VOLATILITY = 0.165;
/** Log returns of the factor before, in and after the losing year. */
const FACTOR_DRIFT = [0.2, -0.17, 0.3];
const CASH_RATE = 0.04;

/** One dividend of a share. */
export interface Dividend {
  name: ShareName;
  /** Index of the ex-date, of the payment; both may lie beyond the history. */
  ex: number;
  pay: number;
  perShare: Amount;
  taxRate: string;
}

/** Close of the demo's index on the business day before the history. */
export const INDEX_BEFORE = 3900;

/** A three-for-one split and one child share for four of the parent: the market halves nothing else. */
export const SPLIT_RATIO = 3;
export const SPIN_OFF_SHARES = 4;

export interface Market {
  /** Close of the demo's index. */
  index: Float64Array;
  dividends: Dividend[];
  /** Close of an instrument on a day of the history, in its currency, as it is marked. */
  mark(instrument: Instrument, day: number): Amount;
  /** Decimals of an instrument's prices. */
  decimals(instrument: Instrument): number;
  /** US dollars for one unit of a currency. */
  rate(currency: string, day: number): Amount;
}

export function market(seed: number, time: Timetable): Market {
  const factor = factorReturns(seed, time);
  const index = levels(INDEX_BEFORE, factor, 2);
  const dividends: Dividend[] = [];
  const closes = new Map<string, Float64Array>();
  const natures = new Map<string, Nature>();
  for (const nature of NATURES) {
    const {series} = SHARES[nature.name];
    natures.set(series, nature);
    closes.set(series, path(seed, nature, factor, dividends));
  }
  applyActions(time, closes, dividends);

  const rates = new Map<string, Amount[]>();
  for (const {currency, first, volatility, drift, decimals} of CURRENCIES) {
    const n = time.days.length;
    const noise = standardized(stream(seed, currency), n);
    const returns = noise.map((z) => (volatility / Math.sqrt(YEAR)) * z + drift / n);
    rates.set(
      currency,
      Array.from(levels(first, returns, decimals), (level) => rounded(level, decimals))
    );
  }

  const volatilityOf = (series: string): number => {
    const nature = natures.get(series);
    return nature ? Math.hypot(nature.beta * FACTOR_VOLATILITY, nature.own) * 1.05 : FACTOR_VOLATILITY * 1.15;
  };
  const decimals = ({assetCategory, series}: Instrument): number =>
    assetCategory === "BILL" ? 4 : assetCategory === "OPT" ? 2 : (natures.get(series)?.decimals ?? 2);
  const yearsTo = (day: number, expiry: string): number =>
    Math.max(0, daysBetween(time.days[day], expiry)) / 365;
  const level = (series: string, day: number): number => closes.get(series)?.[day] ?? index[day];

  const price = (instrument: Instrument, day: number): number => {
    const {assetCategory, series, expiry = "", strike = 0n, putCall} = instrument;
    switch (assetCategory) {
      case "OPT":
        return blackScholes(
          putCall!,
          level(series, day),
          float(strike),
          yearsTo(day, expiry),
          CASH_RATE,
          volatilityOf(series)
        );
      case "FUT":
        return Math.round(4 * level(series, day) * (1 + 0.025 * yearsTo(day, expiry))) / 4;
      case "BILL":
        return 100 * (1 - 0.046 * yearsTo(day, expiry));
      default:
        return level(series, day);
    }
  };
  const marks = new Map<string, Map<number, Amount>>();
  return {
    index,
    dividends: dividends.sort((a, b) => a.ex - b.ex),
    decimals,
    mark(instrument, day) {
      const known = marks.get(instrument.conid) ?? new Map<number, Amount>();
      marks.set(instrument.conid, known);
      let mark = known.get(day);
      if (mark === undefined) known.set(day, (mark = rounded(price(instrument, day), decimals(instrument))));
      return mark;
    },
    rate: (currency, day) => (currency === "USD" ? whole(1) : rates.get(currency)![Math.max(0, day)])
  };
}

function factorReturns(seed: number, {days, losing, recovery}: Timetable): Float64Array {
  const random = stream(seed, "factor");
  const returns = new Float64Array(days.length);
  const ends = [0, losing, recovery, days.length];
  FACTOR_DRIFT.forEach((drift, phase) => {
    const n = ends[phase + 1] - ends[phase];
    const noise = standardized(random, n);
    for (let i = 0; i < n; ++i) {
      returns[ends[phase] + i] = (FACTOR_VOLATILITY / Math.sqrt(YEAR)) * noise[i] + drift / n;
    }
  });
  return returns;
}

/** Closing levels of log returns, each rounded as it is printed. */
function levels(first: number, returns: Float64Array, decimals: number): Float64Array {
  let level = first;
  return returns.map((r) => {
    level *= Math.exp(r);
    return Number(level.toFixed(decimals));
  });
}

/** A share's closes, each dividend taken off on its ex-date. */
function path(seed: number, nature: Nature, factor: Float64Array, paid: Dividend[]): Float64Array {
  const {name, beta, own, drift = 0, decimals = 2, dividend} = nature;
  const n = factor.length;
  const noise = standardized(stream(seed, name), n);
  const closes = new Float64Array(n);
  let close = nature.price;
  for (let i = 0; i <= n; ++i) {
    if (dividend && i > 0 && (n - dividend.phase - i) % dividend.every === 0) {
      const perShare = rounded(
        (close * dividend.yieldPerYear * dividend.every) / YEAR,
        dividend.decimals ?? 2
      );
      paid.push({name, ex: i, pay: i + dividend.lag, perShare, taxRate: dividend.taxRate});
      close -= float(perShare);
    }
    if (i === n) break;
    close *= Math.exp(beta * factor[i] + (own / Math.sqrt(YEAR)) * noise[i] + drift / YEAR);
    closes[i] = Number(close.toFixed(decimals));
  }
  return closes;
}

/** The split divides a price, the spin-off takes the child's value out of the parent's. */
function applyActions(
  {split, spinOff}: Timetable,
  closes: Map<string, Float64Array>,
  dividends: Dividend[]
): void {
  const chips = closes.get(SHARES.chips.series)!;
  for (let i = split; i < chips.length; ++i) chips[i] = Number((chips[i] / SPLIT_RATIO).toFixed(2));
  for (const dividend of dividends) {
    if (dividend.name === "chips" && dividend.ex >= split) {
      dividend.perShare = rounded(float(dividend.perShare) / SPLIT_RATIO, 4);
    }
  }
  const parent = closes.get(SHARES.health.series)!;
  const child = closes.get(SHARES.diagnostics.series)!;
  const left = 1 - child[spinOff] / SPIN_OFF_SHARES / parent[spinOff];
  for (let i = spinOff; i < parent.length; ++i) parent[i] = Number((parent[i] * left).toFixed(2));
}
