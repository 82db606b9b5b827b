import type {Log} from "./client.js";
import {type Sleep, sleepFor} from "../web/sleep.js";

export interface WatchOptions {
  due: () => Promise<boolean>;
  run: (signal: AbortSignal) => Promise<unknown>;
  /** Ends the watch, and the run under way. */
  signal: AbortSignal;
  log?: Log;
  everyMs?: number;
  sleep?: Sleep;
}

/**
 * Runs a job whenever it is due, until the signal. It looks at the clock again and again instead of waiting for
 * one moment, so that a run slept through begins at wake and a clock set anew does no harm.
 */
export async function runWhenDue(options: WatchOptions): Promise<void> {
  const {due, run, signal, log = () => undefined, everyMs = 30_000, sleep = sleepFor} = options;
  while (!signal.aborted) {
    try {
      if (await due()) await run(signal);
      await sleep(everyMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      log(`flex: ${error instanceof Error ? error.message : String(error)}`);
      await sleep(everyMs, signal).catch(() => undefined);
    }
  }
}
