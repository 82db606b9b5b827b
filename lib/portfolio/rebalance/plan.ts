import {Account} from "./account.js";
import {checkRequest, targetSum} from "./check.js";
import {convert} from "./conversions.js";
import {type Drift, driftOf, inLots} from "./drift.js";
import {rateOf} from "./rates.js";
import type {LeftOut, PlannedTrade, RebalancePlan, RebalanceRequest} from "./request.js";
import {trackingOf} from "./tracking.js";

/** The costs of trades lower the value that targets are shares of: what is then off is traded too, so often at most. */
const MOST_ROUNDS = 30;

/** Cash below zero by less than this share of the account is rounding. */
const ROUNDING = 1e-12;

/**
 * Returns the trades that bring an account to its targets: what lies outside of its band is brought to the target, or to
 * the edge of the band, in whole lots, rounded so as never to go beyond. Sales come first; where they do not pay for what
 * is bought, positions above their target but within the band are sold down to it, the furthest first; then what is
 * furthest below its target is bought, as far as the cash goes. Cash below zero is brought to zero by selling what is
 * furthest above its target, whatever the bands say.
 *
 * Targets are shares of the value that is left when costs are paid. A plan of an account to which a plan was applied is
 * empty, as long as costs do not fall when more is traded.
 *
 * @returns no trades where nothing needs any; what was left out says why
 * @throws RangeError for what has no value (a missing price or rate, named), an account worth nothing, targets and cash
 * that sum to more than 1 unless cash may be negative, costs that are no number of 0 or more
 */
export function planRebalance(request: RebalanceRequest): RebalancePlan {
  checkRequest(request);
  const {positions, rules = {}} = request;
  const {value} = new Account(request);
  if (!(value > 0)) throw new RangeError(`the account is worth ${value}: there is nothing to share out`);
  const cashTarget = rules.cashTarget ?? Math.max(0, 1 - targetSum(positions));
  const account = new Account(request);
  let leftOut: LeftOut[] = [];
  for (let round = 0, traded = true; traded && round < MOST_ROUNDS; ++round) {
    const changes = account.changes.slice();
    leftOut = trade(account, request, cashTarget);
    traded = account.changes.some((change, i) => change !== changes[i]);
  }
  return concluded(request, account, leftOut, cashTarget);
}

/** Trades an account on paper, from where it is; targets are shares of what it is worth then. */
function trade(account: Account, request: RebalanceRequest, cashTarget: number): LeftOut[] {
  const {positions, rules = {}} = request;
  const {negativeCash = false, minimumTrade = 0} = rules;
  const {value} = account;
  const drifts = positions.map((position, i) =>
    driftOf(position, account.held(i), account.worth[i], value, rules)
  );
  const leftOut = new Map<number, LeftOut>();
  const leave = (i: number, quantity: number, reason: string) =>
    leftOut.set(i, {asset: positions[i].asset, quantity, reason});
  /** Changes what is traded of a position; what is said of it stays what was said first. */
  const add = (i: number, quantity: number, reason: string) =>
    account.change(i, account.changes[i] + quantity, account.reasons[i] || reason);
  const everyone = positions
    .map((_, i) => i)
    .sort((a, b) => Math.abs(drifts[b].gap) - Math.abs(drifts[a].gap));
  const trades = everyone.filter((i) => {
    const {change, lacking} = drifts[i];
    const least = account.changes[i] ? 0 : minimumTrade;
    const reason = obstacleTo(drifts[i], positions[i].lot ?? 1, account.worth[i], least);
    if (reason !== undefined && !account.changes[i]) leave(i, lacking, reason);
    return reason === undefined && change !== 0;
  });

  for (const i of trades.filter((each) => drifts[each].change < 0)) {
    const {change, words, lacking} = drifts[i];
    if (account.cashWith(i, account.changes[i] + change) > account.cash) add(i, change, words);
    else leave(i, lacking, "it costs more than it brings");
  }
  const buys = trades.filter((i) => drifts[i].change > 0);
  const reserve = negativeCash ? -Infinity : Math.max(0, cashTarget * value);
  const raised = new Set<number>();
  const gapOf = (i: number) => (account.held(i) * account.worth[i]) / value - positions[i].target;
  const raise = (
    need: number,
    order: number[],
    {most, least, why}: {most: (i: number) => number; least: number; why: string}
  ) => {
    for (const i of order) {
      if (account.cash >= need - ROUNDING * value) return;
      const sold = account.saleFor(i, need, most(i));
      if (!(sold > 0) || (!account.changes[i] && sold * account.worth[i] < least)) continue;
      if (account.cashWith(i, account.changes[i] - sold) <= account.cash) continue;
      add(i, -sold, `${drifts[i].words}, sold ${why}`);
      raised.add(i);
      leftOut.delete(i);
    }
  };
  if (!negativeCash && buys.length) {
    const price = (i: number) => drifts[i].change * account.worth[i] + account.costOf(i, drifts[i].change);
    const wanted = buys.reduce((sum, i) => sum + price(i), reserve);
    raise(
      wanted,
      everyone.filter((i) => gapOf(i) > 0),
      {
        most: (i) => inLots((gapOf(i) * value) / account.worth[i], positions[i].lot ?? 1),
        least: minimumTrade,
        why: "to pay for what is bought"
      }
    );
  }
  if (!negativeCash)
    raise(
      0,
      everyone.toSorted((a, b) => gapOf(b) - gapOf(a)),
      {
        most: (i) => account.held(i),
        least: 0,
        why: "to bring cash to zero"
      }
    );
  for (const i of buys) {
    if (raised.has(i)) continue;
    const {change, words, lacking} = drifts[i];
    const affordable = account.affordable(i, change, account.cash - reserve);
    const enough = account.changes[i] !== 0 || affordable * account.worth[i] >= minimumTrade;
    const bought = enough ? affordable : 0;
    if (bought) add(i, bought, bought < change ? `${words}, as far as the cash goes` : words);
    if (bought < change)
      leave(i, lacking - bought, account.changes[i] ? "no cash for more" : "no cash for it");
  }
  return [...leftOut.values()];
}

/** Returns why a position that is off its target is left alone; undefined when it is on it, or is to be traded. */
function obstacleTo(
  {gap, outside, change, lacking, words}: Drift,
  lot: number,
  worth: number,
  minimumTrade: number
): string | undefined {
  if (!outside) return Math.abs(gap) > SLIGHT ? `within its band: ${words}` : undefined;
  if (!change) return lacking ? `less than one lot of ${lot}` : undefined;
  const value = Math.abs(change) * worth;
  return value < minimumTrade ? `below the minimum trade: ${value.toFixed(2)} of ${minimumTrade}` : undefined;
}

/** Weights nearer to their target than this are on it. */
const SLIGHT = 1e-9;

function concluded(
  request: RebalanceRequest,
  account: Account,
  leftOut: LeftOut[],
  cashTarget: number
): RebalancePlan {
  const {positions, rules = {}} = request;
  const before = new Account(request);
  const weightsOf = (state: Account) =>
    positions.map((_, i) => (state.held(i) * state.worth[i]) / state.value);
  const [old, now] = [weightsOf(before), weightsOf(account)];
  const trades: PlannedTrade[] = positions.flatMap(({asset, price, currency, target}, i) => {
    const quantity = account.changes[i];
    if (!quantity) return [];
    const [value, cost] = [quantity * account.worth[i], account.costs[i]];
    const weight = {before: old[i], after: now[i], target};
    return [{asset, quantity, price, currency, value, cost, weight, reason: account.reasons[i]}];
  });
  const gap = ({weight}: PlannedTrade) => Math.abs(weight.before - weight.target);
  trades.sort((a, b) => Math.sign(a.quantity) - Math.sign(b.quantity) || gap(b) - gap(a));

  const cash: Record<string, number> = {...request.cash};
  for (const {currency, quantity, price, cost} of trades)
    cash[currency] = (cash[currency] ?? 0) - quantity * price - cost / rateOf(currency, request);
  const converted = rules.negativeCash ? {conversions: [], cash} : convert(cash, request);
  const tracking = (state: Account, weights: number[]) =>
    trackingOf(request, weights, {share: state.cash / state.value, target: cashTarget});
  return {
    value: before.value,
    trades,
    leftOut,
    conversions: converted.conversions,
    cash: {before: {...request.cash}, after: converted.cash},
    cost: account.cost,
    tracking: {before: tracking(before, old), after: tracking(account, now)}
  };
}
