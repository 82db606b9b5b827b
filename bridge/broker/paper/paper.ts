import {PROFILES} from "../../../lib/backtest/contract.js";
import type {Costs} from "../../../lib/backtest/costs/costs.js";
import type {LinkStatus} from "../../../lib/live/link.js";
import {type OrderContract, type OrderIntent, orderRefOf} from "../../../lib/orders/order.js";
import {openAccount, type RateOf} from "../../../lib/orders/paper/account.js";
import {ibkrCostsOf} from "../../../lib/orders/paper/costs.js";
import type {PaperTerms} from "../../../lib/orders/paper/draft.js";
import {cancelOrders, takeOrder} from "../../../lib/orders/paper/take.js";
import type {Broker, BrokerEvent, BrokerWhatIf, ContractFacts, PlacedOrder} from "../broker.js";
import {Keeper} from "./keeper.js";
import {joinMarket, type PaperData} from "./market.js";
import {CLIENT_ID} from "./report.js";
import type {PaperStore} from "./store.js";

export interface PaperOptions {
  /** Contracts, prices and rates. */
  data: PaperData;
  store: PaperStore;
  /** Milliseconds since 1970 UTC. */
  now: () => number;
  rules?: PaperTerms["rules"];
  /** What a contract costs; IBKR's published fixed prices when not given. */
  costs?: (contract: OrderContract, rateOf: RateOf) => Costs | null;
  /** As it is opened the first time; what is in the store goes before. */
  account?: {id?: string; base?: string; cash?: number};
}

/** The paper broker, whose account can be begun anew. */
export interface PaperBroker extends Broker {
  readonly kind: "paper";
  /** What the account begins with, in its base currency. */
  readonly startingCash: number;
  /** Cancels what works, and begins with cash alone; what was filled stays listed. */
  reset(): void;
}

/** Tells the paper broker from others. */
export const isPaper = (broker: Broker): broker is PaperBroker => broker.kind === "paper";

const CLOCK_MS = 1000;
const [REJECTED, DUPLICATE] = [201, 103];

/**
 * Makes the broker that executes on paper: by the execution contract, at the prices of another broker or of bars that are
 * played. A fill and the account that it makes are on the disk, in one piece, before either is told.
 */
export function createPaperBroker({
  data,
  store,
  now,
  rules = PROFILES.default,
  costs = ibkrCostsOf,
  account: {id = "PAPER", base = "USD", cash = 100_000} = {}
}: PaperOptions): PaperBroker {
  const listeners = new Set<(event: BrokerEvent) => void>();
  const emit = (event: BrokerEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const market = joinMarket(data, now, {
    heard: (ticks) => keeper.hear(ticks),
    lost: (conId) => keeper.lose(conId)
  });
  const rateOf: RateOf = (currency) => market.rateOf(currency, base);
  const costsOf = (contract: OrderContract) => costs(contract, rateOf);
  const keeper: Keeper = new Keeper(openAccount(id, base, cash), {
    store,
    market,
    emit,
    terms: () => ({rules, costsOf, rateOf, now: now()})
  });
  const clock = data.onTicks ? undefined : setInterval(() => keeper.strike(), CLOCK_MS);
  clock?.unref();
  const stopQuotes = data.subscribe((event) => {
    if (event.kind === "quote") emit(event);
  });
  const since = now();

  /** Numbers of orders that wait to be looked up, and what becomes of them then. */
  const queue = new Map<number, "take" | "cancel" | "drop">();
  let taking: Promise<unknown> = Promise.resolve();

  function refuse({intent, orderId}: PlacedOrder, code: number, message: string): void {
    const event = {kind: "error", at: now(), code, message} as const;
    emit({kind: "order", orderId, clientId: CLIENT_ID, permId: 0, orderRef: orderRefOf(intent), event});
  }

  async function take(order: PlacedOrder): Promise<boolean> {
    const {intent, orderId, parentId = 0, transmit} = order;
    const reject = (reason: string) => refuse(order, REJECTED, `Order rejected - reason:${reason}`);
    let facts: ContractFacts | null = null;
    try {
      facts = await market.facts(intent.contract.conId);
    } catch (error) {
      reject(`its contract cannot be looked up: ${error instanceof Error ? error.message : String(error)}`);
    }
    const fate = queue.get(orderId);
    queue.delete(orderId);
    if (fate === "drop") return false;
    if (!facts) return true;
    if (intent.account !== id) reject(`there is no account ${intent.account} on paper: it is ${id}`);
    else {
      const {sessions} = facts;
      const permId = store.next("perm");
      keeper.step((account, terms) =>
        takeOrder(account, {intent, orderId, permId, parentId, transmit, sessions}, terms)
      );
      if (fate === "cancel") cancel([orderId]);
    }
    return true;
  }

  function cancel(orderIds: readonly number[]): void {
    keeper.step((account, terms) => cancelOrders(account, new Set(orderIds), terms));
  }

  function cancelAll(): void {
    for (const orderId of queue.keys()) queue.set(orderId, "cancel");
    cancel(keeper.account.orders.map(({orderId}) => orderId));
  }

  const status = (): LinkStatus => ({
    phase: "ready",
    sentence: ["orders are executed on paper, at the prices of the data link", ...keeper.problems()].join(
      "; "
    ),
    since,
    isReadOnly: false,
    address: "paper",
    clientId: CLIENT_ID,
    serverVersion: null,
    accounts: [id],
    latencyMs: null,
    lastByteAt: null,
    clockOffsetMs: null,
    tries: 0,
    nextTryAt: null,
    breaker: "closed",
    lines: data.status().lines
  });

  return {
    kind: "paper",
    clientId: CLIENT_ID,
    hasMargin: false,
    status,
    accounts: () => [id],
    subscribe(listener) {
      listeners.add(listener);
      queueMicrotask(() => {
        if (listeners.has(listener)) listener({kind: "account", figures: keeper.figures()});
      });
      return () => void listeners.delete(listener);
    },
    contracts: (ask) => data.contracts(ask),
    quote: (conId) => data.quote(conId),
    watchQuote: (facts) => data.watchQuote(facts),
    figures: (account) => (account === id ? keeper.figures() : null),
    positions: (account = id) => (account === id ? keeper.positions() : []),
    takeOrderId: (above) => store.next("order", above),
    place(order) {
      const {orderId} = order;
      if (queue.has(orderId) || store.has(orderId)) {
        refuse(order, DUPLICATE, "Duplicate order id");
        return Promise.resolve(true);
      }
      queue.set(orderId, "take");
      const taken = taking.then(() => take(order));
      taking = taken.catch(() => {}); // told by `taken`
      return taken;
    },
    cancel(orderId) {
      if (queue.has(orderId)) queue.set(orderId, "cancel");
      else cancel([orderId]);
      return Promise.resolve(true);
    },
    dropQueue() {
      for (const orderId of queue.keys()) queue.set(orderId, "drop");
    },
    cancelEverything() {
      cancelAll();
      return Promise.resolve(true);
    },
    async whatIf(intent): Promise<BrokerWhatIf> {
      await market.facts(intent.contract.conId);
      const commission = commissionOf(intent);
      return {
        equityWithLoanAfter: null,
        initMarginAfter: null,
        initMarginBefore: null,
        maintMarginAfter: null,
        commission,
        leastCommission: commission,
        mostCommission: commission,
        commissionCurrency: commission === null ? null : intent.contract.currency,
        warning: null
      };
    },
    readLists() {
      const list = <Row>(rows: readonly Row[]) => ({rows, reads: 1, reachesTo: 0});
      const held = [...keeper.account.positions].map(([conId, {units}]) => ({account: id, conId, units}));
      return Promise.resolve({
        working: list(store.orders(true)),
        completed: list(store.orders(false)),
        executions: list(store.executions().map(({execution}) => execution)),
        positions: list(held)
      });
    },
    startingCash: cash,
    reset() {
      cancelAll();
      keeper.reset(cash);
    },
    close() {
      clearInterval(clock);
      stopQuotes();
      market.close();
      store.close();
      return Promise.resolve();
    }
  };

  /** Returns what an order would cost at its own price, else at the one that is quoted; null where there is none. */
  function commissionOf({contract, action, quantity, limit, stop}: OrderIntent): number | null {
    const side = action === "BUY" ? 1 : -1;
    const quote = data.quote(contract.conId);
    const price = limit ?? stop ?? (side > 0 ? quote?.ask : quote?.bid) ?? null;
    const model = costsOf(contract);
    if (price === null || !model) return null;
    const [column, time] = [Float64Array.of(price), Float64Array.of(now())];
    const prices = {open: column, high: column, low: column, close: column, volume: Float64Array.of(NaN)};
    const bars = {symbol: contract.symbol, currency: contract.currency, time, ...prices};
    return model.commission(side * quantity * contract.multiplier, price, bars, 0);
  }
}
