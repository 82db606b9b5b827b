import {apportion, proportion, sumAmounts, type Amount, absolute} from "../../money/amount.js";
import {Heap} from "./heap.js";
import {unknownLot, type Lot, type LotMethod} from "./lot.js";

/** A lot as it stood from one day until the day before another. */
export interface LotSpan {
  lot: Lot;
  since: string;
  until: string;
  book: LotBook;
}

/** Day after all days. */
export const FOREVER = "9999-12-31";

/** What a closing names: lots by a key of `keysOf`, and how much of them. */
export interface Wanted {
  key: string;
  quantity: Amount;
  /** What it costs, where one lot is all of it and someone else says so. */
  cost?: Amount;
}

/** A part of a lot that was taken out, and the rule that chose it. */
export interface Taken {
  lot: Lot;
  by: LotMethod;
}

/** Stands where a lot was that is closed. */
const CLOSED: Lot = unknownLot({table: "trades", id: ""}, {account: "", holding: "", currency: ""});

interface Held {
  lot: Lot;
  /** Day since which the lot stands as it does. */
  since: string;
  /** Order of opening, among lots of the same time. */
  order: number;
  /** Cost of one unit as it came in, nearest float; NaN where unknown. */
  unit: number;
  came: Lot;
}

/** Open lots of one holding in one account, all long or all short, and which of them a closing takes. */
export class LotBook {
  /** Sum of the lots. */
  quantity: Amount = 0n;

  readonly #method: LotMethod;
  readonly #spans: LotSpan[];
  readonly #keysOf: (lot: Lot) => readonly string[];
  /** In order of opening; a lot of quantity 0 is closed and not yet swept out. */
  #held: Held[] = [];
  #head = 0;
  #count = 0;
  #costliest: Heap<Held> | undefined;
  #byKey: Map<string, Held[]> | undefined;
  /** Method average: what all lots cost together, by the days since which they do. */
  #pool: Amount | null = 0n;
  readonly #pools: {since: string; cost: Amount | null}[] = [];

  /**
   * @param method which lots a closing takes; `booked` and `specific` take what is named, then first in, first out
   * @param spans where each state of a lot is put once it is over
   * @param keysOf names that a closing may call a lot by
   */
  constructor(method: LotMethod, spans: LotSpan[], keysOf: (lot: Lot) => readonly string[]) {
    this.#method = method;
    this.#spans = spans;
    this.#keysOf = keysOf;
    if (method === "hifo") this.#costliest = new Heap(isCostlier);
  }

  /** Opens a lot of the sign of those that are there, on a day. */
  add(lot: Lot, day: string): void {
    const held: Held = {lot, since: day, order: this.#count++, unit: unitCost(lot), came: lot};
    this.#held.splice(this.#placeOf(held), 0, held);
    this.#costliest?.push(held);
    if (this.#byKey) this.#index(held);
    this.quantity += lot.quantity;
    this.#setPool(this.#pool === null || lot.cost === null ? null : this.#pool + lot.cost, day);
  }

  /**
   * Closes a quantity, of the sign of the lots and no more than they are, on a day: what is wanted first, then by the
   * method. The parts' costs are exact shares, those of the whole their sum.
   */
  take(quantity: Amount, day: string, wanted: readonly Wanted[] = []): Taken[] {
    const before = this.quantity;
    const taken: Taken[] = [];
    let left = quantity;
    const close = (held: Held, most: Amount, by: LotMethod, cost?: Amount) => {
      const {quantity: there} = held.lot;
      const part = absolute(there) <= absolute(most) ? there : most;
      taken.push({lot: this.#split(held, part, day, part === most ? cost : undefined), by});
      left -= part;
      return part;
    };
    for (const {key, quantity: asked, cost} of wanted) {
      let named = absolute(asked) < absolute(left) ? asked : left;
      for (const held of this.#find(key))
        if (named && held.lot.quantity)
          named -= close(held, named, this.#method, named === asked ? cost : undefined);
    }
    const rule = this.#byName ? "fifo" : this.#method;
    while (left) close(this.#next(), left, rule);
    if (this.#method === "average") this.#takeFromPool(taken, quantity, before, day);
    return taken;
  }

  /** Takes out all lots, in order of opening. */
  takeAll(day: string): Lot[] {
    const lots = this.lots();
    for (const held of this.#held) if (held.lot.quantity) this.#split(held, held.lot.quantity, day);
    this.#sweep();
    this.#setPool(0n, day);
    return lots;
  }

  /** Returns the open lots in order of opening. */
  lots(): Lot[] {
    const lots = this.#held.flatMap(({lot}) => (lot.quantity ? [lot] : []));
    return this.#method === "average" ? this.#priced(lots, this.#pool) : lots;
  }

  /** Returns lots of one day with what they cost on it: their own, or their share of the pool. */
  pricedOn(day: string, lots: readonly Lot[]): Lot[] {
    if (this.#method !== "average") return [...lots];
    return this.#priced(lots, this.#pools.findLast(({since}) => since <= day)?.cost ?? null);
  }

  /** Puts the lots that are still open among the spans. */
  end(): void {
    for (const {lot, since} of this.#held)
      if (lot.quantity) this.#spans.push({lot, since, until: FOREVER, book: this});
  }

  get #byName(): boolean {
    return this.#method === "booked" || this.#method === "specific";
  }

  #priced(lots: readonly Lot[], pool: Amount | null): Lot[] {
    if (pool === null) return lots.map((lot) => ({...lot, cost: null}));
    const costs = apportion(
      pool,
      lots.map(({quantity}) => quantity)
    );
    return lots.map((lot, i) => ({...lot, cost: costs[i]}));
  }

  #takeFromPool(taken: Taken[], quantity: Amount, before: Amount, day: string): void {
    const part = this.#pool === null ? null : proportion(this.#pool, quantity, before);
    const priced = this.#priced(
      taken.map(({lot}) => lot),
      part
    );
    for (const [i, lot] of priced.entries()) taken[i].lot = lot;
    const rest = this.#pool === null || part === null ? null : this.#pool - part;
    this.#setPool(this.quantity ? rest : 0n, day);
  }

  #setPool(cost: Amount | null, day: string): void {
    if (this.#method !== "average") return;
    this.#pool = cost;
    const last = this.#pools.at(-1);
    if (last?.since === day) last.cost = cost;
    else this.#pools.push({since: day, cost});
  }

  /** Where a lot stands in the order of opening: mostly last. */
  #placeOf(held: Held): number {
    let at = this.#held.length;
    while (at > this.#head && opensBefore(held, this.#held[at - 1])) --at;
    return at;
  }

  #next(): Held {
    const next = this.#costliest
      ? this.#nextCostly()
      : this.#method === "lifo"
        ? this.#last()
        : this.#first();
    if (!next) throw new RangeError("no lot left to close");
    return next;
  }

  #first(): Held | undefined {
    while (this.#head < this.#held.length && !this.#held[this.#head].lot.quantity) ++this.#head;
    if (this.#head > 64 && 2 * this.#head > this.#held.length) {
      this.#held = this.#held.slice(this.#head);
      this.#head = 0;
    }
    return this.#held[this.#head];
  }

  #last(): Held | undefined {
    while (this.#held.length && !this.#held[this.#held.length - 1].lot.quantity) this.#held.pop();
    return this.#held.at(-1);
  }

  #nextCostly(): Held | undefined {
    const heap = this.#costliest;
    while (heap?.peek()?.lot.quantity === 0n) heap.pop();
    if (!this.quantity) this.#sweep();
    return heap?.peek();
  }

  #sweep(): void {
    this.#held = [];
    this.#head = 0;
    this.#byKey = undefined;
    if (this.#costliest) this.#costliest = new Heap(isCostlier);
  }

  #find(key: string): readonly Held[] {
    if (!this.#byKey) {
      this.#byKey = new Map();
      for (const held of this.#held) if (held.lot.quantity) this.#index(held);
    }
    return this.#byKey.get(key) ?? [];
  }

  #index(held: Held): void {
    for (const key of this.#keysOf(held.lot)) {
      const named = this.#byKey?.get(key);
      if (named) named.push(held);
      else this.#byKey?.set(key, [held]);
    }
  }

  #split(held: Held, quantity: Amount, day: string, said?: Amount): Lot {
    const {lot, since} = held;
    if (since < day) this.#spans.push({lot, since, until: day, book: this});
    held.since = day;
    this.quantity -= quantity;
    if (quantity === lot.quantity && said === undefined) {
      held.lot = CLOSED;
      return lot;
    }
    const share = (amount: Amount) => (amount ? proportion(amount, quantity, lot.quantity) : 0n);
    const cost = said ?? (lot.cost === null ? null : share(lot.cost));
    const [premium, washSale] = [share(lot.premium), share(lot.washSale)];
    held.lot = {
      ...lot,
      quantity: lot.quantity - quantity,
      cost: cost === null || lot.cost === null ? null : lot.cost - cost,
      premium: lot.premium - premium,
      washSale: lot.washSale - washSale
    };
    return {...lot, quantity, cost, premium, washSale};
  }
}

/** Returns the sum of the lots' costs; null where one is not known. */
export function costOf(lots: readonly Lot[]): Amount | null {
  const costs = lots.map(({cost}) => cost);
  return costs.includes(null) ? null : sumAmounts(costs as Amount[]); // none is null
}

function opensBefore(a: Held, b: Held): boolean {
  return (a.came.openedTime ?? "") < (b.came.openedTime ?? "");
}

function unitCost({cost, quantity}: Lot): number {
  return cost === null || !quantity ? NaN : Number(cost) / Number(quantity);
}

/** Highest cost first, so that the gain is least: of short lots the one that brought least; unknown costs last. */
function isCostlier(a: Held, b: Held): boolean {
  const [x, y] = [a.unit, b.unit];
  if (Number.isNaN(x) || Number.isNaN(y)) {
    if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(y);
  } else {
    const difference =
      Math.abs(x - y) > 1e-12 * Math.abs(x + y) ? Math.sign(x - y) : exactOrder(a.came, b.came);
    if (difference) return a.came.quantity < 0n ? difference < 0 : difference > 0;
  }
  const [first, second] = [a.came.openedTime ?? "", b.came.openedTime ?? ""];
  return first === second ? a.order < b.order : first < second;
}

/** Compares cost / quantity without rounding; both lots have the same sign. */
function exactOrder(a: Lot, b: Lot): number {
  const [x, y] = [(a.cost ?? 0n) * b.quantity, (b.cost ?? 0n) * a.quantity];
  return x === y ? 0 : x > y ? 1 : -1;
}
