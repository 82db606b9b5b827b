import {BACKTESTING_PY} from "./backtesting-py.js";
import {EMPYRICAL} from "./empyrical.js";
import {
  METRIC_IDS,
  type Metric,
  type MetricConstants,
  type MetricId,
  type MetricProfile,
  type Metrics
} from "./metric.js";
import {OURS} from "./ours.js";
import {QUANTSTATS} from "./quantstats.js";
import type {BacktestRecord, MetricOptions} from "./record.js";
import {evidenceOf, type Rules} from "./rule.js";

/** Rules by profile: a library's own, where it has one. */
const PROFILE_RULES: Readonly<Record<MetricProfile, Partial<Rules>>> = {
  ours: OURS,
  empyrical: EMPYRICAL,
  quantstats: QUANTSTATS,
  "backtesting.py": BACKTESTING_PY
};

/**
 * Returns every metric of a backtest, by the conventions of a library. What the library does not have is ours, and says
 * so. Ratios are of the returns of `sampleEquity`; a year is annualised from less, and says so (`belowYear`).
 *
 * @param record what the backtest left behind
 * @param options.profile whose conventions; default ours
 * @returns one metric for each of METRIC_IDS: a number, or null with the reason
 * @throws RangeError if columns differ in length, times do not rise, or a value is not finite
 */
export function metricsOf(
  record: BacktestRecord,
  {profile = "ours", ...options}: MetricOptions & {profile?: MetricProfile} = {}
): Metrics {
  const evidence = evidenceOf(record, options);
  const theirs = PROFILE_RULES[profile];
  const metricOf = (id: MetricId): Metric => {
    const rule = theirs[id] ?? OURS[id];
    const {value, reason, constants} = rule.of(evidence);
    return {
      value: value === null ? null : value + 0, // minus zero is zero
      ...(reason === undefined ? {} : {reason}),
      convention: `${theirs[id] ? profile : "ours"}: ${rule.formula}`,
      constants: constants as MetricConstants // rules put numbers, words and null in
    };
  };
  return Object.fromEntries(METRIC_IDS.map((id) => [id, metricOf(id)])) as unknown as Metrics; // all ids are there
}

/** Returns the numbers alone, as the terminal prints them: null where there is none. */
export function metricValues(metrics: Metrics): Record<MetricId, number | null> {
  return Object.fromEntries(METRIC_IDS.map((id) => [id, metrics[id].value])) as Record<
    MetricId,
    number | null
  >;
}
