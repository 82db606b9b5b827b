import {sma} from "../backtest/sma.js";

/** An asset as a sweep sees it; all columns of equal length, oldest first, above zero. */
export interface SweepColumns {
  close: Float64Array;
  /** What a unit costs at each open, commission and slippage in it. */
  buy: Float64Array;
  /** What a unit brings at each open. */
  sell: Float64Array;
  /** What of the equity a unit sold short takes up at each open: the price it gets and its commission. */
  short: Float64Array;
  /** What a unit costs at each close, to end a short. */
  closeBuy: Float64Array;
  /** What a unit brings at each close. */
  closeSell: Float64Array;
}

/** What each combination brought; columns of equal length. */
export interface SweepCells {
  /** Fraction of the cash at the start. */
  totalReturn: Float64Array;
  /** Mean over standard deviation (ddof 1) of the returns from close to close; NaN where they do not vary. */
  ratio: Float64Array;
  /** Deepest fall at a close, the start included: in [-1, 0]. */
  maxDrawdown: Float64Array;
  /** Round trips; one that is open after the last bar is closed at its close. */
  trades: Float64Array;
}

/** Windows of the averages of each combination, in bars; of equal length. */
export interface Pairs {
  fast: Int32Array;
  slow: Int32Array;
}

/** How crossovers are swept. */
export interface CrossingOptions {
  /** Whether a cross below sells short; else it goes flat. */
  isShort: boolean;
}

/**
 * Returns what crossovers of two averages bring, by the execution contract's default rules: decided at a close, filled at
 * the next open, the whole equity in it. The twin of the kernel, equal to the bit.
 *
 * @param pairs each window at least 1
 * @returns one cell a pair, in their order
 * @throws RangeError if columns differ in length, there is no bar, or a number is not above zero
 */
export function sweepCrossings(
  columns: SweepColumns,
  {fast, slow}: Pairs,
  {isShort}: CrossingOptions
): SweepCells {
  checkColumns(columns);
  const {close} = columns;
  const averages = new Map<number, Float64Array>();
  const average = (window: number) => {
    const made = averages.get(window) ?? sma(close, window);
    averages.set(window, made);
    return made;
  };
  const holder = new Holder(columns);
  const decided = new Int8Array(close.length);
  return cellsOf(fast.length, (p) => {
    const [quick, calm] = [average(fast[p]), average(slow[p])];
    decided.fill(NONE);
    for (let i = Math.max(fast[p], slow[p]); i < close.length; ++i) {
      const [now, before] = [quick[i] - calm[i], quick[i - 1] - calm[i - 1]];
      if (now > 0 && before < 0) decided[i] = 1;
      else if (now < 0 && before > 0) decided[i] = isShort ? -1 : 0;
    }
    return holder.hold(decided);
  });
}

/**
 * Returns what momentum brings, as `sweepCrossings` does: long while the close is above the one so many bars before, else
 * flat.
 * @param lookbacks each at least 1
 */
export function sweepRises(columns: SweepColumns, lookbacks: Int32Array): SweepCells {
  checkColumns(columns);
  const {close} = columns;
  const holder = new Holder(columns);
  const decided = new Int8Array(close.length);
  return cellsOf(lookbacks.length, (p) => {
    for (let i = 0; i < close.length; ++i) decided[i] = close[i] > close[i - lookbacks[p]] ? 1 : 0;
    return holder.hold(decided);
  });
}

/** @throws RangeError if columns differ in length, there is no bar, or a number is not above zero */
export function checkColumns(columns: SweepColumns): void {
  const {length} = columns.close;
  if (!length) throw new RangeError("there are no bars");
  for (const [name, column] of Object.entries(
    columns as Readonly<Record<string, Float64Array>> & SweepColumns
  )) {
    if (column.length !== length)
      throw new RangeError(`${name} has ${column.length} values for ${length} bars`);
    const wrong = column.findIndex((value) => !(value > 0 && value < Infinity));
    if (wrong >= 0) throw new RangeError(`invalid ${name}[${wrong}]: ${column[wrong]}`);
  }
}

/** Stands where nothing is decided. */
const NONE = 2;

function cellsOf(count: number, run: (p: number) => readonly [number, number, number, number]): SweepCells {
  const [totalReturn, ratio, maxDrawdown, trades] = Array.from({length: 4}, () => new Float64Array(count));
  for (let p = 0; p < count; ++p) [totalReturn[p], ratio[p], maxDrawdown[p], trades[p]] = run(p);
  return {totalReturn, ratio, maxDrawdown, trades};
}

/** Holds what a rule decides. Equity is in units of the cash at the start. */
class Holder {
  readonly #columns: SweepColumns;
  /** Of the returns from close to close up to each bar, and of their squares. */
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #cash = 1;
  /** Below zero when short. */
  #units = 0;
  #side = 0;
  #entry = 0;
  /** Equity at the last close that was counted. */
  #value = 1;
  #peak = 1;
  /** The least part of a peak that a later close was. */
  #least = 1;
  #sum = 0;
  #square = 0;
  #trades = 0;

  constructor(columns: SweepColumns) {
    this.#columns = columns;
    const {close} = columns;
    this.#sums = new Float64Array(close.length);
    this.#squares = new Float64Array(close.length);
    for (let i = 1; i < close.length; ++i) {
      const r = close[i] / close[i - 1] - 1;
      this.#sums[i] = this.#sums[i - 1] + r;
      this.#squares[i] = this.#squares[i - 1] + r * r;
    }
  }

  /** @param decided what is to be held from the next open on, as known at each close: -1, 0, 1 or NONE */
  hold(decided: Int8Array): [totalReturn: number, ratio: number, maxDrawdown: number, trades: number] {
    const {close, closeBuy, closeSell} = this.#columns;
    const last = close.length - 1;
    this.#begin();
    for (let i = 0; i < last; ++i) {
      if (decided[i] === NONE || decided[i] === this.#side) continue;
      const fill = i + 1;
      const ruined = this.#leave(fill);
      if (ruined >= 0) return this.#end(ruined, 1);
      this.#enter(decided[i], fill);
      if (fill === last) break;
      const now = this.#cash + this.#units * close[fill];
      if (now <= 0) return this.#ruin(fill);
      this.#count(now);
      if (this.#side !== 1) this.#mark(now);
    }
    if (this.#side === 1) {
      if (this.#entry < last) this.#passLong(last - 1);
      this.#cash = this.#units * closeSell[last];
      ++this.#trades;
    } else if (this.#side === -1) {
      const ruined = this.#passShort(last);
      if (ruined >= 0) return this.#end(ruined, 1);
      this.#cash += this.#units * closeBuy[last];
      ++this.#trades;
    }
    if (this.#side !== 0 || this.#entry === last) {
      this.#count(this.#cash);
      this.#least = Math.min(this.#least, Math.max(this.#cash, 0) / Math.max(this.#peak, this.#cash));
    }
    return this.#end(last, this.#squares[last]);
  }

  #begin(): void {
    this.#cash = this.#value = this.#peak = this.#least = 1;
    this.#units = this.#side = this.#entry = this.#sum = this.#square = this.#trades = 0;
  }

  /** Closes what is held at an open; returns the bar whose close left nothing, or -1. */
  #leave(fill: number): number {
    const {buy, sell} = this.#columns;
    if (this.#side === 0) return -1;
    ++this.#trades;
    if (this.#side === 1) {
      this.#passLong(fill - 1);
      this.#cash = this.#units * sell[fill];
      this.#units = 0;
      return -1;
    }
    const ruined = this.#passShort(fill);
    if (ruined >= 0) {
      --this.#trades;
      return ruined;
    }
    this.#cash += this.#units * buy[fill];
    this.#units = 0;
    if (this.#cash > 0) return -1;
    this.#count(this.#cash);
    this.#least = 0;
    return fill;
  }

  #enter(side: number, fill: number): void {
    const {buy, sell, short} = this.#columns;
    this.#side = side;
    this.#entry = fill;
    if (side === 1) {
      this.#units = this.#cash / buy[fill];
      this.#cash = 0;
    } else if (side === -1) {
      this.#units = -this.#cash / short[fill];
      this.#cash -= this.#units * sell[fill];
    }
  }

  /** Counts the closes of a long from its entry to a bar. */
  #passLong(to: number): void {
    const {close} = this.#columns;
    let high = close[this.#entry];
    let low = high;
    let worst = 1;
    for (let t = this.#entry + 1; t <= to; ++t) {
      worst = Math.min(worst, close[t] / high);
      high = Math.max(high, close[t]);
      low = Math.min(low, close[t]);
    }
    this.#least = Math.min(this.#least, worst, (this.#units * low) / this.#peak);
    this.#peak = Math.max(this.#peak, this.#units * high);
    this.#sum += this.#sums[to] - this.#sums[this.#entry];
    this.#square += this.#squares[to] - this.#squares[this.#entry];
    this.#value = this.#units * close[to];
  }

  /** Counts the closes of a short after its entry and before a bar; returns the one that left nothing, or -1. */
  #passShort(before: number): number {
    const {close} = this.#columns;
    for (let t = this.#entry + 1; t < before; ++t) {
      const now = this.#cash + this.#units * close[t];
      if (now <= 0) {
        this.#ruin(t);
        return t;
      }
      this.#count(now);
      this.#mark(now);
    }
    return -1;
  }

  /** Closes a short at a close that left nothing (rule 21). */
  #ruin(bar: number): [number, number, number, number] {
    this.#cash += this.#units * this.#columns.closeBuy[bar];
    this.#count(this.#cash);
    this.#least = 0;
    ++this.#trades;
    return this.#end(bar, 1);
  }

  /** Counts the return up to a close. */
  #count(now: number): void {
    const r = now / this.#value - 1;
    this.#sum += r;
    this.#square += r * r;
    this.#value = now;
  }

  #mark(now: number): void {
    if (now > this.#peak) this.#peak = now;
    else if (now < this.#least * this.#peak) this.#least = now / this.#peak;
  }

  /** @param scale size of what the squares were taken off: rounding of it is no spread */
  #end(periods: number, scale: number): [number, number, number, number] {
    const spread = this.#square - (this.#sum * this.#sum) / periods;
    const varies = periods > 1 && spread > 1e-14 * scale;
    const ratio = varies ? this.#sum / periods / Math.sqrt(spread / (periods - 1)) : NaN;
    return [this.#cash - 1, ratio, this.#least - 1, this.#trades];
  }
}
