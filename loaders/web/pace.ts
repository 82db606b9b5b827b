/** How often a vendor may be asked. */
export interface Rate {
  perMinute: number;
  /** Requests that may leave at once after a quiet time. */
  burst: number;
}

/** Lets requests through no faster than a rate. */
export interface Pace {
  /** Takes a place for one request and returns the milliseconds until it may leave. */
  take(): number;
  /** Lets nothing leave before so many milliseconds from now. */
  hold(ms: number): void;
}

/** A minute, and a little for clocks and networks that are not quite even. */
const MINUTE_MS = 61_000;

/**
 * Returns a pace by which in any minute no more leave than the rate allows, and after a burst no more than its share of
 * that minute.
 */
export function createPace({perMinute, burst}: Rate, now: () => Date): Pace {
  /** When the last requests left or will leave, in order. */
  const left: number[] = [];
  let heldUntil = -Infinity;
  const after = (count: number, ms: number) => (left.at(-count) ?? -Infinity) + ms;
  return {
    take() {
      const time = now().getTime();
      const share = (MINUTE_MS * burst) / perMinute;
      const leaves = Math.max(time, heldUntil, after(1, 0), after(perMinute, MINUTE_MS), after(burst, share));
      left.push(leaves);
      if (left.length > Math.max(perMinute, burst)) left.shift();
      return leaves - time;
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, now().getTime() + ms);
    }
  };
}

const MOST_BACKOFF_MS = 60_000;
const JITTER = 0.25;

/** Returns how long to wait before the nth retry: doubling, up to a minute, and up to a quarter more by chance. */
export function backoff(firstMs: number, n: number, random: () => number): number {
  return Math.min(firstMs * 2 ** (n - 1), MOST_BACKOFF_MS) * (1 + JITTER * random());
}

/** Reads `Retry-After`, seconds or an HTTP date, as seconds from now; null where there is none that can be read. */
export function retryAfter(header: string | null, now: Date): number | null {
  if (!header) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
