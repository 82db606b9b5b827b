import {type Context, isAlive, tidy} from "./context.js";
import {execute} from "./execute.js";
import {awaitsStop, meetsStop, type Order, stopOf, takes, waitsAtLimit} from "./order.js";

/** Walks a symbol's bar from its open to its close by the way that counts (rule 7), filling what it meets. */
export function walkBar(x: Context, symbol: number): void {
  const book = x.books[symbol];
  const {open, high, low, close} = x.bars[symbol];
  const i = x.bar[symbol];
  const met = book.filter((order) => mayMeet(order, low[i], high[i]));
  const lowFirst = () => walk(x, symbol, [low[i], high[i], close[i]]);
  const highFirst = () => walk(x, symbol, [high[i], low[i], close[i]]);
  if (!met.length) for (const order of book) follow(order, low[i], high[i]);
  else if (met.length === 1 && isPlain(met[0])) lowFirst();
  else if (x.rules.path === "nearer-extreme") (high[i] - open[i] < open[i] - low[i] ? highFirst : lowFirst)();
  else choose(x, symbol, lowFirst, highFirst);
  tidy(x, symbol);
}

/** Rounding, as a part of what an account is worth, by which two ways do not differ. */
const ROUNDING = 1e-12;

/** Tries both ways and takes the one that the rule wants; low first when they come to the same. */
function choose(x: Context, symbol: number, lowFirst: () => void, highFirst: () => void): void {
  const back = keep(x, symbol);
  lowFirst();
  const low = worth(x, symbol);
  back();
  highFirst();
  const high = worth(x, symbol);
  const least = ROUNDING * Math.abs(low);
  const isHigh = x.rules.path === "pessimistic" ? high < low - least : high > low + least;
  if (isHigh) return;
  back();
  lowFirst();
}

/** Returns what leads back to the state as it is now; of other symbols a walk changes nothing. */
function keep(x: Context, symbol: number): () => void {
  const saved = x.account.save(symbol);
  const book = x.books[symbol].map((order) => ({...order}));
  const {length: journal} = x.journal;
  const {length: queue} = x.queue;
  const {lastOrder} = x;
  const capacity = x.capacity[symbol];
  const share = x.share[symbol];
  return () => {
    x.account.restore(symbol, saved);
    x.books[symbol] = book.map((order) => ({...order}));
    x.journal.length = journal;
    x.queue.length = queue;
    x.lastOrder = lastOrder;
    x.capacity[symbol] = capacity;
    x.share[symbol] = share;
  };
}

/** Returns what an account is worth at a bar's close, but for what the other symbols are worth. */
function worth({account, bars, bar}: Context, symbol: number): number {
  return account.cash + account.units[symbol] * bars[symbol].close[bar[symbol]] * account.rate[symbol];
}

function walk(x: Context, symbol: number, points: readonly number[]): void {
  let price = x.bars[symbol].open[x.bar[symbol]];
  for (const point of points) {
    for (;;) {
      const [order, at] = nextMet(x, symbol, price, point);
      for (const each of x.books[symbol]) follow(each, at, at);
      price = at;
      if (!order) break;
      if (awaitsStop(order)) elect(x, order, at);
      if (order.type !== "STP LMT" || takes(order, at)) execute(x, order, at);
    }
  }
}

/** Tells the journal that a stop was met. */
export function elect(x: Context, order: Order, price: number): void {
  order.elected = true;
  x.journal.push({
    kind: "elected",
    time: x.time,
    order: order.id,
    symbol: x.bars[order.symbol].symbol,
    price
  });
}

/** Returns the first order that is met on the way from one price to another, with the price; the end of the way if none is. */
function nextMet(x: Context, symbol: number, from: number, to: number): [Order | undefined, number] {
  let [first, at]: [Order | undefined, number] = [undefined, to];
  for (const order of x.books[symbol]) {
    if (!isAlive(order)) continue;
    const price = metAt(order, from, to, x.capacity[symbol] > 0);
    if (Number.isNaN(price)) continue;
    const isNearer = first === undefined || Math.abs(price - from) < Math.abs(at - from);
    if (isNearer || (price === at && awaitsStop(order) && !awaitsStop(first!))) [first, at] = [order, price];
  }
  return [first, at];
}

/** Returns the price at which an order is met between two prices; NaN when it is not. */
function metAt(order: Order, from: number, to: number, hasVolume: boolean): number {
  if (awaitsStop(order)) {
    if (meetsStop(order, from)) return from;
    const stop = stopOf(order);
    return (to - from) * order.side > 0 && meetsStop(order, to) ? stop : NaN;
  }
  if (!hasVolume || !waitsAtLimit(order)) return NaN;
  if (takes(order, from)) return from;
  return takes(order, to) ? order.limit : NaN;
}

/** Tells whether some way through a bar can meet an order. */
function mayMeet(order: Order, low: number, high: number): boolean {
  const {side, type, limit} = order;
  if (waitsAtLimit(order)) return side > 0 ? limit >= low : limit <= high;
  if (!awaitsStop(order)) return false;
  if (type !== "TRAIL") return side > 0 ? order.stop <= high : order.stop >= low;
  const best = side > 0 ? Math.min(order.best, low) : Math.max(order.best, high);
  return meetsStop({...order, best}, side > 0 ? high : low);
}

/** Tells whether an order, alone, fills at one price whichever way is walked. */
function isPlain({type, bracket}: Order): boolean {
  return (type === "LMT" || type === "STP") && !bracket;
}

/** Lets a trailing stop follow the prices it has seen. */
function follow(order: Order, low: number, high: number): void {
  if (order.type === "TRAIL" && !order.elected)
    order.best = order.side > 0 ? Math.min(order.best, low) : Math.max(order.best, high);
}
