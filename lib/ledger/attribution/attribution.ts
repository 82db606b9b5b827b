import type {Amount} from "../../money/amount.js";
import {figure, unavailable, type Figure} from "../../returns/figure.js";
import {contributionFactors, LINKING, type LinkingMethod} from "../../returns/linking.js";
import {chain} from "../../returns/time-weighted.js";
import {scopeWithBalances} from "../lake/lake-use.js";
import {money, moneyOr, noMoney} from "../money-view.js";
import type {NavSeries} from "../nav-series.js";
import {rangeGain} from "../pnl.js";
import {CONVENTIONS} from "../risk-profile.js";
import type {Study} from "../study.js";
import type {LedgerTables} from "../tables.js";
import type {ViewQuery} from "../views.js";
import type {AttributionQuery, AttributionRow, AttributionView, GainLine} from "./attribution-view.js";
import {cashSteps, type CashStep} from "./cash-steps.js";
import {groupDays} from "./group-days.js";
import {groupsOf, type Group} from "./groups.js";
import {intervalsOf, type Intervals} from "./intervals.js";
import {GAIN_PARTS, holdingSteps, type GainParts, type HoldingSteps} from "./steps.js";

/**
 * Returns what each position, class, currency, sector or account gained over the range: by price, currency, income,
 * fees and taxes, summing exactly to the accounts' gain; and its share of their return.
 *
 * @param study of the query
 * @param of makes the study of another query: an account's own return is that of the account by itself
 */
export function attributionView(
  asked: Study,
  {by = "position", profile = "default", key}: AttributionQuery,
  of: (query: ViewQuery) => Study
): AttributionView {
  const {linking} = CONVENTIONS[profile];
  const parts = partsOf(asked);
  const {study, note} = withMarks(asked, parts, of);
  const {context, daily, convention, span, series} = study;
  const scope = scopeWithBalances(study);
  const gain = rangeGain(study);
  const reason = gain.gain === null ? gain.reason : unmarked(study, parts);
  const total = span ? chain(daily[convention], span) : unavailable(study.nothing);
  const problems = note === null ? parts.problems : [note, ...parts.problems];
  const view = {scope, by, linking, constants: constants(study, linking), problems};
  if (reason !== null || gain.gain === null || !span) {
    const none = noMoney(reason ?? study.nothing);
    return {
      ...view,
      rows: [],
      total: {...lines(none), gain: moneyOr(gain.gain, gain.reason), contribution: plain(total)},
      marks: marksOf(parts, study),
      reason: reason ?? study.nothing,
      daily: null
    };
  }
  const intervals = intervalsOf(study);
  const groups = groupsOf(parts.steps, parts.cash, intervals, by, context);
  const share = sharesOf(intervals, linking, total, groups);
  const whole = groups.reduce((sum, own) => sum + gainOf(own.parts), 0n);
  const rest = gain.gain - whole;
  const rows = groups
    .map((own) => rowOf(own, share(own.gains), returnOf(own, by, intervals, study, of)))
    .sort(byKindAndSize);
  if (rest !== 0n) rows.push(unexplained(rest, share(restOf(intervals, groups))));
  const sums: GainParts = {price: 0n, currency: 0n, income: 0n, fee: 0n, tax: 0n};
  for (const own of groups) for (const part of GAIN_PARTS) sums[part] += own.parts[part];
  const chosen = key === undefined ? undefined : groups.find((own) => own.key === key);
  return {
    ...view,
    rows,
    total: {...linesOf(sums), gain: money(gain.gain), contribution: plain(total)},
    marks: marksOf(parts, study),
    reason: null,
    daily: chosen ? groupDays(chosen, parts, series, span) : null
  };
}

/** All that moved in a series. */
export interface SeriesParts extends HoldingSteps {
  cash: CashStep[];
}

const kept = new WeakMap<NavSeries, SeriesParts>();

/** Returns the steps of the study's holdings and cash, made once for its accounts and currency. */
export function partsOf({ledger, series}: {ledger: LedgerTables; series: NavSeries}): SeriesParts {
  let parts = kept.get(series);
  if (!parts) {
    const held = holdingSteps(ledger, series);
    kept.set(series, (parts = {...held, cash: cashSteps(ledger, series, held.steps)}));
  }
  return parts;
}

const TICK =
  'tick "Breakout by Day" and Open Positions in the Flex query, or pull daily closes of what was held into the data lake';

/**
 * Returns the study of the longest part of the range whose first and last day have marks of every account: where
 * history begins, the positions of the day before are often not told.
 */
export function withMarks(
  study: Study,
  {sources}: HoldingSteps,
  of: (query: ViewQuery) => Study
): {study: Study; note: string | null} {
  const {span, series, nav, query, scope} = study;
  if (!span) return {study, note: null};
  const known = [...sources.values()];
  const isMarked = (i: number) => !Number.isNaN(nav[i]) && known.every((days) => days[i] !== undefined);
  let {from, to} = span;
  while (from < to && !isMarked(from)) ++from;
  while (to > from && !isMarked(to)) --to;
  if (from === to || (from === span.from && to === span.to)) return {study, note: null};
  const range = {range: "custom", from: series.days[from + 1], to: series.days[to]} as const;
  const shorter = of({...query, ...range});
  return {
    study: {...shorter, scope: {...shorter.scope, range: scope.range}},
    note: `of ${series.days[from]} to ${series.days[to]} only: on other days of the range not all positions are known; ${TICK}`
  };
}

/** Says why the holdings at the ends of the range are not known; null where they are. */
export function unmarked({series, span}: Study, {sources}: HoldingSteps): string | null {
  if (!span) return null;
  for (const [account, known] of sources) {
    const day = [span.from, span.to].find((i) => known[i] === undefined);
    if (day !== undefined) return `no positions of ${account} on ${series.days[day]}: ${TICK}`;
  }
  return null;
}

function marksOf({sources}: HoldingSteps, {span}: Study): AttributionView["marks"] {
  const counts = new Map<string, number>();
  for (const known of sources.values()) {
    for (const source of known.slice(span?.from ?? 0, (span?.to ?? -1) + 1)) {
      const name = source ?? "none";
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].map(([source, days]) => ({source, days}));
}

/** Returns what links gains by interval to a share of the total return. */
function sharesOf(
  {returns, invested}: Intervals,
  linking: LinkingMethod,
  total: Figure,
  groups: readonly Group[]
): (gains: Float64Array) => Figure {
  if (total.value === null) return () => plain(total);
  if (groups.some(({spans}) => spans)) return () => unavailable(`days without marks: ${TICK}`);
  const factors = contributionFactors(
    returns.map((r) => (Number.isNaN(r) ? 0 : r)),
    linking
  );
  return (gains) => {
    let sum = 0;
    for (let k = 0; k < gains.length; ++k) if (invested[k] > 0) sum += (gains[k] / invested[k]) * factors[k];
    return figure(sum + 0, "a return of -100 % has no logarithm: choose Frongello's linking");
  };
}

/** Gain of each interval that no group has. */
function restOf({gains}: Intervals, groups: readonly Group[]): Float64Array {
  return gains.map((gain, k) => groups.reduce((left, own) => left - own.gains[k], gain));
}

/** Half a cent: a gain without capital below it is rounding of accruals. */
const NOTHING = 0.005;

function returnOf(
  group: Group,
  by: AttributionQuery["by"],
  {ends}: Intervals,
  {series, convention, query, scope}: Study,
  of: (query: ViewQuery) => Study
): Figure {
  if (group.kind === "cash") return unavailable("cash is no holding with a return of its own");
  if (by === "account") {
    const range = {range: "custom", from: dayAfter(series, ends[0]), to: scope.to as string} as const; // there is a range
    const own = of({...query, ...range, accounts: [group.key], convention});
    return own.span ? plain(chain(own.daily[convention], own.span)) : unavailable(own.nothing);
  }
  if (group.spans) return unavailable(`days without marks: ${TICK}`);
  let product = 1;
  for (let k = 0; k < group.held.length; ++k) {
    const [gain, capital] = [group.held[k], group.capital[k]];
    const day = series.days[ends[k + 1]];
    if (capital <= 0) {
      if (Math.abs(gain) < NOTHING) continue;
      return unavailable(`${day}: ${+gain.toPrecision(12)} gained without capital`);
    }
    if (gain < -capital) return unavailable(`${day}: more was lost than was there`);
    product *= 1 + gain / capital;
  }
  return figure(product - 1);
}

function dayAfter({days}: NavSeries, index: number): string {
  return days[index + 1] ?? days[index];
}

function rowOf(group: Group, contribution: Figure, own: Figure): AttributionRow {
  const {key, label, description, kind, parts, start, end, inflow, outflow} = group;
  return {
    key,
    label,
    description,
    kind,
    ...linesOf(parts),
    start: money(start),
    end: money(end),
    inflow: money(inflow),
    outflow: money(outflow),
    contribution,
    return: own
  };
}

function unexplained(gain: Amount, contribution: Figure): AttributionRow {
  const none = noMoney("not known of what no row explains");
  return {
    key: "unexplained",
    label: "Unexplained",
    description: "what no row of the statements tells of the accounts' gain",
    kind: "unexplained",
    ...lines(none),
    gain: money(gain),
    start: none,
    end: none,
    inflow: none,
    outflow: none,
    contribution,
    return: unavailable("what is not explained has no return")
  };
}

function linesOf(parts: GainParts): GainLine {
  const {price, income, currency, fee, tax} = parts;
  return {
    gain: money(gainOf(parts)),
    price: money(price),
    income: money(income),
    currency: money(currency),
    fee: money(fee),
    tax: money(tax)
  };
}

function lines(amount: GainLine["gain"]): GainLine {
  return {gain: amount, price: amount, income: amount, currency: amount, fee: amount, tax: amount};
}

function gainOf(parts: GainParts): Amount {
  return GAIN_PARTS.reduce((sum, part) => sum + parts[part], 0n);
}

function byKindAndSize(a: AttributionRow, b: AttributionRow): number {
  if (a.kind !== b.kind) return a.kind === "holdings" ? -1 : 1;
  const size = ({gain}: AttributionRow) => Math.abs(Number(gain.value));
  return size(b) - size(a) || (a.key < b.key ? -1 : 1);
}

function plain({value, reason}: Figure): Figure {
  return value === null ? unavailable(reason ?? "it cannot be computed") : {value};
}

function constants({convention}: Study, linking: LinkingMethod): string[] {
  return [
    "Price is the change in the instrument's currency at the rate of the day before; currency is what stood there at the close times the change of its rate (R26). Futures settle at the day's rate and have no currency part.",
    "Income is dividends, interest and what of them was announced; fees are commissions and fees; taxes are withheld or levied on trades.",
    "A group's return is its gain over what stood there at the day's start and what was bought that day; sales and dividends leave at day end. Short positions count by their size, futures by their notional.",
    convention === "ibkr"
      ? "Contribution of a day: gain over the accounts' value of the day before."
      : "Contribution of a day: gain over the accounts' value of the day before and the day's in-flows.",
    `Linked over days after ${LINKING[linking]}.`
  ];
}
