import {rateOf} from "./rates.js";
import type {Conversion, RebalanceRequest} from "./request.js";

/** Returns the conversions that bring every currency to zero or more, from the largest surplus on, and the cash then. */
export function convert(
  cash: Readonly<Record<string, number>>,
  request: Pick<RebalanceRequest, "base" | "rates">
): {conversions: Conversion[]; cash: Record<string, number>} {
  const after = {...cash};
  const worth = (currency: string) => after[currency] * rateOf(currency, request);
  const conversions: Conversion[] = [];
  for (const to of Object.keys(after)) {
    const lenders = Object.keys(after)
      .filter((currency) => after[currency] > 0)
      .sort((a, b) => worth(b) - worth(a));
    for (const from of lenders) {
      if (!(after[to] < 0)) break;
      const rate = rateOf(from, request) / rateOf(to, request);
      const whole = after[from] * rate <= -after[to];
      const amount = whole ? after[from] : -after[to] / rate;
      const received = whole ? after[from] * rate : -after[to];
      after[from] = whole ? 0 : after[from] - amount;
      after[to] = whole ? after[to] + received : 0;
      conversions.push({from, to, amount, received});
    }
  }
  return {conversions, cash: after};
}
