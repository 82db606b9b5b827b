/**
 * A sweep of 10,000 crossovers over 2,520 bars beside numba and vectorbt, medians of seven rounds in turn, one thread each:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/sweep/compare.ts [table] [rolling] [runs] [vectorbt]
 */
import {mean, median} from "d3-array";
import {sweepCrossingsByKernel} from "../../lib/kernels/sweep.kernel.js";
import {sweepColumns} from "../../lib/backtest/sweep/columns.js";
import {randomWalk} from "../backtest/walk.js";
import {startPeer} from "../peer.js";

/** Means over all pairs. */
interface Found {
  totalReturn: number;
  ratio: number;
  maxDrawdown: number;
  trades: number;
}

const ROUNDS = 7;
const COST = 0.0005;
const range = (from: number, to: number) => Array.from({length: to - from}, (_, i) => from + i);
const [FAST, SLOW] = [range(5, 55), range(60, 260)];
const wanted = process.argv.slice(2);
/** The peer, what it is, and how many times ours its time should be. */
const PEERS = (
  [
    ["table", "numba, averages once, then a loop a pair", 3.5],
    ["rolling", "numba, averages in the loop", 6],
    ["runs", "numba, our algorithm", 1.5],
    ["vectorbt", "vectorbt itself", 50]
  ] as const
).filter(([name]) => !wanted.length || wanted.includes(name));

const bars = randomWalk({seed: 5, length: 2520, move: 0.01});
const columns = sweepColumns(bars, {commission: {of: "value", rate: COST}});
const pairs = {
  fast: Int32Array.from(SLOW.flatMap(() => FAST)),
  slow: Int32Array.from(SLOW.flatMap((slow) => FAST.map(() => slow)))
};
const job = {open: [...bars.open], close: [...bars.close], fast: FAST, slow: SLOW, cost: COST};
const asks = new Map(PEERS.map(([name]) => [name as string, startPeer<Found>("sweep.py", name, job)]));
const seconds = new Map<string, number[]>();
const versions = new Map<string, string>();
const ours = sweep();
let furthest = 0;

for (let round = 0; round < ROUNDS; ++round) {
  add("ours", sweep().seconds);
  for (const [name, ask] of asks) {
    const answer = await ask();
    if ("missing" in answer) {
      versions.set(name, `not measured: ${answer.missing}`);
      asks.delete(name);
      continue;
    }
    add(name, answer.seconds);
    versions.set(name, answer.version);
    const apart = (["totalReturn", "maxDrawdown", "trades"] as const).map((figure) =>
      Math.abs(answer[figure] - ours[figure])
    );
    if (name !== "vectorbt") furthest = Math.max(furthest, ...apart);
    else if (round === 0)
      console.log(
        `vectorbt's means are ${apart.map((value) => value.toExponential(1)).join(", ")} from ours`
      );
  }
}

const own = median(seconds.get("ours")!)!; // measured above
console.log(
  `sweep: ${pairs.fast.length} long/flat crossovers of ${bars.time.length} bars, one thread each, medians of ${ROUNDS} in turn`
);
console.log(
  `ours (averages and table of ranges in it): ${(1000 * own).toFixed(1)} ms, Node ${process.version}`
);
for (const [name, what, goal] of PEERS) {
  const times = seconds.get(name);
  if (!times) console.log(`${what}: ${versions.get(name)}`);
  else {
    const taken = median(times)!; // at least one
    console.log(
      `${what}: ${(1000 * taken).toFixed(1)} ms, ${(taken / own).toFixed(1)} times ours (goal ${goal}); ${versions.get(name)}`
    );
  }
}
if (PEERS.some(([name]) => name !== "vectorbt" && seconds.has(name)))
  console.log(
    `numba's means of returns, drawdowns and trades are at most ${furthest.toExponential(1)} from ours`
  );

function sweep(): Found & {seconds: number} {
  const begun = performance.now();
  const {totalReturn, ratio, maxDrawdown, trades} = sweepCrossingsByKernel(columns, pairs, {isShort: false});
  const taken = (performance.now() - begun) / 1000;
  return {
    seconds: taken,
    totalReturn: mean(totalReturn)!,
    ratio: mean(ratio)!,
    maxDrawdown: mean(maxDrawdown)!,
    trades: mean(trades)!
  };
}

function add(name: string, taken: number): void {
  seconds.set(name, [...(seconds.get(name) ?? []), taken]);
}
