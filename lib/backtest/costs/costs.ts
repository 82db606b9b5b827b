import type {Bars} from "../bars.js";
import type {OrderType} from "../contract.js";

/**
 * What fills and holdings cost (rule 20), in the symbol's currency but where said. A fill is told by its units (below zero
 * for a sale), its price, and the bar it fills in.
 */
export interface Costs {
  /** Returns the price that a fill gets which takes what the market gives, in place of `price`. */
  slipped: (units: number, price: number, bars: Bars, bar: number, type: OrderType) => number;
  /** Returns the commission and fees of a fill; below zero for a rebate. */
  commission: (units: number, price: number, bars: Bars, bar: number) => number;
  /** Returns what holding units (below zero is short) costs over so many days, at the last close; below zero is income. */
  holding?: (units: number, price: number, bars: Bars, bar: number, days: number) => number;
  /** Returns what cash (below zero is owed) costs over so many days, in base currency; below zero is interest earned. */
  financing?: (cash: number, days: number) => number;
}

/** A cost as a fraction of the value, or as money for each unit. */
export interface Rate {
  of: "value" | "unit";
  /** >= 0; of value as a fraction, of a unit in the currency of its price. */
  rate: number;
}

export const NO_RATE: Rate = {of: "value", rate: 0};

/**
 * Reads a cost: a fraction of the value (`0.001`), basis points of it (`5bps`) or money for each unit (`0.005/share`).
 * @throws RangeError if it is none of them, is negative, or takes the whole value
 */
export function parseRate(text: string): Rate {
  const match = /^\s*(\d*\.?\d+(?:e-?\d+)?)\s*(bps|\/share)?\s*$/i.exec(text);
  if (!match) throw new RangeError(`invalid cost: ${text}: write 0.001, 5bps or 0.005/share`);
  const rate = Number(match[1]) / (match[2]?.toLowerCase() === "bps" ? 1e4 : 1);
  const of = match[2] === undefined || /bps/i.test(match[2]) ? "value" : "unit";
  if (of === "value" && rate >= 1)
    throw new RangeError(`invalid cost: ${text}: a fraction of the value is below 1`);
  return {of, rate};
}

/** Returns the costs that are in proportion to the value or the units: the same for each symbol, bar and size. */
export function proportionalCosts({
  commission = NO_RATE,
  slippage = NO_RATE
}: {commission?: Rate; slippage?: Rate} = {}): Costs {
  const slip = slippage.rate;
  const slipsByUnit = slippage.of === "unit";
  const fee = commission.rate;
  const paysByUnit = commission.of === "unit";
  return {
    slipped: (units, price) =>
      slipsByUnit ? Math.max(price + Math.sign(units) * slip, 0) : price * (1 + Math.sign(units) * slip),
    commission: (units, price) => Math.abs(units) * (paysByUnit ? fee : price * fee)
  };
}
