import {formatAmount, parseAmount} from "../money/amount.js";
import type {Money} from "./views.js";

/** Returns the exact sum; n/a for the first part that is n/a. */
export function sumMoney(parts: Iterable<Money>): Money {
  let total = 0n;
  for (const part of parts) {
    if (part.value === null) return part;
    total += parseAmount(part.value);
  }
  return {value: formatAmount(total)};
}
