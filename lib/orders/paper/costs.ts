import {combineCosts} from "../../backtest/costs/combine.js";
import type {Costs} from "../../backtest/costs/costs.js";
import {ibkrCosts, ibkrSchedule} from "../../backtest/costs/ibkr/ibkr.js";
import type {Market, Plan} from "../../backtest/costs/ibkr/schedule.js";
import type {OrderContract} from "../order.js";
import type {RateOf} from "./account.js";

const EUROPE: ReadonlySet<string> = new Set(["EUR", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF"]);

/** Returns the published prices that a contract is of; null where none of them is. */
export function marketOf({secType, currency}: Pick<OrderContract, "secType" | "currency">): Market | null {
  switch (secType) {
    case "STK":
      return currency === "USD" ? "us-stocks" : EUROPE.has(currency) ? "europe-stocks" : null;
    case "OPT":
    case "FOP":
      return currency === "USD" ? "us-options" : null;
    case "FUT":
      return currency === "USD" ? "us-futures" : null;
    case "CASH":
      return "forex";
    default:
      return null;
  }
}

/**
 * Returns what trading a contract costs by IBKR's published prices, in the contract's currency; a schedule in another
 * currency is converted at the rate of now.
 * @returns null where no schedule is of it, or a rate is missing
 */
export function ibkrCostsOf(contract: OrderContract, rateOf: RateOf, plan: Plan = "fixed"): Costs | null {
  const market = marketOf(contract);
  if (market === null) return null;
  const schedule = ibkrSchedule(market, plan);
  const [own, theirs] = [rateOf(contract.currency), rateOf(schedule.currency)];
  if (schedule.currency === contract.currency)
    return combineCosts(ibkrCosts({plan, market, multiplier: contract.multiplier}));
  if (own === null || theirs === null) return null;
  return combineCosts(ibkrCosts({plan, market, multiplier: contract.multiplier, rate: theirs / own}));
}
