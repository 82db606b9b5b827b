import {PROFILES} from "../../../../lib/backtest/contract.js";
import {type Costs, proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import type {OrderIntent} from "../../../../lib/orders/order.js";
import {openAccount, type PaperAccount} from "../../../../lib/orders/paper/account.js";
import type {PaperEvent, PaperTerms} from "../../../../lib/orders/paper/draft.js";
import {expireOrders, matchTicks} from "../../../../lib/orders/paper/match.js";
import {cancelOrders, takeOrder} from "../../../../lib/orders/paper/take.js";
import type {Tick, TradingSession} from "../../../../lib/orders/paper/tick.js";
import {INTENT} from "../orders.js";

export const START = Date.UTC(2026, 10, 20, 15);

/** An account whose prices and orders are typed in by hand, a second apart. */
export class HandDesk {
  account: PaperAccount;
  now = START;
  readonly events: PaperEvent[] = [];
  readonly terms: Omit<PaperTerms, "now">;
  readonly sessions: readonly TradingSession[] | null;
  #orderId = 0;

  constructor({
    cash = 100_000,
    costs = proportionalCosts(),
    rules = PROFILES.default,
    rates = {},
    sessions = null
  }: {
    cash?: number;
    costs?: Costs;
    rules?: PaperTerms["rules"];
    rates?: Record<string, number>;
    sessions?: readonly TradingSession[] | null;
  } = {}) {
    this.account = openAccount("PAPER", "USD", cash);
    this.sessions = sessions;
    this.terms = {
      rules,
      costsOf: () => costs,
      rateOf: (currency) => (currency === "USD" ? 1 : (rates[currency] ?? null))
    };
  }

  /** Orders 10 AAPL at the market until cancelled, but for what is said; returns the number. */
  order(more: Partial<OrderIntent> = {}, {parentId = 0, transmit = true} = {}): number {
    const orderId = ++this.#orderId;
    const {limit: _, ...plain} = INTENT;
    const id = `6f1c7b1e-0000-4000-8000-${String(orderId).padStart(12, "0")}`;
    const intent: OrderIntent = {...plain, id, quantity: 10, type: "MKT", tif: "GTC", ...more};
    const handed = {intent, orderId, permId: orderId, parentId, transmit, sessions: this.sessions};
    this.#step(takeOrder(this.account, handed, {...this.terms, now: this.now}));
    return orderId;
  }

  cancel(orderId: number): void {
    this.#step(cancelOrders(this.account, new Set([orderId]), {...this.terms, now: this.now}));
  }

  /** Quotes a price a second later: bid and ask alike, as many as are wanted, but for what is said. */
  quote(price: number, more: Partial<Tick> = {}): void {
    this.now += 1000;
    this.tick({...tick(price), at: this.now, ...more});
  }

  tick(...ticks: Tick[]): void {
    this.#step(matchTicks(this.account, ticks, {...this.terms, now: this.now}));
  }

  expire(): void {
    this.#step(expireOrders(this.account, {...this.terms, now: this.now}));
  }

  /** Returns the fills of an order, of all when none is named: units and price. */
  fills(orderId?: number): [units: number, price: number][] {
    return this.events.flatMap((event) =>
      event.kind === "fill" && (orderId === undefined || event.order.orderId === orderId)
        ? [[event.units, event.price]]
        : []
    );
  }

  /** Returns how an order ended; undefined while it has not, or was filled whole. */
  end(orderId: number): string | undefined {
    const ended = this.events.find((event) => event.kind === "ended" && event.order.orderId === orderId);
    return ended?.kind === "ended" ? `${ended.as}: ${ended.reason}` : undefined;
  }

  get units(): number {
    return this.account.positions.get(INTENT.contract.conId)?.units ?? 0;
  }

  #step({account, events}: {account: PaperAccount; events: readonly PaperEvent[]}): void {
    this.account = account;
    this.events.push(...events);
  }
}

/** A live price of AAPL, both sides alike. */
export function tick(price: number): Tick {
  return {
    conId: INTENT.contract.conId,
    at: START,
    kind: "live",
    bid: price,
    ask: price,
    last: price,
    bidSize: null,
    askSize: null,
    traded: null,
    moment: "jump",
    session: undefined
  };
}
