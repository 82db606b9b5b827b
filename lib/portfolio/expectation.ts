import {blackLitterman, impliedReturns, type View} from "./black-litterman.js";

/** Where expected returns come from: the assets' own past, the same for all, or a market's balance with views on it. */
export type Expectation =
  | {by: "historical"}
  | {by: "equal"}
  | {
      by: "views";
      views: readonly View[];
      /** Weights at whose balance the prior is: those held now, or a market's; by asset, 0 for those not named. */
      market: Readonly<Record<string, number>>;
      /** Of that market; default 2.5. */
      riskAversion?: number;
      /** See `Prior`. */
      tau?: number;
    };

/** What is expected of assets, a year. */
export interface Expected {
  assets: readonly string[];
  /** Shape (n). */
  expected: Float64Array;
  /** Row by row; shape (n x n). */
  covariance: Float64Array;
}

/** What a long history of stocks over bills implies, about: (0.08 - 0.02) / 0.155^2. */
const MARKET_AVERSION = 2.5;

/**
 * Returns what is expected by an expectation, from the past that it starts with: itself; its mean for each asset; or
 * Black and Litterman's returns and covariance.
 *
 * @throws RangeError as `blackLitterman` and `impliedReturns`, and for a market weight of an unknown asset
 */
export function expectBy(past: Expected, expectation: Expectation, riskFree = 0): Expected {
  const {assets, expected, covariance} = past;
  switch (expectation.by) {
    case "historical":
      return past;
    case "equal": {
      const mean = expected.reduce((sum, one) => sum + one, 0) / expected.length;
      return {...past, expected: new Float64Array(expected.length).fill(mean)};
    }
    case "views": {
      const {views, market, riskAversion = MARKET_AVERSION, tau} = expectation;
      const stranger = Object.keys(market).find((asset) => !assets.includes(asset));
      if (stranger !== undefined) throw new RangeError(`a market weight of an unknown asset: ${stranger}`);
      const weights = Float64Array.from(assets, (asset) => market[asset] ?? 0);
      const prior = impliedReturns(covariance, weights, {riskAversion, riskFree});
      if (!views.length) return {...past, expected: prior};
      const posterior = blackLitterman(
        {assets, covariance, expected: prior, ...(tau !== undefined && {tau})},
        views
      );
      return {assets, ...posterior};
    }
  }
}
