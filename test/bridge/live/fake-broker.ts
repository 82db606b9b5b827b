import type {Broker, BrokerEvent, ContractFacts} from "../../../bridge/broker/broker.js";
import type {AccountFigures, LivePosition, LiveQuote} from "../../../lib/live/figures.js";
import type {LinkStatus} from "../../../lib/live/link.js";

/** What tests of live data need of a broker: it tells what it is told to tell, and counts its open lines. */
export function fakeBroker() {
  const listeners = new Set<(event: BrokerEvent) => void>();
  const quotes = new Map<number, LiveQuote>();
  const told = {
    isUp: true,
    open: [] as number[],
    accounts: [] as AccountFigures[],
    positions: [] as LivePosition[]
  };
  const broker = {
    kind: "ibkr",
    clientId: 1,
    status: () => linkStatus({phase: told.isUp ? "ready" : "waiting"}),
    accounts: () => told.accounts.map(({account}) => account),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async contracts({conId = 0}) {
      if (!told.isUp) throw new Error("the link is down");
      return conId === UNKNOWN ? [] : [factsOf(conId)];
    },
    quote: (conId) => quotes.get(conId) ?? null,
    watchQuote({contract: {conId}}) {
      told.open.push(conId);
      return () => void told.open.splice(told.open.indexOf(conId), 1);
    },
    figures: (account) => told.accounts.find((one) => one.account === account) ?? null,
    positions: () => told.positions
  } satisfies Partial<Broker>;
  return {
    broker: broker as unknown as Broker, // what live data asks of one
    told,
    quotes,
    tell: (event: BrokerEvent) => {
      for (const listener of listeners) listener(event);
    }
  };
}

/** A contract that the fake does not know. */
export const UNKNOWN = 404;

const factsOf = (conId: number): ContractFacts => ({
  contract: {conId, symbol: "AAA", secType: "STK", currency: "USD", exchange: "SMART", multiplier: 1},
  label: "AAA",
  name: "AAA Inc",
  primaryExchange: "NYSE",
  localSymbol: "AAA",
  tradingClass: "AAA",
  expiry: null,
  strike: null,
  right: null,
  steps: [],
  priceMagnifier: 1,
  underlying: null,
  sessions: null,
  timeZone: null
});

export const linkStatus = (part: Partial<LinkStatus> = {}): LinkStatus => ({
  phase: "ready",
  sentence: "connected",
  since: 0,
  isReadOnly: false,
  address: "127.0.0.1:7497",
  clientId: 1,
  serverVersion: 193,
  accounts: ["U1"],
  latencyMs: 1,
  lastByteAt: 0,
  clockOffsetMs: 0,
  tries: 0,
  nextTryAt: null,
  breaker: "closed",
  lines: {used: 0, budget: 100},
  ...part
});

export const quoteOf = (conId: number, last: number, part: Partial<LiveQuote> = {}): LiveQuote => ({
  conId,
  bid: last - 0.01,
  ask: last + 0.01,
  last,
  kind: "live",
  at: 0,
  bidSize: 1,
  askSize: 1,
  lastSize: 1,
  open: null,
  high: null,
  low: null,
  close: null,
  volume: null,
  problem: null,
  greeks: null,
  ...part
});

export const figuresOf = (account: string, netLiquidation: number, part: Partial<AccountFigures> = {}) =>
  ({
    account,
    currency: "USD",
    at: 1000,
    netLiquidation,
    cash: 100,
    grossPosition: 900,
    buyingPower: null,
    equityWithLoan: null,
    initMargin: null,
    maintMargin: null,
    availableFunds: null,
    excessLiquidity: null,
    cushion: null,
    lookAhead: {at: null, initMargin: null, maintMargin: null, excessLiquidity: null},
    profit: {daily: null, unrealized: 20, realized: 0},
    cashByCurrency: {},
    rates: {},
    ...part
  }) satisfies AccountFigures;

export const positionOf = (account: string, conId: number, units: number): LivePosition => ({
  account,
  contract: factsOf(conId).contract,
  label: "AAA",
  units,
  averageCost: 9,
  price: 10,
  priceAt: 0,
  value: 10 * units,
  unrealized: units,
  daily: 0
});
