/** Price of a European option (Black and Scholes 1973), intrinsic value at expiry. */
export function blackScholes(
  putCall: "C" | "P",
  spot: number,
  strike: number,
  years: number,
  rate: number,
  volatility: number
): number {
  const sign = putCall === "C" ? 1 : -1;
  if (!(years > 0)) return Math.max(0, sign * (spot - strike));
  const spread = volatility * Math.sqrt(years);
  const d1 = (Math.log(spot / strike) + (rate + volatility ** 2 / 2) * years) / spread;
  const present = strike * Math.exp(-rate * years);
  return Math.max(0, sign * (spot * normal(sign * d1) - present * normal(sign * (d1 - spread))));
}

/** The normal distribution function (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}
