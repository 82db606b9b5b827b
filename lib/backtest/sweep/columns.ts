import type {FillCosts, PathColumns} from "../../kernels/path-sweep.js";
import type {Bars} from "../bars.js";
import {NO_RATE} from "../costs/costs.js";
import type {ProportionalRates} from "../vector/fill.js";

/** Returns prices, and what units cost and bring at each open and close, commission and slippage in it. */
export function sweepColumns(
  {open, high, low, close}: Bars,
  {commission = NO_RATE, slippage = NO_RATE}: ProportionalRates = {}
): PathColumns {
  const slipped = (price: number, side: number) =>
    slippage.of === "unit" ? Math.max(price + side * slippage.rate, 0) : price * (1 + side * slippage.rate);
  const fee = (price: number) => commission.rate * (commission.of === "unit" ? 1 : price);
  const bought = (price: number) => slipped(price, 1) + fee(slipped(price, 1));
  const sold = (price: number) => slipped(price, -1) - fee(slipped(price, -1));
  return {
    open,
    high,
    low,
    close,
    buy: open.map(bought),
    sell: open.map(sold),
    short: open.map((price) => slipped(price, -1) + fee(slipped(price, -1))),
    closeBuy: close.map(bought),
    closeSell: close.map(sold)
  };
}

/** Returns costs in proportion as a kernel takes them. */
export function fillCosts({commission = NO_RATE, slippage = NO_RATE}: ProportionalRates = {}): FillCosts {
  const [slips, pays] = [slippage.of === "unit", commission.of === "unit"];
  return {
    slippage: slips ? 0 : slippage.rate,
    slippagePerUnit: slips ? slippage.rate : 0,
    commission: pays ? 0 : commission.rate,
    commissionPerUnit: pays ? commission.rate : 0
  };
}
