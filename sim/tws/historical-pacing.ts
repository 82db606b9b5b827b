/** IBKR's limits on requests for small bars (30 seconds and less). */

interface Asked {
  at: number;
  key: string;
  contract: string;
}

const SAME_MS = 15_000;
const BURST_MS = 2000;
const BURST = 6;
const LONG_MS = 600_000;
const MOST = 60;

/** Counts requests; says whether one more is too many: the same within 15 s, six of a contract in 2 s, 60 in 10 min. */
export class HistoricalPacing {
  #asked: Asked[] = [];

  /** @param weight 2 for BID_ASK, else 1 */
  isViolated(now: Date, key: string, contract: string, weight = 1): boolean {
    const at = now.getTime();
    this.#asked = this.#asked.filter((one) => at - one.at < LONG_MS);
    const violated =
      this.#asked.some((one) => one.key === key && at - one.at < SAME_MS) ||
      this.#asked.filter((one) => one.contract === contract && at - one.at < BURST_MS).length + weight >=
        BURST ||
      this.#asked.length + weight > MOST;
    for (let i = 0; i < weight; ++i) this.#asked.push({at, key, contract});
    return violated;
  }
}
