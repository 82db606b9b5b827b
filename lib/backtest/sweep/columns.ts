import type {SweepColumns} from "../../kernels/sweep.js";
import type {Bars} from "../bars.js";
import {NO_RATE} from "../costs/costs.js";
import type {ProportionalRates} from "../vector/fill.js";

/** Returns what units cost and bring at each open and close, commission and slippage in it. */
export function sweepColumns(
  {open, close}: Bars,
  {commission = NO_RATE, slippage = NO_RATE}: ProportionalRates = {}
): SweepColumns {
  const slipped = (price: number, side: number) =>
    slippage.of === "unit" ? Math.max(price + side * slippage.rate, 0) : price * (1 + side * slippage.rate);
  const fee = (price: number) => commission.rate * (commission.of === "unit" ? 1 : price);
  const bought = (price: number) => slipped(price, 1) + fee(slipped(price, 1));
  const sold = (price: number) => slipped(price, -1) - fee(slipped(price, -1));
  return {
    close,
    buy: open.map(bought),
    sell: open.map(sold),
    short: open.map((price) => slipped(price, -1) + fee(slipped(price, -1))),
    closeBuy: close.map(bought),
    closeSell: close.map(sold)
  };
}
