import type {LinkStatus} from "../../../lib/live/link.js";

/** Quick tries before it slows down. */
export const QUICK_TRIES = 5;

export interface BreakerOptions {
  /** Wait after the first failure, milliseconds; each further one doubles it. */
  firstMs: number;
  /** Wait while it is open, milliseconds. */
  openMs: number;
  /** Milliseconds that only ever grow. */
  clock: () => number;
  /** In [0, 1). */
  random: () => number;
}

/**
 * When a connection is tried again: quickly a few times, each wait twice the last, with jitter; then it is open and
 * tries once in a while, each such try with the breaker half open; one success closes it.
 *
 * The libraries that do this (cockatiel, opossum) guard calls, each with an end of its own; a connection's failure comes
 * long after its try, and what it waits for is to be shown.
 */
export interface Breaker {
  readonly state: LinkStatus["breaker"];
  /** Tries that failed since the last success. */
  readonly failures: number;
  /**
   * Counts a failure.
   * @param isFinal whether quick tries are of no use: it opens at once
   * @returns how long to wait, milliseconds
   */
  fail(isFinal?: boolean): number;
  succeed(): void;
}

export function createBreaker({firstMs, openMs, clock, random}: BreakerOptions): Breaker {
  let [failures, isOpen, until] = [0, false, 0];
  return {
    get state() {
      if (!isOpen) return "closed";
      return clock() < until ? "open" : "half-open";
    },
    get failures() {
      return failures;
    },
    fail(isFinal = false) {
      ++failures;
      isOpen ||= isFinal || failures >= QUICK_TRIES;
      const wait = isOpen ? openMs : Math.min(openMs, firstMs * 2 ** (failures - 1));
      const jittered = Math.round(wait * (0.75 + random() / 2));
      until = clock() + jittered;
      return jittered;
    },
    succeed() {
      [failures, isOpen] = [0, false];
    }
  };
}
