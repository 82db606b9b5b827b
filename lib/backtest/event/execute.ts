import {DUST} from "./account.js";
import {accept, type Context, end, isAlive} from "./context.js";
import {feeOf, slippedAt} from "./cost.js";
import {distanceOf, marketOrder, type Order} from "./order.js";
import {sizeAtFill} from "./sizing.js";

/**
 * Fills an order at a price of the market, as far as volume and cash allow; what it closes is always paid for, what it
 * opens may be rejected (rule 18). Books it, tells the journal, takes it off the others of its group, starts its exits.
 */
export function execute(x: Context, order: Order, price: number): void {
  const {account, capacity} = x;
  const k = order.symbol;
  account.mark[k] = price;
  if (Number.isNaN(order.units) && !sizeAtFill(x, order, price))
    return end(x, order, "rejected", "the amount is not enough for a unit");
  const held = account.units[k];
  const reducible = held * order.side < 0 ? Math.abs(held) : 0;
  if ((order.reduceOnly || order.share === 0) && order.units > reducible) {
    if (reducible === 0) return end(x, order, "cancelled", "nothing is held to reduce");
    order.units = reducible;
  }
  if (order.tif === "FOK" && capacity[k] < order.units)
    return end(x, order, "cancelled", `the volume is too little: ${capacity[k]}`);
  const units = Math.min(order.units, capacity[k]);
  if (!(units > 0)) return;
  const opening = Math.max(units - reducible, 0);
  const {filled, opened} = trade(x, order, price, units - opening, opening);
  if (filled === 0) return;
  capacity[k] -= filled;
  x.share[k] = order.share;
  if (isAlive(order)) take(order, filled);
  shareOut(x, order, filled);
  dropExits(x, k);
  if (order.bracket && opened > 0) startExits(x, order, opened, price);
}

/** Books the part that closes, then, if it can be paid for, the part that opens. */
function trade(
  x: Context,
  order: Order,
  price: number,
  closing: number,
  opening: number
): {filled: number; opened: number} {
  const {symbol: k, side} = order;
  const rate = x.account.rate[k];
  const taken = bounded(x, order, slippedAt(x, k, side * (closing + opening), price, order.type));
  const closedAt = x.rules.slippage === "entries" ? price : taken;
  const closingFee = fee(x, order, closing, closedAt) * rate;
  if (closing > 0) book(x, order, side * closing, closedAt, closingFee);
  let reason: string | undefined;
  let opened = 0;
  let openingFee = 0;
  if (opening > 0) {
    const reckoned = fee(x, order, closing + opening, closedAt) - fee(x, order, closing, closedAt);
    reason = unaffordable(x, (opening * taken + reckoned) * rate);
    opened = reason === undefined ? opening : 0;
    openingFee = (fee(x, order, closing + opened, taken) - fee(x, order, closing, taken)) * rate;
  }
  if (opened > 0) book(x, order, side * opened, taken, openingFee);
  if (closedAt === taken) tell(x, order, side * (closing + opened), taken, closingFee + openingFee);
  else {
    tell(x, order, side * closing, closedAt, closingFee);
    tell(x, order, side * opened, taken, openingFee);
  }
  if (reason !== undefined) end(x, order, "rejected", reason);
  return {filled: closing + opened, opened};
}

/** Returns the commission of so many units of an order, in the symbol's currency. */
function fee(x: Context, {symbol, side}: Order, units: number, price: number): number {
  return units === 0 ? 0 : feeOf(x, symbol, side * units, price);
}

/** Returns why what is opened cannot be paid for; undefined when it can. */
function unaffordable({account, rules}: Context, cost: number): string | undefined {
  const equity = account.equity();
  const free = equity / rules.margin - account.gross();
  return cost <= free + DUST * Math.abs(equity) ? undefined : `it costs ${cost}, free are ${free}`;
}

function book(x: Context, {symbol}: Order, units: number, price: number, commission: number): void {
  x.account.book({symbol, units, price, commission, time: x.time});
}

function tell(x: Context, {id, symbol}: Order, units: number, price: number, commission: number): void {
  if (units === 0) return;
  const fill = {
    kind: "fill",
    time: x.time,
    order: id,
    symbol: x.bars[symbol].symbol,
    units,
    price,
    commission,
    rate: x.account.rate[symbol]
  } as const;
  x.journal.push(fill);
  x.queue.push({kind: "fill", fill});
}

/** A limit order never fills beyond its limit; a spread is paid on top of it. */
function bounded({rules}: Context, {limit, side}: Order, price: number): number {
  if (Number.isNaN(limit) || rules.slippage === "entries") return price;
  return side > 0 ? Math.min(price, limit) : Math.max(price, limit);
}

function take(order: Order, units: number): void {
  const left = order.units - units;
  order.units = left <= DUST * units ? 0 : left;
}

/** Takes what an order filled off the others of its group (rule 10). */
function shareOut(x: Context, {id, symbol, oco}: Order, units: number): void {
  if (oco === undefined) return;
  for (const other of x.books[symbol]) {
    if (other.oco !== oco || other.id === id || !isAlive(other)) continue;
    take(other, units);
    if (!isAlive(other)) end(x, other, "cancelled", `order ${id} of its group filled`);
  }
}

/** Cancels exits that have nothing left to close. */
function dropExits(x: Context, symbol: number): void {
  const held = x.account.units[symbol];
  for (const order of x.books[symbol]) {
    if (order.parent !== 0 && isAlive(order) && order.side * held >= 0)
      end(x, order, "cancelled", "nothing is held to close");
  }
}

/** Lets the exits of an entry work, for what it opened at a price of the market. */
function startExits(x: Context, entry: Order, units: number, price: number): void {
  const running = x.books[entry.symbol].filter(({parent}) => parent === entry.id).filter(isAlive);
  for (const exit of running) exit.units += units;
  if (running.length) return;
  const {stop, target, trail} = entry.bracket!; // asked by the caller
  const exit = {
    side: -entry.side,
    units,
    reduceOnly: true,
    parent: entry.id,
    oco: `exits of ${entry.id}`
  };
  const order = () => ({...marketOrder(++x.lastOrder, entry.symbol, exit.side, units), ...exit});
  if (stop !== undefined) accept(x, {...order(), type: "STP", stop});
  if (trail) accept(x, {...order(), type: "TRAIL", best: price, ...distanceOf(trail)});
  if (target !== undefined) accept(x, {...order(), type: "LMT", limit: target});
}
