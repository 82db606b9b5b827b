/** What each kernel is timed with, the same in Node and in a browser. */
import {fillCosts, sweepColumns} from "../../lib/backtest/sweep/columns.js";
import {pathRules} from "../../lib/backtest/sweep/path-rules.js";
import {factorCholeskyByKernel} from "../../lib/kernels/cholesky.kernel.js";
import {crossProductsByKernel} from "../../lib/kernels/cross-products.kernel.js";
import {simulateByKernel} from "../../lib/kernels/monte-carlo.kernel.js";
import {sweepPathsByKernel} from "../../lib/kernels/path-sweep.kernel.js";
import {sweepCrossingsByKernel} from "../../lib/kernels/sweep.kernel.js";
import {randomWalk, seeded} from "../backtest/walk.js";

/** A kernel's work: says what it found, so that nobody can leave it out, and two runtimes can be held together. */
export interface KernelJob {
  name: string;
  run: () => number;
}

/** One round of a job. */
export interface KernelRound {
  ms: number;
  found: number;
}

const BARS = 2520;
const ASSETS = 500;
const range = (from: number, count: number, step = 1) =>
  Array.from({length: count}, (_, i) => from + i * step);
const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** Makes the jobs, with the data that they work on. */
export function kernelJobs(): KernelJob[] {
  const bars = randomWalk({seed: 5, length: BARS, move: 0.01});
  const costs = {commission: {of: "value", rate: 0.0005}} as const;
  const columns = sweepColumns(bars, costs);
  const [fast, slow] = [range(5, 50), range(60, 200)];
  const pairs = {
    fast: Int32Array.from(slow.flatMap(() => fast)),
    slow: Int32Array.from(slow.flatMap((window) => fast.map(() => window)))
  };
  const [lookbacks, trails] = [range(5, 50, 4), range(50, 200, 10)];
  const paths = pathRules("breakout", columns, {
    names: ["lookback", "trail"],
    values: [
      Int32Array.from(lookbacks.flatMap((lookback) => trails.map(() => lookback))),
      Int32Array.from(lookbacks.flatMap(() => trails))
    ]
  });
  const random = seeded(3);
  const returns = Float64Array.from({length: ASSETS * BARS}, () => 0.02 * random() - 0.01);
  const products = crossProductsByKernel(returns, ASSETS, BARS);
  const covariance = Float64Array.from({length: 100}, (_, at) => (at % 11 ? 3e-5 : 1e-4));
  const model = {kind: "normal", mean: new Float64Array(10).fill(3e-4), covariance} as const;
  const values = new Float64Array(10).fill(0.1);
  return [
    {
      name: `crossovers: 10,000 pairs, ${BARS} bars`,
      run: () => sumOf(sweepCrossingsByKernel(columns, pairs, {isShort: false}).totalReturn)
    },
    {
      name: `breakouts with a trailing stop: 10,000 pairs, ${BARS} bars`,
      run: () => sumOf(sweepPathsByKernel(columns, fillCosts(costs), paths.signals, paths.rules).totalReturn)
    },
    {
      name: "Monte Carlo: 20,000 paths, 252 days, 10 assets",
      run: () => sumOf(simulateByKernel({values, model, paths: 20_000, periods: 252, seed: 1}).terminal)
    },
    {
      name: `cross products (covariance): ${ASSETS} assets, ${BARS} days`,
      run: () => sumOf(crossProductsByKernel(returns, ASSETS, BARS))
    },
    {
      name: `Cholesky: ${ASSETS} x ${ASSETS}`,
      run: () => {
        const factor = products.slice();
        if (factorCholeskyByKernel(factor, ASSETS) >= 0) throw new Error("not positive definite");
        return factor.reduce((sum, value, at) => (at % ASSETS <= at / ASSETS ? sum + value : sum), 0);
      }
    }
  ];
}

/** Runs a job once. */
export function timed({run}: KernelJob): KernelRound {
  const begun = performance.now();
  const found = run();
  return {ms: performance.now() - begun, found};
}
