/** Lots of one holding, first in first out, in the plainest way (R13, R17, R25). */
import {Fraction, sum} from "./fraction.js";

export interface Lot {
  /** transactionID of the row that opened it. */
  id: string;
  day: string;
  time: string;
  /** Signed as the holding. */
  quantity: Fraction;
  /** With commissions and taxes, signed as the quantity; null where no row says it. */
  cost: Fraction | null;
  /** Price it was opened at, without commissions. */
  price: Fraction;
}

export interface Closed extends Lot {
  /** What the closing brought less its own costs, for this part; less `cost` it is the gain. */
  proceeds: Fraction;
}

/** Takes a quantity of the lots' own sign out of the oldest ones; a part of a lot costs its share. */
export function take(lots: Lot[], quantity: Fraction): Lot[] {
  const taken: Lot[] = [];
  let left = quantity;
  while (left.sign !== 0) {
    const [lot] = lots;
    if (!lot) throw new RangeError(`no lot left to close ${left.text()}`);
    if (!left.size.below(lot.quantity.size)) {
      taken.push(lot);
      lots.shift();
      left = left.minus(lot.quantity);
      continue;
    }
    const cost = lot.cost && lot.cost.times(left).over(lot.quantity);
    taken.push({...lot, quantity: left, cost});
    lots[0] = {
      ...lot,
      quantity: lot.quantity.minus(left),
      cost: lot.cost && lot.cost.minus(cost as Fraction) // both are null or none is
    };
    left = Fraction.ZERO;
  }
  return taken;
}

export function quantityOf(lots: readonly Lot[]): Fraction {
  return sum(lots.map(({quantity}) => quantity));
}

/** What the lots cost together; null where one's cost is not known. */
export function costOf(lots: readonly Lot[]): Fraction | null {
  if (lots.some(({cost}) => cost === null)) return null;
  return sum(lots.map(({cost}) => cost as Fraction)); // none is null
}
