/**
 * A sweep of 10,000 breakouts with a trailing stop over 2,520 bars beside numba, medians of seven rounds in turn, one thread
 * each:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/sweep/exits.ts
 */
import {mean, median} from "d3-array";
import {fillCosts, sweepColumns} from "../../lib/backtest/sweep/columns.js";
import {pathRules} from "../../lib/backtest/sweep/path-rules.js";
import {sweepPathsByKernel} from "../../lib/kernels/path-sweep.kernel.js";
import type {SweepCells} from "../../lib/kernels/sweep.js";
import {randomWalk} from "../backtest/walk.js";
import {startPeer} from "../peer.js";

const ROUNDS = 7;
const COST = 0.0005;
const FIGURES = ["totalReturn", "ratio", "maxDrawdown", "trades"] as const;

const range = (from: number, count: number, step: number) =>
  Array.from({length: count}, (_, i) => from + i * step);
const [LOOKBACKS, TRAILS] = [range(5, 50, 4), range(50, 200, 10)];

const bars = randomWalk({seed: 5, length: 2520, move: 0.01});
const costs = {commission: {of: "value", rate: COST}} as const;
const values = [
  Int32Array.from(LOOKBACKS.flatMap((lookback) => TRAILS.map(() => lookback))),
  Int32Array.from(LOOKBACKS.flatMap(() => TRAILS))
];
const columns = sweepColumns(bars, costs);

function sweep(): SweepCells {
  const {signals, rules} = pathRules("breakout", columns, {names: ["lookback", "trail"], values});
  return sweepPathsByKernel(columns, fillCosts(costs), signals, rules);
}

const ask = startPeer<Record<(typeof FIGURES)[number], number>>("sweep.py", "exits", {
  ...Object.fromEntries((["open", "high", "low", "close"] as const).map((name) => [name, [...bars[name]]])),
  lookback: LOOKBACKS,
  trail: TRAILS.map((bps) => bps / 10_000),
  cost: COST
});
const [own, peer]: [number[], number[]] = [[], []];
const found = sweep();
let [version, missing, furthest] = ["", "", 0];
for (let round = 0; round < ROUNDS && !missing; ++round) {
  const begun = performance.now();
  sweep();
  own.push(performance.now() - begun);
  const answer = await ask();
  if ("missing" in answer) {
    missing = answer.missing;
    break;
  }
  peer.push(1000 * answer.seconds);
  version = answer.version;
  for (const figure of FIGURES)
    furthest = Math.max(furthest, Math.abs(answer[figure] - mean(found[figure])!)); // cells all
}

const ours = median(own)!; // a round or more
console.log(
  `sweep of exits: ${values[0].length} breakouts, long and short, with a trailing stop, ${bars.time.length} bars, one thread each, medians of ${ROUNDS} in turn`
);
console.log(`ours (signals in it): ${ours.toFixed(1)} ms, Node ${process.version}`);
if (missing) console.log(`numba: not compared: ${missing}`);
else {
  const theirs = median(peer)!; // as often
  console.log(
    `numba, a loop a pair: ${theirs.toFixed(1)} ms, ${(theirs / ours).toFixed(2)} times ours; ${version}`
  );
  console.log(
    `means of returns, ratios, drawdowns and trades are at most ${furthest.toExponential(1)} apart`
  );
}
