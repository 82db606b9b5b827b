import type {PricePortfolio} from "../../lib/portfolio/optimize-prices.js";
import {planRebalance} from "../../lib/portfolio/rebalance/plan.js";
import type {RebalancePlan} from "../../lib/portfolio/rebalance/request.js";
import {charge} from "../../lib/backtest/costs/ibkr/schedule.js";
import {ibkrSchedule} from "../../lib/backtest/costs/ibkr/ibkr.js";
import type {OptimizeChoices} from "./choices.js";
import type {Universe} from "./universe.js";

/** IBKR's fixed price of US stocks: an estimate for stocks of other exchanges, too. */
const SCHEDULE = ibkrSchedule("us-stocks", "fixed");

/**
 * Returns the trades from what is held to the weights: drift bands, a least trade, whole units, IBKR's fixed commission.
 * The part of the account that is optimized pays for itself: no other money is used.
 *
 * @returns or a sentence why there are none
 */
export function tradesOf(
  {assets, total}: Universe,
  {weights}: Pick<PricePortfolio, "weights">,
  {band, trade}: Pick<OptimizeChoices, "band" | "trade">,
  {currency, now}: {currency: string; now: number}
): RebalancePlan | string {
  if (!Object.keys(weights).length) return "there are no proposed weights";
  if (!(total > 0)) return "what is held is worth nothing on balance";
  try {
    return planRebalance({
      base: currency,
      cash: {[currency]: 0},
      positions: assets.map(({name, quantity, value, class: kind}) => ({
        asset: name,
        quantity,
        price: value / quantity,
        currency,
        target: weights[name] ?? 0,
        lot: kind === "CRYPTO" ? 1e-6 : 1
      })),
      rules: {
        band: {kind: "absolute", width: band / 100},
        minimumTrade: trade,
        cashTarget: 0,
        costs: ({quantity, price}) =>
          charge(SCHEDULE, {
            units: Math.abs(quantity),
            value: price,
            price,
            isSale: quantity < 0,
            monthly: 0,
            time: now
          })
      }
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Returns half of what is bought and sold over the value: 1 is a full replacement. */
export function turnoverOf({trades, value}: RebalancePlan): number {
  return trades.reduce((sum, trade) => sum + Math.abs(trade.value), 0) / 2 / value;
}
