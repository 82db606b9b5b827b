import type {OrderIntent} from "./order.js";

/** Increments of a price by the least price they hold from, ascending, in the contract's currency. */
export type PriceSteps = readonly {from: number; increment: number}[];

/** How far from a tick, as a share of the increment, still is on it: what float arithmetic leaves. */
const NEAR = 1e-6;

/**
 * Returns the ticks next to a price that is on none.
 *
 * @param steps empty where the increments are not known
 * @returns null where the price is on a tick, or the increments are not known
 */
export function nearestTicks(price: number, steps: PriceSteps): {below: number; above: number} | null {
  const increment = (steps.findLast(({from}) => price >= from) ?? steps[0])?.increment;
  if (increment === undefined || !(increment > 0)) return null;
  const ticks = price / increment;
  if (Math.abs(ticks - Math.round(ticks)) <= NEAR) return null;
  const at = (count: number) => Number((count * increment).toFixed(10));
  return {below: at(Math.floor(ticks)), above: at(Math.ceil(ticks))};
}

/** A price of an order that is on no tick. */
export interface OffTick {
  /** Which price it is. */
  field: "limit" | "stop" | "takeProfit" | "stopLoss";
  price: number;
  below: number;
  above: number;
}

/** Returns the prices of an order that are on no tick, in the order in which a ticket shows them. */
export function offTicks(
  prices: Pick<OrderIntent, "limit" | "stop"> & {bracket?: {takeProfit?: number; stopLoss?: number}},
  steps: PriceSteps
): OffTick[] {
  const given = {limit: prices.limit, stop: prices.stop, ...prices.bracket};
  return (["limit", "stop", "takeProfit", "stopLoss"] as const).flatMap((field) => {
    const price = given[field];
    const near = price === undefined ? null : nearestTicks(price, steps);
    return near && price !== undefined ? [{field, price, ...near}] : [];
  });
}
