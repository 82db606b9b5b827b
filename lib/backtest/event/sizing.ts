import type {Context} from "./context.js";
import {feeOf, slippedAt} from "./cost.js";
import type {Order} from "./order.js";

/**
 * Turns an order for a share of the equity into units, at the price it fills at (rule 4): what stays or is opened is worth
 * its share of the equity once what it closes is closed, with the commission of the opening in it.
 * @returns false when there is nothing to do, or not enough for a unit
 */
export function sizeAtFill(x: Context, order: Order, price: number): boolean {
  const {account, rules} = x;
  const {symbol: k, share} = order;
  const held = account.units[k];
  const rate = account.rate[k];
  const side = Math.sign(share);
  if (held * side > 0) {
    const more = amountOf(x, share, account.equity()) - Math.abs(held) * price * rate;
    if (more < 0)
      return setUnits(
        order,
        -side,
        Math.abs(held) - cut(rules.wholeUnits, Math.abs(held) + more / (price * rate))
      );
    return setUnits(order, side, unitsFor(x, {symbol: k, side, amountAt: () => more, price, closing: 0}));
  }
  const closing = Math.abs(held);
  if (side === 0) return setUnits(order, -Math.sign(held), closing);
  const equity = account.equity();
  const amountAt = (at: number) => {
    if (closing === 0) return amountOf(x, share, equity);
    const fee = feeOf(x, k, side * closing, at);
    return amountOf(x, share, equity - (side * closing * (at - price) + fee) * rate);
  };
  return setUnits(order, side, closing + unitsFor(x, {symbol: k, side, amountAt, price, closing}));
}

/**
 * Turns an order for a share of the equity into units at its decision, by the last close (rule 4).
 * @returns false when there is nothing to do
 */
export function sizeAtClose(x: Context, order: Order): boolean {
  const {account, rules} = x;
  const k = order.symbol;
  const wanted = amountOf(x, order.share, account.equity()) / (account.mark[k] * account.rate[k]);
  const target = Math.sign(order.share) * cut(rules.wholeUnits, wanted);
  const difference = target - account.units[k];
  return setUnits(order, Math.sign(difference), Math.abs(difference));
}

function setUnits(order: Order, side: number, units: number): boolean {
  if (!(units > 0)) return false;
  order.side = side;
  order.units = units;
  return true;
}

function amountOf({rules}: Context, share: number, equity: number): number {
  return Math.max(Math.abs(share) * rules.wholeEquity * equity, 0);
}

function cut(isWhole: boolean, units: number): number {
  return isWhole ? Math.trunc(units) : units;
}

/** What shall be opened. */
interface Opening {
  symbol: number;
  side: number;
  /** Returns what is to be spent, in base currency, commission included, when what the order closes is closed at a price. */
  amountAt: (price: number) => number;
  /** The market's. */
  price: number;
  /** Units that the same order closes. */
  closing: number;
}

/**
 * Returns the units whose value at the price they get and whose commission are an amount; by repetition, as all three may
 * depend on the units.
 */
function unitsFor(x: Context, {symbol, side, amountAt, price, closing}: Opening): number {
  const {rules} = x;
  const rate = x.account.rate[symbol];
  const closedAt = (at: number) => (rules.slippage === "entries" ? price : at);
  const begin = closing > 0 ? closedAt(slippedAt(x, symbol, side * closing, price, "MKT")) : price;
  let money = amountAt(begin) / rate;
  let units = money / price;
  let unitCost = price;
  for (let round = 0; round < 100 && units > 0; ++round) {
    const at = slippedAt(x, symbol, side * (closing + units), price, "MKT");
    const feeAt = closedAt(at);
    money = amountAt(feeAt) / rate;
    const fee =
      feeOf(x, symbol, side * (closing + units), feeAt) -
      (closing > 0 ? feeOf(x, symbol, side * closing, feeAt) : 0);
    unitCost = at + fee / units;
    const next = Math.max((money - fee) / at, 0);
    if (Math.abs(next - units) <= Number.EPSILON * units) break;
    units = next;
  }
  return rules.wholeUnits && units > 0 ? Math.floor(money / unitCost) : units;
}
