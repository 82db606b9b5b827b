/** Returns of the second ledger, by the formulas of money.md R5 and R8, in the plainest way. */

/** The value of a day, and what came in and went out on it; floats of exact amounts. */
export interface Day {
  day: string;
  nav: number;
  inflow: number;
  outflow: number;
}

export type Convention = "start-end" | "ibkr";

/** A day's return: none without capital and gain, broken where the chain may not go on over it (R6). */
export type DailyReturn = number | "none" | "broken";

/** Daily returns (R5): in-flows at day start, out-flows at day end; or, as IBKR, all at day end. */
export function dailyReturns(days: readonly Day[], convention: Convention): DailyReturn[] {
  return days.map(({nav, inflow, outflow}, i) => {
    if (i === 0) return "none";
    const before = days[i - 1].nav;
    if (before < 0 || nav < 0) return "broken";
    const [invested, result] =
      convention === "ibkr" ? [before, nav - inflow + outflow] : [before + inflow, nav + outflow];
    if (invested !== 0) return result < 0 ? "broken" : result / invested - 1;
    const begins = convention === "ibkr" && inflow > 0 && nav > 0;
    return begins || Math.abs(result) < 1e-9 * (nav + inflow + outflow) || result === 0 ? "none" : "broken";
  });
}

/** The linked return; NaN when a day breaks the chain or none has a return. */
export function linked(returns: readonly DailyReturn[]): number {
  const known = returns.filter((value) => typeof value === "number");
  if (!known.length || returns.includes("broken")) return NaN;
  return known.reduce((product, value) => product * (1 + value), 1) - 1;
}

const dayCount = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Cash of the investor by day: paid is negative, the closing value is got at the end. */
function investorCash(days: readonly Day[]): {days: number; amount: number}[] {
  const last = days.length - 1;
  return days.map(({day, nav, inflow, outflow}, i) => ({
    days: dayCount(days[0].day, day),
    amount: (i === 0 ? -nav : outflow - inflow) + (i === last ? nav : 0)
  }));
}

/** Cash flows by day, what they are worth at a growth over the period, and how often their sign changes. */
function presentValue(days: readonly Day[]) {
  const flows = investorCash(days).filter(({amount}) => amount !== 0);
  const first = flows[0]?.days ?? 0;
  const length = (flows.at(-1)?.days ?? 0) - first;
  const present = (growth: number) =>
    flows.reduce((total, {days: at, amount}) => total + amount / growth ** ((at - first) / length), 0);
  const changes = flows.filter(({amount}, i) => i > 0 && amount * flows[i - 1].amount < 0).length;
  return {present, changes};
}

/**
 * The period's internal rate (R8) by bisection of the growth over the period, e^-20 to e^20. Flows whose sign changes
 * once have one rate at most (Descartes); with more changes there may be several, so that none is told: undefined.
 */
export function internalRate(days: readonly Day[]): number | undefined {
  const {present, changes} = presentValue(days);
  if (changes > 1) return undefined;
  let [low, high] = [-20, 20];
  const [atLow, atHigh] = [present(Math.exp(low)), present(Math.exp(high))];
  if (changes === 0 || atLow * atHigh > 0) return NaN;
  for (let step = 0; step < 200; ++step) {
    const middle = (low + high) / 2;
    if (present(Math.exp(middle)) < 0 === atLow < 0) low = middle;
    else high = middle;
  }
  return Math.expm1(low);
}

/** Modified Dietz over the whole period, flows at day end; NaN without capital. */
export function modifiedDietz(days: readonly Day[]): number {
  const [first, last] = [days[0], days[days.length - 1]];
  const length = dayCount(first.day, last.day);
  let [net, capital] = [0, first.nav];
  for (const {day, inflow, outflow} of days.slice(1)) {
    net += inflow - outflow;
    capital += ((inflow - outflow) * dayCount(day, last.day)) / length;
  }
  return capital > 0 ? (last.nav - first.nav - net) / capital : NaN;
}
