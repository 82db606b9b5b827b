import type {Bars} from "../../lib/backtest/bars.js";
import type {LiveQuote} from "../../lib/live/figures.js";
import type {Bar} from "../../lib/orders/run/growing-bars.js";
import {sessionsOfBars, ticksOfBar} from "../../lib/orders/paper/bar-ticks.js";
import type {Tick} from "../../lib/orders/paper/tick.js";
import type {BrokerEvent, ContractFacts} from "../broker/broker.js";
import type {PaperData} from "../broker/paper/market.js";

/** Bars that are played as quotes, with a clock of their own. */
export interface Replay extends PaperData {
  /** Time of what was last played; the first bar's before. */
  now(): number;
  readonly symbols: readonly {symbol: string; currency: string; conId: number; steps: []}[];
  /**
   * Plays the bars that end at the next time: all opens, the ways through each, the closes. Each is on the market when the
   * call returns.
   * @returns their time and the bars, null for a symbol without one; null when all were played
   */
  step(): {time: number; bars: (Bar | null)[]} | null;
}

/**
 * Plays bars as quotes: what a paper broker trades at where there is no TWS. Contracts are numbered from 1 in the order of
 * the bars; all currencies count as one of base, so that bars must be in one.
 * @throws RangeError if there are none, or they are in several currencies
 */
export function createReplay(all: readonly Bars[]): Replay {
  if (!all.length || all.some(({time}) => !time.length)) throw new RangeError("there are no bars to play");
  const [{currency}] = all;
  const other = all.find((bars) => bars.currency !== currency);
  if (other)
    throw new RangeError(
      `${all[0].symbol} is in ${currency}, ${other.symbol} in ${other.currency}: play one currency`
    );
  const sessions = all.map(sessionsOfBars);
  const next = all.map(() => 0);
  const atSession = all.map(() => 0);
  const listeners = new Set<(event: BrokerEvent) => void>();
  const heard = new Set<(ticks: readonly Tick[]) => void>();
  const quotes = new Map<number, LiveQuote>();
  const known = all.map((bars, i) => factsOf(bars, i + 1, sessions[i]));
  let clock = Math.min(...all.map(({time}) => time[0]));

  function play(ticks: readonly Tick[]): void {
    for (const tick of ticks) quotes.set(tick.conId, quoteOf(tick));
    for (const listener of heard) listener(ticks);
    for (const {conId} of ticks)
      for (const listener of listeners) listener({kind: "quote", quote: quotes.get(conId)!}); // set above
  }

  return {
    symbols: known.map(({contract: {symbol, currency: of, conId}}) => ({
      symbol,
      currency: of,
      conId,
      steps: []
    })),
    now: () => clock,
    status: () => ({
      phase: "ready",
      sentence: "bars are played as quotes",
      since: clock,
      isReadOnly: false,
      address: "replay",
      clientId: 0,
      serverVersion: null,
      accounts: [],
      latencyMs: null,
      lastByteAt: null,
      clockOffsetMs: null,
      tries: 0,
      nextTryAt: null,
      breaker: "closed",
      lines: {used: 0, budget: 100}
    }),
    accounts: () => [],
    figures: () => null,
    contracts: ({conId, symbol}) =>
      Promise.resolve(
        known.filter(
          ({contract}) => contract.conId === conId || (conId === undefined && contract.symbol === symbol)
        )
      ),
    quote: (conId) => quotes.get(conId) ?? null,
    watchQuote: () => () => undefined,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onTicks(listener) {
      heard.add(listener);
      return () => void heard.delete(listener);
    },
    step() {
      const times = all.map(({time}, k) => (next[k] < time.length ? time[next[k]] : Infinity));
      const time = Math.min(...times);
      if (time === Infinity) return null;
      clock = time;
      const fresh = all.map((_, k) => k).filter((k) => times[k] === time);
      const ticks = fresh.map((k) => {
        while (sessions[k][atSession[k]].to < time) ++atSession[k];
        return ticksOfBar(all[k], next[k], k + 1, sessions[k][atSession[k]]);
      });
      play(ticks.map(([open]) => open));
      for (const [, first, second] of ticks) {
        play([first]);
        play([second]);
      }
      play(ticks.map((each) => each[3]));
      const bars = all.map((each, k) => (times[k] === time ? barAt(each, next[k]) : null));
      for (const k of fresh) ++next[k];
      return {time, bars};
    }
  };
}

function barAt({time, open, high, low, close, volume}: Bars, i: number): Bar {
  return {time: time[i], open: open[i], high: high[i], low: low[i], close: close[i], volume: volume[i]};
}

function quoteOf({conId, at, bid, ask, last}: Tick): LiveQuote {
  const none = {bidSize: null, askSize: null, lastSize: null, open: null, high: null, low: null, close: null};
  return {conId, at, kind: "live", bid, ask, last, ...none, volume: null, problem: null, greeks: null};
}

function factsOf(
  {symbol, currency}: Bars,
  conId: number,
  sessions: ContractFacts["sessions"]
): ContractFacts {
  return {
    contract: {conId, symbol, secType: "STK", currency, exchange: "REPLAY", multiplier: 1},
    label: symbol,
    name: symbol,
    primaryExchange: "REPLAY",
    localSymbol: symbol,
    tradingClass: symbol,
    expiry: null,
    strike: null,
    right: null,
    steps: [],
    priceMagnifier: 1,
    underlying: null,
    sessions,
    timeZone: "UTC"
  };
}
