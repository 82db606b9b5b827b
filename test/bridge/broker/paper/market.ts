import type {LiveQuote} from "../../../../lib/live/figures.js";
import type {OrderContract, OrderIntent} from "../../../../lib/orders/order.js";
import type {BrokerEvent, ContractFacts} from "../../../../bridge/broker/broker.js";
import type {PaperData} from "../../../../bridge/broker/paper/market.js";

export const APPLE: OrderContract = {
  conId: 265598,
  symbol: "AAPL",
  secType: "STK",
  currency: "USD",
  exchange: "SMART",
  multiplier: 1
};

export const START = Date.UTC(2026, 10, 20, 15);

/** A market whose quotes and clock are moved by hand; it knows AAPL alone. */
export class HandMarket implements PaperData {
  now = START;
  isDown = false;
  readonly watched = new Set<number>();
  readonly sessions: ContractFacts["sessions"];
  readonly #listeners = new Set<(event: BrokerEvent) => void>();
  readonly #quotes = new Map<number, LiveQuote>();

  constructor(sessions: ContractFacts["sessions"] = null) {
    this.sessions = sessions;
  }

  status: PaperData["status"] = () => ({
    phase: "ready",
    sentence: "quotes are typed in by hand",
    since: START,
    isReadOnly: false,
    address: "hand",
    clientId: 0,
    serverVersion: null,
    accounts: ["DU1000001"],
    latencyMs: null,
    lastByteAt: null,
    clockOffsetMs: null,
    tries: 0,
    nextTryAt: null,
    breaker: "closed",
    lines: {used: this.watched.size, budget: 100}
  });
  accounts = (): string[] => [];
  figures = (): null => null;
  quote = (conId: number): LiveQuote | null => this.#quotes.get(conId) ?? null;

  contracts: PaperData["contracts"] = ({conId}) => {
    if (this.isDown) return Promise.reject(new Error("the link is down"));
    const facts: ContractFacts = {
      contract: APPLE,
      label: "AAPL",
      name: "APPLE INC",
      primaryExchange: "NASDAQ",
      localSymbol: "AAPL",
      tradingClass: "NMS",
      expiry: null,
      strike: null,
      right: null,
      steps: [{from: 0, increment: 0.01}],
      priceMagnifier: 1,
      underlying: null,
      timeZone: "America/New_York",
      sessions: this.sessions
    };
    return Promise.resolve(conId === APPLE.conId ? [facts] : []);
  };

  watchQuote: PaperData["watchQuote"] = ({contract: {conId}}) => {
    this.watched.add(conId);
    return () => void this.watched.delete(conId);
  };

  subscribe: PaperData["subscribe"] = (listener) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Quotes AAPL a second later. */
  move(bid: number, ask: number, more: Partial<LiveQuote> = {}): void {
    this.now += 1000;
    const none = {
      bidSize: null,
      askSize: null,
      lastSize: null,
      open: null,
      high: null,
      low: null,
      close: null
    };
    const quote: LiveQuote = {
      conId: APPLE.conId,
      bid,
      ask,
      last: (bid + ask) / 2,
      kind: "live",
      at: this.now,
      ...none,
      volume: null,
      problem: null,
      greeks: null,
      ...more
    };
    this.#quotes.set(quote.conId, quote);
    for (const listener of this.#listeners) listener({kind: "quote", quote});
  }
}

/** Returns an order to buy 100 AAPL at the market today, but for what is said. */
export function intent(n: number, more: Partial<OrderIntent> = {}): OrderIntent {
  return {
    id: `6f1c7b1e-0000-4000-8000-${String(n).padStart(12, "0")}`,
    at: START,
    account: "PAPER",
    contract: APPLE,
    action: "BUY",
    quantity: 100,
    type: "MKT",
    tif: "DAY",
    ...more
  };
}
