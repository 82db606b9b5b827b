import {annualGrowth} from "../../returns/annual.js";
import {worstDrawdown} from "../../returns/drawdown.js";
import {type Figure, figure, unavailable} from "../../returns/figure.js";
import {beta, covarianceOf, grown} from "../../risk/beta.js";
import {returnOverDrawdown} from "../../risk/calmar.js";
import {deviation, mean, present} from "../../risk/moments.js";
import {profitFactor} from "../../risk/profit-factor.js";
import {excessKurtosis, skewness} from "../../risk/shape.js";
import {expectancy, kelly} from "../../risk/trades.js";
import * as tails from "../../risk/value-at-risk.js";
import {winRate} from "../../risk/win-rate.js";
import {averageDays, averageDepth, deepest, type Falls, fallsOf, longest} from "./fall.js";
import type {MetricProfile} from "./metric.js";
import {ofPairs, OURS, withConstants, yearly} from "./ours.js";
import {probabilisticSharpe} from "./probabilistic-sharpe.js";
import type {Evidence, Rule, Rules} from "./rule.js";

const linked: Rule = {
  formula: "product of (1 + r) - 1, of periods",
  of: ({returns}) => withConstants(figure(grown(present(returns)) - 1), {n: returns.length})
};

const fallOfPeriods: Rule = {
  formula: "deepest fall from a peak of the periods' values, the value at the first period's end included",
  of: ({returns}) => withConstants(worstDrawdown(returns), {n: returns.length})
};

const calmarOfPeriods: Rule = {
  formula: "annual return / |deepest fall of the periods' values|",
  of: (evidence) => {
    const {returns, periodsPerYear} = evidence;
    return withConstants(
      returnOverDrawdown(annualGrowth(returns, periodsPerYear), worstDrawdown(returns)),
      yearly(evidence)
    );
  }
};

/** @see empyrical-reloaded 0.7.1, stats.py */
const EMPYRICAL: Partial<Rules> = {
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
    formula: "return: percentile of r at tail, interpolated",
    of: ({returns, tail}) => tails.percentileReturn(returns, {tail})
  },
  conditionalValueAtRisk: {
    formula: "return: mean of the int((n - 1) tail) + 1 lowest r",
    of: ({returns, tail}) => tails.lowestMean(returns, {tail})
  },
  skewness: OURS.skewness,
  excessKurtosis: OURS.excessKurtosis,
  tailRatio: OURS.tailRatio,
  stability: OURS.stability,
  alpha: OURS.alpha,
  beta: OURS.beta,
  upCapture: OURS.upCapture,
  downCapture: OURS.downCapture
};

const days = ({returns}: Evidence) => returns.filter((r) => r !== 0);

/** @see QuantStats 0.0.86, stats.py, whose measures of trades are measures of periods */
const QUANTSTATS: Partial<Rules> = {
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

/** backtesting.py's geometric mean return of a period: 0 once everything was lost. */
function geometricMean(returns: Float64Array): number {
  if (returns.some((r) => r <= -1)) return 0;
  return Math.exp(mean(returns.map((r) => Math.log1p(Number.isNaN(r) ? 0 : r)))) - 1;
}

function compoundedGrowth({returns, periodsPerYear}: Evidence): Figure {
  return figure((1 + geometricMean(returns)) ** periodsPerYear - 1, "no returns");
}

function compoundedVolatility({returns, periodsPerYear}: Evidence): Figure {
  const variance = deviation(present(returns), 1) ** 2;
  const square = (1 + geometricMean(returns)) ** 2;
  const reason = `needs two returns or more: ${returns.length}`;
  return figure(Math.sqrt((variance + square) ** periodsPerYear - square ** periodsPerYear), reason);
}

/** Its falls start from the first close, and one that begins in the last bar is none yet. */
function fallsFromFirstClose({record}: Evidence): Falls {
  const all = fallsOf(record, {start: false});
  const last = record.time.length - 2;
  const kept = ({peak, recovery}: Falls["spells"][number]) => recovery !== undefined || peak < last;
  return {
    spells: all.spells.filter(kept),
    days: all.days.filter((_, i) => kept(all.spells[i]))
  };
}

const deepestFromFirstClose = ({record}: Evidence) =>
  deepest(fallsOf(record, {start: false}), record.time.length);

/** @see backtesting.py 0.6.6, _stats.py */
const BACKTESTING_PY: Partial<Rules> = {
  finalEquity: OURS.finalEquity,
  totalReturn: {
    formula: "last close's account value / first close's - 1",
    of: ({record: {equity}}) => withConstants(figure((equity.at(-1) ?? NaN) / equity[0] - 1, "no bars"), {})
  },
  annualReturn: {
    formula: "(1 + geometric mean r)^A - 1",
    of: (evidence) => withConstants(compoundedGrowth(evidence), yearly(evidence))
  },
  cagr: OURS.cagr,
  volatility: {
    formula: "sqrt((var(r) + (1 + g)^2)^A - (1 + g)^(2A)), g the geometric mean r",
    of: (evidence) => withConstants(compoundedVolatility(evidence), yearly(evidence))
  },
  sharpe: {
    formula: "(annual return - rf) / compounded volatility",
    of: (evidence) => {
      const {riskFree} = evidence;
      const [rate, spread] = [compoundedGrowth(evidence), compoundedVolatility(evidence)];
      const constants = {...yearly(evidence), riskFree};
      if (rate.value === null || spread.value === null) {
        return withConstants(unavailable(rate.reason ?? spread.reason ?? "no returns"), constants);
      }
      const still = deviation(present(evidence.returns), 1) === 0;
      return withConstants(
        figure(still ? NaN : (rate.value - riskFree) / spread.value, "the returns do not vary"),
        constants
      );
    }
  },
  sortino: {
    formula: "(annual return - rf) / (sqrt(mean of min(r, 0)^2) x sqrt(A))",
    of: (evidence) => {
      const {returns, periodsPerYear, riskFree} = evidence;
      const rate = compoundedGrowth(evidence);
      const downside = Math.sqrt(mean(present(returns).map((r) => Math.min(r, 0) ** 2)) * periodsPerYear);
      const value = rate.value === null || downside === 0 ? NaN : (rate.value - riskFree) / downside;
      return withConstants(figure(value, rate.reason ?? "no return is below 0"), {
        ...yearly(evidence),
        riskFree
      });
    }
  },
  calmar: {
    formula: "annual return / |deepest fall at a close|",
    of: (evidence) =>
      withConstants(
        returnOverDrawdown(compoundedGrowth(evidence), deepestFromFirstClose(evidence)),
        yearly(evidence)
      )
  },
  maxDrawdown: {
    formula: "deepest fall of the closes' account value from a peak, the first close included",
    of: (evidence) => withConstants(deepestFromFirstClose(evidence), {bars: evidence.record.time.length})
  },
  averageDrawdown: {
    formula: "mean of the deepest points of all falls from a peak",
    of: (evidence) => {
      const falls = fallsFromFirstClose(evidence);
      return withConstants(averageDepth(falls), {falls: falls.days.length});
    }
  },
  maxDrawdownDays: {
    formula: "days from a peak until its value is reached again, or to the last bar; the longest",
    of: (evidence) =>
      withConstants(longest(fallsFromFirstClose(evidence), evidence.record.time.length), {
        bars: evidence.record.time.length
      })
  },
  averageDrawdownDays: {
    formula: "days from a peak until its value is reached again, or to the last bar; the mean",
    of: (evidence) => {
      const falls = fallsFromFirstClose(evidence);
      return withConstants(averageDays(falls), {falls: falls.days.length});
    }
  },
  trades: OURS.trades,
  winRate: OURS.winRate,
  profitFactor: {
    formula: "sum of trades' returns above 0 / sum below 0",
    of: ({tradeReturns}) => profitFactor(tradeReturns)
  },
  expectancy: {
    formula: "mean return of a trade, a fraction",
    of: ({tradeReturns}) => expectancy(tradeReturns)
  },
  sqn: OURS.sqn,
  kelly: OURS.kelly,
  exposure: OURS.exposure,
  alpha: {
    formula: "total return - rf - beta (benchmark's total return from the first bar - rf)",
    of: (evidence) => {
      const {record, riskFree} = evidence;
      const slope = logBeta(evidence);
      const prices = record.benchmark ?? new Float64Array();
      const [own, theirs] = [record.equity, prices].map((values) => (values.at(-1) ?? NaN) / values[0] - 1);
      const value = own - riskFree - (slope.value ?? NaN) * (theirs - riskFree);
      return withConstants(slope.value === null ? slope : figure(value), {riskFree, beta: slope.value});
    }
  },
  beta: {
    formula: "cov / var (ddof 1) of the bars' log returns",
    of: (evidence) => withConstants(logBeta(evidence), {bars: evidence.record.time.length})
  }
};

function logBeta({record: {equity, benchmark}}: Evidence): Figure {
  if (!benchmark) return unavailable("no benchmark to compare with");
  if (benchmark.length < 3) return unavailable(`needs three bars or more: ${benchmark.length}`);
  const logs = (values: Float64Array) => values.slice(1).map((value, i) => Math.log(value / values[i]));
  const [own, theirs] = [logs(equity), logs(benchmark)];
  const spread = deviation(theirs, 1);
  return figure(
    spread ? covarianceOf(own, theirs) / spread ** 2 : NaN,
    "the benchmark's returns do not vary, or a value is not above zero"
  );
}

/** Rules of each library, where it has one. */
export const PEERS: Readonly<Record<Exclude<MetricProfile, "ours">, Partial<Rules>>> = {
  empyrical: EMPYRICAL,
  quantstats: QUANTSTATS,
  "backtesting.py": BACKTESTING_PY
};
