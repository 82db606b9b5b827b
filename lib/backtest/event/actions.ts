import type {BarAction} from "../bars.js";
import {type Context, end, tidy} from "./context.js";
import type {Order} from "./order.js";

/** What is done first when several things happen before one open (rule 19). */
const ORDER: readonly BarAction["kind"][] = ["halt", "resume", "split", "dividend", "delisting"];

/**
 * Returns actions in the order they are done in. A delisting may come after the last of so many bars.
 * @throws RangeError if one is of no bar, or its value cannot be
 */
export function inOrder(actions: readonly BarAction[], bars: number): BarAction[] {
  for (const {kind, bar, value} of actions) {
    if (!(Number.isInteger(bar) && bar >= 0 && (bar < bars || (bar === bars && kind === "delisting"))))
      throw new RangeError(`invalid bar of a ${kind}: ${bar}`);
    const least = kind === "split" ? Number.MIN_VALUE : 0;
    if (!(value >= least && value < Infinity)) throw new RangeError(`invalid value of a ${kind}: ${value}`);
  }
  return actions.toSorted((a, b) => a.bar - b.bar || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/**
 * Lets an action happen, before the open of its bar.
 * @param open price that the fraction of a unit is paid out at, when units are whole
 */
export function happen(x: Context, symbol: number, {kind, value}: BarAction, open: number): void {
  const {account, time} = x;
  const units = account.units[symbol];
  const before = account.cash;
  if (kind === "halt" || kind === "resume") x.halted[symbol] = kind === "halt" ? 1 : 0;
  if (kind === "dividend") account.cash += units * value * account.rate[symbol];
  if (kind === "split") split(x, symbol, value, open);
  if (kind === "delisting") {
    x.delisted[symbol] = 1;
    account.mark[symbol] = value;
    if (units !== 0) account.book({symbol, units: -units, price: value, commission: 0, time});
    for (const order of x.books[symbol]) end(x, order, "cancelled", "delisted");
    tidy(x, symbol);
  }
  const cash = account.cash - before;
  x.journal.push({kind, time, symbol: x.bars[symbol].symbol, value, units, cash});
}

function split(x: Context, symbol: number, ratio: number, open: number): void {
  const {account, books, rules, time, share} = x;
  account.split(symbol, ratio);
  for (const order of books[symbol]) {
    splitOrder(order, ratio);
    if (rules.wholeUnits) order.units = Math.trunc(order.units);
    if (order.units === 0) end(x, order, "cancelled", "less than a unit is left of it after a split");
  }
  tidy(x, symbol);
  const fraction = account.units[symbol] % 1;
  if (!rules.wholeUnits || fraction === 0) return;
  account.book({symbol, units: -fraction, price: open, commission: 0, time});
  share[symbol] = NaN;
}

function splitOrder(order: Order, ratio: number): void {
  order.units *= ratio;
  order.limit /= ratio;
  order.stop /= ratio;
  order.trailAmount /= ratio;
  order.best /= ratio;
  if (!order.bracket) return;
  const {stop, target} = order.bracket;
  order.bracket = {
    ...(stop === undefined ? {} : {stop: stop / ratio}),
    ...(target === undefined ? {} : {target: target / ratio})
  };
}
