import {lowerFactor} from "../risk/simulation/lower-factor.js";
import type {SimulatedPaths, SimulationOptions} from "../risk/simulation/options.js";
import {checkSimulation, simulate} from "../risk/simulation/simulate.js";
import {ZIGGURAT} from "../risk/simulation/ziggurat.js";
import {hasKernel, kernelOf} from "./kernel.js";
import {BYTES} from "./monte-carlo.wasm.js";

/** What lib/kernels/assembly/monte-carlo.ts exports. */
interface Functions {
  simulate(
    n: number,
    values: number,
    cash: number,
    mean: number,
    lower: number,
    periods: number,
    seed: number,
    from: number,
    count: number,
    checkpoints: number,
    kept: number,
    tables: number,
    scratch: number,
    out: number,
    room: number
  ): void;
}

/** Numbers that the kernel draws at once. */
const BLOCK = 512;

/**
 * Does what `simulate` does, to 1e-12 (a logarithm may differ in its last bit): paths with normal returns by the kernel,
 * others, and all where the kernel cannot run, by `simulate` itself.
 */
export function simulateByKernel(
  options: SimulationOptions,
  {from = 0, to = options.paths}: {from?: number; to?: number} = {}
): SimulatedPaths {
  const {values, cash = 0, model, periods, seed, checkpoints = [periods]} = options;
  if (model.kind !== "normal" || !hasKernel(BYTES)) return simulate(options, {from, to});
  checkSimulation(options, from, to);
  const n = values.length;
  const count = to - from;
  const room = count + (count % 2);
  const kernel = kernelOf<Functions>(BYTES);
  kernel.clear();
  const {sure, width, height} = ZIGGURAT;
  const tables = kernel.put(Float64Array.of(...sure, ...width, ...height));
  const [held, mean] = [kernel.put(values), kernel.put(model.mean)];
  const lower = kernel.put(lowerFactor(model.covariance, n));
  const marks = kernel.put(Int32Array.from(checkpoints));
  const scratch = kernel.reserve(16 * n + 64 + 16 * (BLOCK + n));
  const out = kernel.reserve(8 * room * (2 + checkpoints.length));
  kernel.functions.simulate(
    n,
    held,
    cash,
    mean,
    lower,
    periods,
    seed,
    from,
    count,
    marks,
    checkpoints.length,
    tables,
    scratch,
    out,
    room
  );
  const column = (i: number) => kernel.numbers(out + 8 * room * i, count).slice();
  return {terminal: column(0), drawdown: column(1), checkpoints: checkpoints.map((_, i) => column(2 + i))};
}
