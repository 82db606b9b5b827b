/** A seeded stream of chance. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Mulberry32: a float in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number of a range, both ends in it. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True that often. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list. @throws RangeError if it is empty */
  pick<T>(list: readonly T[]): T {
    if (!list.length) throw new RangeError("nothing to choose from");
    return list[this.between(0, list.length - 1)];
  }

  /** A plain decimal of a range, with that many decimals at most. */
  decimal(low: number, high: number, decimals: number): string {
    const unit = 10 ** decimals;
    return plain(this.between(Math.round(low * unit), Math.round(high * unit)), decimals);
  }
}

/** `count` units of 10^-decimals as a plain decimal. */
export function plain(count: number, decimals: number): string {
  const digits = String(Math.abs(count)).padStart(decimals + 1, "0");
  const text = decimals
    ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, "")
    : digits;
  return count < 0 ? `-${text}` : text;
}
