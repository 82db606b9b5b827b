import {linkedBrinson, type BrinsonEffects, type GroupPeriod} from "../../returns/brinson.js";
import {figure, unavailable, type Figure} from "../../returns/figure.js";
import {contributionFactors, LINKING, type LinkingMethod} from "../../returns/linking.js";
import {scopeWithBalances} from "../lake/lake-use.js";
import {CONVENTIONS} from "../risk-profile.js";
import type {Study} from "../study.js";
import type {Scope, ViewQuery} from "../views.js";
import {partsOf, unmarked, withMarks} from "./attribution.js";
import type {AttributionQuery, Grouping} from "./attribution-view.js";
import type {GroupBenchmark} from "./group-benchmark.js";
import {groupsOf, type Group} from "./groups.js";
import {intervalsOf, type Intervals} from "./intervals.js";

export interface BrinsonQuery extends AttributionQuery {
  /** Weights and returns of the benchmark's groups; there is no attribution without. */
  groups?: GroupBenchmark;
}

type Effects = Record<keyof BrinsonEffects | "total", Figure>;

export interface BrinsonRow extends Effects {
  group: string;
  /** Means over the periods. */
  portfolioWeight: Figure;
  benchmarkWeight: Figure;
}

export interface BrinsonView {
  scope: Scope;
  by: Grouping;
  linking: LinkingMethod;
  /** Days between which the periods lie; null where there are none. */
  from: string | null;
  to: string | null;
  periods: number;
  rows: BrinsonRow[];
  total: Effects & {portfolio: Figure; benchmark: Figure};
  reason: string | null;
  constants: string[];
}

/** Name of what belongs to no group: cash, and what no row explains. */
const CASH = "Cash";

/**
 * Returns allocation, selection and interaction of each group against a benchmark whose groups are given: they sum to
 * the portfolio's return less the benchmark's, both linked over the periods.
 */
export function brinsonView(
  asked: Study,
  {by = "sector", profile = "default", groups: given}: BrinsonQuery,
  of: (query: ViewQuery) => Study
): BrinsonView {
  const parts = partsOf(asked);
  const {study} = withMarks(asked, parts, of);
  const {series, span, context, nothing} = study;
  const scope = scopeWithBalances(study);
  const {linking} = CONVENTIONS[profile];
  const view = {scope, by, linking, constants: constants(linking)};
  const without = (reason: string): BrinsonView => {
    const none = unavailable(reason);
    const effects = {allocation: none, selection: none, interaction: none, total: none};
    const total = {...effects, portfolio: none, benchmark: none};
    return {...view, from: null, to: null, periods: 0, rows: [], total, reason};
  };
  if (!given) return without("no benchmark with weights: give a file with date, group, weight, return");
  if (!span) return without(nothing);
  const unknown = unmarked(study, parts);
  if (unknown !== null) return without(unknown);
  const intervals = intervalsOf(study);
  const own = groupsOf(parts.steps, parts.cash, intervals, by, context);
  if (own.some(({spans}) => spans))
    return without('days without marks: tick "Breakout by Day" in the Flex query');
  const periods = given.periods.filter(({day}) => day > span.fromDay && day <= span.toDay);
  if (!periods.length) {
    const [first, last] = [given.periods[0]?.day, given.periods.at(-1)?.day];
    return without(
      `the benchmark's periods, ${first} to ${last}, are not between ${span.fromDay} and ${span.toDay}`
    );
  }
  const names = [
    ...new Set([
      ...own.filter(({kind}) => kind === "holdings").map(({label}) => label),
      ...periods.flatMap(({groups}) => groups.map(({group}) => group)),
      CASH
    ])
  ];
  const ends = periods.map(({day}) => intervals.ends.findLastIndex((i) => series.days[i] <= day));
  const empty = ends.findIndex((end, p) => end <= (p ? ends[p - 1] : 0));
  if (empty >= 0) return without(`no value of the accounts in the period that ends ${periods[empty].day}`);
  const rows = periods.map(({groups}, p) =>
    names.map((name): GroupPeriod => {
      const theirs = groups.find(({group}) => group === name);
      const [from, to] = [p ? ends[p - 1] : 0, ends[p]];
      return {
        ...(name === CASH
          ? restIn(own, intervals, from, to, linking)
          : shareIn(
              own.filter(({label, kind}) => label === name && kind === "holdings"),
              intervals,
              from,
              to,
              linking
            )),
        benchmarkWeight: theirs?.weight ?? 0,
        benchmarkReturn: theirs?.return ?? NaN
      };
    })
  );
  const {effects, portfolio, benchmark} = linkedBrinson(rows, linking);
  const mean = (pick: (group: GroupPeriod) => number, k: number) =>
    figure(rows.reduce((sum, period) => sum + pick(period[k]), 0) / rows.length);
  const whole = {allocation: 0, selection: 0, interaction: 0};
  for (const effect of effects) {
    for (const name of ["allocation", "selection", "interaction"] as const) whole[name] += effect[name];
  }
  return {
    ...view,
    from: span.fromDay,
    to: series.days[intervals.ends[ends[ends.length - 1]]],
    periods: periods.length,
    rows: names.map((group, k) => ({
      group,
      portfolioWeight: mean(({portfolioWeight}) => portfolioWeight, k),
      benchmarkWeight: mean(({benchmarkWeight}) => benchmarkWeight, k),
      ...effectsOf(effects[k])
    })),
    total: {...effectsOf(whole), portfolio: figure(portfolio), benchmark: figure(benchmark)},
    reason: null
  };
}

function effectsOf({allocation, selection, interaction}: BrinsonEffects): Effects {
  const loss = "a return of -100 % has no logarithm: choose Frongello's linking";
  return {
    allocation: figure(allocation + 0, loss),
    selection: figure(selection + 0, loss),
    interaction: figure(interaction + 0, loss),
    total: figure(allocation + selection + interaction + 0, loss)
  };
}

type Share = Pick<GroupPeriod, "portfolioWeight" | "contribution">;

/** Mean weight and linked contribution of some groups in the intervals of a period. */
function shareIn(
  groups: readonly Group[],
  intervals: Intervals,
  from: number,
  to: number,
  linking: LinkingMethod
): Share {
  const {returns, invested} = intervals;
  const factors = contributionFactors(
    returns.slice(from, to).map((r) => (Number.isNaN(r) ? 0 : r)),
    linking
  );
  let [weight, contribution] = [0, 0];
  for (let k = from; k < to; ++k) {
    if (!(invested[k] > 0)) continue;
    for (const {capital, held} of groups) {
      weight += capital[k] / invested[k] / (to - from);
      contribution += (held[k] / invested[k]) * factors[k - from];
    }
  }
  return {portfolioWeight: weight, contribution};
}

/** What is left for cash: of the weight all that no holding has, of the return all that they did not add. */
function restIn(
  groups: readonly Group[],
  intervals: Intervals,
  from: number,
  to: number,
  linking: LinkingMethod
): Share {
  const held = shareIn(groups, intervals, from, to, linking);
  let product = 1;
  for (let k = from; k < to; ++k)
    if (!Number.isNaN(intervals.returns[k])) product *= 1 + intervals.returns[k];
  return {portfolioWeight: 1 - held.portfolioWeight, contribution: product - 1 - held.contribution};
}

function constants(linking: LinkingMethod): string[] {
  return [
    "Allocation (w - wb) (rb - b), selection wb (r - rb), interaction (w - wb) (r - rb): Brinson-Fachler.",
    "Weights of the portfolio are the means of its days; cash has what no holding has. Weights of the benchmark are those of its file, at each period's start.",
    `Linked over periods after ${LINKING[linking]}.`
  ];
}
