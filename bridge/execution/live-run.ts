import {BarMaker, nextClose} from "../../lib/orders/run/bar-maker.js";
import type {Broker, ContractFacts} from "../broker/broker.js";
import type {Runner} from "./runner.js";

export interface LiveBarsOptions {
  /** Of the runner's symbols, in their order. */
  contracts: readonly ContractFacts[];
  /** Whose quotes bars are made of. */
  data: Pick<Broker, "watchQuote" | "subscribe">;
  runner: Runner;
  everyMs: number;
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
  /** Called after each time at which bars ended, with how many there were. */
  onMoment?: (time: number, bars: number) => void;
}

/** Quotes of a bar may come this much after its close, on their way here. */
const LAG_MS = 250;

/**
 * Makes bars of live quotes and lets a run live through each at its close, until it is ended. Where no symbol had a quote
 * there is no bar, and nobody is asked.
 */
export async function runLiveBars(options: LiveBarsOptions): Promise<void> {
  const {contracts, data, runner, everyMs, now, wait, signal, onMoment} = options;
  const makers = new Map(contracts.map(({contract}) => [contract.conId, new BarMaker()]));
  const releases = contracts.map((facts) => data.watchQuote(facts));
  const off = data.subscribe((event) => {
    if (event.kind === "quote") makers.get(event.quote.conId)?.take(event.quote);
  });
  try {
    for (let close = nextClose(now(), everyMs); !signal.aborted; close += everyMs) {
      await wait(Math.max(close + LAG_MS - now(), 0), signal).catch(() => undefined); // ended while it waited
      if (signal.aborted) return;
      const bars = [...makers.values()].map((maker) => maker.close(close));
      const count = bars.filter((bar) => bar !== null).length;
      if (count) await runner.bars(close, bars);
      onMoment?.(close, count);
    }
  } finally {
    off();
    for (const release of releases) release();
    await runner.settled();
  }
}
