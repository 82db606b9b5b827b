import type {Series} from "../event/past.js";
import type {Desk} from "../event/strategy.js";
import {bracketOf, type Exits} from "../exits.js";

/** Signals the sides of one symbol, each with its exits, and ends what was held long enough. */
export class Exiting {
  readonly #exits: Exits;
  #side = 0;
  /** Closes at which that side was held, one after the other. */
  #closes = 0;

  constructor(exits: Exits) {
    this.#exits = exits;
  }

  /**
   * Does what is decided at a close.
   * @param bars whose last close it is
   * @param wanted 1 long, -1 short; 0 decides nothing
   * @param share of the equity, for either side
   */
  decide(bars: Series, desk: Desk, wanted: number, share: number): void {
    const {symbol} = bars;
    const held = Math.sign(desk.position(symbol));
    this.#closes = held !== 0 && held === this.#side ? this.#closes + 1 : Math.abs(held);
    this.#side = held;
    const isOver = held !== 0 && this.#closes >= (this.#exits.hold ?? Infinity);
    if (isOver && (wanted === 0 || wanted === held)) return desk.signal(symbol, 0);
    if (wanted === 0) return;
    const bracket = bracketOf(this.#exits, wanted, bars.close());
    desk.signal(symbol, wanted * share, bracket && {bracket});
  }
}
