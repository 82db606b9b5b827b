import {BarMaker, nextClose} from "../../lib/orders/run/bar-maker.js";
import type {ContractFacts} from "../broker/broker.js";
import type {IbkrBroker} from "../broker/ibkr/ibkr.js";
import {REAL_TIME_MS} from "../broker/ibkr/real-time-bars.js";
import type {Runner} from "./runner.js";

export interface LiveBarsOptions {
  /** Of the runner's symbols, in their order. */
  contracts: readonly ContractFacts[];
  /** Whose bars of five seconds longer ones are made of. */
  data: Pick<IbkrBroker, "watchBars" | "watchQuote">;
  runner: Runner;
  /** A multiple of five seconds. */
  everyMs: number;
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
  /** Called after each time at which bars ended, with how many there were. */
  onMoment?: (time: number, bars: number) => void;
  /** Told why a contract has no bars. */
  onProblem: (sentence: string) => void;
}

/** The last seconds of a bar may come this much after its close, on their way here. */
const LAG_MS = 2000;

/**
 * Makes bars of those of five seconds and lets a run live through each at its close, until it is ended. Where no symbol had
 * one there is no bar, and nobody is asked. Quotes are watched all the while: orders are held against them.
 */
export async function runLiveBars(options: LiveBarsOptions): Promise<void> {
  const {contracts, data, runner, everyMs, now, wait, signal, onMoment, onProblem} = options;
  const makers = contracts.map(() => new BarMaker(REAL_TIME_MS));
  let close = nextClose(now(), everyMs);
  let whole = new AbortController();
  const look = (): void => {
    if (makers.every((maker) => maker.reaches(close))) whole.abort();
  };
  const ends = contracts.flatMap((facts, i) => [
    data.watchQuote(facts),
    data.watchBars(
      facts,
      ({from, ...prices}) => {
        if (from !== null) makers[i].take({from, ...prices});
        look();
      },
      onProblem
    )
  ]);
  try {
    for (; !signal.aborted; close += everyMs) {
      whole = new AbortController();
      look();
      const until = AbortSignal.any([signal, whole.signal]);
      await wait(Math.max(close + LAG_MS - now(), 0), until).catch(() => undefined); // it was whole, or ended while it waited
      if (signal.aborted) return;
      const bars = makers.map((maker) => maker.close(close));
      const count = bars.filter((bar) => bar !== null).length;
      if (count) await runner.bars(close, bars);
      onMoment?.(close, count);
    }
  } finally {
    for (const end of ends) end();
    await runner.settled();
  }
}
