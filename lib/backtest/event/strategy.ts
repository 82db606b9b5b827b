import type {Filled} from "./journal.js";
import type {Bracket, OrderRequest} from "./order.js";
import type {Past} from "./past.js";

/** Decides, at each close, by the past alone. An object of one run: what it remembers is its own. */
export interface Strategy {
  /** For a person: what a stopped run is told with. */
  readonly name: string;
  /** Asked once at each close, of whichever symbols have one. */
  decide(past: Past, desk: Desk): void;
  /** Told of each fill, before it is asked again; it may order at once. */
  filled?(fill: Filled, past: Past, desk: Desk): void;
}

/** What a strategy can do, and what it sees of its account. Symbols that are not in the run throw a RangeError. */
export interface Desk {
  /** Base currency that is not invested. */
  readonly cash: number;
  /** Cash and all that is held, at the last closes. */
  readonly equity: number;
  /** Units held, below zero when short. */
  position(symbol: string): number;
  /** Orders that wait. */
  waiting(symbol: string): number;
  /**
   * Wants to hold a share of the equity, below zero short (rule 4). Nothing happens when it is held or on its way already.
   * @param share 1 is the whole equity, 0 holds nothing
   */
  signal(symbol: string, share: number, options?: {bracket?: Bracket}): void;
  /** Orders units and returns the order's number. @throws RangeError if the request makes no sense */
  order(request: OrderRequest): number;
  /** Takes an order back; nothing happens when it does not wait any more. */
  cancel(order: number): void;
}
