import type {OrderContract} from "../order.js";
import {isSettledDaily, marginOf} from "./margin.js";
import type {WorkingOrder} from "./working.js";

/** What is held of a contract. */
export interface PaperPosition {
  contract: OrderContract;
  /** Below zero when short, never zero. */
  units: number;
  /** Mean price that they were opened at, in the contract's currency. */
  price: number;
  /** Price that they are valued at: the last one that was quoted. */
  mark: number;
  /** Price that gains and losses are in cash up to: of a future the last settlement's; 0 where the whole value was paid. */
  settled: number;
}

/** What was quoted of a contract before, as far as matching needs it. */
export interface Seen {
  bid: number | null;
  ask: number | null;
  bidSize: number | null;
  askSize: number | null;
  /** Units of those sizes that our own orders have taken. */
  bidTaken: number;
  askTaken: number;
  /** Units that `volumeShare` leaves for fills; Infinity without that rule. */
  capacity: number;
  /** Beginning of the session of the last tick; null when that had none. */
  session: number | null;
}

/** The paper account, whole: what is not in it, a restart forgets. Plain, and never changed in place. */
export interface PaperAccount {
  id: string;
  /** ISO code. */
  base: string;
  /** By currency; below zero is owed. */
  cash: Readonly<Record<string, number>>;
  /** By contract number. */
  positions: ReadonlyMap<number, PaperPosition>;
  /** What waits to be filled, in the order in which it came. */
  orders: readonly WorkingOrder[];
  /** By contract number. */
  seen: ReadonlyMap<number, Seen>;
  /** Gains of what was closed, commissions taken off, in base currency at the rates of their days. */
  realized: number;
  /** The UTC day that it was last looked at in, by its number since 1970, and what it was worth when that day began. */
  day: {number: number; value: number | null} | null;
}

/** Returns an account that holds nothing but cash in its base currency. @throws RangeError unless that is above zero */
export function openAccount(id: string, base: string, amount: number): PaperAccount {
  if (!(amount > 0 && amount < Infinity)) throw new RangeError(`invalid cash: ${amount}`);
  return {
    id,
    base,
    cash: {[base]: amount},
    positions: new Map(),
    orders: [],
    seen: new Map(),
    realized: 0,
    day: null
  };
}

/** Returns units of base for one of a currency; null where there is none. */
export type RateOf = (currency: string) => number | null;

/** What an account is worth in base currency; null where a rate is missing, which is named. */
export interface Worth {
  /** All of it. */
  equity: number;
  cash: number;
  /** What is held, long and short added. */
  gross: number;
  /** Of that, what positions ask for to be opened, and to be held. */
  initial: number;
  maintenance: number;
  unrealized: number;
}

/** Returns what an account is worth, or the currency whose rate is missing. */
export function worthOf(
  {cash, positions}: Pick<PaperAccount, "cash" | "positions">,
  rateOf: RateOf
): Worth | {missing: string} {
  const worth = {equity: 0, cash: 0, gross: 0, initial: 0, maintenance: 0, unrealized: 0};
  for (const [currency, amount] of Object.entries(cash)) {
    if (amount === 0) continue;
    const rate = rateOf(currency);
    if (rate === null) return {missing: currency};
    worth.cash += amount * rate;
  }
  for (const {contract, units, price, mark, settled} of positions.values()) {
    const rate = rateOf(contract.currency);
    if (rate === null) return {missing: contract.currency};
    const value = Math.abs(units * contract.multiplier * mark * rate);
    const margin = marginOf(contract);
    worth.equity += units * contract.multiplier * (mark - settled) * rate;
    worth.gross += value;
    worth.initial += margin.initial * value;
    worth.maintenance += margin.maintenance * value;
    worth.unrealized += units * contract.multiplier * (mark - price) * rate;
  }
  worth.equity += worth.cash;
  return worth;
}

const DAY_MS = 86_400_000;

/**
 * Returns the account at the beginning of a UTC day, if a new one has begun: what it is worth now is the value that the day
 * began with, and futures are settled at their last price.
 */
export function rolled(account: PaperAccount, rateOf: RateOf, now: number): PaperAccount {
  const number = Math.floor(now / DAY_MS);
  if (account.day?.number === number) return account;
  const worth = worthOf(account, rateOf);
  return {...account, ...settledOf(account), day: {number, value: "missing" in worth ? null : worth.equity}};
}

/** Books what futures have gained or lost since they were settled last; what the account is worth stays as it is. */
function settledOf({cash, positions}: PaperAccount): Pick<PaperAccount, "cash" | "positions"> {
  const after: Record<string, number> = {...cash};
  const marked = new Map(positions);
  for (const [conId, position] of positions) {
    const {contract, units, mark, settled} = position;
    if (!isSettledDaily(contract)) continue;
    const {currency, multiplier} = contract;
    after[currency] = (after[currency] ?? 0) + units * multiplier * (mark - settled);
    marked.set(conId, {...position, settled: mark});
  }
  return {cash: after, positions: marked};
}

/** Rests of units below this part of what changed hands are rounding. */
export const DUST = 1e-12;

/** Units that change hands. */
export interface Booking {
  contract: OrderContract;
  /** Above zero are bought. */
  units: number;
  price: number;
  /** In the contract's currency. */
  commission: number;
}

/**
 * Returns cash, positions and gains after units have changed hands; the price becomes the mark. A future costs its commission
 * alone, and brings what it gained since it was settled last.
 */
export function booked(
  {cash, positions, realized}: Pick<PaperAccount, "cash" | "positions" | "realized">,
  {contract, units, price, commission}: Booking,
  rate: number
): Pick<PaperAccount, "cash" | "positions" | "realized"> {
  const {conId, currency, multiplier} = contract;
  const held = positions.get(conId);
  const before = held?.units ?? 0;
  const sum = before + units;
  const after = Math.abs(sum) <= DUST * Math.abs(units) ? 0 : sum;
  const closed = before * units < 0 ? Math.min(Math.abs(before), Math.abs(units)) : 0;
  const gain = closed * Math.sign(before) * multiplier * (price - (held?.price ?? price));
  const fresh = isSettledDaily(contract) ? price : 0;
  const settled = held?.settled ?? fresh;
  const closing = Math.sign(units) * closed;
  const paid = closing * (price - settled) + (units - closing) * (price - fresh);
  const changed = new Map(positions);
  if (after === 0) changed.delete(conId);
  else
    changed.set(conId, {
      contract,
      units: after,
      price: meanPrice(held, units, after, {before: held?.price ?? price, now: price}),
      mark: price,
      settled: meanPrice(held, units, after, {before: settled, now: fresh})
    });
  return {
    cash: {...cash, [currency]: (cash[currency] ?? 0) - paid * multiplier - commission},
    positions: changed,
    realized: realized + (gain - commission) * rate
  };
}

/** What closes leaves the mean as it is; what opens moves it; what turns the side begins it anew. */
function meanPrice(
  held: PaperPosition | undefined,
  units: number,
  after: number,
  {before, now}: {before: number; now: number}
): number {
  if (!held || held.units * after < 0 || before === now) return now;
  if (held.units * units < 0) return before;
  return (held.units * before + units * now) / after;
}
