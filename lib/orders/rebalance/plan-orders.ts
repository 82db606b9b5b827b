import {driftOf} from "../../portfolio/rebalance/drift.js";
import {planRebalance} from "../../portfolio/rebalance/plan.js";
import {rateOf} from "../../portfolio/rebalance/rates.js";
import type {
  Band,
  CostedTrade,
  LeftOut,
  PlannedTrade,
  RebalancePlan,
  RebalancePosition,
  RebalanceRequest
} from "../../portfolio/rebalance/request.js";

/** What a rebalancing obeys; every rule has a default. Money is in base currency. */
export interface OrderRules {
  /** Weights within it are left alone; default absolute, 0. */
  band?: Band;
  /** What lies outside of its band is brought to its target (default), or to the edge of the band. */
  tradeTo?: "target" | "edge";
  /** Least time since the orders of the rebalancing before, in milliseconds; default 0. */
  minimumIntervalMs?: number;
  /** Least value of an order; default 0. */
  minimumTrade?: number;
  /** Share of the account's value that buying leaves in cash; default what the targets leave. */
  cashBuffer?: number;
  /** Cost of a trade in its currency; default none. */
  costs?: (trade: CostedTrade) => number;
}

/** An account, what it shall hold, and when it was last brought there. */
export interface OrderPlanRequest extends Pick<RebalanceRequest, "positions" | "cash" | "base" | "rates"> {
  rules?: OrderRules;
  /** Milliseconds since 1970 UTC. */
  now: number;
  /** When orders of a rebalancing last went out; null for never. */
  lastAt: number | null;
}

/** What one rule says of a position. */
export interface RuleVerdict {
  rule: "interval" | "band" | "lot" | "minimum-trade" | "cash";
  passed: boolean;
  /** One sentence, also of a rule that passed. */
  reason: string;
}

/** A position with what every rule says of it, and the order that comes of that. */
export interface PlannedOrder {
  asset: string;
  /** Units to trade, above zero are bought; 0 when some rule stands against it, or nothing is to be done. */
  quantity: number;
  price: number;
  currency: string;
  /** Of the order, in base currency, signed as the quantity. */
  value: number;
  cost: number;
  weight: {before: number; after: number; target: number};
  rules: readonly RuleVerdict[];
}

/** Orders that bring an account to its targets; nothing is sent. */
export interface OrderPlan extends Pick<RebalancePlan, "value" | "cash" | "cost" | "tracking" | "leftOut"> {
  /** Sales first, then what is bought, then what stays; each by its distance from the target. */
  orders: readonly PlannedOrder[];
}

/**
 * Returns the orders that bring an account to its targets, by `planRebalance`, with what each rule says of each position.
 * Where the rebalancing before is too recent, each is for nothing and says so.
 * @throws RangeError as `planRebalance` does
 */
export function planOrders({rules = {}, now, lastAt, ...account}: OrderPlanRequest): OrderPlan {
  const {minimumIntervalMs = 0, cashBuffer, ...others} = rules;
  if (!(minimumIntervalMs >= 0)) throw new RangeError(`invalid interval: ${minimumIntervalMs}`);
  const request: RebalanceRequest = {
    ...account,
    rules: {...others, ...(cashBuffer !== undefined && {cashTarget: cashBuffer})}
  };
  const plan = planRebalance(request);
  const interval = intervalVerdict(minimumIntervalMs, now, lastAt);
  const trades = new Map(plan.trades.map((trade) => [trade.asset, trade]));
  const left = new Map(plan.leftOut.map((each) => [each.asset, each]));
  const orders = account.positions.map((position): PlannedOrder => {
    const trade = trades.get(position.asset);
    const worth = position.price * rateOf(position.currency, request);
    const verdicts = [
      interval,
      ...verdictsOf(position, {request, worth, value: plan.value, trade, left: left.get(position.asset)})
    ];
    const isSent = trade !== undefined && interval.passed;
    const before = (position.quantity * worth) / plan.value;
    return {
      asset: position.asset,
      quantity: isSent ? trade.quantity : 0,
      price: position.price,
      currency: position.currency,
      value: isSent ? trade.value : 0,
      cost: isSent ? trade.cost : 0,
      weight: isSent ? trade.weight : {before, after: before, target: position.target},
      rules: verdicts
    };
  });
  const rank = ({quantity}: PlannedOrder) => (quantity < 0 ? 0 : quantity > 0 ? 1 : 2);
  const gap = ({weight}: PlannedOrder) => Math.abs(weight.before - weight.target);
  orders.sort((a, b) => rank(a) - rank(b) || gap(b) - gap(a));
  const {value, leftOut, tracking} = plan;
  if (interval.passed) return {orders, value, leftOut, tracking, cash: plan.cash, cost: plan.cost};
  const kept = {before: plan.cash.before, after: plan.cash.before};
  return {orders, value, leftOut, tracking: {...tracking, after: tracking.before}, cash: kept, cost: 0};
}

function intervalVerdict(least: number, now: number, lastAt: number | null): RuleVerdict {
  if (lastAt === null) return {rule: "interval", passed: true, reason: "it was never rebalanced before"};
  const passed = now - lastAt >= least;
  const day = new Date(lastAt).toISOString().slice(0, 16);
  const reason = `it was last rebalanced at ${day}Z, ${passed ? "long enough ago" : `less than ${hours(least)} h ago`}`;
  return {rule: "interval", passed, reason};
}

const hours = (ms: number): number => Number((ms / 3_600_000).toFixed(2));

interface Judged {
  request: RebalanceRequest;
  /** Of one unit, in base currency. */
  worth: number;
  /** Of the account. */
  value: number;
  trade: PlannedTrade | undefined;
  left: LeftOut | undefined;
}

function verdictsOf(
  position: RebalancePosition,
  {request, worth, value, trade, left}: Judged
): RuleVerdict[] {
  const {rules = {}} = request;
  const {lot = 1} = position;
  const drift = driftOf(position, position.quantity, worth, value, rules);
  const least = rules.minimumTrade ?? 0;
  const wanted = Math.abs(drift.change) * worth;
  const lacksCash = left !== undefined && left.reason.startsWith("no cash");
  return [
    {
      rule: "band",
      passed: drift.outside || trade !== undefined,
      reason: drift.outside
        ? `outside of its band: ${drift.words}`
        : (trade?.reason ?? `within its band: ${drift.words}`)
    },
    {
      rule: "lot",
      passed: trade !== undefined || drift.change !== 0,
      reason: drift.change !== 0 || trade ? `whole lots of ${lot}` : `less than one lot of ${lot}`
    },
    {
      rule: "minimum-trade",
      passed: trade !== undefined || (wanted > 0 && wanted >= least),
      reason: `${(trade ? Math.abs(trade.value) : wanted).toFixed(2)} of at least ${least}`
    },
    {
      rule: "cash",
      passed: !lacksCash || trade !== undefined,
      reason: lacksCash
        ? left.reason
        : (trade?.quantity ?? 0) > 0
          ? "the cash pays for it"
          : "it takes no cash"
    }
  ];
}
