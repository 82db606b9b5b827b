import {hasKernel} from "../../kernels/kernel.js";
import {sweepPathsByKernel} from "../../kernels/path-sweep.kernel.js";
import {sweepPaths} from "../../kernels/path-sweep.js";
import {BYTES as PATH_BYTES} from "../../kernels/path-sweep.wasm.js";
import {sweepCrossingsByKernel, sweepRisesByKernel} from "../../kernels/sweep.kernel.js";
import {type SweepCells, sweepCrossings, sweepRises} from "../../kernels/sweep.js";
import {BYTES} from "../../kernels/sweep.wasm.js";
import {EXIT_NAMES} from "../exits.js";
import {pathRules} from "./path-rules.js";
import {refusal, type SweepTask} from "./plan.js";

/** What a task gives: a column a figure, a value a combination. All can be handed over from thread to thread. */
export interface SweepTile {
  /** The task's. */
  index: number;
  asset: number;
  from: number;
  /** Fraction of the cash at the start; NaN in a cell whose parameters the strategy refuses, as in all columns. */
  totalReturn: Float64Array;
  /** Of the bars' own returns, annualised; NaN where they do not vary, or there are less than two. */
  sharpe: Float64Array;
  /** Deepest fall at a close, the start included: in [-1, 0]. */
  maxDrawdown: Float64Array;
  /** Round trips. */
  trades: Float64Array;
}

/** Runs a task of a sweep: by the kernels, or where they cannot run by their twins, which give the same. */
export function runSweepTask(
  task: SweepTask,
  {withKernel = hasKernel(BYTES) && hasKernel(PATH_BYTES)} = {}
): SweepTile {
  const {index, asset, from, values, periodsPerYear} = task;
  const count = values[0].length;
  const kept = Uint32Array.from({length: count}, (_, i) => i).filter(
    (i) =>
      refusal(
        task.strategy,
        values.map((column) => column[i])
      ) === undefined
  );
  const {totalReturn, ratio, maxDrawdown, trades} = cellsOf(task, kept, withKernel);
  const placed = (cells: Float64Array, scale = 1) => {
    const column = new Float64Array(count).fill(NaN);
    for (const [at, i] of kept.entries()) column[i] = cells[at] * scale;
    return column;
  };
  return {
    index,
    asset,
    from,
    totalReturn: placed(totalReturn),
    sharpe: placed(ratio, Math.sqrt(periodsPerYear)),
    maxDrawdown: placed(maxDrawdown),
    trades: placed(trades)
  };
}

/** Runs the combinations that are kept: where there are exits bar by bar, else from decision to decision. */
function cellsOf(
  {strategy, names, values, columns, costs}: SweepTask,
  kept: Uint32Array,
  withKernel: boolean
): SweepCells {
  const chosen = values.map((column) => Int32Array.from(kept, (i) => column[i]));
  if (EXIT_NAMES.some((name) => names.includes(name))) {
    const {signals, rules} = pathRules(strategy, columns, {names, values: chosen});
    return (withKernel ? sweepPathsByKernel : sweepPaths)(columns, costs, signals, rules);
  }
  const [first, second] = chosen;
  if (strategy === "momentum") return (withKernel ? sweepRisesByKernel : sweepRises)(columns, first);
  const sweep = withKernel ? sweepCrossingsByKernel : sweepCrossings;
  return sweep(columns, {fast: first, slow: second}, {isShort: true});
}
