import {formatAmount, type Amount} from "../money/amount.js";
import type {Money} from "./views.js";

/** Returns the amount as a view's text. */
export function money(amount: Amount): Money {
  return {value: formatAmount(amount)};
}

/** Returns an amount that cannot be computed, with the reason as a sentence. */
export function noMoney(reason: string): Money {
  return {value: null, reason};
}

/** Returns the amount if there is one, else n/a for the reason. */
export function moneyOr(amount: Amount | null, reason: string): Money {
  return amount === null ? noMoney(reason) : money(amount);
}
