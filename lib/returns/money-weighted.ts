import {daysBetween} from "../time/day.js";
import {type Figure, figure, unavailable} from "./figure.js";
import type {Span} from "./time-weighted.js";
import {type InternalRate, xirr} from "./xirr.js";

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
    capital += (flow * daysBetween(days[from + i], days[to])) / length;
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
