import {divide, multiply, type Amount, absolute} from "../../money/amount.js";
import type {Movement} from "./movement.js";

/** A part of a contract that is open, and what it was opened for, without costs. */
interface Open {
  quantity: Amount;
  money: Amount;
}

/**
 * Books what a contract for difference settles in cash when it is closed: the difference between its closing and its
 * opening price, first in first out; its costs are cash already. What was opened before the movements begin is closed
 * without a settlement, since nothing says for how much.
 * @param movements of one holding, in order; those that close it get a leg more
 */
export function settleDifferences(movements: readonly Movement[]): void {
  const open: Open[] = [];
  for (const movement of movements) {
    const {currency, quantity, proceeds} = movement;
    if (!quantity || proceeds === null || !currency) continue;
    const held = open.reduce((sum, part) => sum + part.quantity, 0n);
    if (movement.kind === "corporate-action" && !proceeds && held) {
      for (const part of open) part.quantity += share(quantity, part.quantity, held);
      continue;
    }
    let left = quantity;
    let settled = 0n;
    while (left && open.length && open[0].quantity > 0n !== left > 0n) {
      const [first] = open;
      const whole = absolute(first.quantity) <= absolute(left);
      const closed = whole ? first.quantity : -left;
      const money = whole ? first.money : share(first.money, closed, first.quantity);
      settled += share(proceeds, closed, -quantity) - money;
      left += closed;
      if (whole) open.shift();
      else open[0] = {quantity: first.quantity - closed, money: first.money - money};
    }
    if (left) open.push({quantity: left, money: -share(proceeds, left, quantity)});
    if (settled) movement.cash.push({currency, amount: settled, kind: "settlement"});
  }
}

function share(amount: Amount, part: Amount, whole: Amount): Amount {
  return part === whole ? amount : divide(multiply(amount, part), whole);
}
