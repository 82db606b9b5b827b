import type {Amount} from "../../money/amount.js";
import {sectorOf} from "../positions.js";
import type {ViewContext} from "../views.js";
import type {Grouping} from "./attribution-view.js";
import type {CashStep} from "./cash-steps.js";
import type {Intervals} from "./intervals.js";
import {GAIN_PARTS, type GainParts, type Step} from "./steps.js";
import {toFloat} from "./float.js";

/** Some holdings together over a range. */
export interface Group {
  key: string;
  label: string;
  description: string;
  kind: "holdings" | "cash";
  parts: GainParts;
  start: Amount;
  end: Amount;
  inflow: Amount;
  outflow: Amount;
  /** By interval: gain of holdings and cash, gain of the holdings alone, and the capital that these had at work. */
  gains: Float64Array;
  held: Float64Array;
  capital: Float64Array;
  steps: Step[];
  /** Whether a step spans the end of an interval: its gain belongs to no single one. */
  spans: boolean;
}

/** Cash and what else belongs to no holding. */
const CASH_KEY = "cash";

type Name = Pick<Group, "key" | "label" | "description" | "kind">;

/**
 * Returns the groups of a range: the steps that lie within it, and cash; with cash of a currency or an account in the
 * group of that name.
 */
export function groupsOf(
  steps: readonly Step[],
  cash: readonly CashStep[],
  intervals: Intervals,
  by: Grouping,
  context: Pick<ViewContext, "sectors">
): Group[] {
  const {ends} = intervals;
  const [first, last] = [ends[0], ends[ends.length - 1]];
  const groups = new Map<string, Group>();
  const group = (name: Name): Group => {
    let own = groups.get(name.key);
    if (!own) groups.set(name.key, (own = empty(name, ends.length - 1)));
    return own;
  };
  for (const step of steps) {
    if (step.to <= first || step.to > last || step.from < first) continue;
    const own = group(nameOf(step, by, context));
    own.steps.push(step);
    if (step.from === first) own.start += step.start;
    if (step.to === last) own.end += step.end;
    if (step.inflow !== 0n) own.inflow += step.inflow;
    if (step.outflow !== 0n) own.outflow += step.outflow;
    let gain = 0n;
    for (const part of GAIN_PARTS) {
      const amount = step[part];
      if (amount === 0n) continue;
      own.parts[part] += amount;
      gain += amount;
    }
    const k = intervals.find(step.from, step.to);
    if (k < 0) {
      own.spans = true;
      continue;
    }
    const float = toFloat(gain);
    own.gains[k] += float;
    own.held[k] += float;
    own.capital[k] += (step.from === ends[k] ? step.atStart : 0) + step.added;
  }
  for (const {account, currency, to, part, amount} of cash) {
    if (to <= first || to > last) continue;
    const own = group(cashName(by, account, currency));
    own.parts[part] += amount;
    const k = intervals.find(to - 1, to);
    if (k >= 0) own.gains[k] += toFloat(amount);
  }
  return [...groups.values()];
}

function empty(name: Name, n: number): Group {
  return {
    ...name,
    parts: {price: 0n, currency: 0n, income: 0n, fee: 0n, tax: 0n},
    start: 0n,
    end: 0n,
    inflow: 0n,
    outflow: 0n,
    gains: new Float64Array(n),
    held: new Float64Array(n),
    capital: new Float64Array(n),
    steps: [],
    spans: false
  };
}

function nameOf(
  {account, holding, instrument}: Step,
  by: Grouping,
  context: Pick<ViewContext, "sectors">
): Name {
  const kind = "holdings";
  const {symbol, description, assetCategory, currency} = instrument;
  if (by === "position") {
    return {kind, key: holding, label: symbol ?? holding, description: description ?? ""};
  }
  const label =
    by === "account"
      ? account
      : by === "class"
        ? (assetCategory ?? "no class")
        : by === "currency"
          ? (currency ?? "no currency")
          : sectorOf(instrument, context);
  return {kind, key: label, label, description: ""};
}

function cashName(by: Grouping, account: string, currency: string | null): Name {
  const own = by === "account" ? account : by === "currency" ? currency : null;
  if (own !== null) return {kind: "holdings", key: own, label: own, description: ""};
  return {
    kind: "cash",
    key: CASH_KEY,
    label: "Cash",
    description: "interest, fees and currency of what belongs to no holding"
  };
}
