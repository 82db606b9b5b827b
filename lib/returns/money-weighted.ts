import {daysBetween} from "../time/day.js";
import {type Figure, figure, unavailable} from "./figure.js";
import type {Span} from "./time-weighted.js";

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
 * All rates between -99.9999998 % and +48,500,000,000 % over the period are searched: intervals are halved until
 * each is proven to hold no root or one, so several roots are seen as such. No guess is needed or printed.
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
  const used = days.filter((_, i) => amounts[i] !== 0);
  const none = (reason: string, length = 0) => {
    return {annual: unavailable(reason), period: unavailable(reason), days: length};
  };
  if (!used.length) return none("no solution: there is no amount");
  const first = used.reduce((a, b) => (a < b ? a : b));
  const last = used.reduce((a, b) => (a > b ? a : b));
  const length = daysBetween(first, last);
  if (length === 0) return none("no solution: all amounts are on one day");
  if (amounts.every((a) => a >= 0) || amounts.every((a) => a <= 0)) {
    return none("no solution: all amounts have the same sign", length);
  }
  const times = Float64Array.from(days, (day, i) => (amounts[i] ? daysBetween(first, day) / length : 0));
  const roots = growthRoots(times, amounts);
  if (roots.length !== 1) {
    const found = roots.length ? `${roots.length} rates fit` : "no rate fits";
    return none(`no unique solution: ${found}`, length);
  }
  const annual =
    length < XIRR_DAYS
      ? unavailable(`not annualised: ${length} days are less than a year`)
      : figure(Math.expm1((roots[0] * XIRR_DAYS) / length));
  return {annual, period: figure(Math.expm1(roots[0])), days: length};
}

/** Log growths over the period beyond which no account's rate is looked for. */
const LIMIT = 20;

/** Width at which an interval that may hold two roots is taken to hold a double one. */
const FINEST = 1e-6;

/** Returns the u in [-20, 20] where the sum of a exp(-t u) is zero, in order; t in [0, 1]. A double root is two. */
function growthRoots(times: Float64Array, amounts: Float64Array): number[] {
  const roots: number[] = [];
  const search = (low: number, high: number): void => {
    if (!spansZero(bounds(times, amounts, low, high, 0))) return;
    if (!spansZero(bounds(times, amounts, low, high, 1))) {
      const [left, right] = [present(times, amounts, low), present(times, amounts, high)];
      if (left === 0 || left * right < 0) roots.push(refine(times, amounts, low, high));
    } else if (high - low < FINEST) {
      roots.push(low, high);
    } else {
      const middle = (low + high) / 2;
      search(low, middle);
      search(middle, high);
    }
  };
  search(-LIMIT, LIMIT);
  return roots;
}

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

/**
 * Returns the account's money-weighted return over a span: its opening value and in-flows are paid, its out-flows and
 * closing value are got, each on its day.
 *
 * @param days ISO dates, oldest first; shape (n)
 * @param nav value at the end of each day in base currency; shape (n), NaN = unknown
 * @param inflow deposits and transfers in of each day, >= 0; shape (n)
 * @param outflow withdrawals and transfers out of each day, >= 0; shape (n)
 * @param span base day and last day; flows of the base day are in its value; the whole series by default
 * @returns both rates; null with the reason when a value or flow is unknown, or no rate or several fit
 */
export function moneyWeighted(
  days: readonly string[],
  nav: Float64Array,
  inflow: Float64Array,
  outflow: Float64Array,
  {from = 0, to = nav.length - 1}: Span = {}
): InternalRate {
  const amounts = nav.slice(from, to + 1).map((_, i) => (i ? outflow[from + i] - inflow[from + i] : 0));
  const unknown = unknownAmount(days, nav, amounts, from, to);
  if (unknown) return {annual: unknown, period: unknown, days: 0};
  amounts[0] -= nav[from];
  amounts[amounts.length - 1] += nav[to];
  return xirr(days.slice(from, to + 1), amounts);
}

/**
 * Returns the Modified Dietz return over a whole span, flows at the end of their day, as PortfolioAnalyst's
 * money-weighted return: gain / (opening value + flows weighted by the share of the span that they were there).
 *
 * @param days ISO dates, oldest first; shape (n)
 * @param nav value at the end of each day in base currency; shape (n), NaN = unknown
 * @param inflow deposits and transfers in of each day, >= 0; shape (n)
 * @param outflow withdrawals and transfers out of each day, >= 0; shape (n)
 * @param span base day and last day; the whole series by default
 * @returns the return over the span, not annualised; null when the average capital is not positive or unknown
 * @see Interactive Brokers, "PortfolioAnalyst performance white paper"
 */
export function modifiedDietz(
  days: readonly string[],
  nav: Float64Array,
  inflow: Float64Array,
  outflow: Float64Array,
  {from = 0, to = nav.length - 1}: Span = {}
): Figure {
  const flows = nav.slice(from, to + 1).map((_, i) => (i ? inflow[from + i] - outflow[from + i] : 0));
  const unknown = unknownAmount(days, nav, flows, from, to);
  if (unknown) return unknown;
  const length = daysBetween(days[from], days[to]);
  let [net, capital] = [0, nav[from]];
  flows.forEach((flow, i) => {
    net += flow;
    capital += flow && (flow * daysBetween(days[from + i], days[to])) / length;
  });
  if (!(capital > 0)) return unavailable(`no return: the average capital is ${capital}`);
  return figure((nav[to] - nav[from] - net) / capital);
}

function unknownAmount(
  days: readonly string[],
  nav: Float64Array,
  flows: Float64Array,
  from: number,
  to: number
): Figure | undefined {
  if (!(to > from)) return unavailable("no day after the start of the period");
  const day = [from, to].find((i) => Number.isNaN(nav[i]));
  if (day !== undefined) return unavailable(`${days[day]}: the account's value is unknown`);
  const flow = flows.findIndex((value) => Number.isNaN(value));
  return flow < 0 ? undefined : unavailable(`${days[from + flow]}: a flow has no value in base currency`);
}
