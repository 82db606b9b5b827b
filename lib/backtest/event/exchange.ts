import type {ExecutionRules} from "../contract.js";
import {type Context, end, isAlive, tidy} from "./context.js";
import {execute} from "./execute.js";
import {awaitsStop, meetsStop, type Order, takes, waitsAtLimit} from "./order.js";
import {elect, walkBar} from "./way.js";

/**
 * Works the bars that end now (rule 19): all opens, the way through each bar, the closes.
 * @param fresh symbols that have one, in their order
 */
export function workBars(x: Context, fresh: readonly number[]): void {
  const {bars, bar, books, rules, capacity} = x;
  const {mark, rate} = x.account;
  let isWaiting = false;
  for (const k of fresh) {
    const i = bar[k];
    mark[k] = bars[k].open[i];
    capacity[k] = capacityOf(rules, bars[k].volume[i]);
    if (books[k].length) isWaiting = true;
  }
  if (isWaiting) {
    workOpens(x, fresh);
    for (const k of fresh) if (books[k].length && !x.halted[k]) walkBar(x, k);
  }
  x.rates.set(rate, x.time, "at");
  for (const k of fresh) mark[k] = bars[k].close[bar[k]];
  if (isWaiting) workCloses(x, fresh);
}

/** Fills, at the close that they were decided on, market orders of symbols that have one (rule 3). */
export function workSameClose(x: Context, fresh: readonly number[]): void {
  const due = fresh.flatMap((k) => (x.halted[k] ? [] : x.books[k].filter(({type}) => type === "MKT")));
  executeAll(x, due, "close");
  endImmediate(x, due);
  for (const k of fresh) tidy(x, k);
}

/** Returns what may be filled in a bar, in units. */
function capacityOf({volumeShare, wholeUnits}: ExecutionRules, volume: number): number {
  const share = volumeShare === null ? Infinity : volumeShare * volume;
  return wholeUnits ? Math.floor(share) : share;
}

function workOpens(x: Context, fresh: readonly number[]): void {
  const due: Order[] = [];
  for (const k of fresh) {
    if (!x.books[k].length) continue;
    const begins = isFirstOfSession(x, k);
    const price = x.bars[k].open[x.bar[k]];
    for (const order of x.books[k]) {
      if (order.until < x.time) end(x, order, "expired", "its time is over");
      if (isAlive(order) && !x.halted[k] && isDueAtOpen(x, order, price, begins)) due.push(order);
    }
  }
  executeAll(x, due, "open");
  for (const k of fresh) {
    if (!x.books[k].length) continue;
    if (!x.halted[k]) endImmediate(x, x.books[k]);
    tidy(x, k);
  }
}

/** Tells whether an order is to be filled at an open; elects a stop that the open has met. */
function isDueAtOpen(x: Context, order: Order, price: number, begins: boolean): boolean {
  if (order.type === "MOO") return begins;
  if (order.type === "LOO") {
    if (begins && !takes(order, price)) end(x, order, "cancelled", `the open is not at its limit: ${price}`);
    return begins && isAlive(order);
  }
  if (order.type === "MOC" || order.type === "LOC") return false;
  if (awaitsStop(order)) {
    if (!meetsStop(order, price)) {
      if (order.type === "TRAIL")
        order.best = order.side > 0 ? Math.min(order.best, price) : Math.max(order.best, price);
      return false;
    }
    elect(x, order, price);
  }
  return !waitsAtLimit(order) || takes(order, price);
}

function workCloses(x: Context, fresh: readonly number[]): void {
  const due: Order[] = [];
  const ended = fresh.filter((k) => x.books[k].length && isLastOfSession(x, k));
  for (const k of ended) {
    const price = x.bars[k].close[x.bar[k]];
    for (const order of x.books[k]) {
      if (x.halted[k]) continue;
      if (order.type === "LOC" && !takes(order, price))
        end(x, order, "cancelled", `the close is not at its limit: ${price}`);
      else if (order.type === "LOC" || order.type === "MOC") due.push(order);
    }
  }
  executeAll(x, due, "close");
  for (const k of ended) {
    for (const order of x.books[k]) {
      if (!isAlive(order)) continue;
      if (order.tif === "DAY") end(x, order, "expired", "its session is over");
      else if (order.type === "MOC" || order.type === "LOC") end(x, order, "cancelled", "the close is over");
    }
    tidy(x, k);
  }
}

/** Executes orders: those first that may only reduce, then those that do, then the rest; each in the order of decision. */
function executeAll(x: Context, due: Order[], price: "open" | "close"): void {
  if (due.length > 1) {
    for (const order of due) order.rank = rankOf(x, order);
    if (due.some((order, i) => i > 0 && byRank(due[i - 1], order) > 0)) due.sort(byRank);
  }
  for (const order of due)
    if (isAlive(order)) execute(x, order, x.bars[order.symbol][price][x.bar[order.symbol]]);
}

function byRank(a: Order, b: Order): number {
  return a.rank - b.rank || a.id - b.id;
}

function rankOf({account, rules}: Context, {symbol, side, units, share, reduceOnly}: Order): number {
  if (reduceOnly) return 0;
  const held = account.units[symbol];
  if (!Number.isNaN(units)) return held * side < 0 && units <= Math.abs(held) ? 1 : 2;
  if (share === 0) return 1;
  if (share * held <= 0) return 2;
  const value = Math.abs(held * account.mark[symbol] * account.rate[symbol]);
  return Math.abs(share) * rules.wholeEquity * account.equity() < value ? 1 : 2;
}

/** Cancels what was to be filled at once and was not, and what is left of orders for an open that is over. */
function endImmediate(x: Context, orders: readonly Order[]): void {
  for (const order of orders) {
    if (!isAlive(order)) continue;
    if (order.tif === "IOC" || order.tif === "FOK") end(x, order, "cancelled", "it was not filled at once");
    else if ((order.type === "MOO" || order.type === "LOO") && isFirstOfSession(x, order.symbol))
      end(x, order, "cancelled", "the open is over");
  }
}

function isFirstOfSession({bars, bar, sessionOf}: Context, symbol: number): boolean {
  const {time} = bars[symbol];
  const i = bar[symbol];
  return i === 0 || sessionOf(time[i]) !== sessionOf(time[i - 1]);
}

function isLastOfSession({bars, bar, sessionOf}: Context, symbol: number): boolean {
  const {time} = bars[symbol];
  const i = bar[symbol];
  return i + 1 === time.length || sessionOf(time[i]) !== sessionOf(time[i + 1]);
}
