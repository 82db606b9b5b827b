import type {Sleep} from "../web/sleep.js";

/** How patient the client is. */
export interface FlexWaits {
  /** Least and most to wait between a request and the first look for its statement. */
  firstMs: readonly [number, number];
  /** Before asking again, growing by half each time. */
  againMs: number;
  /** After IBKR said that there were too many requests. */
  pacedMs: number;
  /** Least time between two requests. */
  spacingMs: number;
  /** Requests in any minute. */
  perMinute: number;
  /** Tries of one step, and the time for them, whichever ends first. */
  tries: number;
  totalMs: number;
  /** How long the service may say nothing before the connection is given up. */
  silenceMs: number;
}

/** For IBKR: its limits are one request a second and ten a minute. */
export const IBKR_WAITS: FlexWaits = {
  firstMs: [5_000, 20_000],
  againMs: 5_000,
  pacedMs: 60_000,
  spacingMs: 1_100,
  perMinute: 10,
  tries: 10,
  totalMs: 300_000,
  silenceMs: 60_000
};

/** For the stand-in on loopback. */
export const NO_WAITS: FlexWaits = {
  ...IBKR_WAITS,
  firstMs: [0, 0],
  againMs: 0,
  pacedMs: 0,
  spacingMs: 0,
  perMinute: Infinity
};

const MOST_GROWN_MS = 60_000;
const JITTER = 0.2;
/** A minute, and a little for clocks and networks that are not quite even. */
const MINUTE_MS = 61_000;

/** Returns how long to wait after the nth failed try: never less than the rule, up to a fifth more. */
export function waitAfter(waits: FlexWaits, tries: number, paced: boolean, random: () => number): number {
  const grown = Math.min(waits.againMs * 1.5 ** (tries - 1), Math.max(waits.againMs, MOST_GROWN_MS));
  return (paced ? waits.pacedMs : grown) * (1 + JITTER * random());
}

export type Gate = <T>(request: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Returns a gate that lets requests through one at a time, no closer and no more often than the waits allow,
 * counted from the answer, so that the service sees them no closer either. A request that is called off while
 * it waits leaves no mark.
 */
export function createGate({spacingMs, perMinute}: FlexWaits, now: () => Date, sleep: Sleep): Gate {
  let recent: number[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  function toWait(): number {
    const time = now().getTime();
    recent = recent.filter((at) => time - at < MINUTE_MS);
    const spaced = (recent.at(-1) ?? -Infinity) + spacingMs;
    const room = recent.length < perMinute ? -Infinity : recent[recent.length - perMinute] + MINUTE_MS;
    return Math.max(spaced, room) - time;
  }

  return (request, signal) => {
    const turn = queue.then(async () => {
      signal?.throwIfAborted();
      for (let ms = toWait(); ms > 0; ms = toWait()) await sleep(ms, signal);
      try {
        return await request();
      } finally {
        recent.push(now().getTime());
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
}
