import {parseAmount, type Amount} from "../../money/amount.js";
import {lastAtOrBefore} from "../sorted-days.js";

/** Prices or rates by day, oldest first. */
export interface Quotes {
  days: string[];
  values: Amount[];
}

/** Returns a vendor's numbers as amounts; what is not above zero is left out. */
export function quotesOf(rows: readonly (readonly [string, number])[]): Quotes {
  const good = rows.filter(([, value]) => value > 0 && value < Infinity);
  return {days: good.map(([day]) => day), values: good.map(([, value]) => amountOf(value))};
}

/** Returns the last day at or before one, and its value; null if there is none. */
export function quoteAt({days, values}: Quotes, day: string): {day: string; value: Amount} | null {
  const at = lastAtOrBefore(days, day);
  return at < 0 ? null : {day: days[at], value: values[at]};
}

/** The decimal that a vendor wrote: the shortest that reads as the same float. */
function amountOf(value: number): Amount {
  const text = String(value);
  return parseAmount(text.includes("e") ? value.toFixed(12) : text);
}
