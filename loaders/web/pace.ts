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

/**
 * Returns a pace that keeps a bucket of `burst` places, filled again at the rate. It is kept as the moment at
 * which the bucket is full again, so that places taken ahead need no timer.
 */
export function createPace({perMinute, burst}: Rate, now: () => Date): Pace {
  const everyMs = 60_000 / perMinute;
  let fullAt = -Infinity;
  return {
    take() {
      const time = now().getTime();
      fullAt = Math.max(fullAt, time) + everyMs;
      return Math.max(0, fullAt - burst * everyMs - time);
    },
    hold(ms) {
      fullAt = Math.max(fullAt, now().getTime() + ms + (burst - 1) * everyMs);
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
