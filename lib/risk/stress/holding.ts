/** A contract to buy or sell at a price, as far as its revaluation needs it. */
export interface OptionTerms {
  right: "call" | "put";
  style: "european" | "american";
  /** Symbol of what it is on, its class and currency; shocks of the underlying move the option. */
  underlying: string;
  underlyingClass: string;
  /** Price of the underlying: spot, or the future's price when `on` is "future". */
  underlyingPrice: number;
  on: "spot" | "future";
  strike: number;
  /** Years to expiry, actual/365; 0 or less is expired. */
  years: number;
  /** Price of one unit of the underlying that the option costs now. */
  mark: number;
  /** Continuously compounded rate per year. */
  rate: number;
  /** Continuously compounded dividend yield per year, of a spot underlying; default 0. */
  dividendYield?: number;
  /** Volatility per year to take in place of the one implied by the mark. */
  volatility?: number;
}

/** One position of an account. */
export interface Holding {
  symbol: string;
  /** Market value in the account's base currency; negative when short. */
  value: number;
  /** ISO code of the currency it is priced in. */
  currency: string;
  /** Asset class as IBKR names it: STK, OPT, FUT, FOP, BOND, CASH, CRYPTO, … */
  class: string;
  /** Change of the price, as a fraction, for a change of one in each factor: of `rates`, minus the duration in years. */
  exposures?: Readonly<Record<string, number>>;
  option?: OptionTerms;
}
