import {keyOf} from "../../lib/key.js";
import type {OrderAsk} from "../../lib/orders/desk.js";
import {type OrderPlan, type OrderRules, planOrders} from "../../lib/orders/rebalance/plan-orders.js";
import type {Decision} from "../../lib/orders/risk/gate.js";
import {referencePrice} from "../../lib/orders/risk/situation.js";
import {FINAL} from "../../lib/orders/state.js";
import type {OrderRow} from "../../lib/orders/desk.js";
import type {ContractFacts} from "../broker/broker.js";
import {Problem} from "../problem.js";
import {derivedId} from "./intents.js";
import {ratesOf} from "./situation.js";
import type {Trading} from "./trading.js";

/** Name that orders of a rebalancing carry. */
export const REBALANCE = "rebalance";

/** What an account shall hold. */
export interface Targets {
  account: string;
  /** Share of the account's value by contract; what is held and not named stays as it is, unless `closeOthers`. */
  targets: readonly {conId: number; target: number; lot?: number}[];
  closeOthers?: boolean;
  rules?: OrderRules;
}

/** Orders of a plan, each with what the risk gate says of it now. Nothing was sent. */
export interface RebalancingPlan {
  /** Of its orders: the same plan is never sent twice. */
  id: string;
  account: string;
  at: number;
  plan: OrderPlan;
  orders: readonly {label: string; ask: OrderAsk; decision: Decision}[];
  /** What a reader must know: prices that are not live. */
  notes: readonly string[];
}

/** What became of a plan that was sent. */
export interface SentPlan {
  orders: readonly OrderRow[];
  /** Why the purchases stayed, where they did. */
  stopped: string | null;
}

export interface Rebalancer {
  /** @throws Problem 422 where a price or a rate is missing, or the targets make no sense */
  plan(targets: Targets): Promise<RebalancingPlan>;
  /** Sends the sales, waits until each has ended, then sends what is bought if all were filled. */
  send(plan: RebalancingPlan, by: string): Promise<SentPlan>;
}

/** How long sales are waited for. */
const SALES_MS = 60_000;

/** Returns what brings an account to its targets; planning alone sends nothing. */
export function createRebalancer(
  trading: Trading,
  {now, wait}: {now: () => number; wait: (ms: number, signal: AbortSignal) => Promise<void>}
): Rebalancer {
  const {broker, data} = trading;

  async function factsOf(conId: number): Promise<ContractFacts> {
    const [facts] = await data.contracts({conId});
    if (!facts) throw new Problem(422, "no-such-contract", `there is no contract ${conId}`);
    return facts;
  }

  /** Returns a price, live where there is one, else the last that is known. */
  function priceOf(
    {contract: {conId}, label}: ContractFacts,
    account: string
  ): {price: number; isLive: boolean} {
    const quote = data.quote(conId);
    const live = referencePrice({quote, now: now()});
    const held = broker.positions(account).find(({contract}) => contract.conId === conId);
    const price = live ?? held?.price ?? quote?.last ?? null;
    if (price !== null && price > 0) return {price, isLive: live !== null};
    throw new Problem(422, "no-price", `${label} has no price yet: open its quote, then plan again`);
  }

  /** Calls once orders have all ended; after a time it gives up. */
  async function ended(ids: readonly string[]): Promise<boolean> {
    const isOver = () => ids.every((id) => FINAL.has(trading.order(id)?.status ?? "intent"));
    if (isOver()) return true;
    const over = new AbortController();
    const off = trading.subscribe(() => {
      if (isOver()) over.abort();
    });
    await wait(SALES_MS, over.signal).catch(() => undefined); // ended before its time
    off();
    return isOver();
  }

  return {
    async plan({account, targets, closeOthers = false, rules = {}}) {
      const figures = broker.figures(account);
      if (!figures) throw new Problem(422, "no-such-account", `nothing is known of account ${account} yet`);
      const wanted = new Map(targets.map((each) => [each.conId, each]));
      const held = new Map(broker.positions(account).map((each) => [each.contract.conId, each]));
      const conIds = [...wanted.keys(), ...[...held.keys()].filter((conId) => !wanted.has(conId))];
      const all = await Promise.all(conIds.map(factsOf));
      const rates: Record<string, number> = {};
      const notes: string[] = [];
      const values = all.map((facts) => {
        const {contract, label} = facts;
        const rate = ratesOf(account, {broker, data})(contract.currency);
        if (rate === null) throw new Problem(422, "no-rate", `there is no rate of ${contract.currency}`);
        rates[contract.currency] = rate;
        const {price, isLive} = priceOf(facts, account);
        if (!isLive) notes.push(`the price of ${label} is not live`);
        return {facts, price: price * contract.multiplier, rate};
      });
      const value = figures.netLiquidation;
      if (value === null) throw new Problem(422, "no-value", `the value of ${account} is not known yet`);
      for (const [currency, rate] of Object.entries(figures.rates)) rates[currency] ??= rate;
      const positions = values.map(({facts: {contract}, price, rate}) => {
        const quantity = held.get(contract.conId)?.units ?? 0;
        const own = wanted.get(contract.conId);
        const kept = closeOthers ? 0 : (quantity * price * rate) / value;
        return {
          asset: String(contract.conId),
          quantity,
          price,
          currency: contract.currency,
          target: own?.target ?? kept,
          ...(own?.lot !== undefined && {lot: own.lot})
        };
      });
      const before = trading
        .orders({state: "all", limit: 1000})
        .filter(({strategy, account: of}) => strategy === REBALANCE && of === account);
      const lastAt = before.reduce<number | null>((last, {at}) => Math.max(last ?? at, at), null);
      const at = now();
      const plan = possible(() =>
        planOrders({
          positions,
          cash: figures.cashByCurrency,
          base: figures.currency,
          rates,
          rules,
          now: at,
          lastAt
        })
      );
      const id = keyOf({account, at, positions});
      const labels = new Map(all.map(({contract, label}) => [String(contract.conId), label]));
      const orders = [];
      for (const {asset, quantity} of plan.orders) {
        if (quantity === 0) continue;
        const ask: OrderAsk = {
          id: derivedId(id, asset),
          account,
          conId: Number(asset),
          action: quantity > 0 ? "BUY" : "SELL",
          quantity: Math.abs(quantity),
          type: "MKT",
          tif: "DAY",
          strategy: REBALANCE
        };
        const {decision} = await trading.preview(ask);
        orders.push({label: labels.get(asset)!, ask, decision}); // each asset is one of them
      }
      return {id, account, at, plan, orders, notes};
    },

    async send({orders}, by) {
      const submit = async (action: "BUY" | "SELL") => {
        const rows: OrderRow[] = [];
        for (const {ask} of orders)
          if (ask.action === action) rows.push((await trading.submit(ask, by)).order);
        return rows;
      };
      const sales = await submit("SELL");
      const ids = sales.map(({id}) => id);
      const isOver = await ended(ids);
      const fresh = () => ids.map((id) => trading.order(id)!); // each was submitted
      if (!isOver) return {orders: fresh(), stopped: "the sales are not filled yet: nothing was bought"};
      const failed = fresh().find(({status}) => status !== "filled");
      if (failed)
        return {
          orders: fresh(),
          stopped: `the sale of ${failed.label} was not filled, ${failed.problem ?? failed.status}: nothing was bought`
        };
      const bought = await submit("BUY");
      return {orders: [...fresh(), ...bought], stopped: null};
    }
  };
}

/** What is refused by the rules of a plan is the asker's to mend. */
function possible<Value>(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new Problem(422, "no-plan", error.message, {cause: error});
    throw error;
  }
}
