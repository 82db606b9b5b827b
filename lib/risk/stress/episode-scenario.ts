import {type Episode, EPISODES} from "./episodes.js";
import type {Scenario, Shock} from "./scenario.js";

const SP500 = "S&P 500: S&P Dow Jones Indices (FRED SP500)";
const TREASURY = "ten-year yield: US Treasury, Federal Reserve H.15 (FRED DGS10)";
const VIX = "volatility: Cboe VIX (FRED VIXCLS)";
const EURO = "currencies: ECB euro foreign exchange reference rates, crossed through the euro";

/**
 * Returns an episode as a scenario: stocks, funds and the factor `equity` move as the S&P 500 did, the factor `rates` by
 * the ten-year yield's change, implied volatility by the VIX's in points (as of 30 days), currencies against the dollar.
 * What none of them speaks of (bonds without a duration, crypto, commodities) stays unknown.
 */
export function episodeScenario(episode: Episode): Scenario {
  const {id, name, from, to, sp500, treasury10, vix, euro} = episode;
  const equity = sp500[1] / sp500[0] - 1;
  const dollar = euro?.USD;
  const rates: Shock[] = treasury10
    ? [{kind: "factor", key: "rates", change: (treasury10[1] - treasury10[0]) / 100}]
    : [];
  const currencies: Shock[] = dollar
    ? [
        {kind: "currency", key: "EUR", change: dollar[1] / dollar[0] - 1},
        ...Object.entries(euro ?? {}).flatMap(([key, [before, after]]): Shock[] =>
          key === "USD" ? [] : [{kind: "currency", key, change: dollar[1] / after / (dollar[0] / before) - 1}]
        )
      ]
    : [];
  return {
    id,
    name,
    from,
    to,
    shocks: [
      {kind: "class", key: "STK", change: equity},
      {kind: "class", key: "FUND", change: equity},
      {kind: "factor", key: "equity", change: equity},
      ...rates,
      ...currencies
    ],
    volatility: {change: (vix[1] - vix[0]) / 100, days: 30},
    rest: "unknown",
    sources: [
      SP500,
      ...(treasury10 ? [TREASURY] : []),
      from < "1990" ? "volatility: Cboe VXO (FRED VXOCLS)" : VIX,
      ...(euro ? [EURO] : [])
    ]
  };
}

/** Returns the scenario of each episode, oldest first. */
export function historicalScenarios(): Scenario[] {
  return EPISODES.map(episodeScenario);
}
