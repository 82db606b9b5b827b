/**
 * Compares metrics by the profiles of empyrical, QuantStats and backtesting.py with these libraries themselves, on
 * random backtests of days, hours and weeks:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/backtest/metrics.ts [COUNT]
 */
import {spawnSync} from "node:child_process";
import {fileURLToPath} from "node:url";
import type {MetricId, MetricProfile} from "../../lib/backtest/metrics/metric.js";
import {metricsOf} from "../../lib/backtest/metrics/metrics.js";
import type {BacktestRecord, TradeRecord} from "../../lib/backtest/metrics/record.js";
import {sampleEquity} from "../../lib/backtest/metrics/sample.js";
import {Xoshiro, streamStates} from "../../lib/risk/simulation/xoshiro.js";
import {normal} from "../../lib/risk/simulation/ziggurat.js";

/** What the script prints. */
interface Peer {
  versions: Record<string, string>;
  results: Record<Exclude<MetricProfile, "ours">, Partial<Record<MetricId, number>>>[];
}

const SCRIPT = fileURLToPath(new URL("../peers/metrics.py", import.meta.url));
const HOUR = 3_600_000;
const STEPS = [24 * HOUR, HOUR, 7 * 24 * HOUR];
const TOLERANCE = 1e-8;

interface Random {
  record: BacktestRecord;
  trades: (TradeRecord & {entryBar: number; exitBar: number})[];
  riskFree: number;
}

function randomBacktest(seed: number): Random {
  const random = new Xoshiro();
  random.start(streamStates(seed, 0, 1));
  const bars = 60 + Math.floor(random.uniform() * 500);
  const step = STEPS[seed % STEPS.length];
  const time = Float64Array.from({length: bars}, (_, i) => Date.UTC(2020, 0, 6) + i * step);
  const walk = (start: number, drift: number, spread: number) => {
    let value = start;
    return Float64Array.from({length: bars}, () => (value *= Math.exp(drift + spread * normal(random))));
  };
  const benchmark = walk(50, 0.0002, 0.01);
  const own = walk(1, 0.0003, 0.008);
  const equity = own.map((value, i) => 1e5 * (value / own[0]) * Math.sqrt(benchmark[i] / benchmark[0]));
  const trades = Array.from({length: 2 + Math.floor(random.uniform() * 30)}, () => {
    const entryBar = Math.floor(random.uniform() * bars);
    const exitBar = Math.min(bars - 1, entryBar + Math.floor(random.uniform() * 20));
    const returnPercent = 3 * normal(random);
    const pnl = returnPercent * 900 * (0.5 + random.uniform());
    return {entryBar, exitBar, entryTime: time[entryBar], exitTime: time[exitBar], pnl, returnPercent};
  });
  const riskFree = [0, 0.02, 0.045][seed % 3]; // QuantStats takes a rate below zero for none
  return {record: {time, equity, benchmark, cash: 1e5, trades}, trades, riskFree};
}

const count = Number(process.argv[2] ?? 60);
const cases = Array.from({length: count}, (_, seed) => randomBacktest(seed));
const input = cases.map(({record, trades, riskFree}) => ({
  time: [...record.time],
  equity: [...record.equity],
  benchmark: [...(record.benchmark ?? [])],
  trades,
  periodsPerYear: sampleEquity(record).periodsPerYear,
  riskFree
}));
const {stdout, status, stderr} = spawnSync("python3", [SCRIPT], {
  input: JSON.stringify(input),
  encoding: "utf8",
  maxBuffer: 2 ** 30
});
if (status !== 0) throw new Error(stderr);
const peer = JSON.parse(stdout) as Peer; // the script prints it
console.log(
  Object.entries(peer.versions)
    .map((pair) => pair.join(" "))
    .join(", ")
);

for (const profile of ["empyrical", "quantstats", "backtesting.py"] as const) {
  let [compared, worst] = [0, {gap: 0, where: ""}];
  for (const [i, {record, riskFree}] of cases.entries()) {
    const metrics = metricsOf(record, {profile, riskFree});
    for (const [id, expected] of Object.entries(peer.results[i][profile])) {
      const value = metrics[id as MetricId].value ?? NaN;
      const gap = Math.abs(value - expected) / Math.max(1, Math.abs(expected));
      ++compared;
      if (!(gap <= worst.gap)) worst = {gap, where: `${id} of backtest ${i}: ${value} for ${expected}`};
    }
  }
  const agrees = worst.gap <= TOLERANCE;
  console.log(`${profile}: ${compared} numbers, largest relative difference ${worst.gap.toExponential(1)}`);
  if (!agrees) {
    console.log(`  differs: ${worst.where}`);
    process.exitCode = 1;
  }
}
