import {type Figure, figure, unavailable} from "./figure.js";

/**
 * When a day's external flows count. `start-end`: in-flows at the start of the day, out-flows at its end (the default
 * of Portfolio Performance, and ours). `ibkr`: all flows at the end of the day (PortfolioAnalyst).
 */
export type FlowConvention = "start-end" | "ibkr";

/** Something about a day that its reader must know. */
export interface ReturnWarning {
  /** Index of the day. */
  index: number;
  code: "no-capital" | "inception" | "negative-value" | "unknown-flow" | "flow-exceeds-value" | "gap";
  /** True when no return can be linked across this day; false when it is only to be said. */
  breaks: boolean;
  /** One sentence with the day and the amounts. */
  message: string;
}

/** Returns of consecutive days, and what is to be said about them. */
export interface DailyReturns {
  /** Simple returns as fractions, oldest first; NaN on the base day and on days without a return. */
  returns: Float64Array;
  warnings: readonly ReturnWarning[];
}

/** Indexes of the day whose closing value is the base, and of the last day that counts. */
export interface Span {
  from?: number;
  to?: number;
}

/**
 * Returns the time-weighted return of each day from the account's values and external flows.
 *
 * `start-end`: r = (end + outflow) / (begin + inflow) - 1; `ibkr`: r = (end - inflow + outflow) / begin - 1.
 * The first day with a value is the base: it has no return, and its flows are already in its value. A day without
 * capital has no return; it links as 1 when nothing was gained and breaks the chain otherwise, as does a negative
 * value. The day on which an empty account is funded is its inception in `ibkr`, where flows come at day end: its gain
 * is said, and returns begin on the day after. Days without a value (NaN) are spanned by the next return, with their flows and a `gap` warning.
 *
 * @param nav value at the end of each day in base currency, oldest first; shape (n), NaN = unknown
 * @param inflow deposits and transfers in of each day, >= 0, NaN = unknown; shape (n)
 * @param outflow withdrawals and transfers out of each day, >= 0, NaN = unknown; shape (n)
 * @param options.days ISO dates of the rows, for the warnings' words
 * @returns returns of the same length and order; empty when n = 0
 * @throws RangeError if lengths differ, a flow is negative or an amount is infinite
 * @see Portfolio Performance, ClientIndex.java and help page "Performance: time-weighted", equations 1 and 2
 * @see Interactive Brokers, "PortfolioAnalyst performance white paper"
 */
export function dailyReturns(
  nav: Float64Array,
  inflow: Float64Array,
  outflow: Float64Array,
  {convention, days}: {convention: FlowConvention; days?: readonly string[]}
): DailyReturns {
  checkColumns(nav, inflow, outflow);
  const returns = new Float64Array(nav.length).fill(NaN);
  const warnings: ReturnWarning[] = [];
  const start = nav.findIndex((value) => !Number.isNaN(value));
  const flows = {in: 0, out: 0};
  for (let i = start + 1, base = start; start >= 0 && i < nav.length; ++i) {
    flows.in += inflow[i];
    flows.out += outflow[i];
    if (Number.isNaN(nav[i])) continue;
    const day = days ? days[i] : `row ${i}`;
    const warn = (code: ReturnWarning["code"], what: string) =>
      warnings.push({index: i, code, breaks: !SPOKEN.has(code), message: `${day}: ${what}`});
    const outcome = periodReturn(nav[base], nav[i], flows.in, flows.out, convention);
    if (typeof outcome === "number") returns[i] = outcome;
    else warn(outcome.code, outcome.what);
    if (i > base + 1) warn("gap", `days without a value that the return spans: ${i - base - 1}`);
    base = i;
    flows.in = flows.out = 0;
  }
  return {returns, warnings};
}

/** What is only to be said: the chain goes on. */
const SPOKEN: ReadonlySet<ReturnWarning["code"]> = new Set(["gap", "inception"]);

/** Share of the amounts involved below which a gain is only the rounding of floats. */
const ROUNDING = 1e-9;

function periodReturn(
  begin: number,
  end: number,
  inflow: number,
  outflow: number,
  convention: FlowConvention
): number | {code: ReturnWarning["code"]; what: string} {
  const [invested, result] =
    convention === "ibkr" ? [begin, end - inflow + outflow] : [begin + inflow, end + outflow];
  const gain = result - invested;
  if (Number.isNaN(gain)) return {code: "unknown-flow", what: "a flow has no value in base currency"};
  if (begin < 0 || end < 0) {
    return {code: "negative-value", what: `the account's value is negative: ${Math.min(begin, end)}`};
  }
  if (invested === 0) {
    const rounding = ROUNDING * Math.max(end, inflow, outflow);
    if (Math.abs(gain) <= rounding) return NaN;
    const what = `${+gain.toPrecision(12)} gained without capital`;
    if (convention === "ibkr" && inflow > 0 && end > 0) {
      return {
        code: "inception",
        what: `${what} on the day of the first deposit, which this convention starts after`
      };
    }
    return {code: "no-capital", what};
  }
  if (result < 0) {
    return {
      code: "flow-exceeds-value",
      what: `a deposit of ${inflow} lost before its day's end: ${end} left`
    };
  }
  return result / invested - 1;
}

function checkColumns(nav: Float64Array, inflow: Float64Array, outflow: Float64Array): void {
  for (const [name, column] of Object.entries({nav, inflow, outflow})) {
    if (column.length !== nav.length) {
      throw new RangeError(`${name} has ${column.length} rows, nav has ${nav.length}`);
    }
    const least = name === "nav" ? -Infinity : 0;
    const wrong = column.findIndex((value) => value < least || Math.abs(value) === Infinity);
    if (wrong >= 0) throw new RangeError(`invalid ${name}[${wrong}]: ${column[wrong]}`);
  }
}

/**
 * Returns the linked return of a span of days: the product of (1 + r), less one.
 *
 * @param daily returns of days, as from `dailyReturns` or `priceReturns`
 * @param span base day and last day, both inclusive indexes; the whole series by default
 * @returns the total as a fraction, not annualised; null when the chain breaks inside or holds no return
 */
export function chain(daily: DailyReturns, {from = 0, to = daily.returns.length - 1}: Span = {}): Figure {
  const broken = daily.warnings.find(({breaks, index}) => breaks && index > from && index <= to);
  if (broken) return unavailable(broken.message);
  let product = 1;
  let n = 0;
  for (let i = from + 1; i <= to; ++i) {
    if (Number.isNaN(daily.returns[i])) continue;
    product *= 1 + daily.returns[i];
    ++n;
  }
  return n ? figure(product - 1) : unavailable("no return in the period");
}

/** Days in a year when a return is annualised. */
export const DAYS_PER_YEAR = 365.25;

/**
 * Returns the yearly rate that gives the total over the days: (1 + total)^(365.25 / days) - 1.
 *
 * @param total return over the whole period, as a fraction, >= -1
 * @param days calendar days from base day to last day
 * @returns the rate as a fraction; null below one year (365 days), which is never annualised
 * @see GIPS standards (2020): returns of periods below one year must not be annualised
 */
export function annualize(total: number, days: number): Figure {
  if (!(days >= 365)) return unavailable(`not annualised: ${days} days are less than a year`);
  if (!(total >= -1)) return unavailable(`a total return of ${total} cannot be annualised`);
  return figure((1 + total) ** (DAYS_PER_YEAR / days) - 1);
}
