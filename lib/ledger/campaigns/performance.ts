import {figure, unavailable, type Figure} from "../../returns/figure.js";
import {profitFactor} from "../../risk/profit-factor.js";
import {winRate} from "../../risk/win-rate.js";
import {sumMoney} from "../sum-money.js";
import type {Money} from "../views.js";
import type {Campaign, CampaignGroup} from "./campaign.js";

/** A campaign with its capital in the reporting currency. */
export interface Counted {
  campaign: Campaign;
  capitalBase: Money;
}

/** Returns what some campaigns brought together; rates are of the closed ones, a campaign each. */
export function performanceOf(name: string, counted: readonly Counted[]): CampaignGroup {
  const gain = sumMoney(counted.map(({campaign}) => campaign.gainBase));
  const capital = sumMoney(counted.map(({capitalBase}) => capitalBase));
  const closed = counted
    .filter(({campaign}) => campaign.status === "closed")
    .map(({campaign}) => campaign.gainBase);
  return {
    name,
    campaigns: counted.length,
    open: counted.length - closed.length,
    gain,
    winRate: ofGains(closed, winRate),
    profitFactor: ofGains(closed, profitFactor),
    return: ratio(gain, capital)
  };
}

/** Returns a measure of gains in money; n/a where one of them is. */
export function ofGains(gains: readonly Money[], measure: (values: Float64Array) => Figure): Figure {
  const missing = gains.find(({value}) => value === null);
  if (missing) return unavailable(missing.reason ?? "a gain is not known");
  const {value, reason} = measure(Float64Array.from(gains, (gain) => Number(gain.value)));
  return value === null ? unavailable(reason ?? "no values") : {value};
}

/** Returns gain over capital. */
export function ratio(gain: Money, capital: Money): Figure {
  if (gain.value === null) return unavailable(gain.reason ?? "the gain is not known");
  if (capital.value === null) return unavailable(capital.reason ?? "no capital is defined");
  return figure(Number(gain.value) / Number(capital.value), "there is no capital");
}
