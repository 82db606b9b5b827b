import type {OrderContract} from "../order.js";

/** Prices that a notional is made of, in the contract's currency; null where there is none that is live. */
export interface Prices {
  /** Of the contract. */
  price: number | null;
  /** Of what an option or a future is on. */
  underlying: number | null;
}

/**
 * Returns what units of a contract put at stake, in its currency, not below zero: the value of shares; of a future and of
 * options sold, multiplier x price of the underlying x units; of options bought, their premium.
 *
 * @param units below zero when short
 * @returns null where the price that it needs is missing
 */
export function notionalOf(
  {secType, multiplier}: Pick<OrderContract, "secType" | "multiplier">,
  units: number,
  {price, underlying}: Prices
): number | null {
  if (units === 0) return 0;
  const isOption = secType === "OPT" || secType === "FOP";
  const used = secType === "FUT" || (isOption && units < 0) ? underlying : price;
  return used === null ? null : Math.abs(units * multiplier * used);
}
