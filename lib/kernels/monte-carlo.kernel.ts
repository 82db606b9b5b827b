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
    degrees: number,
    history: number,
    rows: number,
    length: number,
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
 * Does what `simulate` does, to 1e-12 (a logarithm may differ in its last bit), by the kernel; by `simulate` itself where
 * the kernel cannot run.
 */
export function simulateByKernel(
  options: SimulationOptions,
  {from = 0, to = options.paths}: {from?: number; to?: number} = {}
): SimulatedPaths {
  const {values, cash = 0, model, periods, seed, checkpoints = [periods]} = options;
  if (!hasKernel(BYTES)) return simulate(options, {from, to});
  checkSimulation(options, from, to);
  const n = values.length;
  const count = to - from;
  const room = count + (count % 2);
  const kernel = kernelOf<Functions>(BYTES);
  kernel.clear();
  const {sure, width, height} = ZIGGURAT;
  const tables = kernel.put(Float64Array.of(...sure, ...width, ...height));
  const held = kernel.put(values);
  const isDrawn = model.kind === "block-bootstrap";
  const mean = isDrawn ? 0 : kernel.put(model.mean);
  const lower = isDrawn ? 0 : kernel.put(lowerFactor(model.covariance, n));
  const degrees = model.kind === "student-t" ? model.degrees : 0;
  const history = isDrawn ? kernel.put(model.history) : 0;
  const [rows, length] = isDrawn ? [model.history.length / n, model.block] : [0, 1];
  const marks = kernel.put(Int32Array.from(checkpoints));
  const scratch = kernel.reserve(16 * n + 64 + 16 * (BLOCK + n) + 16 * BLOCK);
  const out = kernel.reserve(8 * room * (2 + checkpoints.length));
  kernel.functions.simulate(
    n,
    held,
    cash,
    mean,
    lower,
    degrees,
    history,
    rows,
    length,
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
