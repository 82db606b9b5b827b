import {apportion, parseAmount, proportion, type Amount, absolute} from "../../money/amount.js";
import type {Movement} from "../movements/movement.js";
import {bookAction, type Stated, type Taxable} from "./action-booking.js";
import type {BookedClosing, Bookings} from "./booked.js";
import {Books} from "./books.js";
import type {LotEvent} from "./events.js";
import type {Exercise} from "./exercises.js";
import type {Lot, LotChoice, LotMethod} from "./lot.js";
import type {Taken, Wanted} from "./lot-book.js";
import {bookKey, type MovementRows} from "./rows.js";
import {lotsFromOutside, type TransferPair} from "./transfers.js";
import type {LedgerRow} from "../tables.js";

/** What the engine asks beside the events. */
export interface EngineContext {
  methodOf: (account: string) => LotMethod;
  rows: MovementRows;
  bookings: Bookings;
  choices: ReadonlyMap<string, LotChoice>;
  stated: Stated;
  taxable: Taxable;
  known: ReadonlySet<string>;
  transferLots: ReadonlyMap<string, readonly LedgerRow<"transfer_lots">[]>;
}

/**
 * Books events of lots, in order.
 * @param events of holdings that have to do with each other
 * @param isOut trades that were cancelled
 */
export function bookLots(
  events: Iterable<LotEvent>,
  context: EngineContext,
  isOut: (move: Movement) => boolean
): Books {
  return new Engine(context).run(events, isOut);
}

class Engine {
  readonly #context: EngineContext;
  readonly #books: Books;
  readonly #premiums = new Map<Exercise, Map<Movement, Amount | null>>();
  readonly #moving = new Map<TransferPair, Lot[]>();

  constructor(context: EngineContext) {
    this.#context = context;
    const {methodOf, bookings} = context;
    const {reopened} = bookings;
    this.#books = new Books(methodOf, (account, holding, time) =>
      reopened.size ? reopened.get(`${bookKey(account, holding)}/${time}`) : undefined
    );
  }

  run(events: Iterable<LotEvent>, isOut: (move: Movement) => boolean): Books {
    for (const event of events) {
      switch (event.kind) {
        case "opening":
          for (const lot of event.lots) this.#books.add(lot, event.day);
          break;
        case "trade":
          if (!isOut(event.move)) this.#trade(event);
          break;
        case "undo":
          this.#undo(event.move);
          break;
        case "action":
          bookAction(event.group, this.#books, this.#context.stated, this.#context.taxable);
          break;
        case "transfer":
          this.#transfer(event.move, event.pair);
      }
    }
    return this.#books;
  }

  #trade({move, row, exercise, costs: kept}: Extract<LotEvent, {kind: "trade"}>): void {
    const {account, holding, quantity, proceeds, costs} = move;
    const premium = exercise ? this.#premium(exercise, move) : 0n;
    const net =
      proceeds === null || costs === null || kept === null || premium === null
        ? null
        : proceeds + costs + kept - premium;
    const held = this.#books.quantity(account, holding ?? "");
    const isClosing = held !== 0n && held > 0n !== quantity > 0n;
    const closing = !isClosing ? 0n : absolute(held) < absolute(quantity) ? -held : quantity;
    const rest = quantity - closing;
    const [closed, opened] = net === null ? [null, null] : apportion(net, [closing, rest]);
    const [closedPremium, openedPremium] = premium ? apportion(premium, [closing, rest]) : [0n, 0n];
    if (closing) this.#close(move, closing, closed, -closedPremium);
    if (!rest) return;
    if (this.#opens(move, row, closing !== 0n)) {
      const cost = opened === null ? null : -opened;
      this.#books.add(this.#books.opened(move, rest, cost, openedPremium), move.day);
    } else {
      this.#books.problem(
        "no-purchase",
        move,
        `${quantity < 0n ? "sold" : "bought back"} without anything to close: import the statements from before, or tick Open/Close Indicator`
      );
      this.#books.dispose([this.#books.unknown(move, -rest)], opened, move, {premium: -openedPremium});
    }
  }

  /** Whether what a trade does not close is a new position: else it closes what no statement tells of. */
  #opens(move: Movement, row: LedgerRow<"trades"> | undefined, crosses: boolean): boolean {
    if (move.kind !== "trade" && row?.putCall) return false;
    const said = row?.openCloseIndicator ?? "";
    if (said.includes("O")) return true;
    if (said.includes("C")) return false;
    const isDelivery = move.kind !== "trade";
    return (
      move.quantity > 0n ||
      crosses ||
      isDelivery ||
      this.#context.known.has(bookKey(move.account, move.holding ?? ""))
    );
  }

  #close(move: Movement, quantity: Amount, cash: Amount | null, premium: Amount): void {
    const {methodOf, bookings, choices} = this.#context;
    const method = methodOf(move.account);
    const disallowed = bookings.disallowed.get(move.id) ?? 0n;
    if (method === "booked") return this.#closeAsBooked(move, quantity, cash, premium, disallowed);
    const choice = method === "specific" ? choices.get(move.id) : undefined;
    const wanted = (choice?.lots ?? []).map((lot): Wanted => ({
      key: lot.open,
      quantity: signedAs(parseAmount(lot.quantity), -quantity)
    }));
    const taken = this.#books.taken(move, -quantity, wanted);
    if (choice && sumOf(taken.filter(({by}) => by === "specific")) !== sumOf(wanted))
      this.#books.problem(
        "unknown-choice",
        move,
        "not all lots that were named for it are open then: the rest is closed first in, first out"
      );
    this.#dispose(move, taken, cash, premium, disallowed);
  }

  /** Each lot that IBKR lists, with its own cost and gain; what it does not list first in, first out. */
  #closeAsBooked(
    move: Movement,
    quantity: Amount,
    cash: Amount | null,
    premium: Amount,
    disallowed: Amount
  ): void {
    const listed = this.#context.bookings.closed.get(move.id) ?? [];
    let [left, rest] = [-quantity, cash];
    for (const one of listed) {
      const part = signedAs(absolute(left) < one.quantity ? absolute(left) : one.quantity, left);
      if (!part) break;
      const share = (amount: Amount | null) =>
        amount === null ? null : proportion(amount, absolute(part), absolute(one.row.quantity ?? part));
      const {openDateTime} = one.row;
      const cost = share(one.row.cost);
      const wanted = {
        key: `at ${openDateTime}`,
        quantity: part,
        ...(cost !== null && {cost: signedAs(cost, part)})
      };
      const taken = this.#books.taken(move, part, [wanted]);
      const realized = share(one.row.fifoPnlRealized);
      const own = sumCost(taken);
      const paid =
        own !== null && realized !== null
          ? own + realized
          : rest === null
            ? null
            : proportion(rest, part, left);
      const dated = taken.map(({lot}) => ({lot: heldAs(lot, one), by: "booked" as const}));
      this.#dispose(
        move,
        dated,
        paid,
        proportion(premium, part, -quantity),
        proportion(disallowed, part, -quantity)
      );
      rest = rest === null || paid === null ? null : rest - paid;
      left -= part;
    }
    if (!left) return;
    if (!listed.length)
      this.#books.problem(
        "no-closed-lots",
        move,
        "IBKR's closed lots are missing, closed first in, first out: tick Closed Lots in Trades"
      );
    const taken = this.#books.taken(move, left).map(({lot}) => ({lot, by: "fifo" as const}));
    this.#dispose(
      move,
      taken,
      rest,
      proportion(premium, left, -quantity),
      proportion(disallowed, left, -quantity)
    );
  }

  #dispose(
    move: Movement,
    taken: readonly Taken[],
    cash: Amount | null,
    premium: Amount,
    disallowed: Amount
  ): void {
    const lots = taken.map(({lot}) => lot);
    this.#books.dispose(lots, cash, move, {by: taken.map(({by}) => by), premium, disallowed});
    if (lots.some(({basis}) => basis === "unknown"))
      this.#books.problem(
        "unknown-basis",
        move,
        "closes what was held before the first statement, of which no cost is known: import the statements from before"
      );
  }

  /** A delivery's share of what the options had cost: their lots go, and nothing is realized on them (R17). */
  #premium(exercise: Exercise, delivery: Movement): Amount | null {
    let shares = this.#premiums.get(exercise);
    if (!shares) {
      let total: Amount | null = 0n;
      for (const option of exercise.options) {
        for (const {cost} of this.#books.take(option, -option.quantity))
          total = total === null || cost === null ? null : total + cost;
        total = total === null || option.costs === null ? null : total - option.costs;
      }
      const weights = exercise.deliveries.map(({quantity}) => quantity);
      const parts: readonly (Amount | null)[] =
        total === null ? weights.map(() => null) : apportion(total, weights);
      shares = new Map(exercise.deliveries.map((move, i) => [move, parts[i]]));
      this.#premiums.set(exercise, shares);
    }
    return shares.get(delivery) ?? null;
  }

  #undo(move: Movement): void {
    const {account, holding, quantity, day} = move;
    this.#books.problem(
      "unmatched-cancel",
      move,
      "cancels a trade that no statement has: import the statement with the trade"
    );
    const held = this.#books.quantity(account, holding ?? "");
    const back =
      held !== 0n && held > 0n !== quantity > 0n
        ? absolute(held) < absolute(quantity)
          ? -held
          : quantity
        : 0n;
    this.#books.taken(move, -back);
    if (quantity !== back) this.#books.add({...this.#books.unknown(move, quantity - back), id: move.id}, day);
  }

  #transfer(move: Movement, pair: TransferPair | null): void {
    const {account, holding, day, quantity} = move;
    if (pair) {
      const isMoving = this.#moving.has(pair);
      const lots = this.#moving.get(pair) ?? this.#books.take({...pair.out, day}, -pair.out.quantity);
      this.#moving.set(pair, lots);
      if (move === pair.out && isMoving) return;
      if (move !== pair.in) return;
      for (const [i, lot] of lots.entries()) {
        const {table, id} = move;
        const path = [...lot.path, {table, id}];
        this.#books.add({...lot, id: lot.id || (i ? `${id}/${i + 1}` : id), account, path}, day);
      }
      return;
    }
    const held = this.#books.quantity(account, holding ?? "");
    if (held !== 0n && held > 0n !== quantity > 0n) {
      const gone = absolute(held) < absolute(quantity) ? -held : quantity;
      this.#books.taken(move, -gone);
      if (gone !== quantity) this.#arrive(move, quantity - gone);
    } else if (quantity > 0n || isShortIn(move, this.#context.rows)) this.#arrive(move, quantity);
    else
      this.#books.problem(
        "no-purchase",
        move,
        "transferred out without anything there: import the statements from before"
      );
  }

  #arrive(move: Movement, quantity: Amount): void {
    const {account, day, holding} = move;
    const listed = this.#context.transferLots.get(`${account}/${day}/${holding}`) ?? [];
    const lots = lotsFromOutside({...move, quantity}, listed);
    if (lots.some(({cost}) => cost === null))
      this.#books.problem(
        "unknown-basis",
        move,
        "came from outside without what it had cost: tick Transfers with Lots, or import what the other broker says"
      );
    for (const lot of lots) this.#books.add(lot, day);
  }
}

function isShortIn(move: Movement, rows: MovementRows): boolean {
  return rows.transfer(move)?.direction?.toUpperCase() === "IN";
}

function heldAs(lot: Lot, {row}: BookedClosing): Lot {
  const since = row.holdingPeriodDateTime ?? row.openDateTime;
  return {...lot, heldSince: since?.slice(0, 10) ?? lot.heldSince};
}

function sumOf(amounts: readonly (Taken | Wanted)[]): Amount {
  return amounts.reduce((sum, one) => sum + ("lot" in one ? one.lot.quantity : one.quantity), 0n);
}

function sumCost(taken: readonly Taken[]): Amount | null {
  return taken.reduce<Amount | null>(
    (sum, {lot: {cost}}) => (sum === null || cost === null ? null : sum + cost),
    0n
  );
}

function signedAs(amount: Amount, sign: Amount): Amount {
  return amount < 0n === sign < 0n ? amount : -amount;
}
