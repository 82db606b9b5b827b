import type {LiveQuote} from "../../live/figures.js";
import type {Bar} from "./growing-bars.js";

/** Makes bars of one contract's quotes. A price is between bid and ask, else the last; only live ones count. */
export class BarMaker {
  #bar: Omit<Bar, "time"> | null = null;
  /** Units of the day at the end of the bar before, and now. */
  #volumeBefore: number | null = null;
  #volume: number | null = null;

  take({kind, bid, ask, last, volume}: LiveQuote): void {
    if (kind !== "live") return;
    const isTwoSided = bid !== null && ask !== null && bid > 0 && ask >= bid;
    const price = isTwoSided ? (bid + ask) / 2 : last;
    if (volume !== null) {
      this.#volumeBefore ??= volume;
      this.#volume = volume;
    }
    if (price === null || !(price > 0)) return;
    const {open, high, low} = this.#bar ?? {open: price, high: price, low: price};
    this.#bar = {open, high: Math.max(high, price), low: Math.min(low, price), close: price, volume: NaN};
  }

  /** Ends the bar at a time and begins the next. @returns null where no live quote came */
  close(time: number): Bar | null {
    const [bar, before, now] = [this.#bar, this.#volumeBefore, this.#volume];
    this.#bar = null;
    this.#volumeBefore = now;
    if (!bar) return null;
    const volume = before !== null && now !== null && now >= before ? now - before : NaN; // the day's count begins anew
    return {...bar, time, volume};
  }
}

/** Returns the first end of a bar after a time: bars of a day or less begin with the UTC day. */
export function nextClose(now: number, everyMs: number): number {
  return (Math.floor(now / everyMs) + 1) * everyMs;
}
