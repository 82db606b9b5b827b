import {accept, type Context, end, isAlive, tidy} from "./context.js";
import {marketOrder, type Order} from "./order.js";
import {sizeAtClose} from "./sizing.js";

/** Takes the order of a signal, unless its share is held already or on its way (rule 4). */
export function takeSignal(x: Context, order: Order): void {
  const {account, books, rules} = x;
  const {symbol, share} = order;
  x.journal.push({kind: "signal", time: x.time, symbol: x.bars[symbol].symbol, share});
  if (!rules.exclusive) {
    const waiting = books[symbol].find((each) => !Number.isNaN(each.share));
    if (waiting?.share === share) return;
    if (waiting) {
      end(x, waiting, "cancelled", "a newer signal takes its place");
      tidy(x, symbol);
    }
    const held = account.units[symbol];
    if (share === 0 ? held === 0 : held !== 0 && x.share[symbol] === share) return;
  }
  takeOrder(x, order);
}

/** Takes an order into the book, or rejects it. */
export function takeOrder(x: Context, order: Order): void {
  const {symbol: k} = order;
  if (x.delisted[k]) return reject(x, order, "delisted");
  if (x.bar[k] < 0) return reject(x, order, "it has no bar yet");
  if (x.rules.exclusive && !order.reduceOnly) {
    clear(x, k);
    if (order.share === 0) return;
  }
  if (x.rules.sizing === "close" && Number.isNaN(order.units) && !sizeAtClose(x, order))
    return reject(x, order, "the amount is not enough for a unit");
  if (x.rules.wholeUnits) order.units = Math.trunc(order.units);
  if (order.units === 0) return reject(x, order, "it is for less than a unit");
  accept(x, order);
}

/** Cancels what waits but exits, and closes what is held. */
function clear(x: Context, symbol: number): void {
  for (const order of x.books[symbol])
    if (order.parent === 0) end(x, order, "cancelled", "a newer order takes its place");
  tidy(x, symbol);
  closeHeld(x, symbol);
}

/** Orders that what is held of a symbol be closed at the market. */
export function closeHeld(x: Context, symbol: number): void {
  const held = x.account.units[symbol];
  if (held === 0) return;
  const order = marketOrder(++x.lastOrder, symbol, -Math.sign(held), Math.abs(held));
  order.reduceOnly = true;
  accept(x, order);
}

/** Takes an order back, if it waits. */
export function cancelOrder(x: Context, id: number): void {
  for (const book of x.books) {
    const order = book.find((each) => each.id === id && isAlive(each));
    if (!order) continue;
    end(x, order, "cancelled", "taken back");
    tidy(x, order.symbol);
  }
}

function reject(x: Context, order: Order, reason: string): void {
  end(x, order, "rejected", reason);
}
