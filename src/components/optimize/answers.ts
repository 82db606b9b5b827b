import type {PricePortfolio} from "../../lib/portfolio/optimize-prices.js";
import type {FrontierOutput} from "../../lib/tasks/frontier.js";
import type {Figure} from "../../lib/returns/figure.js";
import {metricRow} from "../metric.js";
import {formatNumber, formatPercent} from "../format.js";
import type {Held} from "../risk/held.js";
import {metricsOf} from "../run-record.js";
import {waitingMetrics} from "../risk/study-card.js";
import {viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import type {Universe} from "./universe.js";

/** Returns current against proposed: what is expected, how much it swings, and what is optimized. */
export function comparedMetrics(
  held: Watched<Held>,
  answer: Watched<PricePortfolio>,
  frontier: Watched<FrontierOutput>,
  universe: Universe | null
): HTMLElement {
  if (held.kind !== "ready" || answer.kind !== "ready" || held.view.view.asOf === null)
    return waitingMetrics(held, answer);
  const {expectedReturn, volatility, sharpe} = answer.view;
  const now = viewOf(frontier)?.current ?? null;
  const pair = (
    label: string,
    proposed: Figure,
    current: Figure | undefined,
    digits: number,
    isPercent: boolean,
    definition: string
  ) => {
    const print = ({value}: Figure) =>
      isPercent ? formatPercent(value, {digits}) : formatNumber(value, {digits});
    return {
      label,
      value: {text: print(proposed), reason: proposed.reason},
      note: current ? `now ${print(current)}` : "now n/a",
      definition
    };
  };
  const compared = metricRow([
    pair(
      "Expected return, proposed",
      expectedReturn,
      now?.expectedReturn,
      1,
      true,
      "A year's, by the beliefs chosen. Past means are poor forecasts: look at the risk first."
    ),
    pair(
      "Volatility, proposed",
      volatility,
      now?.volatility,
      1,
      true,
      "A year's standard deviation, by the covariance chosen."
    ),
    pair(
      "Sharpe ratio, proposed",
      sharpe,
      now?.sharpe,
      2,
      false,
      "Expected return over the riskless rate, over volatility."
    ),
    {
      label: "What is optimized",
      value: {text: formatNumber(universe?.total ?? null, {digits: 0}), secret: true},
      unit: held.view.currency,
      note: `${universe?.assets.length ?? 0} positions; ${universe?.outside.length ?? 0} stay as they are`,
      definition:
        "Positions that are held in full and have a past. Money, options and what is held by a notional stay as they are."
    }
  ]);
  return metricsOf(answer.run, compared);
}
