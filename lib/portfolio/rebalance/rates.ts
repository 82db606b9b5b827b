import type {RebalanceRequest} from "./request.js";

/** Returns units of base for one of a currency. @throws RangeError without a rate */
export function rateOf(
  currency: string,
  {base, rates = {}}: Pick<RebalanceRequest, "base" | "rates">
): number {
  if (currency === base) return 1;
  const rate = rates[currency];
  if (!(rate > 0 && rate < Infinity))
    throw new RangeError(`no rate of ${currency} in ${base}: ${rate}: without it the account has no value`);
  return rate;
}
