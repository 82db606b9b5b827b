import {rateOf} from "./rates.js";
import type {RebalancePosition, RebalanceRequest} from "./request.js";

/** @throws RangeError for what has no value: a price, quantity, target, rate or amount that is not finite, a price or lot that is not above zero, an asset that is there twice, targets that need more money than there is */
export function checkRequest(request: RebalanceRequest): void {
  const {positions, cash, rules = {}} = request;
  for (const [i, {asset, quantity, price, currency, target, lot = 1}] of positions.entries()) {
    if (positions.findIndex((other) => other.asset === asset) !== i)
      throw new RangeError(`asset is there twice: ${asset}`);
    for (const [name, value] of Object.entries({quantity, target}))
      if (!Number.isFinite(value)) throw new RangeError(`invalid ${name} of ${asset}: ${value}`);
    for (const [name, value] of Object.entries({price, lot}))
      if (!(value > 0 && value < Infinity))
        throw new RangeError(`invalid ${name} of ${asset}: ${value}: it is above 0`);
    rateOf(currency, request);
  }
  for (const [currency, amount] of Object.entries(cash)) {
    if (!Number.isFinite(amount)) throw new RangeError(`invalid cash in ${currency}: ${amount}`);
    rateOf(currency, request);
  }
  const {band = {kind: "absolute", width: 0}, minimumTrade = 0, cashTarget = 0, negativeCash = false} = rules;
  for (const [name, value] of Object.entries({"band width": band.width, "minimum trade": minimumTrade}))
    if (!(value >= 0)) throw new RangeError(`invalid ${name}: ${value}: it is 0 or more`);
  if (!(cashTarget >= 0 && cashTarget <= 1))
    throw new RangeError(`invalid cash target: ${cashTarget}: 0 to 1`);
  const wanted = targetSum(positions) + cashTarget;
  if (wanted > 1 + 1e-9 && !negativeCash)
    throw new RangeError(
      `targets and cash sum to ${wanted}: there is no more than 1 unless cash may be negative`
    );
}

/** Returns the sum of the targets. */
export function targetSum(positions: readonly RebalancePosition[]): number {
  return positions.reduce((sum, {target}) => sum + target, 0);
}
