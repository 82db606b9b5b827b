import {type Figure, figure, unavailable} from "../../returns/figure.js";
import {covarianceOf} from "../../risk/beta.js";
import {returnOverDrawdown} from "../../risk/calmar.js";
import {deviation, mean, present} from "../../risk/moments.js";
import {profitFactor} from "../../risk/profit-factor.js";
import {expectancy} from "../../risk/trades.js";
import {averageDays, averageDepth, deepest, type Falls, fallsOf, longest} from "./fall.js";
import {OURS, withConstants, yearly} from "./ours.js";
import type {Evidence, Rules} from "./rule.js";

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

/**
 * The rules of backtesting.py: ratios of compounded returns, trades in percent.
 * @see backtesting.py 0.6.6, _stats.py
 */
export const BACKTESTING_PY: Partial<Rules> = {
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
    formula: "total return - rf - beta (benchmark's total return since the warm-up - rf)",
    of: (evidence) => {
      const {record, riskFree} = evidence;
      const slope = logBeta(evidence);
      const {equity, benchmark = new Float64Array(), warmUp = 0} = record;
      const own = (equity.at(-1) ?? NaN) / equity[0] - 1;
      const theirs = (benchmark.at(-1) ?? NaN) / benchmark[warmUp] - 1;
      const value = own - riskFree - (slope.value ?? NaN) * (theirs - riskFree);
      return withConstants(slope.value === null ? slope : figure(value), {
        riskFree,
        beta: slope.value,
        warmUp
      });
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
