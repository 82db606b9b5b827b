import type {OrderType} from "../contract.js";
import type {Context} from "./context.js";

/** Returns the price that a fill of so many units (below zero a sale) gets. @throws RangeError if the costs give no price */
export function slippedAt(x: Context, symbol: number, units: number, price: number, type: OrderType): number {
  const taken = x.costs.slipped(units, price, x.bars[symbol], x.bar[symbol], type);
  if (!(taken >= 0 && taken < Infinity)) throw fault(x, symbol, `price of a fill: ${taken}`);
  return taken;
}

/** Returns the commission of so many units, in the symbol's currency. @throws RangeError if the costs give no number */
export function feeOf(x: Context, symbol: number, units: number, price: number): number {
  const fee = x.costs.commission(units, price, x.bars[symbol], x.bar[symbol]);
  if (!Number.isFinite(fee)) throw fault(x, symbol, `commission: ${fee}`);
  return fee;
}

/** A cost that is no number is the fault of its model: it ends the run, lest it be booked. */
function fault({bars, bar}: Context, symbol: number, what: string): RangeError {
  return new RangeError(`invalid ${what}: by the costs, for bar ${bar[symbol]} of ${bars[symbol].symbol}`);
}
