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
   * @param wanted 1 long, -1 short; 0 decides nothing
   * @param share of the equity, for either side
   */
  decide({symbol, close}: {symbol: string; close: number}, desk: Desk, wanted: number, share: number): void {
    const held = Math.sign(desk.position(symbol));
    this.#closes = held !== 0 && held === this.#side ? this.#closes + 1 : Math.abs(held);
    this.#side = held;
    const isOver = held !== 0 && this.#closes >= (this.#exits.hold ?? Infinity);
    if (isOver && (wanted === 0 || wanted === held)) return desk.signal(symbol, 0);
    if (wanted === 0) return;
    const bracket = bracketOf(this.#exits, wanted, close);
    desk.signal(symbol, wanted * share, bracket && {bracket});
  }
}

/** Returns what makes one `Exiting` a symbol, at its first use. */
export function exitingBySymbol(exits: Exits): (bars: Series) => Exiting {
  const made = new Map<string, Exiting>();
  return ({symbol}) => {
    const own = made.get(symbol) ?? new Exiting(exits);
    made.set(symbol, own);
    return own;
  };
}
