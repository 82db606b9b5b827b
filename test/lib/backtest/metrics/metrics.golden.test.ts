import {expect, it} from "vitest";
import type {MetricId, MetricProfile} from "../../../../lib/backtest/metrics/metric.js";
import {metricsOf} from "../../../../lib/backtest/metrics/metrics.js";
import type {BacktestRecord} from "../../../../lib/backtest/metrics/record.js";
import expected from "../../../reference/metrics.json" with {type: "json"};

type Case = (typeof expected.cases)[number];

const recordOf = ({time, equity, benchmark, trades, warmUp}: Case): BacktestRecord => ({
  time: Float64Array.from(time),
  equity: Float64Array.from(equity),
  benchmark: Float64Array.from(benchmark),
  cash: 100_000,
  trades,
  warmUp
});

const PEERS = ["backtesting.py", "empyrical", "quantstats"] as const satisfies readonly MetricProfile[];
const rows = PEERS.flatMap((profile) => expected.cases.map((one) => ({profile, name: one.name, one})));

it.each(rows)("metricsOf(record, {profile: $profile}) agrees with the library on $name", ({profile, one}) => {
  const metrics = metricsOf(recordOf(one), {profile, riskFree: one.riskFree});
  for (const [id, value] of Object.entries(one[profile])) {
    if (value === undefined) continue; // the JSON's type is that of all cases
    const metric = metrics[id as MetricId];
    expect(metric.convention, id).toMatch(new RegExp(`^${profile}: `));
    expect(Math.abs((metric.value ?? NaN) - value), `${id}: ${metric.value} for ${value}`).toBeLessThan(
      1e-9 * Math.max(1, Math.abs(value))
    );
  }
});
