import type {Bars} from "../bars.js";
import type {ExecutionRules} from "../contract.js";
import type {Costs} from "../costs/costs.js";
import type {Account} from "./account.js";
import type {Ended, Filled, JournalRecord, Ordered} from "./journal.js";
import type {Order} from "./order.js";
import type {Rates} from "./rates.js";

/** What goes through the engine's queue. */
export type Event =
  | {kind: "market"}
  | {kind: "signal"; order: Order}
  | {kind: "order"; order: Order}
  | {kind: "cancel"; order: number}
  | {kind: "fill"; fill: Filled};

/** The state of a run, which the engine's parts work on. Columns are by the symbols' order. */
export interface Context {
  readonly bars: readonly Bars[];
  readonly rules: ExecutionRules;
  readonly costs: Costs;
  readonly account: Account;
  readonly rates: Rates;
  /** Returns the session that a time is in; equal within one session, different in the next. */
  readonly sessionOf: (time: number) => number;
  /** Orders that wait, by symbol, oldest first. */
  readonly books: Order[][];
  readonly journal: JournalRecord[];
  readonly queue: Event[];
  /** Now, milliseconds since 1970 UTC. */
  time: number;
  /** Index of each symbol's last bar, -1 before the first. */
  readonly bar: Int32Array;
  /** What may still be filled in this bar, in units. */
  readonly capacity: Float64Array;
  /** Share of the equity that the last order for one was for; NaN when units were traded since. */
  readonly share: Float64Array;
  /** 1 while nothing fills. */
  readonly halted: Uint8Array;
  readonly delisted: Uint8Array;
  /** Number of the last order. */
  lastOrder: number;
}

/** Tells whether an order still waits: one that ended has no units left. */
export function isAlive({units}: Order): boolean {
  return units !== 0;
}

/** Ends an order, with the reason, before it is filled whole. */
export function end(x: Context, order: Order, kind: Ended["kind"], reason: string): void {
  order.units = 0;
  x.journal.push({kind, time: x.time, order: order.id, symbol: x.bars[order.symbol].symbol, reason});
}

/** Takes the orders that ended out of a symbol's book. */
export function tidy(x: Context, symbol: number): void {
  const book = x.books[symbol];
  let kept = 0;
  for (const order of book) if (isAlive(order)) book[kept++] = order;
  while (book.length > kept) book.pop();
}

/** Puts an order into its book and the journal. */
export function accept(x: Context, order: Order): void {
  x.books[order.symbol].push(order);
  const {id, type, tif, side, units, share, limit, stop, oco, parent} = order;
  const record: Ordered = {
    kind: "order",
    time: x.time,
    order: id,
    symbol: x.bars[order.symbol].symbol,
    type,
    tif,
    units: Number.isNaN(units) ? null : side * units
  };
  if (!Number.isNaN(share)) record.share = share;
  if (!Number.isNaN(limit)) record.limit = limit;
  if (!Number.isNaN(stop)) record.stop = stop;
  if (oco !== undefined) record.oco = oco;
  if (parent !== 0) record.parent = parent;
  x.journal.push(record);
}
