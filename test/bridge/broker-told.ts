/** What a fake of a broker tells, in full; a test says what of it matters. */
import type {ContractFacts} from "../../bridge/broker/broker.js";
import type {AccountFigures, LiveQuote} from "../../lib/live/figures.js";
import type {LinkStatus} from "../../lib/live/link.js";

/** A share in dollars of which little is known. */
export const shareFacts = (
  conId: number,
  symbol: string,
  {currency = "USD", ...part}: Partial<ContractFacts> & {currency?: string} = {}
): ContractFacts => ({
  contract: {conId, symbol, secType: "STK", currency, exchange: "SMART", multiplier: 1},
  label: symbol,
  name: `${symbol} Inc`,
  primaryExchange: "NASDAQ",
  localSymbol: symbol,
  tradingClass: symbol,
  expiry: null,
  strike: null,
  right: null,
  steps: [{from: 0, increment: 0.01}],
  priceMagnifier: 1,
  underlying: null,
  sessions: null,
  timeZone: null,
  ...part
});

/** A link that is up, from the beginning of time on. */
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

/** A live quote around a price. */
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

/** An account in dollars. */
export const figuresOf = (
  account: string,
  netLiquidation: number | null,
  part: Partial<AccountFigures> = {}
): AccountFigures => ({
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
});
