/** Units of each currency for one euro. */
export interface EuroFixings {
  USD: number;
  JPY: number;
  GBP: number;
  CAD: number;
  SEK: number;
  CHF: number;
}

/**
 * Returns the US dollar index by its formula, from fixings against the euro:
 * `50.14348112 EURUSD^-0.576 USDJPY^0.136 GBPUSD^-0.119 USDCAD^0.091 USDSEK^0.042 USDCHF^0.036`, each pair through
 * the euro. ICE computes it from spot rates around the clock; this is its value at the ECB's fixing (14:15 CET), so the
 * two differ by what happened in between.
 * @see ICE, “U.S. Dollar Index contracts: FAQ”
 */
export function dollarIndex({USD, JPY, GBP, CAD, SEK, CHF}: EuroFixings): number {
  return (
    50.14348112 *
    USD ** -0.576 *
    (JPY / USD) ** 0.136 *
    (USD / GBP) ** -0.119 *
    (CAD / USD) ** 0.091 *
    (SEK / USD) ** 0.042 *
    (CHF / USD) ** 0.036
  );
}
