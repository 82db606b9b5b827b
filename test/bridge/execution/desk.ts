/** A desk over a broker that does what a test says, on a journal in a file. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import type {Broker, BrokerEvent, ContractFacts, PlacedOrder} from "../../../bridge/broker/broker.js";
import {OrdersStore} from "../../../bridge/execution/orders-store.js";
import {openTrading, type TradingOptions} from "../../../bridge/execution/trading-desk.js";
import type {Trading} from "../../../bridge/execution/trading.js";
import type {AccountFigures, LivePosition, LiveQuote} from "../../../lib/live/figures.js";
import type {LinkPhase, LinkStatus} from "../../../lib/live/link.js";
import type {OrderAsk} from "../../../lib/orders/desk.js";
import type {Execution} from "../../../lib/orders/executions.js";
import type {HeldPosition, ListedOrder} from "../../../lib/orders/reconcile.js";
import {figuresOf, linkStatus, quoteOf, shareFacts} from "../broker-told.js";

export const NOW = Date.UTC(2026, 10, 20, 15);
const HOUR = 3_600_000;
export const ACCOUNT = "DU1000001";
export const AAPL = 265598;
export const MSFT = 272093;

export const factsOf = (conId: number, symbol: string): ContractFacts =>
  shareFacts(conId, symbol, {
    tradingClass: "NMS",
    sessions: [{from: NOW - HOUR, to: NOW + HOUR}],
    timeZone: "America/New_York"
  });

/** A broker whose answers and news a test decides. */
export class ScriptedBroker implements Broker {
  readonly kind: "paper" | "ibkr";
  readonly clientId = 7;
  readonly hasMargin = false;
  /** What was handed over, in order, with what place answered. */
  readonly placed: PlacedOrder[] = [];
  readonly cancelled: number[] = [];
  everything = 0;
  phase: LinkPhase = "ready";
  isReadOnly = false;
  account = ACCOUNT;
  held: HeldPosition[] = [];
  working: ListedOrder[] = [];
  completed: ListedOrder[] = [];
  executed: Execution[] = [];
  reachesTo = 0;
  reads = 0;
  /** What becomes of an order that is handed over; it waits when undefined. */
  onPlace: ((order: PlacedOrder) => boolean | Promise<boolean>) | undefined = () => true;
  quotes = new Map<number, LiveQuote>();
  netLiquidation: number | null = 100_000;
  daily: number | null = null;
  readonly #listeners = new Set<(event: BrokerEvent) => void>();
  readonly #queue: ((sent: boolean) => void)[] = [];
  #lastId = 1000;

  constructor(kind: "paper" | "ibkr" = "paper") {
    this.kind = kind;
    this.quote$(AAPL, 100);
    this.quote$(MSFT, 50);
  }

  /** Sets a live quote around a price. */
  quote$(conId: number, price: number, more: Partial<LiveQuote> = {}): void {
    this.quotes.set(conId, quoteOf(conId, price, {at: NOW, bidSize: 100, askSize: 100, ...more}));
  }

  tell(event: BrokerEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  link(phase: LinkPhase): void {
    this.phase = phase;
    this.tell({kind: "link", status: this.status()});
  }

  status(): LinkStatus {
    return linkStatus({
      phase: this.phase,
      sentence: this.phase === "ready" ? "ready" : "the link to TWS is down",
      since: NOW,
      isReadOnly: this.isReadOnly,
      clientId: this.clientId,
      serverVersion: 176,
      accounts: [this.account],
      lastByteAt: NOW
    });
  }

  accounts(): readonly string[] {
    return [this.account];
  }
  subscribe(listener: (event: BrokerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  async contracts({conId}: {conId?: number}): Promise<ContractFacts[]> {
    if (conId === AAPL) return [factsOf(AAPL, "AAPL")];
    return conId === MSFT ? [factsOf(MSFT, "MSFT")] : [];
  }
  quote(conId: number): LiveQuote | null {
    return this.quotes.get(conId) ?? null;
  }
  watchQuote(): () => void {
    return () => undefined;
  }
  figures(account: string): AccountFigures | null {
    if (account !== this.account) return null;
    return figuresOf(account, this.netLiquidation, {
      at: NOW,
      cash: 50_000,
      grossPosition: 0,
      profit: {daily: this.daily, unrealized: null, realized: null},
      cashByCurrency: {USD: 50_000},
      rates: {USD: 1}
    });
  }
  positions(): LivePosition[] {
    return this.held.map(({account, conId, units}) => {
      const {contract, label} = factsOf(conId, conId === AAPL ? "AAPL" : "MSFT");
      const price = this.quotes.get(conId)?.last ?? null;
      const value = price === null ? null : units * price;
      return {
        account,
        contract,
        label,
        units,
        averageCost: null,
        price,
        priceAt: NOW,
        value,
        unrealized: null,
        daily: null
      };
    });
  }
  takeOrderId(above: number): number {
    this.#lastId = Math.max(this.#lastId, above) + 1;
    return this.#lastId;
  }
  async place(order: PlacedOrder): Promise<boolean> {
    this.placed.push(order);
    if (this.onPlace) return this.onPlace(order);
    return new Promise((resolve) => this.#queue.push(resolve));
  }
  async cancel(orderId: number): Promise<boolean> {
    if (this.phase !== "ready") return false;
    this.cancelled.push(orderId);
    return true;
  }
  dropQueue(): void {
    for (const drop of this.#queue.splice(0)) drop(false);
  }
  async cancelEverything(): Promise<boolean> {
    ++this.everything;
    return this.phase === "ready";
  }
  async whatIf(): Promise<never> {
    throw new Error("it was not asked for");
  }
  async readLists() {
    ++this.reads;
    const list = <T>(rows: readonly T[]) => ({rows: [...rows], reads: 1, reachesTo: this.reachesTo});
    const orders = this.isReadOnly ? null : this;
    return {
      working: orders && list(orders.working),
      completed: orders && list(orders.completed),
      executions: list(this.executed),
      positions: list(this.held)
    };
  }
  async close(): Promise<void> {}

  /** Tells a status of an order that was placed. */
  tellStatus(
    orderId: number,
    status: "Submitted" | "PreSubmitted" | "Filled" | "Cancelled",
    filled = 0
  ): void {
    const {intent} = this.placed.find((order) => order.orderId === orderId)!; // tests name what they placed
    const permId = 5_000_000 + orderId;
    this.tell({
      kind: "order",
      orderId,
      clientId: this.clientId,
      permId,
      orderRef: null,
      event: {kind: "status", at: NOW, status, filled, remaining: intent.quantity - filled, permId}
    });
  }

  /** Fills so many units of an order that was placed: an execution, the position, and its cost. */
  fill(orderId: number, shares: number, n = 1, price = 100): Execution {
    const {intent} = this.placed.find((order) => order.orderId === orderId)!; // as above
    const side = intent.action === "BUY" ? ("BOT" as const) : ("SLD" as const);
    const execution: Execution = {
      execId: `0000e0d5.${orderId}${n}.01.01`,
      account: intent.account,
      conId: intent.contract.conId,
      side,
      shares,
      price,
      time: NOW,
      permId: 5_000_000 + orderId,
      clientId: this.clientId,
      orderId,
      orderRef: `app:${intent.id}`
    };
    this.executed.push(execution);
    this.move(execution.conId, side === "BOT" ? shares : -shares);
    this.tell({kind: "execution", execution});
    this.tell({kind: "commission", report: {execId: execution.execId, commission: 1, currency: "USD"}});
    return execution;
  }

  move(conId: number, units: number): void {
    const before = this.held.find((position) => position.conId === conId);
    this.held = [
      ...this.held.filter((position) => position !== before),
      {account: this.account, conId, units: (before?.units ?? 0) + units}
    ].filter((position) => position.units !== 0);
  }
}

/** A folder of the test's own; gone with it. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "desk-"));
  onTestFinished(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

/** A desk that was opened, and has compared its lists. */
export async function openDesk(
  broker: ScriptedBroker,
  {file = join(folder(), "orders.db"), ...options}: Partial<TradingOptions> & {file?: string} = {}
): Promise<{desk: Trading; store: OrdersStore; file: string; end: () => Promise<void>}> {
  const store = new OrdersStore(file);
  const desk = openTrading({
    store,
    mode: "paper",
    isKilledBySetting: false,
    port: 7497,
    broker,
    data: broker,
    now: () => NOW,
    wait: (_ms, signal) =>
      new Promise((resolve) => void (signal.aborted ? resolve() : setImmediate(resolve))),
    ...options
  });
  broker.tell({kind: "account", figures: broker.figures(broker.account)!}); // its own account
  await turns();
  let isOpen = true;
  const end = async () => {
    if (!isOpen) return;
    isOpen = false;
    await desk.close();
    store.close();
  };
  onTestFinished(end);
  return {desk, store, file, end};
}

/** Lets everything go that waits for nothing outside. */
export async function turns(count = 5): Promise<void> {
  for (let i = 0; i < count; ++i) await new Promise((resolve) => setImmediate(resolve));
}

let made = 0;

/** An order for ten shares of AAPL at the market's price, with an id of its own. */
export function ask(more: Partial<OrderAsk> = {}): OrderAsk {
  return {
    id: `6f1c7b1e-0000-4000-8000-${String(++made).padStart(12, "0")}`,
    account: ACCOUNT,
    conId: AAPL,
    action: "BUY",
    quantity: 10,
    type: "LMT",
    limit: 100,
    tif: "DAY",
    ...more
  };
}
