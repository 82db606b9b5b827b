import {checkRate} from "../by-bars.js";
import type {CostPart} from "../combine.js";
import {FOREX} from "./forex.js";
import {FUTURES} from "./futures.js";
import {OPTIONS} from "./options.js";
import {charge, type Market, type Plan, type Schedule} from "./schedule.js";
import {STOCKS} from "./stocks.js";

/** IBKR's published prices, one row for each market and plan. They are of one date: a backtest of older bars pays today's, but what is paused is paused on its days alone. */
export const IBKR_SCHEDULES: readonly Schedule[] = [...STOCKS, ...OPTIONS, ...FUTURES, ...FOREX];

export interface IbkrOptions {
  plan: Plan;
  market?: Market;
  /** Units of the bars in one contract: 100 of an option, 50 of ES; 1 for shares and currencies. */
  multiplier?: number;
  /** Traded in the month before each order, as the schedule counts: shares, contracts, or money. */
  monthly?: number;
  /** Units of the bars' currency for one of the schedule's; needed where they differ. */
  rate?: number;
}

/** Returns the row of a market and a plan. */
export function ibkrSchedule(market: Market, plan: Plan): Schedule {
  return IBKR_SCHEDULES.find((row) => row.market === market && row.plan === plan)!; // there is one for each
}

/**
 * Returns IBKR's commission and what others take with it. A minimum is paid by each fill: what an order leaves for the next
 * bar pays it again, as IBKR has it for orders that wait overnight.
 * @throws RangeError, at a fill, if the bars are in another currency than the schedule and no rate was given
 */
export function ibkrCosts({
  plan,
  market = "us-stocks",
  multiplier = 1,
  monthly = 0,
  rate
}: IbkrOptions): CostPart {
  const schedule = ibkrSchedule(market, plan);
  if (!(multiplier > 0 && multiplier < Infinity)) throw new RangeError(`invalid multiplier: ${multiplier}`);
  if (rate !== undefined && !(rate > 0 && rate < Infinity)) throw new RangeError(`invalid rate: ${rate}`);
  checkRate("monthly volume", monthly);
  return {
    commission: (units, price, {symbol, currency, time}, bar) => {
      if (units === 0) return 0;
      if (rate === undefined && currency !== schedule.currency)
        throw new RangeError(
          `IBKR's ${market} are in ${schedule.currency}, ${symbol} is in ${currency}: say its rate`
        );
      const perUnit = rate ?? 1;
      const fees = charge(schedule, {
        units: Math.abs(units) / multiplier,
        value: (price * multiplier) / perUnit,
        price,
        isSale: units < 0,
        monthly,
        time: time[bar]
      });
      return fees * perUnit;
    }
  };
}
