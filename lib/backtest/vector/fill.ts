import type {ExecutionRules} from "../contract.js";
import type {Rate} from "../costs/costs.js";
import type {Book, Change, Holding} from "./book.js";
import type {Levels, Met} from "./exits.js";

/** What fills cost: in proportion to their value or units. */
export interface ProportionalRates {
  commission?: Rate;
  slippage?: Rate;
}

/** A share of the equity that shall be held from the next fill on. */
export interface Target {
  holding: Holding;
  share: number;
  /** Units to trade, below zero to sell, where the decision fixed them; else NaN. */
  units: number;
  /** Number of the decision, rising. */
  decision: number;
  /** Exits of what it opens. */
  levels: Levels | undefined;
}

/** Rounding, as a part of the equity, that does not make an opening too dear. */
const ROUNDING = 1e-12;

/** Fills targets, by the rules of one run. */
export class Filler {
  readonly #book: Book;
  readonly #rules: ExecutionRules;
  readonly #commission: Rate;
  readonly #slippage: Rate;

  constructor(book: Book, rules: ExecutionRules, {commission = FREE, slippage = FREE}: ProportionalRates) {
    this.#book = book;
    this.#rules = rules;
    this.#commission = commission;
    this.#slippage = slippage;
  }

  /** Fixes a target's units at its decision, by the close (rule 4); 0 when there is nothing to do. */
  unitsAtClose({units, mark}: Holding, share: number): number {
    const size = this.#whole(this.#amount(share) / mark);
    const change = Math.sign(share) * size - units;
    return this.#rules.wholeUnits ? Math.trunc(change) : change;
  }

  /**
   * Fills all at their marks: what only reduces first, then as decided (rule 19).
   * @param closed holdings that are closed before, beside those of exclusive targets
   */
  fillAll(due: readonly Target[], time: number, closed: readonly Holding[] = []): void {
    const targets = due.toSorted((a, b) => a.decision - b.decision);
    const reduces = targets.map((target) => this.#reduces(target));
    if (this.#rules.exclusive) for (const {holding} of targets) this.closeAll(holding, time);
    for (const holding of closed) this.closeAll(holding, time);
    for (const isFirst of [true, false])
      for (const [i, target] of targets.entries()) if (reduces[i] === isFirst) this.#fill(target, time);
  }

  /** Closes what is held, at its mark. */
  closeAll(holding: Holding, time: number): void {
    if (holding.units !== 0) this.#reduce(holding, Math.abs(holding.units), time);
  }

  /** Closes what is held by an exit that was met. */
  exit(holding: Holding, met: Met, time: number): void {
    this.#book.close(holding, this.#exitOf(holding, met, time));
  }

  /** Returns what the account comes to at a price of a holding, when it met an exit before or did not. */
  worth(holding: Holding, met: Met | undefined, price: number): number {
    const {cash} = this.#book;
    if (!met) return cash + holding.units * price;
    const {price: taken, fee} = this.#exitOf(holding, met, NaN);
    return cash + holding.units * taken - fee;
  }

  /** A target, like each limit, is never filled beyond its price (rule 20). */
  #exitOf({units, levels}: Holding, {price, isTarget}: Met, time: number): Change {
    const side = Math.sign(units);
    const slipped = this.#rules.slippage === "entries" ? price : this.#slipped(-side, price);
    const isBeyond = isTarget && this.#rules.slippage === "fills" && (slipped - levels!.target) * side < 0; // met: it has some
    const taken = isBeyond ? levels!.target : slipped;
    return {size: Math.abs(units), price: taken, fee: this.#fee(Math.abs(units), taken), time};
  }

  /** Tells whether a target takes from what is held, and no more. */
  #reduces({holding: {units: held, mark}, share, units}: Target): boolean {
    if (!Number.isNaN(units)) return held * units < 0 && Math.abs(units) <= Math.abs(held);
    if (share === 0) return true;
    return share * held > 0 && this.#amount(share) < Math.abs(held) * mark;
  }

  #fill(target: Target, time: number): void {
    const isDone = Number.isNaN(target.units) ? this.#toShare(target, time) : this.#byUnits(target, time);
    if (isDone) target.holding.share = target.share;
  }

  /** Trades until the share is held, reckoned at the fill; tells whether anything was traded. */
  #toShare(target: Target, time: number): boolean {
    const {holding, share} = target;
    const side = Math.sign(share);
    let isDone = false;
    if (holding.units !== 0 && holding.units * side <= 0) {
      this.closeAll(holding, time);
      isDone = true;
    }
    const held = Math.abs(holding.units);
    const more = this.#amount(share) - held * holding.mark;
    if (more < 0) {
      const surplus = held - this.#whole(held + more / holding.mark);
      if (surplus > 0) this.#reduce(holding, surplus, time);
      return surplus > 0;
    }
    if (side === 0) return isDone;
    const {price, fee} = this.#entry(side, holding.mark);
    const size = this.#whole(more / (price + fee));
    return this.#open(target, side, size, time) || isDone;
  }

  /** Trades units: first what closes, then what opens. */
  #byUnits(target: Target, time: number): boolean {
    const {holding, share, units} = target;
    const side = Math.sign(units);
    const closing = holding.units * side < 0 ? Math.min(Math.abs(holding.units), Math.abs(units)) : 0;
    if (closing > 0) this.#reduce(holding, closing, time);
    const opening = share === 0 ? 0 : Math.abs(units) - closing;
    return this.#open(target, side, opening, time) || closing > 0;
  }

  /** Opens units, if they can be paid for (rule 18). */
  #open({holding, levels}: Target, side: number, size: number, time: number): boolean {
    if (!(size > 0 && size < Infinity)) return false;
    const {price, fee} = this.#entry(side, holding.mark);
    const equity = this.#book.equity();
    const free = equity / this.#rules.margin - this.#book.gross();
    if (!(size * (price + fee) <= free + ROUNDING * Math.abs(equity))) return false;
    this.#book.open(holding, side, {size, price, fee: this.#fee(size, price), time});
    holding.levels = levels && {...levels, best: holding.mark};
    return true;
  }

  #reduce(holding: Holding, size: number, time: number): void {
    const price =
      this.#rules.slippage === "entries"
        ? holding.mark
        : this.#slipped(-Math.sign(holding.units), holding.mark);
    this.#book.close(holding, {size, price, fee: this.#fee(size, price), time});
  }

  /** Price of an opening, and the commission of a unit that is reckoned with. */
  #entry(side: number, mark: number): {price: number; fee: number} {
    const price = this.#slipped(side, mark);
    return {price, fee: this.#fee(1, this.#rules.slippage === "entries" ? mark : price)};
  }

  #slipped(side: number, price: number): number {
    const {of, rate} = this.#slippage;
    return of === "unit" ? Math.max(price + side * rate, 0) : price * (1 + side * rate);
  }

  #fee(size: number, price: number): number {
    const {of, rate} = this.#commission;
    return size * rate * (of === "unit" ? 1 : price);
  }

  #amount(share: number): number {
    return Math.max(Math.abs(share) * this.#rules.wholeEquity * this.#book.equity(), 0);
  }

  #whole(units: number): number {
    return this.#rules.wholeUnits ? Math.floor(units) : units;
  }
}

const FREE: Rate = {of: "value", rate: 0};
