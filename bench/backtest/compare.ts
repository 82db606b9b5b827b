/**
 * Compares the event engine with backtesting.py, trade by trade, on random bars or on files:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/backtest/compare.ts [FILE.csv…]
 */
import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {fileURLToPath} from "node:url";
import type {Bars} from "../../lib/backtest/bars.js";
import {PROFILES} from "../../lib/backtest/contract.js";
import {proportionalCosts} from "../../lib/backtest/costs/costs.js";
import {runEvents} from "../../lib/backtest/event/engine.js";
import {readBars} from "../../lib/backtest/read-bars.js";
import type {Trade} from "../../lib/backtest/trade.js";
import {strategyOf} from "./peer-strategies.js";
import {randomWalk} from "./walk.js";

/** A run in both. */
interface Job {
  name: string;
  bars: Bars;
  strategy: string;
  parameters: Record<string, number>;
  cash: number;
  commission: number;
  spread: number;
}

/** What the script prints. */
interface Peer {
  versions: Record<string, string>;
  results: {trades: Trade[]; equity: number[]}[];
}

const SCRIPT = fileURLToPath(new URL("../peers/backtesting_py.py", import.meta.url));
const CASH = [10_000, 1_000_000, 12_345.67];
const COSTS = [
  [0, 0],
  [0.002, 0],
  [0.0005, 0.001]
] as const;

function jobsOf(name: string, bars: Bars, n: number): Job[] {
  const choices: [string, Record<string, number>][] = [
    ["sma-cross", {fast: 2 + (n % 9), slow: 15 + (n % 31)}],
    ["buy-and-hold", {}],
    ["momentum", {lookback: 1 + (n % 12)}],
    ["bracketed", {stop: 0.02 + (n % 3) / 100, target: 0.025 + (n % 2) / 100}],
    ["resting", {every: 3 + (n % 4), distance: 0.002 * (1 + (n % 5))}]
  ];
  const [commission, spread] = COSTS[n % COSTS.length];
  return choices.map(([strategy, parameters]) => ({
    name,
    bars,
    strategy,
    parameters,
    cash: CASH[n % CASH.length],
    commission,
    spread
  }));
}

function runPeer(jobs: readonly Job[]): Peer {
  const input = jobs.map(({bars: {time, open, high, low, close, volume}, ...job}) => ({
    ...job,
    bars: Object.fromEntries(
      Object.entries({time, open, high, low, close, volume}).map(([name, values]) => [name, [...values]])
    )
  }));
  const {stdout, status, stderr} = spawnSync("python3", [SCRIPT], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 2 ** 30
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Peer; // the script prints it
}

/** Returns where the two differ first; undefined when they do not. */
function difference(ours: readonly Trade[], theirs: readonly Trade[]): string | undefined {
  for (let i = 0; i < Math.max(ours.length, theirs.length); ++i) {
    if (!ours[i] || !theirs[i]) return `${ours.length} trades against ${theirs.length}`;
    const {side, entryTime, exitTime, size, entryPrice, exitPrice} = theirs[i];
    const exact = {side, entryTime, exitTime, size, entryPrice, exitPrice};
    for (const [field, value] of Object.entries(exact))
      if (ours[i][field as keyof Trade] !== value)
        return `trade ${i}: ${field} ${ours[i][field as keyof Trade]} against ${value}`;
    for (const field of ["pnl", "returnPercent", "commission"] as const)
      if (!(Math.abs(ours[i][field] - theirs[i][field]) <= 1e-9 * Math.max(1, size * entryPrice)))
        return `trade ${i}: ${field} ${ours[i][field]} against ${theirs[i][field]}`;
  }
  return undefined;
}

const files = process.argv.slice(2);
const jobs = files.length
  ? files.flatMap((file) =>
      Array.from({length: 12}, (_, n) =>
        jobsOf(basename(file), readBars(readFileSync(file, "utf8")).bars, n)
      ).flat()
    )
  : Array.from({length: 60}, (_, n) =>
      jobsOf(`walk ${n}`, randomWalk({seed: n, length: 400 + 10 * n, ...(n % 2 ? {digits: 2} : {})}), n)
    ).flat();
const {versions, results} = runPeer(jobs);
let [trades, equal, furthest] = [0, 0, 0];
for (const [n, job] of jobs.entries()) {
  const ours = runEvents(strategyOf(job.strategy, job.parameters), {
    bars: [job.bars],
    cash: job.cash,
    rules: PROFILES["backtesting.py"],
    costs: proportionalCosts({
      commission: {of: "value", rate: job.commission},
      slippage: {of: "value", rate: job.spread}
    })
  });
  const theirs = results[n];
  const different = difference(ours.trades, theirs.trades);
  const apart = theirs.equity.reduce(
    (most, value, i) => Math.max(most, Math.abs(ours.equity[i] - value) / job.cash),
    0
  );
  trades += theirs.trades.length;
  if (different === undefined && apart < 1e-9) ++equal;
  else
    console.log(
      `${job.name} ${job.strategy} ${JSON.stringify(job.parameters)} commission ${job.commission} spread ${job.spread}: ${different ?? `equity ${apart}`}`
    );
  furthest = Math.max(furthest, apart);
}
console.log(
  `backtesting.py ${versions.backtesting}, pandas ${versions.pandas}: ${equal} of ${jobs.length} runs equal, ${trades} trades; equity at most ${furthest} apart`
);
if (equal < jobs.length) process.exitCode = 1;
