import {accept, type Context, end, tidy} from "./context.js";
import {closeHeld} from "./decide.js";
import {execute} from "./execute.js";
import {workBars} from "./exchange.js";
import {marketOrder} from "./order.js";

/**
 * Ends an account whose equity is gone: closes all at the last closes, cancels all orders (rule 21).
 * @returns false when there is equity left, and nothing was done
 */
export function ruin(x: Context): boolean {
  const {account, rules} = x;
  const equity = account.equity();
  if (equity > 0) return false;
  x.journal.push({kind: "ruin", time: x.time, equity});
  cancelAll(x, "the equity is gone");
  closeAll(x);
  if (rules.ruin === "zero") account.cash = 0;
  return true;
}

/** Does what is to be done after the last bars (rule 22). */
export function finish(x: Context, fresh: readonly number[]): void {
  if (x.rules.end === "last-bar-again") {
    for (const k of fresh) closeHeld(x, k);
    workBars(x, fresh);
  }
  cancelAll(x, "the bars are over");
  if (x.rules.end === "close") closeAll(x);
}

function cancelAll(x: Context, reason: string): void {
  for (let k = 0; k < x.books.length; ++k) {
    for (const order of x.books[k]) end(x, order, "cancelled", reason);
    tidy(x, k);
  }
}

/** Closes all that is held, each at its own last close. */
function closeAll(x: Context): void {
  const {time} = x;
  for (let k = 0; k < x.books.length; ++k) {
    const held = x.account.units[k];
    if (held === 0) continue;
    const order = marketOrder(++x.lastOrder, k, -Math.sign(held), Math.abs(held));
    order.reduceOnly = true;
    x.time = x.bars[k].time[x.bar[k]];
    x.capacity[k] = Infinity;
    accept(x, order);
    execute(x, order, x.account.mark[k]);
    tidy(x, k);
  }
  x.time = time;
}
