import {checkColumns, type SweepCells, type SweepColumns} from "./sweep.js";

/** An asset as a sweep sees it whose exits depend on the way through each bar; all columns of equal length. */
export interface PathColumns extends SweepColumns {
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
}

/** What a fill costs at any price: first the price slips, then commission is paid on the slipped one. Below zero it brings something. */
export interface FillCosts {
  /** Fraction of the price. */
  slippage: number;
  /** Money a unit. */
  slippagePerUnit: number;
  commission: number;
  commissionPerUnit: number;
}

/** What is decided, and when it is closed before another decision says so; columns of equal length, one value a cell. */
export interface PathRules {
  /** Index of the signals that a cell follows; equal ones stand together, lest they be looked through again. */
  signals: Int32Array;
  /** Stop loss: fraction of the close that decided; infinity for none, as in the next two. */
  stop: Float64Array;
  /** Take profit: fraction of that close. */
  target: Float64Array;
  /** Trailing stop: fraction of the best price since the fill. */
  trail: Float64Array;
  /** Closes that it is held for at most; 2 ** 31 - 1 for ever. */
  hold: Int32Array;
}

/** Stands in signals where nothing is decided. */
export const NO_SIGNAL = 2;

/**
 * Returns what signals bring whose positions are closed by stop, target, trailing stop or time, by the execution contract's
 * default rules: decided at a close, filled at the next open, the whole equity in it; the pessimistic way through each bar.
 * The twin of the kernel, equal to the bit.
 *
 * @param signals what is to be held from the next open on, as known at each close: -1, 0, 1 or NO_SIGNAL; shape as the bars
 * @returns one cell a rule, in their order
 * @throws RangeError if columns differ in length, there is no bar, or a number is not above zero
 */
export function sweepPaths(
  columns: PathColumns,
  costs: FillCosts,
  signals: readonly Int8Array[],
  rules: PathRules
): SweepCells {
  checkPaths(columns, signals, rules);
  const {signals: rows, stop, target, trail, hold} = rules;
  const [totalReturn, ratio, maxDrawdown, trades] = Array.from(
    {length: 4},
    () => new Float64Array(rows.length)
  );
  for (const [p, row] of rows.entries()) {
    const walker = new Walker(columns, costs, {
      stop: stop[p],
      target: target[p],
      trail: trail[p],
      hold: hold[p]
    });
    [totalReturn[p], ratio[p], maxDrawdown[p], trades[p]] = walker.walk(signals[row]);
  }
  return {totalReturn, ratio, maxDrawdown, trades};
}

/** @throws RangeError if columns differ in length, there is no bar, a number is not above zero, or a cell's signals are missing */
export function checkPaths(columns: PathColumns, signals: readonly Int8Array[], rules: PathRules): void {
  checkColumns(columns);
  const {length} = columns.close;
  const short = signals.findIndex((row) => row.length !== length);
  if (short >= 0)
    throw new RangeError(`signals ${short} have ${signals[short].length} values for ${length} bars`);
  const missing = rules.signals.find((row) => !(row >= 0 && row < signals.length));
  if (missing !== undefined) throw new RangeError(`there are no signals ${missing}`);
}

/** Rounding, as a part of a price, by which the two ways through a bar do not differ. */
const ROUNDING = 1e-12;

/** Goes through the bars with one cell's exits. Equity is in units of the cash at the start. */
class Walker {
  readonly #columns: PathColumns;
  readonly #costs: FillCosts;
  readonly #exits: {stop: number; target: number; trail: number; hold: number};
  #cash = 1;
  /** Below zero when short. */
  #units = 0;
  #side = 0;
  #stop = 0;
  #target = 0;
  /** Best price since the fill. */
  #best = 0;
  #trades = 0;

  constructor(
    columns: PathColumns,
    costs: FillCosts,
    exits: {stop: number; target: number; trail: number; hold: number}
  ) {
    this.#columns = columns;
    this.#costs = costs;
    this.#exits = exits;
  }

  walk(signals: Int8Array): [totalReturn: number, ratio: number, maxDrawdown: number, trades: number] {
    const {open, close, closeBuy, closeSell} = this.#columns;
    const last = close.length - 1;
    let wanted = NO_SIGNAL;
    let closes = 0;
    let [value, peak, least, sum, square] = [1, 1, 1, 0, 0];
    for (let t = 0; t <= last; ++t) {
      const before = this.#side;
      if (wanted !== NO_SIGNAL) {
        if (this.#side !== 0) this.#meetAt(open[t]);
        if (this.#side !== 0) this.#leave(t);
        if (wanted !== 0 && this.#cash > 0) {
          this.#enter(wanted, t);
          closes = 0;
        }
        wanted = NO_SIGNAL;
      }
      if (this.#side !== 0) this.#pass(t);
      let now = this.#cash + this.#units * close[t];
      const isOver = t === last || now <= 0;
      if (isOver && this.#side !== 0) {
        now = this.#cash + this.#units * (this.#side > 0 ? closeSell : closeBuy)[t];
        ++this.#trades;
      }
      const isHeldLong = before > 0 && this.#side > 0 && !isOver;
      const r = (isHeldLong ? close[t] / close[t - 1] : now / value) - 1;
      sum += r;
      square += r * r;
      value = now;
      if (now > peak) peak = now;
      else if (now < least * peak) least = Math.max(now, 0) / peak;
      if (isOver) return cellOf(now, t, {sum, square, least, trades: this.#trades});
      if (this.#side !== 0) ++closes;
      if (signals[t] !== NO_SIGNAL && signals[t] !== this.#side) wanted = signals[t];
      else if (this.#side !== 0 && closes >= this.#exits.hold) wanted = 0;
    }
    throw new RangeError("there are no bars"); // looked at before
  }

  #enter(side: number, t: number): void {
    const {open, close, buy, sell, short} = this.#columns;
    const {stop, target} = this.#exits;
    this.#side = side;
    this.#units = side > 0 ? this.#cash / buy[t] : -this.#cash / short[t];
    this.#cash = side > 0 ? 0 : this.#cash - this.#units * sell[t];
    this.#stop = close[t - 1] * (1 - side * stop);
    this.#target = close[t - 1] * (1 + side * target);
    this.#best = open[t];
  }

  /** Closes at the open, as decided. */
  #leave(t: number): void {
    const {buy, sell} = this.#columns;
    this.#cash += this.#units * (this.#side > 0 ? sell : buy)[t];
    this.#units = this.#side = 0;
    ++this.#trades;
  }

  /** Closes at the open what it has passed. */
  #meetAt(open: number): void {
    const side = this.#side;
    if (side > 0 ? open <= this.#level() : open >= this.#level()) this.#exit(open);
    else if (side > 0 ? open >= this.#target : open <= this.#target) this.#exit(open, this.#target);
  }

  /** Goes through a bar by the way that leaves less; where both leave the same, low first. */
  #pass(t: number): void {
    const {open, high, low, close} = this.#columns;
    this.#meetAt(open[t]);
    if (this.#side === 0) return;
    const isLong = this.#side > 0;
    this.#follow(open[t]);
    // the way to the bad side first: the stop as it stands, else the target
    if (isLong ? low[t] <= this.#level() : high[t] >= this.#level()) return this.#exit(this.#level());
    if (isLong ? high[t] >= this.#target : low[t] <= this.#target)
      return this.#exit(this.#target, this.#target);
    // the way to the good side first: the trailing stop has followed before it is met
    this.#follow(isLong ? high[t] : low[t]);
    const level = this.#level();
    if (!isLong) {
      if (high[t] < level) return;
      const bought = this.#cash + this.#units * this.#takes(level, Infinity);
      const kept = this.#cash + this.#units * close[t]; // more than that only where slippage pays
      if (close[t] >= level || bought - kept <= ROUNDING * Math.abs(bought)) this.#exit(level);
      return;
    }
    if (low[t] > level) return;
    if (close[t] <= level || this.#brings(level) < close[t] * (1 - ROUNDING)) this.#exit(level);
  }

  #follow(price: number): void {
    this.#best = this.#side > 0 ? Math.max(this.#best, price) : Math.min(this.#best, price);
  }

  /** Returns the nearer of the stop and the trailing stop. */
  #level(): number {
    const {trail} = this.#exits;
    return this.#side > 0
      ? Math.max(this.#stop, this.#best * (1 - trail))
      : Math.min(this.#stop, this.#best * (1 + trail));
  }

  /** @param limit price that the fill is no worse than */
  #exit(price: number, limit = this.#side > 0 ? 0 : Infinity): void {
    this.#cash += this.#units * (this.#side > 0 ? this.#brings(price, limit) : this.#takes(price, limit));
    this.#units = this.#side = 0;
    ++this.#trades;
  }

  /** Returns what a unit brings that is sold at a price of the market. */
  #brings(price: number, limit = 0): number {
    const {slippage, slippagePerUnit, commission, commissionPerUnit} = this.#costs;
    const slipped = Math.max(Math.max(price * (1 - slippage) - slippagePerUnit, 0), limit);
    return slipped - (slipped * commission + commissionPerUnit);
  }

  /** Returns what a unit costs that is bought at a price of the market. */
  #takes(price: number, limit: number): number {
    const {slippage, slippagePerUnit, commission, commissionPerUnit} = this.#costs;
    const slipped = Math.min(price * (1 + slippage) + slippagePerUnit, limit);
    return slipped + (slipped * commission + commissionPerUnit);
  }
}

function cellOf(
  cash: number,
  periods: number,
  {sum, square, least, trades}: {sum: number; square: number; least: number; trades: number}
): [number, number, number, number] {
  const spread = square - (sum * sum) / periods;
  const varies = periods > 1 && spread > 1e-14 * square + 1e-30 * periods; // else rounding
  const ratio = varies ? sum / periods / Math.sqrt(spread / (periods - 1)) : NaN;
  return [cash - 1, ratio, least - 1, trades];
}
