import type {FigureWith} from "../../returns/figure.js";
import {type Pairs, pairsOf} from "../../risk/beta.js";
import {type Falls, fallsOf} from "./fall.js";
import type {MetricId} from "./metric.js";
import type {BacktestRecord, MetricOptions, Trials} from "./record.js";
import {type Sample, sampleEquity} from "./sample.js";

/** All that rules take numbers from. */
export interface Evidence {
  record: BacktestRecord;
  sample: Sample;
  /** The sample's returns and periods in a year. */
  returns: Float64Array;
  periodsPerYear: number;
  /** The sample's returns beside the benchmark's; undefined without a benchmark. */
  pairs: Pairs | undefined;
  /** Gain of each trade in money, and as a fraction. */
  gains: Float64Array;
  tradeReturns: Float64Array;
  /** Return of the riskless asset per year and per period. */
  riskFree: number;
  riskFreePeriod: number;
  /** The falls of its value, the value before the first bar included. */
  falls: Falls;
  tail: number;
  trials: Trials | undefined;
}

/** How a metric is made: the formula as printed, and the number. */
export interface Rule {
  formula: string;
  of: (evidence: Evidence) => FigureWith<object>;
}

/** How each metric is made. */
export type Rules = Readonly<Record<MetricId, Rule>>;

/** Returns what rules take numbers from. */
export function evidenceOf(record: BacktestRecord, options: MetricOptions): Evidence {
  const {riskFree = 0, tail = 0.05, trials} = options;
  if (!(riskFree > -1 && riskFree < Infinity)) throw new RangeError(`invalid riskless rate: ${riskFree}`);
  const sample = sampleEquity(record, options);
  const {returns, periodsPerYear, benchmark} = sample;
  return {
    record,
    sample,
    returns,
    periodsPerYear,
    pairs: benchmark && pairsOf(returns, benchmark),
    gains: Float64Array.from(record.trades, ({pnl}) => pnl),
    tradeReturns: Float64Array.from(record.trades, ({returnPercent}) => returnPercent / 100),
    riskFree,
    riskFreePeriod: (1 + riskFree) ** (1 / periodsPerYear) - 1,
    falls: fallsOf(record, {start: true}),
    tail,
    trials
  };
}
