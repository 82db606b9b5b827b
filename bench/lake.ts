/**
 * Five million bars of 500 symbols: checked, written to the lake, their 20-day moving average taken, and updated when
 * nothing is new; beside polars and pandas, which take turns with us on the same rows, where they are installed:
 *
 *     python3 -m venv /tmp/peers-venv && /tmp/peers-venv/bin/pip install polars pandas pyarrow
 *     node --expose-gc --import ./register.js bench/lake.ts [symbols] [days] [rounds]
 */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {datasetPath} from "../lib/lake/dataset.js";
import {movingAverage} from "../lib/lake/moving-average.js";
import {validate} from "../lib/lake/validate.js";
import {openLake} from "../loaders/lake/lake.js";
import type {Lake} from "../loaders/lake/port.js";
import {averageParts} from "./lake-average.js";
import {measurePeer, type LakeTimes} from "./lake-peers.js";
import {LAST_DAY, sampleBars} from "./lake-sample.js";
import {updateAll} from "./lake-update.js";

const WINDOW = 20;
const ID = {provider: "bench", kind: "bars", universe: "shares", frequency: "1d"} as const;
const STEPS = [
  ["write", "written, a file a year"],
  ["average", `${WINDOW}-day moving average, from disk`],
  ["inMemory", `${WINDOW}-day moving average, in memory`]
] as const;

const [symbols = 500, days = 10_000, rounds = 3] = process.argv.slice(2).map(Number);
const bars = sampleBars(symbols, days);
const folder = mkdtempSync(join(tmpdir(), "tearsheet-bench-"));
const ours: LakeTimes[] = [];
const theirs = {polars: [] as LakeTimes[], pandas: [] as LakeTimes[]};
try {
  for (let round = 0; round < rounds; ++round) {
    const dir = join(folder, `lake-${round}`);
    const lake = openLake(dir, {now: () => new Date(`${LAST_DAY}T22:00:00Z`)});
    const parts = join(dir, datasetPath("clean", ID));
    ours.push(await measureOurs(lake, parts));
    if (round === 0) await showOthers(lake);
    lake.close();
    for (const peer of ["polars", "pandas"] as const) {
      const times = await measurePeer(peer, parts, join(folder, peer));
      if (times) theirs[peer].push(times);
    }
    rmSync(dir, {recursive: true});
  }
  for (const {sum} of [...theirs.polars, ...theirs.pandas]) expectSum(sum, ours[0].sum);
  for (const [step, what] of STEPS) showStep(step, what);
} finally {
  rmSync(folder, {recursive: true, force: true});
}

async function measureOurs(lake: Lake, parts: string): Promise<LakeTimes> {
  const {close, symbol} = bars.columns;
  globalThis.gc?.();
  const write = await timed(() => lake.write("clean", ID, bars));
  const average = await timed(() => averageParts(parts, WINDOW));
  const inMemory = await timed(() => movingAverage(close, WINDOW, symbol));
  const sum = sumOf(inMemory.result);
  expectSum(sumOf(average.result), sum);
  const seconds = {write: write.seconds, average: average.seconds, inMemory: inMemory.seconds};
  return {version: process.version, bytes: write.result.bytes, sum, seconds};
}

/** What the peers have no like of: the check, and updates before a session that could be new and after one. */
async function showOthers(lake: Lake): Promise<void> {
  const checks: number[] = [];
  for (let round = 0; round < rounds; ++round) {
    const {result, seconds} = await timed(() =>
      validate(bars, {calendar: "nyse", frequency: "1d", today: LAST_DAY})
    );
    if (result.good !== bars) throw new Error(`the sample is not sound: ${result.problems[0].sentence}`);
    checks.push(seconds);
  }
  console.log(`${bars.length.toLocaleString("en")} bars of ${symbols} symbols, medians of ${rounds}`);
  console.log(`checked: ${median(checks).toFixed(2)} s`);
  for (const day of [LAST_DAY, "2026-01-02"]) {
    const {seconds, asked, record} = await updateAll(lake, bars, `${day}T22:00:00Z`);
    if (record.state !== "done" || record.rows.new + record.rows.changed > 0) throw new Error(record.message);
    console.log(
      `update of ${symbols} symbols when nothing is new, ${asked} asked for: ${seconds.toFixed(2)} s`
    );
  }
}

function showStep(step: keyof LakeTimes["seconds"], what: string): void {
  const mine = median(ours.map(({seconds}) => seconds[step]));
  const beside = Object.entries(theirs).map(([peer, times]) => {
    if (!times.length) return `${peer} n/a: it is not installed`;
    const its = median(times.map(({seconds}) => seconds[step]));
    const size = step === "write" ? ` (${megabytes(times)} MB)` : "";
    return `${peer} ${times[0].version} ${its.toFixed(2)} s${size}, ${(mine / its).toFixed(2)} times that`;
  });
  const size = step === "write" ? ` (${megabytes(ours)} MB)` : "";
  console.log(`${what}: ${mine.toFixed(2)} s${size}; ${beside.join("; ")}`);
}

async function timed<T>(work: () => T | Promise<T>): Promise<{result: T; seconds: number}> {
  const start = performance.now();
  const result = await work();
  return {result, seconds: (performance.now() - start) / 1000};
}

function sumOf(averages: Float64Array): number {
  let sum = 0;
  for (const average of averages) if (!Number.isNaN(average)) sum += average;
  return sum;
}

function expectSum(sum: number, expected: number): void {
  if (!(Math.abs(sum / expected - 1) < 1e-9))
    throw new Error(`the averages differ: their sum is ${sum}, not ${expected}`);
}

function megabytes([{bytes}]: readonly LakeTimes[]): number {
  return Math.round(bytes / 1e6);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
