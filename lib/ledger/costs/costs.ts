import {compareText} from "../../order.js";
import {divide, toNumber, type Amount} from "../../money/amount.js";
import {figure, unavailable, type Figure} from "../../returns/figure.js";
import {moneyOr} from "../money-view.js";
import type {Study} from "../study.js";
import {sumMoney} from "../sum-money.js";
import {bookedIn} from "../trades-view.js";
import type {Money, Scope} from "../views.js";
import {COST_KINDS, costRows, type CostKind, type CostRow} from "./cost-rows.js";

/** What some costs add up to. */
export interface CostGroup {
  /** Kind, month `2026-01`, symbol or asset class; empty for what belongs to the whole account. */
  name: string;
  amount: Money;
  /** Of the average net asset value of the range, not per year; a cost is negative. */
  bps: Figure;
  count: number;
}

export interface CostsView {
  scope: Scope;
  /** What was booked, conversion apart: that is an estimate and no cash. */
  total: CostGroup;
  conversion: CostGroup;
  byKind: CostGroup[];
  byMonth: (CostGroup & {kinds: {kind: CostKind; amount: Money}[]})[];
  bySymbol: CostGroup[];
  byClass: CostGroup[];
  averageNav: Money;
  /** Newest first. */
  rows: CostRow[];
  /** What the figures mean and where they end, a sentence each. */
  notes: string[];
}

const NOTES = [
  "Basis points are of the average net asset value of the days of the range, not per year.",
  "Conversion is a forex trade's price against the day's conversion rate of the statement, IBKR's closing rate: a price of the morning differs from it by the day's move too, so single trades say little, and only the sum over many does. It is no cash and in no total.",
  "A month's costs are those booked in it: interest of a month is booked early in the next."
];

/** Returns what was paid in the range, by kind, month, symbol and class, each sum from its rows. */
export function costsView(study: Study): CostsView {
  const {ledger, series, scope} = study;
  const accounts = new Set(series.accounts);
  const inRange = bookedIn(study);
  const rows = costRows(ledger, series.currency, (row) => accounts.has(row.account) && inRange(row)).sort(
    (a, b) => compareText(b.day, a.day) || compareText(a.id, b.id) || compareText(a.kind, b.kind)
  );
  const booked = rows.filter(({kind}) => kind !== "conversion");
  const nav = averageNav(study);
  const group = (name: string, list: readonly CostRow[]): CostGroup => {
    const amount = sumMoney(list.map(({base}) => base));
    return {name, amount, bps: bpsOf(amount, nav), count: list.length};
  };
  const plain = (key: (row: CostRow) => string): CostGroup[] =>
    [...Map.groupBy(booked, key)]
      .map(([name, list]) => group(name, list))
      .sort((a, b) => bySize(a, b) || compareText(a.name, b.name));
  const kinds = COST_KINDS.filter((kind) => booked.some((row) => row.kind === kind));
  return {
    scope,
    total: group("total", booked),
    conversion: group(
      "conversion",
      rows.filter(({kind}) => kind === "conversion")
    ),
    byKind: plain(({kind}) => kind),
    byMonth: [...Map.groupBy(booked, ({day}) => day.slice(0, 7))]
      .sort(([a], [b]) => compareText(a, b))
      .map(([month, list]) => ({
        ...group(month, list),
        kinds: kinds.map((kind) => ({
          kind,
          amount: sumMoney(list.filter((row) => row.kind === kind).map(({base}) => base))
        }))
      })),
    bySymbol: plain(({symbol}) => symbol ?? ""),
    byClass: plain(({assetCategory}) => assetCategory ?? ""),
    averageNav: moneyOr(nav, study.nothing),
    rows,
    notes: NOTES
  };
}

/** The mean of the values of the range's days; null without one. */
function averageNav({series, span}: Study): Amount | null {
  if (!span) return null;
  const values = series.nav.slice(span.from, span.to + 1).filter((value) => value !== null);
  return divide(
    values.reduce((sum, value) => sum + value, 0n),
    BigInt(values.length) * 10n ** 12n
  );
}

function bpsOf({value, reason = ""}: Money, nav: Amount | null): Figure {
  if (value === null) return unavailable(reason);
  if (nav === null) return unavailable("no net asset value");
  if (nav <= 0n) return unavailable("the average net asset value is not positive");
  return figure((10_000 * Number(value)) / toNumber(nav), "the average net asset value is too small");
}

/** The most expensive first; what is n/a last. */
function bySize(a: CostGroup, b: CostGroup): number {
  return Number(a.amount.value ?? Infinity) - Number(b.amount.value ?? Infinity);
}
