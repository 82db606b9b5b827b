import type {Amount} from "../../money/amount.js";

const SCALE = 1e12;

/** Returns the amount as a float, to the last place or the one before: for capital and returns, never for sums of money. */
export function toFloat(amount: Amount): number {
  return Number(amount) / SCALE;
}
