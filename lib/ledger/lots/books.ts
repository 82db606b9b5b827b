import {apportion, type Amount, absolute} from "../../money/amount.js";
import type {Movement} from "../movements/movement.js";
import type {Disposal, Lot, LotMethod, LotProblem} from "./lot.js";
import {LotBook, type LotSpan, type Taken, type Wanted} from "./lot-book.js";
import {bookKey} from "./rows.js";

interface DisposeOptions {
  /** The rule that chose each lot; `fifo` where not said. */
  by?: readonly LotMethod[];
  /** Premium that stands in the cash, as it raised it. */
  premium?: Amount;
  /** Loss that IBKR disallowed of all of it. */
  disallowed?: Amount;
  /** What is no longer held of it, where that is not all: nothing, where only a part of the cost was given up. */
  quantity?: Amount;
}

/** What a wash sale moved into a lot that was opened at a time; by method `booked` into its cost. */
export type Washed = (
  account: string,
  holding: string,
  time: string
) => {amount: Amount; heldSince: string | null} | undefined;

/** Lots of some holdings as they change, and what was closed of them. */
export class Books {
  readonly spans: LotSpan[] = [];
  readonly disposals: Disposal[] = [];
  readonly problems: LotProblem[] = [];
  readonly #books = new Map<string, LotBook>();
  readonly #methodOf: (account: string) => LotMethod;
  readonly #washed: Washed;
  #last: {account: string; holding: string; book: LotBook} | undefined;

  constructor(methodOf: (account: string) => LotMethod, washed: Washed) {
    this.#methodOf = methodOf;
    this.#washed = washed;
  }

  /** Returns the sum of the lots. */
  quantity(account: string, holding: string): Amount {
    return this.#book(account, holding).quantity;
  }

  /** Opens a lot, of the sign of those that are there. */
  add(lot: Lot, day: string): void {
    if (lot.quantity) this.#book(lot.account, lot.holding).add(lot, day);
  }

  /** Returns a lot as a movement opens it, with the option premium that stands in its cost. */
  opened(move: Movement, quantity: Amount, cost: Amount | null, premium = 0n): Lot {
    const {id, table, account, day, time} = move;
    const holding = move.holding ?? "";
    const washed = this.#washed(account, holding, time);
    const washSale = washed?.amount ?? 0n;
    return {
      id,
      account,
      holding,
      currency: move.currency ?? "",
      opened: day,
      openedTime: time,
      heldSince: washed?.heldSince ?? (table === "trades" ? time.slice(0, 10) : day),
      quantity,
      cost: cost === null || !washSale || this.#methodOf(account) !== "booked" ? cost : cost + washSale,
      premium,
      basis: cost === null ? "unknown" : "movement",
      washSale,
      source: {table, id},
      path: []
    };
  }

  /** Takes a quantity of the sign of the lots; at most what is there. */
  taken(move: Movement, quantity: Amount, wanted: readonly Wanted[] = []): Taken[] {
    const book = this.#book(move.account, move.holding ?? "");
    return quantity ? book.take(quantity, move.day, wanted) : [];
  }

  /** Takes a quantity out of a movement's holding; what is not there is a lot of which nothing is known. */
  take(move: Movement, quantity: Amount): Lot[] {
    const held = this.quantity(move.account, move.holding ?? "");
    const there =
      held === 0n || held > 0n !== quantity > 0n ? 0n : absolute(held) < absolute(quantity) ? held : quantity;
    const lots = this.taken(move, there).map(({lot}) => lot);
    return there === quantity ? lots : [...lots, this.unknown(move, quantity - there)];
  }

  /** Takes all lots of a holding. */
  takeAll(account: string, holding: string, day: string): Lot[] {
    return this.#book(account, holding).takeAll(day);
  }

  /** Returns a lot of which only the quantity is known. */
  unknown(move: Movement, quantity: Amount): Lot {
    const lot = this.opened(move, quantity, null);
    return {...lot, id: "", opened: null, openedTime: null, heldSince: null, basis: "unknown"};
  }

  /**
   * Closes lots that were taken, for cash by quantity.
   * @param cash what came in less what it cost, signed; null where it is not known
   */
  dispose(
    lots: readonly Lot[],
    cash: Amount | null,
    move: Movement,
    {by = [], premium = 0n, disallowed = 0n, quantity}: DisposeOptions = {}
  ): void {
    const weights = lots.map((lot) => lot.quantity);
    const [cashes, premiums] = [cash === null ? null : apportion(cash, weights), apportion(premium, weights)];
    const made = lots.map((lot, i): Disposal => {
      const [came, paid] =
        lot.quantity > 0n ? [cashes?.[i], lot.cost] : [negated(lot.cost), negated(cashes?.[i])];
      const proceeds = came ?? null;
      const gain = proceeds === null || paid === null ? null : proceeds - paid;
      const taxDay = move.table === "trades" ? move.time.slice(0, 10) : move.day;
      return {
        account: move.account,
        holding: lot.holding,
        currency: lot.currency,
        opened: lot.opened,
        heldSince: lot.heldSince,
        closed: move.day,
        taxDay,
        quantity: quantity ?? lot.quantity,
        proceeds,
        cost: paid,
        gain,
        premium: premiums[i] - lot.premium,
        term: termOf(lot.heldSince, taxDay),
        washSale: 0n,
        basis: lot.basis,
        by: by[i] ?? "fifo",
        lot: lot.id,
        open: lot.id ? lot.source : null,
        path: lot.path,
        close: {table: move.table, id: move.id}
      };
    });
    spread(disallowed, made);
    this.disposals.push(...made);
  }

  /** Closes no shares: cash for a fraction that was never among the lots. */
  disposeFraction(move: Movement, cash: Amount, cost: Amount | null): void {
    const lot = {...this.unknown(move, 1n), cost};
    this.dispose([{...lot, basis: cost === null ? "unknown" : "movement"}], cash, move, {
      by: ["booked"],
      quantity: 0n
    });
  }

  /** Lists what the rows do not tell. */
  problem(code: LotProblem["code"], {account, holding, day, table, id}: Movement, sentence: string): void {
    this.problems.push({code, account, holding: holding ?? "", day, sentence, row: {table, id}});
  }

  /** Returns the spans of all lots, those that are still open among them. */
  end(): LotSpan[] {
    for (const book of this.#books.values()) book.end();
    return this.spans;
  }

  #book(account: string, holding: string): LotBook {
    const last = this.#last;
    if (last && last.holding === holding && last.account === account) return last.book;
    const key = bookKey(account, holding);
    let book = this.#books.get(key);
    if (!book) this.#books.set(key, (book = new LotBook(this.#methodOf(account), this.spans, keysOf)));
    this.#last = {account, holding, book};
    return book;
  }
}

/** Names of a lot that closings may want: the row that opened it, and its time. */
function keysOf({source, openedTime}: Lot): string[] {
  return [source.id, `at ${openedTime}`];
}

/** Held for more than a year: the day a year after counts as short. */
export function termOf(since: string | null, closed: string): "short" | "long" | null {
  if (since === null) return null;
  return closed > `${Number(since.slice(0, 4)) + 1}${since.slice(4)}` ? "long" : "short";
}

/** What was disallowed goes to the losses, by their size. */
function spread(disallowed: Amount, made: Disposal[]): void {
  if (!disallowed || !made.length) return;
  const losses = made.map(({gain}) => (gain !== null && gain < 0n ? -gain : 0n));
  for (const [i, part] of apportion(disallowed, losses).entries()) made[i].washSale = part;
}

function negated(amount: Amount | null | undefined): Amount | null {
  return amount === null || amount === undefined ? null : -amount;
}
