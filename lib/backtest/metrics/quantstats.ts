import {type Figure, figure} from "../../returns/figure.js";
import {beta, grown} from "../../risk/beta.js";
import {mean, present} from "../../risk/moments.js";
import {profitFactor} from "../../risk/profit-factor.js";
import {excessKurtosis, skewness} from "../../risk/shape.js";
import {kelly} from "../../risk/trades.js";
import * as tails from "../../risk/value-at-risk.js";
import {winRate} from "../../risk/win-rate.js";
import {calmarOfPeriods, fallOfPeriods, linked} from "./of-periods.js";
import {ofPairs, OURS, withConstants, yearly} from "./ours.js";
import {probabilisticSharpe} from "./probabilistic-sharpe.js";
import type {Evidence, Rules} from "./rule.js";

const days = ({returns}: Evidence) => returns.filter((r) => r !== 0);

/**
 * The rules of QuantStats, whose measures of trades are measures of periods.
 * @see QuantStats 0.0.86, stats.py
 */
export const QUANTSTATS: Partial<Rules> = {
  totalReturn: linked,
  annualReturn: OURS.annualReturn,
  cagr: OURS.annualReturn,
  volatility: OURS.volatility,
  sharpe: OURS.sharpe,
  sortino: OURS.sortino,
  calmar: calmarOfPeriods,
  omega: OURS.omega,
  maxDrawdown: fallOfPeriods,
  valueAtRisk: {
    formula: "return: normal quantile at tail, mean + z std, ddof 1",
    of: ({returns, tail}) => negated(tails.normalValueAtRisk(returns, {tail}))
  },
  conditionalValueAtRisk: {
    formula: "return: mean - std density(z) / tail, ddof 1",
    of: ({returns, tail}) => negated(tails.normalConditionalValueAtRisk(returns, {tail}))
  },
  skewness: {
    formula: "adjusted for the sample: g1 sqrt(n (n - 1)) / (n - 2)",
    of: ({returns}) => skewness(returns, {biased: false})
  },
  excessKurtosis: {
    formula: "adjusted for the sample: (n - 1) / ((n - 2) (n - 3)) ((n + 1) g2 + 6)",
    of: ({returns}) => excessKurtosis(returns, {biased: false})
  },
  tailRatio: OURS.tailRatio,
  probabilisticSharpe: {
    formula: "P(SR sqrt(n - 1) / sqrt(1 - S SR + (K - 1) / 4 SR^2)), S and K adjusted for the sample",
    of: ({returns, riskFreePeriod, trials}) =>
      probabilisticSharpe(returns, {riskFree: riskFreePeriod, trials, biased: false})
  },
  winRate: {
    formula: "share of periods with r above 0, of those with r not 0",
    of: (evidence) => winRate(days(evidence))
  },
  profitFactor: {
    formula: "sum of r above 0 / sum of r below 0, of periods",
    of: ({returns}) => profitFactor(returns)
  },
  expectancy: {
    formula: "geometric mean of r, a period",
    of: ({returns}) => {
      const there = present(returns);
      const value = grown(there) ** (1 / there.length) - 1;
      return withConstants(figure(there.length ? value : NaN, "no returns"), {n: there.length});
    }
  },
  kelly: {
    formula: "W - (1 - W) / (average win / average loss), of periods with r not 0",
    of: ({returns}) => kelly(returns, {zeros: false})
  },
  exposure: {
    formula: "share of periods with r not 0, rounded up to a percent",
    of: ({returns}) => {
      const there = present(returns);
      const share = Math.ceil((100 * there.filter((r) => r !== 0).length) / there.length) / 100;
      return withConstants(figure(share, "no returns"), {n: there.length});
    }
  },
  alpha: {
    formula: "(mean(r) - beta mean(b)) x A",
    of: (evidence) =>
      withConstants(
        ofPairs(evidence, (pairs) => {
          const slope = beta(pairs);
          if (slope.value === null) return slope;
          return figure(
            (mean(pairs.returns) - slope.value * mean(pairs.benchmark)) * evidence.periodsPerYear
          );
        }),
        yearly(evidence)
      )
  },
  beta: OURS.beta
};

function negated<Of extends Figure>(of: Of): Of {
  return of.value === null ? of : {...of, value: -of.value};
}
