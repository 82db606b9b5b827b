import {annualGrowth} from "../../returns/annual.js";
import {type Figure, figure, type FigureWith, unavailable} from "../../returns/figure.js";
import {beta, capture, jensenAlpha, type Pairs} from "../../risk/beta.js";
import {returnOverDrawdown} from "../../risk/calmar.js";
import {omega} from "../../risk/omega.js";
import {profitFactor} from "../../risk/profit-factor.js";
import {excessKurtosis, skewness} from "../../risk/shape.js";
import {sharpe} from "../../risk/sharpe.js";
import {sortino} from "../../risk/sortino.js";
import {stability} from "../../risk/stability.js";
import {tailRatio} from "../../risk/tail-ratio.js";
import {expectancy, kelly, systemQuality} from "../../risk/trades.js";
import * as tails from "../../risk/value-at-risk.js";
import {volatility} from "../../risk/volatility.js";
import {winRate} from "../../risk/win-rate.js";
import {exposure, turnover} from "./exposure.js";
import {averageDays, averageDepth, deepest, longest} from "./fall.js";
import {
  deflatedSharpe,
  minimumBacktestYears,
  minimumTrackRecord,
  probabilisticSharpe
} from "./probabilistic-sharpe.js";
import type {Evidence, Rules} from "./rule.js";

const YEAR_DAYS = 365.25;

/** Says with what a figure was computed. */
export function withConstants<Constants extends object>(
  of: Figure,
  constants: Constants
): FigureWith<Constants> {
  return {...of, constants};
}

/** What a yearly figure was computed with; it is annualised below a year too, and says so. */
export function yearly({returns, periodsPerYear}: Evidence) {
  const n = returns.length;
  return {periodsPerYear, n, belowYear: n < periodsPerYear};
}

/** Returns the figure of both series; null without a benchmark. */
export function ofPairs({pairs}: Evidence, of: (pairs: Pairs) => Figure): Figure {
  return pairs ? of(pairs) : unavailable("no benchmark to compare with");
}

const growth = (evidence: Evidence) => annualGrowth(evidence.returns, evidence.periodsPerYear);
const bars = ({record}: Evidence) => record.time.length;
const fall = (evidence: Evidence) => deepest(evidence.falls, bars(evidence));

/** Our conventions; `empyrical` is the nearest library. A = periods in a year, n = returns. */
export const OURS: Rules = {
  finalEquity: {
    formula: "account value at the last close",
    of: ({record}) => {
      const last = record.equity.at(-1);
      return withConstants(last === undefined ? unavailable("no bars") : figure(last), {});
    }
  },
  totalReturn: {
    formula: "account value at the last close / value before the first bar - 1",
    of: ({record: {equity, cash}}) =>
      withConstants(figure((equity.at(-1) ?? NaN) / cash - 1, "no bars"), {cash})
  },
  annualReturn: {
    formula: "(product of (1 + r))^(A / n) - 1",
    of: (evidence) => withConstants(growth(evidence), yearly(evidence))
  },
  cagr: {
    formula: "(last value / value before the first bar)^(365.25 / days) - 1",
    of: ({record: {equity, cash}, sample: {days}}) => {
      const grown = Math.max(0, equity.at(-1) ?? NaN) / cash;
      const rate = days > 0 ? grown ** (YEAR_DAYS / days) - 1 : NaN;
      return withConstants(figure(rate, "all bars are of one moment"), {days, belowYear: days < YEAR_DAYS});
    }
  },
  volatility: {
    formula: "std(r, ddof 1) x sqrt(A)",
    of: ({returns, periodsPerYear}) => volatility(returns, {periodsPerYear})
  },
  sharpe: {
    formula: "mean(r - rf) / std(r - rf, ddof 1) x sqrt(A)",
    of: ({returns, periodsPerYear, riskFreePeriod}) =>
      sharpe(returns, {periodsPerYear, riskFree: riskFreePeriod})
  },
  sortino: {
    formula: "mean(r - rf) / sqrt(mean of min(r - rf, 0)^2 over all n) x sqrt(A)",
    of: ({returns, periodsPerYear, riskFreePeriod}) =>
      sortino(returns, {periodsPerYear, target: riskFreePeriod})
  },
  calmar: {
    formula: "annual return / |deepest fall at a close|",
    of: (evidence) => withConstants(returnOverDrawdown(growth(evidence), fall(evidence)), yearly(evidence))
  },
  omega: {
    formula: "sum of max(r - rf, 0) / sum of max(rf - r, 0)",
    of: ({returns, riskFreePeriod}) => omega(returns, {threshold: riskFreePeriod})
  },
  maxDrawdown: {
    formula: "deepest fall of the closes' account value from a peak, the value before the first bar included",
    of: (evidence) => withConstants(fall(evidence), {bars: bars(evidence)})
  },
  averageDrawdown: {
    formula: "mean of the deepest points of all falls from a peak",
    of: (evidence) => withConstants(averageDepth(evidence.falls), {falls: evidence.falls.days.length})
  },
  maxDrawdownDays: {
    formula: "days from a peak until its value is reached again, or to the last bar; the longest",
    of: (evidence) => withConstants(longest(evidence.falls, bars(evidence)), {bars: bars(evidence)})
  },
  averageDrawdownDays: {
    formula: "days from a peak until its value is reached again, or to the last bar; the mean",
    of: (evidence) => withConstants(averageDays(evidence.falls), {falls: evidence.falls.days.length})
  },
  valueAtRisk: {
    formula: "loss: minus the ceil(tail x n)-th lowest return of a period",
    of: ({returns, tail}) => tails.historicalValueAtRisk(returns, {tail})
  },
  conditionalValueAtRisk: {
    formula: "loss: minus the mean of the worst tail x n returns, the last in part (Rockafellar-Uryasev)",
    of: ({returns, tail}) => tails.historicalConditionalValueAtRisk(returns, {tail})
  },
  normalValueAtRisk: {
    formula: "loss: -(mean + z std), z the normal quantile of tail",
    of: ({returns, tail}) => tails.normalValueAtRisk(returns, {tail})
  },
  normalConditionalValueAtRisk: {
    formula: "loss: -(mean - std density(z) / tail)",
    of: ({returns, tail}) => tails.normalConditionalValueAtRisk(returns, {tail})
  },
  cornishFisherValueAtRisk: {
    formula: "loss: -(mean + std (z + (z^2 - 1) S / 6 + (z^3 - 3z) K / 24 - (2z^3 - 5z) S^2 / 36))",
    of: ({returns, tail}) => tails.cornishFisherValueAtRisk(returns, {tail})
  },
  cornishFisherConditionalValueAtRisk: {
    formula: "loss: -(mean - std density(z) / tail (1 + z S / 6 + (z^2 - 1) K / 24 - (2z^2 - 1) S^2 / 36))",
    of: ({returns, tail}) => tails.cornishFisherConditionalValueAtRisk(returns, {tail})
  },
  skewness: {
    formula: "mean of ((r - mean) / std)^3, ddof 0",
    of: ({returns}) => skewness(returns)
  },
  excessKurtosis: {
    formula: "mean of ((r - mean) / std)^4 - 3, ddof 0",
    of: ({returns}) => excessKurtosis(returns)
  },
  tailRatio: {
    formula: "|95th percentile of r| / |5th|, interpolated",
    of: ({returns}) => tailRatio(returns)
  },
  stability: {
    formula: "R^2 of a line through the cumulative log returns",
    of: ({returns}) => stability(returns)
  },
  probabilisticSharpe: {
    formula:
      "P(SR sqrt(n - 1) / sqrt(1 - S SR + (K - 1) / 4 SR^2)): true Sharpe ratio above 0, trials not deducted",
    of: ({returns, riskFreePeriod, trials}) =>
      probabilisticSharpe(returns, {riskFree: riskFreePeriod, trials})
  },
  deflatedSharpe: {
    formula: "probabilistic Sharpe ratio against the best to expect of so many trials without skill",
    of: ({returns, riskFreePeriod, trials}) => deflatedSharpe(returns, {riskFree: riskFreePeriod, trials})
  },
  minimumTrackRecord: {
    formula: "returns needed for 95 % confidence: 1 + (1 - S SR + (K - 1) / 4 SR^2) (z / SR)^2",
    of: ({returns, riskFreePeriod, trials}) => minimumTrackRecord(returns, {riskFree: riskFreePeriod, trials})
  },
  minimumBacktestYears: {
    formula: "(largest Sharpe ratio to expect of so many trials without skill / Sharpe ratio)^2 years",
    of: (evidence) => {
      const ratio = OURS.sharpe.of(evidence);
      const {trials} = evidence;
      return withConstants(minimumBacktestYears(ratio, trials), {
        sharpe: ratio.value,
        trials: trials?.count ?? null
      });
    }
  },
  trades: {
    formula: "closed trades",
    of: ({gains}) => withConstants(figure(gains.length), {})
  },
  winRate: {
    formula: "share of trades with a gain above 0; a gain of 0 is not a win",
    of: ({gains}) => winRate(gains)
  },
  profitFactor: {
    formula: "sum of trades' gains / sum of their losses, in money",
    of: ({gains}) => profitFactor(gains)
  },
  expectancy: {
    formula: "mean gain of a trade, in money",
    of: ({gains}) => expectancy(gains)
  },
  sqn: {
    formula: "sqrt(trades) x mean gain / std of gains, ddof 1",
    of: ({gains}) => systemQuality(gains)
  },
  kelly: {
    formula: "W - (1 - W) / (average win / average loss), of trades in money",
    of: ({gains}) => kelly(gains)
  },
  exposure: {
    formula: "share of bars in which something was held",
    of: ({record}) => exposure(record)
  },
  turnover: {
    formula: "(bought + sold) / mean equity / years of 365.25 days",
    of: ({record}) => turnover(record)
  },
  alpha: {
    formula: "(1 + mean(r - rf - beta (b - rf)))^A - 1",
    of: (evidence) => {
      const {periodsPerYear, riskFreePeriod} = evidence;
      const options = {periodsPerYear, riskFree: riskFreePeriod};
      return withConstants(
        ofPairs(evidence, (pairs) => jensenAlpha(pairs, options)),
        {...yearly(evidence), riskFree: riskFreePeriod}
      );
    }
  },
  beta: {
    formula: "cov(r, b) / var(b)",
    of: (evidence) => withConstants(ofPairs(evidence, beta), {n: evidence.pairs?.returns.length ?? 0})
  },
  upCapture: {
    formula: "geometric mean return per year over the benchmark's, of periods in which it rose",
    of: (evidence) =>
      withConstants(
        ofPairs(evidence, (pairs) => capture(pairs, "up", evidence.periodsPerYear)),
        yearly(evidence)
      )
  },
  downCapture: {
    formula: "geometric mean return per year over the benchmark's, of periods in which it fell",
    of: (evidence) =>
      withConstants(
        ofPairs(evidence, (pairs) => capture(pairs, "down", evidence.periodsPerYear)),
        yearly(evidence)
      )
  }
};
