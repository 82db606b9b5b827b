import {UNIT, type Amount} from "../../money/amount.js";
import {worth} from "../exposure.js";
import type {CashKind, Movement} from "../movements/movement.js";
import type {Unknown} from "../roll/nav.js";
import type {Frame} from "./frame.js";

/** What a holding earned over a statement, in base, and what it was made of. */
export interface Earned {
  /** Change of its worth, and what was paid and received for it: mark-to-market. */
  mtm: Amount;
  /** Commissions, taxes, dividends and whatever else is booked on it. */
  other: Amount;
  /** Ids of the rows. */
  rows: string[];
}

const COSTS: ReadonlySet<CashKind> = new Set(["commission", "tax", "bond-interest"]);

/**
 * Returns what a holding earned from the close before `from` to that of `to`, converted at the last day's rate as IBKR
 * does; why not, where a mark or a rate is missing. A corporate action counts with its cash alone: what it exchanges is
 * worth the same on both sides.
 */
export function earned(
  frame: Frame,
  key: string,
  from: string,
  to: string,
  movements: readonly Movement[]
): Earned | Unknown {
  const holding = frame.holding(key);
  if (!holding) return {kind: "mark", item: key, reason: `nothing says what ${key} is`};
  const before = frame.dayBefore(from);
  const {holdings} = frame.roll;
  const item = frame.symbol(key);
  const value = (day: string): Amount | null => {
    const quantity = holdings.at(key, day);
    if (!quantity) return 0n;
    const mark = frame.marks.holding(key, day);
    return mark && worth(holding, quantity, mark.price);
  };
  const [then, now] = [value(before), value(to)];
  const noMark = then === null ? before : now === null ? to : null;
  if (then === null || now === null) {
    return {
      kind: "mark",
      item,
      reason: `no price of ${item} on ${noMark}: tick Open Positions, with Breakout by Day, in the Flex query`
    };
  }
  let paid = 0n;
  let other = 0n;
  for (const movement of movements) {
    const isTrade = movement.kind !== "cash";
    if (movement.kind === "corporate-action")
      paid += movement.cash.reduce((sum, leg) => sum + leg.amount, 0n);
    else if (movement.proceeds === null)
      return {kind: "mark", item, reason: `the transfer of ${item} on ${movement.day} says no value`};
    else paid += movement.proceeds;
    for (const {currency, amount, kind} of movement.cash) {
      if (isTrade && !COSTS.has(kind)) continue;
      const inBase = frame.inBase(amount, currency, to);
      if (inBase === null)
        return {
          kind: "rate",
          item: currency,
          reason: `no rate of ${currency} on ${to}: tick Conversion Rates in the Flex query`
        };
      other += inBase;
    }
  }
  const mtm = frame.inBase(now - then + paid, holding.currency ?? currencyOf(movements), to);
  if (mtm === null) {
    const currency = holding.currency ?? "";
    return {
      kind: "rate",
      item: currency,
      reason: `no rate of ${currency} on ${to}: tick Conversion Rates in the Flex query`
    };
  }
  return {mtm, other, rows: movements.map(({id}) => id)};
}

function currencyOf(movements: readonly Movement[]): string | null {
  return movements.find(({currency}) => currency)?.currency ?? null;
}

/** Units in base of one unit of a currency, where it has a rate that day. */
export function rateList(frame: Frame, currency: string | null, day: string): Amount[] {
  const rate = frame.inBase(UNIT, currency, day);
  return rate === null ? [] : [rate];
}
