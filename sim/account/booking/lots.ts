/** First in, first out: the lots of one position. */

import {absolute, exact, share, type Amount} from "./amounts.js";

export interface Lot {
  /** Signed as the position. */
  quantity: Amount;
  /** What was paid, commissions and taxes in it; negative for a short lot. */
  cost: Amount;
  openPrice: Amount;
  /** `yyyy-mm-ddThh:mm:ss` */
  opened: string;
  transactionID: string;
  orderID: string;
}

export const sumOf = (lots: readonly Lot[], key: "quantity" | "cost"): Amount =>
  lots.reduce((sum, lot) => sum + lot[key], 0n);

/** Takes a quantity (of the sign of the lots) out of the oldest lots, and returns what was taken. */
export function take(lots: Lot[], quantity: Amount): Lot[] {
  const taken: Lot[] = [];
  for (let left = quantity; left !== 0n;) {
    const lot = lots[0];
    if (!lot) throw new RangeError(`no lot left to close ${left}`);
    if (absolute(lot.quantity) <= absolute(left)) {
      taken.push(lot);
      lots.shift();
      left -= lot.quantity;
    } else {
      const cost = share(lot.cost, left, lot.quantity, 4);
      taken.push({...lot, quantity: left, cost});
      lots[0] = {...lot, quantity: lot.quantity - left, cost: lot.cost - cost};
      left = 0n;
    }
  }
  return taken;
}

/** Quantity times price of opening, without commissions. */
export function openMoney(lots: readonly Lot[]): Amount {
  return lots.reduce((sum, lot) => sum + exact(lot.quantity, lot.openPrice), 0n);
}
