import {dayNumber} from "../time/day.js";
import {type Figure, figure, unavailable} from "./figure.js";

/** Days in a year of the money-weighted return: Actual/365, as spreadsheets' XIRR. */
export const XIRR_DAYS = 365;

/** An internal rate of return: per year, and over its own period. */
export interface InternalRate {
  /** Rate per year, Actual/365, as a fraction; null below one year. */
  annual: Figure;
  /** The same rate over the period: (1 + rate)^(days / 365) - 1. */
  period: Figure;
  /** Calendar days from the first to the last amount. */
  days: number;
}

/**
 * Returns the internal rate of return of dated amounts: the rate at which their present values sum to zero.
 *
 * Growths over the period between e^-20 and e^20 are searched: intervals are halved until each is proven to hold no
 * root or one, so that several are seen as such. Newton's step only refines; there is no guess to print.
 *
 * @param days ISO dates in any order
 * @param amounts what the investor paid (negative) and got (positive) on each; the last may be a closing value
 * @returns both rates; null with the reason when no rate or more than one fits
 * @throws RangeError if lengths differ, a date is invalid or an amount is not finite
 */
export function xirr(days: readonly string[], amounts: Float64Array): InternalRate {
  if (days.length !== amounts.length) throw new RangeError(`${days.length} dates, ${amounts.length} amounts`);
  const wrong = amounts.findIndex((amount) => !Number.isFinite(amount));
  if (wrong >= 0) throw new RangeError(`invalid amounts[${wrong}]: ${amounts[wrong]}`);
  const byDay = new Map<number, number>();
  days.forEach((day, i) => byDay.set(dayNumber(day), (byDay.get(dayNumber(day)) ?? 0) + amounts[i]));
  const used = [...byDay].filter(([, amount]) => amount !== 0).sort(([a], [b]) => a - b);
  const first = used.at(0)?.[0] ?? 0;
  const length = (used.at(-1)?.[0] ?? 0) - first;
  const root = growthRoot(
    Float64Array.from(used, ([day]) => (day - first) / (length || 1)),
    Float64Array.from(used, ([, amount]) => amount)
  );
  if (typeof root === "string") return {annual: unavailable(root), period: unavailable(root), days: length};
  const annual =
    length < XIRR_DAYS
      ? unavailable(`not annualised: ${length} days are less than a year`)
      : figure(Math.expm1((root * XIRR_DAYS) / length));
  return {annual, period: figure(Math.expm1(root)), days: length};
}

/** Log growths over the period beyond which no account's rate is looked for. */
const LIMIT = 20;

/** Width at which an interval that may hold two roots is taken to hold them, and how many intervals are looked at. */
const FINEST = 1e-9;
const PATIENCE = 50_000;

/** Returns the only u in [-20, 20] where the sum of a exp(-t u) is zero, t in [0, 1], or why there is none. */
function growthRoot(times: Float64Array, amounts: Float64Array): number | string {
  if (amounts.every((amount) => amount >= 0)) return "no solution: nothing was paid in";
  if (amounts.every((amount) => amount <= 0)) return "no solution: nothing came back";
  const roots: number[] = [];
  const intervals: [number, number][] = [[-LIMIT, LIMIT]];
  for (let k = 0; k < intervals.length; ++k) {
    const [low, high] = intervals[k];
    if (!spansZero(bounds(times, amounts, low, high, 0))) continue;
    if (!spansZero(bounds(times, amounts, low, high, 1))) {
      const [left, right] = [present(times, amounts, low), present(times, amounts, high)];
      if (left === 0 || left * right < 0) roots.push(refine(times, amounts, low, high));
      continue;
    }
    const middle = (low + high) / 2;
    if (high - low < FINEST || k > PATIENCE) {
      return `no unique solution: rates cannot be told apart near ${percent(middle)} over the period`;
    }
    intervals.push([low, middle], [middle, high]);
  }
  if (roots.length === 1) return roots[0];
  if (roots.length === 0) return "no solution: no rate fits";
  const found = roots.sort((a, b) => a - b).map(percent);
  return `no unique solution: several rates fit over the period: ${found.join(", ")}`;
}

const percent = (growth: number) => `${(100 * Math.expm1(growth)).toFixed(2)} %`;

const spansZero = ([least, greatest]: [number, number]) => least <= 0 && greatest >= 0;

/** Returns bounds of the sum (or, order 1, of its slope) over low <= u <= high: each term is monotone in u. */
function bounds(t: Float64Array, a: Float64Array, low: number, high: number, order: 0 | 1): [number, number] {
  let [least, greatest] = [0, 0];
  for (let k = 0; k < a.length; ++k) {
    const weight = order ? -t[k] * a[k] : a[k];
    const [atLow, atHigh] = [weight * Math.exp(-t[k] * low), weight * Math.exp(-t[k] * high)];
    least += Math.min(atLow, atHigh);
    greatest += Math.max(atLow, atHigh);
  }
  return [least, greatest];
}

function present(t: Float64Array, a: Float64Array, u: number): number {
  let sum = 0;
  for (let k = 0; k < a.length; ++k) sum += a[k] * Math.exp(-t[k] * u);
  return sum;
}

/** Returns the root of a monotone sum in the interval: Newton's step where it stays inside, else the middle. */
function refine(t: Float64Array, a: Float64Array, low: number, high: number): number {
  const rising = present(t, a, low) < present(t, a, high);
  let u = (low + high) / 2;
  for (let i = 0; i < 200; ++i) {
    const value = present(t, a, u);
    if (value === 0) return u;
    if (value < 0 === rising) low = u;
    else high = u;
    const [slope] = bounds(t, a, u, u, 1);
    const newton = u - value / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - u) <= 1e-15 * Math.max(1, Math.abs(u))) return next;
    u = next;
  }
  return u;
}
