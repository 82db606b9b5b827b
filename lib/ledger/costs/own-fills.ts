import type {OwnCosts, OwnRates} from "../../backtest/costs/own.js";
import {compareText} from "../../order.js";
import {figure, type Figure} from "../../returns/figure.js";
import {intervalOf, partialPooling, winsorized, type Estimate} from "../../risk/partial-pooling.js";
import type {Study} from "../study.js";
import {bookedIn} from "../trades-view.js";
import type {Scope, ViewQuery} from "../views.js";
import {fillBars, filledOrders, type FilledOrder} from "./filled-orders.js";

/** What is learned of a cost, in basis points of what was traded. */
export interface LearnedCost {
  /** Symbol, hour or order type; `all` for the account, `unseen` for a symbol that was never traded. */
  name: string;
  /** Orders of its own. */
  orders: number;
  mean: Figure;
  standardError: Figure;
  /** Holds the mean with 95 %; n/a ends where nothing says how sure it is. */
  low: Figure;
  high: Figure;
}

/** A cost as orders of the account had it, from each to the account's mean as far as it is unsure. */
export interface Learned {
  all: LearnedCost;
  unseen: LearnedCost;
  /** Most orders first. */
  bySymbol: LearnedCost[];
  /** In order of the hour. */
  byHour: LearnedCost[];
  byType: LearnedCost[];
  /** By IBKR's class: `STK`, `OPT`. */
  byClass: LearnedCost[];
}

/** What one's own fills cost; JSON-safe. */
export interface OwnFillsView {
  scope: Scope;
  commission: Learned;
  /** Against a price of the day's bar; and against the statement's closing price, where there was no bar. */
  slippage: {bar: Learned; mark: Learned};
  /** Newest first. */
  orders: FilledOrder[];
  notes: string[];
}

const NOTES = [
  "Basis points are of the value of an order; each order counts once, whatever its size.",
  "A mean of few or unsteady orders is drawn towards the account's; values beyond five robust standard deviations are moved there.",
  "Slippage against the statement's closing price also holds what the market did between the fill and the close: means of many orders say something, single ones do not."
];

/** Which of one's own fills count. */
export interface OwnFillsQuery extends ViewQuery {
  /** IBKR's class, `STK`: orders of it alone, lest shares be drawn towards what options cost; all when left out. */
  assetCategory?: string;
}

/**
 * Returns what the account's own fills of the range cost, by symbol, hour and order type, and how sure that is: measured
 * against the data lake's bars where it has them.
 */
export function ownFillsView(study: Study, {assetCategory}: OwnFillsQuery): OwnFillsView {
  const {ledger, series, scope, context} = study;
  const accounts = new Set(series.accounts);
  const inRange = bookedIn(study);
  const orders = filledOrders(
    ledger,
    fillBars(context.lake?.holdings?.fills ?? []),
    (row) =>
      accounts.has(row.account) &&
      inRange(row) &&
      (assetCategory === undefined || row.assetCategory === assetCategory)
  );
  const measured = (isMark: boolean) =>
    learn(
      orders.filter(({reference}) => reference !== null && (reference === "mark") === isMark),
      ({slippageBps}) => slippageBps
    );
  return {
    scope,
    commission: learn(orders, ({commissionBps}) => commissionBps),
    slippage: {bar: measured(false), mark: measured(true)},
    orders,
    notes: NOTES
  };
}

/** Learns a cost from orders; those where it is n/a do not count. */
function learn(orders: readonly FilledOrder[], costOf: (order: FilledOrder) => Figure): Learned {
  const known = orders.flatMap((order) => {
    const {value} = costOf(order);
    return value === null ? [] : [{order, value}];
  });
  const values = winsorized(Float64Array.from(known, ({value}) => value));
  const by = (name: (order: FilledOrder) => string) =>
    partialPooling(
      values,
      known.map(({order}) => name(order))
    );
  const listed = ({groups}: ReturnType<typeof by>): LearnedCost[] =>
    [...groups].map(([name, estimate]) => told(name, estimate));
  const symbols = by(({symbol}) => symbol);
  const byMost = (name: (order: FilledOrder) => string) =>
    listed(by(name)).sort((a, b) => b.orders - a.orders || compareText(a.name, b.name));
  return {
    all: told("all", symbols.pooled),
    unseen: told("unseen", symbols.unseen),
    bySymbol: listed(symbols).sort((a, b) => b.orders - a.orders || compareText(a.name, b.name)),
    byHour: listed(by(({hour}) => hour)).sort((a, b) => compareText(a.name, b.name)),
    byType: byMost(({orderType}) => orderType),
    byClass: byMost(({assetCategory}) => assetCategory)
  };
}

const UNSURE = "too few orders say how much they differ";

function told(name: string, estimate: Estimate): LearnedCost {
  const [low, high] = intervalOf(estimate);
  return {
    name,
    orders: estimate.count,
    mean: figure(estimate.mean, "there are no orders that it is known of"),
    standardError: figure(estimate.standardError, UNSURE),
    low: figure(low, UNSURE),
    high: figure(high, UNSURE)
  };
}

/**
 * Returns the slippage to go by: as measured against bars, or, where no order was, against the statement's closing prices.
 * @returns `against` null, and nothing measured, where neither is known of any order
 */
export function measuredSlippage({bar, mark}: OwnFillsView["slippage"]): {
  against: "bar" | "mark" | null;
  measured: Learned;
} {
  if (bar.all.orders) return {against: "bar", measured: bar};
  return {against: mark.all.orders ? "mark" : null, measured: mark};
}

/** Commission and slippage of one symbol, hour or order type; null where no order of it is known. */
export interface OwnFillsLine {
  name: string;
  commission: LearnedCost | null;
  slippage: LearnedCost | null;
}

/** What one's own fills are listed by. */
export type OwnFillsBy = "symbol" | "hour" | "type";

/** Returns both costs side by side, in the order of the commissions' list. */
export function ownFillsLines(
  {commission, slippage}: Pick<OwnFillsView, "commission" | "slippage">,
  by: OwnFillsBy
): OwnFillsLine[] {
  const list = ({bySymbol, byHour, byType}: Learned) => ({symbol: bySymbol, hour: byHour, type: byType})[by];
  const maps = [commission, measuredSlippage(slippage).measured].map(
    (learned) => new Map(list(learned).map((cost) => [cost.name, cost]))
  );
  const [paid, slipped] = maps;
  return [...new Set(maps.flatMap((map) => [...map.keys()]))].map((name) => ({
    name,
    commission: paid.get(name) ?? null,
    slippage: slipped.get(name) ?? null
  }));
}

/** Costs of one's own fills, and what they were learned from. */
export interface OwnRatesFound extends OwnCosts {
  /** What slippage is against; null where none is known. */
  against: "bar" | "mark" | null;
  /** Orders that commission, and slippage, were learned from. */
  orders: {commission: number; slippage: number};
}

/**
 * Returns what a backtest is to pay by one's own fills: slippage as measured against bars, or, where no order was, against
 * the statement's closing prices; without slippage where neither is known.
 * @param at the means, or, to be careful, the upper ends of their intervals; the mean where there is no interval
 * @returns undefined when there is no order that a commission is known of
 */
export function ownRates(
  {commission, slippage: {bar, mark}}: Pick<OwnFillsView, "commission" | "slippage">,
  {at = "mean"}: {at?: "mean" | "upper"} = {}
): OwnRatesFound | undefined {
  if (!commission.all.orders) return undefined;
  const {against, measured} = measuredSlippage({bar, mark});
  const bps = ({mean, high}: LearnedCost) => (at === "upper" ? high.value : null) ?? mean.value!; // of at least one order
  const rates = ({bySymbol, unseen}: Learned): OwnRates => ({
    bySymbol: Object.fromEntries(bySymbol.map((cost) => [cost.name, bps(cost)])),
    otherwise: bps(unseen)
  });
  return {
    commission: rates(commission),
    ...(against && {slippage: rates(measured)}),
    against,
    orders: {commission: commission.all.orders, slippage: measured.all.orders}
  };
}
