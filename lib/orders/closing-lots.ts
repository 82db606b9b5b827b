import {termOf} from "../ledger/lots/books.js";
import type {OrderPreview} from "./desk.js";
import type {Fill} from "./executions.js";

/** A lot that is open: units below zero where it is short; what they cost, or brought, in the contract's currency. */
export interface OpenLot {
  /** ISO day; null where nothing says it. */
  opened: string | null;
  units: number;
  /** Null where nothing tells it. */
  cost: number | null;
}

const DUST = 1e-9;

/**
 * Returns the lots that a closing order takes, in the order in which they are given, the last one in part.
 *
 * @param units of the order, below zero for a sale
 * @param price per unit of what a contract delivers; null where there is none: gains are null then
 * @param day of the order, ISO: a lot held for more than a year is a long-term one
 * @returns empty where no lot is on the other side
 */
export function closingLots(
  lots: readonly OpenLot[],
  {units, price, multiplier, day}: {units: number; price: number | null; multiplier: number; day: string}
): OrderPreview["lots"] {
  const taken: OrderPreview["lots"][number][] = [];
  let left = Math.abs(units);
  for (const lot of lots) {
    if (left <= DUST) break;
    if (lot.units * units >= 0) continue;
    const part = Math.min(left, Math.abs(lot.units));
    left -= part;
    const cost = lot.cost === null ? null : (lot.cost * part) / Math.abs(lot.units);
    const worth = price === null ? null : price * part * multiplier * Math.sign(lot.units);
    taken.push({
      opened: lot.opened,
      units: part,
      cost,
      gain: cost === null || worth === null ? null : worth - cost,
      isLongTerm: termOf(lot.opened, day) === "long"
    });
  }
  return taken;
}

/**
 * Returns the lots that fills leave open, first opened first closed; costs without commissions.
 * @param fills of one contract in an account that began without it, by time
 * @param dayOf the day that a moment is in, ISO
 */
export function lotsOfFills(
  fills: readonly Pick<Fill, "side" | "shares" | "price" | "time">[],
  {multiplier, dayOf}: {multiplier: number; dayOf: (time: number) => string}
): OpenLot[] {
  const open: {opened: string; units: number; cost: number}[] = [];
  for (const {side, shares, price, time} of fills) {
    let left = side === "BOT" ? shares : -shares;
    while (Math.abs(left) > DUST && open.length && open[0].units * left < 0) {
      const [lot] = open;
      const part = Math.min(Math.abs(left), Math.abs(lot.units));
      const rest = Math.abs(lot.units) - part;
      left -= Math.sign(left) * part;
      if (rest <= DUST) open.shift();
      else
        open[0] = {...lot, units: Math.sign(lot.units) * rest, cost: (lot.cost * rest) / Math.abs(lot.units)};
    }
    if (Math.abs(left) > DUST) open.push({opened: dayOf(time), units: left, cost: left * price * multiplier});
  }
  return open;
}
