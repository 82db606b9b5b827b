import {EventName} from "@stoqey/ib";
import type {LiveQuote} from "../../../lib/live/figures.js";
import type {ContractFacts} from "../broker.js";
import {inCurrency, told} from "./number.js";
import {onStreams} from "./on-streams.js";
import {perTurn} from "./per-turn.js";
import {fateOf} from "./quote-problem.js";
import {BEST_THERE_IS, isDelayedTick, kindOf, MODEL_TICKS, noQuote, priceField, sizeField} from "./ticks.js";
import type {Wire} from "./wire.js";

/** Market-data lines that every account has. */
export const LINES = 100;
const LATER_MS = 60_000;

interface Line {
  facts: ContractFacts;
  holders: number;
  quote: LiveQuote;
  /** Number of its request while it is open. */
  id: number | null;
  /** Stops listening for errors of that request. */
  off: () => void;
  /** Waits for a line that gets free. */
  isQueued: boolean;
  /** Tries again. */
  later: NodeJS.Timeout | undefined;
}

export interface QuotesOptions {
  wire: Wire;
  now: () => number;
  /** Lines that may be open at once. */
  lines?: number;
  /** Between two tries of a line that another session has taken. */
  laterMs?: number;
  tell: (quote: LiveQuote) => void;
}

/** Quotes as a broker's client keeps them. */
export interface Quotes {
  /** The latest; null while nothing has come, neither a tick nor a reason why there is none. */
  get(conId: number): LiveQuote | null;
  /** Holds a line open until it is released; the first holder opens it, the last closes it. */
  watch(facts: ContractFacts): () => void;
  /** When the last tick came; null before the first. */
  lastAt(): number | null;
  close(): void;
}

/** Opens market-data lines, shared by those who hold them, again after each connection and when TWS lost them. */
export function createQuotes({wire, now, lines = LINES, laterMs = LATER_MS, tell}: QuotesOptions): Quotes {
  const byContract = new Map<number, Line>();
  const byRequest = new Map<number, Line>();
  let budget = lines;
  let lastAt: number | null = null;
  const mark = perTurn<Line>((line) => byContract.get(line.quote.conId) === line && tell(line.quote));

  const markLines = perTurn<Wire>(() => wire.setLines({used: byRequest.size, budget}));

  function change(line: Line, news: Partial<LiveQuote>): void {
    line.quote = {...line.quote, ...news, at: now()};
    mark(line);
  }

  function tick(id: number, type: number, news: (line: Line) => Partial<LiveQuote>): void {
    const line = byRequest.get(id);
    if (!line) return;
    lastAt = now();
    const delayed = isDelayedTick(type) && line.quote.kind === "live" ? {kind: "delayed" as const} : {};
    change(line, {...news(line), ...delayed, problem: null});
  }

  function open(line: Line): void {
    line.isQueued = false;
    if (wire.status().phase !== "ready") return;
    if (byRequest.size >= budget) {
      line.isQueued = true;
      const all = `all ${budget} market-data lines are in use: close quotes that nobody needs`;
      change(line, {problem: `no market data for ${line.facts.label}: ${all}`});
      return;
    }
    const id = wire.takeRequestId();
    const {conId, exchange} = line.facts.contract;
    line.id = id;
    line.quote = noQuote(conId); // what came before is not of this request
    line.off = wire.onRequestError(id, (code, message) => fail(line, code, message));
    byRequest.set(id, line);
    markLines(wire);
    void wire.send("request", (api) => {
      if (line.id === id) api.reqMktData(id, {conId, exchange}, "", false, false);
    });
  }

  function shut(line: Line): void {
    if (line.id !== null && byRequest.delete(line.id)) markLines(wire);
    line.id = null;
    line.off();
    clearTimeout(line.later);
  }

  function fail(line: Line, code: number, message: string): void {
    const fate = fateOf(code, message, line.facts.label);
    if (fate.kind === "goes-on") return;
    const {problem} = fate;
    if (fate.kind === "doubt") return change(line, {problem});
    shut(line);
    change(line, {...noQuote(line.quote.conId), problem});
    if (fate.kind === "no-line") {
      budget = Math.max(1, byRequest.size);
      line.isQueued = true;
    } else {
      if (fate.kind === "later") line.later = setTimeout(() => open(line), laterMs).unref();
      openNext();
    }
  }

  /** A line has got free. */
  function openNext(): void {
    for (const line of byContract.values()) {
      if (byRequest.size >= budget) return;
      if (line.isQueued) open(line);
    }
  }

  function release(line: Line): void {
    if (--line.holders > 0) return;
    const {id} = line;
    shut(line);
    byContract.delete(line.quote.conId);
    if (id === null) return;
    void wire.send("request", (api) => api.cancelMktData(id));
    openNext();
  }

  function openAll(): void {
    budget = lines;
    void wire.send("request", (api) => api.reqMarketDataType(BEST_THERE_IS));
    for (const line of byContract.values()) shut(line);
    for (const line of byContract.values()) open(line);
  }

  const offs = [
    wire.on(EventName.tickPrice, (id: number, type: number, price: number) => {
      const field = priceField(type);
      if (field === undefined) return;
      tick(id, type, ({facts}) => ({[field]: priceOf(field, price, facts.priceMagnifier)}));
    }),
    wire.on(EventName.tickSize, (id: number, type: number, size?: number) => {
      const field = sizeField(type);
      if (field !== undefined) tick(id, type, () => ({[field]: told(size)}));
    }),
    wire.on(EventName.marketDataType, (id: number, type: number) => {
      const [line, kind] = [byRequest.get(id), kindOf(type)];
      if (!line || !kind || kind === line.quote.kind) return;
      const kept = kind === "frozen" && line.quote.kind === "live" ? line.quote : noQuote(line.quote.conId);
      change(line, {...kept, kind});
    }),
    wire.on(
      EventName.tickOptionComputation,
      // the library's order: model price and dividends stand in the middle
      (id: number, type: number, _: unknown, ...values: (number | undefined)[]) => {
        if (MODEL_TICKS.has(type)) tick(id, type, ({facts}) => ({greeks: greeksOf(values, facts)}));
      }
    ),
    onStreams(wire, openAll),
    wire.onReady((why) => {
      if (why !== "kept") return; // a line that was wanted meanwhile has not been asked for
      for (const line of byContract.values()) if (line.id === null && line.quote.problem === null) open(line);
    })
  ];

  return {
    get(conId) {
      const quote = byContract.get(conId)?.quote;
      return quote && quote.at > 0 ? quote : null;
    },
    watch(facts) {
      const {conId} = facts.contract;
      let line = byContract.get(conId);
      if (!line) {
        line = {
          facts,
          holders: 0,
          quote: noQuote(conId),
          id: null,
          off: () => undefined,
          isQueued: false,
          later: undefined
        };
        byContract.set(conId, line);
        open(line);
      }
      const held = line;
      ++held.holders;
      let isHeld = true;
      return () => {
        if (isHeld) release(held);
        isHeld = false;
      };
    },
    lastAt: () => lastAt,
    close() {
      for (const off of offs) off();
      for (const line of byContract.values()) shut(line);
      byContract.clear();
    }
  };
}

/** -1 is TWS's word for "none"; 0 is no price either but of a bid or an ask that nobody wants anything for. */
function priceOf(field: string, price: number | undefined, magnifier: number): number | null {
  const value = told(price);
  if (value === null || value === -1) return null;
  if (value === 0 && field !== "bid" && field !== "ask") return null;
  return inCurrency(value, magnifier);
}

/** Per point of volatility (vega) and day (theta), in the contract's currency, like prices. */
function greeksOf(
  [volatility, delta, , , gamma, vega, theta, underlying]: readonly (number | undefined)[],
  {priceMagnifier: magnifier}: ContractFacts
): LiveQuote["greeks"] {
  const money = (value: number | undefined) => {
    const given = told(value);
    return given === null ? null : inCurrency(given, magnifier);
  };
  const perUnit = told(gamma);
  return {
    impliedVolatility: told(volatility),
    delta: told(delta),
    gamma: perUnit === null ? null : perUnit * magnifier,
    vega: money(vega),
    theta: money(theta),
    underlying: money(underlying)
  };
}
