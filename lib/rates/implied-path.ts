import {compareText} from "../order.js";

/** A size of a central bank's move, and what futures say of it. */
export interface Move {
  /** Basis points against the rate before: a multiple of 25. */
  bp: number;
  probability: number;
}

/** What futures imply for one meeting. */
export interface ImpliedStep {
  /** ISO: day of the decision; the rate is new from the day after. */
  day: string;
  /** Contract month `2026-10` that the rate after the meeting rests on, its price, and which month that is. */
  contract: string;
  price: number;
  basis: "month of the meeting" | "month after";
  /** Effective rate before and after, percent. */
  start: number;
  end: number;
  changeBp: number;
  /** At this meeting, smallest first; one or two neighbours; probabilities sum to 1. */
  moves: Move[];
  /** Of all meetings up to this one, multiplied out. */
  total: Move[];
  /** Why the figure is weak, null otherwise. */
  flag: string | null;
}

/** Meetings in order, up to the last month with a price; `reason` says why there are none, or fewer. */
export interface ImpliedPath {
  steps: ImpliedStep[];
  reason: string | null;
}

/** How few days at the new rate make a month's average say little of it. */
const FEW_DAYS = 5;

const STEP_BP = 25;

/**
 * Returns the path of the overnight rate that 30-day federal funds futures imply, by CME's method.
 *
 * 100 less a contract's price is the month's average rate. In a month of N days with a decision on day d,
 * `average = d/N start + (N - d)/N end`. A month without a meeting is an anchor: its average is the rate after the
 * meeting before it and before the meeting after it. The first meeting's start is the anchor before it; where there is
 * none since the pricing day's month, it is reckoned back from the anchor after the run of meeting months. From there
 * on each meeting starts where the one before ended; its end is the anchor after it, or, if the next meeting comes
 * first, what its own month's average leaves: `(average - d/N start) N / (N - d)`. With five days or fewer at the new
 * rate that is flagged: an error of the price counts N / (N - d) fold.
 *
 * @param prices of contracts by month (`2026-10`)
 * @param meetings days of decisions, ISO, in any order, past ones too: a month with a past meeting is no anchor
 * @param asOf ISO day of the prices; a meeting on it is past, since contracts settle after the decision
 * @see CME Group, “FedWatch Tool methodology”; PyPI pyfedwatch
 */
export function impliedPath(
  prices: ReadonlyMap<string, number>,
  meetings: readonly string[],
  asOf: string
): ImpliedPath {
  const months = decisions(meetings);
  const ahead = [...months.values()].filter(({day}) => day > asOf);
  if (!ahead.length) return {steps: [], reason: "no meeting ahead is known: add its day"};
  const reach = [...prices.keys()].sort(compareText).at(-1) ?? "";
  if (ahead[0].month > reach) return {steps: [], reason: missing(ahead[0].month)};
  const market = {prices, months};
  let start = startBefore(market, ahead[0].month, asOf.slice(0, 7));
  if (typeof start === "string") return {steps: [], reason: start};
  const steps: ImpliedStep[] = [];
  let total: Move[] = [{bp: 0, probability: 1}];
  for (const [i, decision] of ahead.entries()) {
    if (decision.month > reach) break;
    const after = endAfter(market, decision, start, ahead[i + 1]?.month);
    if (typeof after === "string") return {steps, reason: after};
    const changeBp = 100 * (after.end - start);
    const moves = movesOf(changeBp);
    total = convolve(total, moves);
    steps.push({day: decision.day, start, ...after, changeBp, moves, total});
    start = after.end;
  }
  return {steps, reason: null};
}

interface Decision {
  month: string;
  day: string;
  /** Days of the month, and those at the rate before. */
  days: number;
  before: number;
  /** Meetings in the month: only the last is told apart. */
  count: number;
}

interface Market {
  prices: ReadonlyMap<string, number>;
  months: ReadonlyMap<string, Decision>;
}

/** The last decision of each month that has one, in order. */
function decisions(meetings: readonly string[]): Map<string, Decision> {
  const months = new Map<string, Decision>();
  for (const day of [...new Set(meetings)].sort(compareText)) {
    const month = day.slice(0, 7);
    const days = new Date(Date.UTC(+day.slice(0, 4), +day.slice(5, 7), 0)).getUTCDate();
    const count = (months.get(month)?.count ?? 0) + 1;
    months.set(month, {month, day, days, before: +day.slice(8), count});
  }
  return months;
}

/** The rate before the first meeting ahead; a sentence where prices do not tell it. */
function startBefore(market: Market, first: string, current: string): number | string {
  for (let month = monthAfter(first, -1); month >= current; month = monthAfter(month, -1)) {
    const average = anchor(market, month);
    if (average !== undefined) return average;
  }
  let last = first;
  while (market.months.has(monthAfter(last, 1))) last = monthAfter(last, 1);
  let rate = anchor(market, monthAfter(last, 1));
  if (rate === undefined) return missing(monthAfter(last, 1));
  for (let month = last; month >= first; month = monthAfter(month, -1)) {
    const average = averageOf(market, month);
    if (average === undefined) return missing(month);
    const {days, before} = market.months.get(month) as Decision; // the run has a meeting in each month
    rate = (average * days - (days - before) * rate) / before;
  }
  return rate;
}

type After = Pick<ImpliedStep, "contract" | "price" | "basis" | "end" | "flag">;

/** The rate after a meeting; a sentence where prices do not tell it. */
function endAfter(
  market: Market,
  {month, days, before, count}: Decision,
  start: number,
  next: string | undefined
): After | string {
  const several = count > 1 ? `${count} meetings in ${month}: their moves cannot be told apart` : null;
  for (let free = monthAfter(month, 1); free < (next ?? monthAfter(month, 2)); free = monthAfter(free, 1)) {
    const end = anchor(market, free);
    if (end === undefined) continue;
    const price = market.prices.get(free) as number; // an anchor has one
    return {contract: free, price, basis: "month after", end, flag: several};
  }
  const price = market.prices.get(month);
  if (price === undefined) return missing(month);
  const left = days - before;
  if (left === 0)
    return `the meeting ends ${month}, and ${monthAfter(month, 1)} has no price: pull its contract`;
  const end = ((100 - price) * days - before * start) / left;
  const weak = `${left} days left in the month: an error of the price counts ${(days / left).toFixed(1)} fold`;
  return {
    contract: month,
    price,
    basis: "month of the meeting",
    end,
    flag: several ?? (left <= FEW_DAYS ? weak : null)
  };
}

/** A month's average if it has a price and no meeting. */
function anchor(market: Market, month: string): number | undefined {
  return market.months.has(month) ? undefined : averageOf(market, month);
}

function averageOf({prices}: Market, month: string): number | undefined {
  const price = prices.get(month);
  return price === undefined ? undefined : 100 - price;
}

function missing(month: string): string {
  return `no price of the fed funds contract of ${month}: pull it`;
}

function monthAfter(month: string, months: number): string {
  return new Date(Date.UTC(+month.slice(0, 4), +month.slice(5) - 1 + months, 1)).toISOString().slice(0, 7);
}

/** An expected change as its two neighbouring multiples of 25 bp. */
function movesOf(changeBp: number): Move[] {
  const steps = changeBp / STEP_BP;
  const floor = Math.floor(steps);
  const share = steps - floor;
  if (share < 1e-9) return [{bp: STEP_BP * floor, probability: 1}];
  if (share > 1 - 1e-9) return [{bp: STEP_BP * (floor + 1), probability: 1}];
  return [
    {bp: STEP_BP * floor, probability: 1 - share},
    {bp: STEP_BP * (floor + 1), probability: share}
  ];
}

function convolve(before: readonly Move[], moves: readonly Move[]): Move[] {
  const sums = new Map<number, number>();
  for (const {bp, probability} of before) {
    for (const move of moves) {
      sums.set(bp + move.bp, (sums.get(bp + move.bp) ?? 0) + probability * move.probability);
    }
  }
  return [...sums].sort(([a], [b]) => a - b).map(([bp, probability]) => ({bp, probability}));
}
