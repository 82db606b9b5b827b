import {z} from "zod";
import {ProportionalChoiceSchema, proportionalRates} from "../backtest/costs/choice.js";
import {planSweep, type SweepPlan, type SweepTask} from "../backtest/sweep/plan.js";
import {runSweepTask, type SweepTile} from "../backtest/sweep/run.js";
import {BarsSchema, Name} from "./door.js";
import type {Task} from "./task.js";

/** What a person chooses beside the bars. Rules are the contract's own. */
export const sweepChoices = {
  strategy: Name,
  /** Values of each parameter. */
  parameters: z.record(Name, z.array(z.number()).max(250_000)),
  costs: ProportionalChoiceSchema.prefault({}),
  /** Returns in a year; found from the bars' spacing when not given. */
  frequency: z.number().positive().exactOptional()
};

/** Bars of each asset, a strategy, and the values of its parameters. */
export const SweepInputSchema = z.strictObject({
  bars: z.array(BarsSchema).min(1, "there are no bars").max(5_000),
  ...sweepChoices
});

export type SweepInput = z.infer<typeof SweepInputSchema>;

/** What every combination of parameters made of every asset. Cells of one asset stand together, in its order. */
export interface SweepOutput extends Omit<SweepPlan, "tasks"> {
  /** Fraction of the cash at the start; NaN in a cell that the strategy refuses, as in all. Shape (assets x combinations). */
  totalReturn: Float64Array;
  sharpe: Float64Array;
  /** In [-1, 0]. */
  maxDrawdown: Float64Array;
  trades: Float64Array;
}

const CELLS = ["totalReturn", "sharpe", "maxDrawdown", "trades"] as const;

/** Tries every combination of a strategy's parameters on every asset; its parts are tiles, which stream as they end. */
export const sweep: Task<SweepInput, SweepTask, SweepTile, SweepOutput> = {
  input: SweepInputSchema,
  parts: (input) => planOf(input).tasks,
  run: (task) => runSweepTask(task),
  join(tiles, input) {
    const {tasks: _, ...plan} = planOf(input);
    const cells = () => new Float64Array(plan.symbols.length * plan.combinations);
    const whole = {totalReturn: cells(), sharpe: cells(), maxDrawdown: cells(), trades: cells()};
    for (const tile of tiles)
      for (const name of CELLS) whole[name].set(tile[name], tile.asset * plan.combinations + tile.from);
    return {...plan, ...whole};
  },
  title: ({strategy}) => `the sweep of ${strategy}`,
  figures: ({totalReturn, sharpe}) => ({bestReturn: best(totalReturn), bestSharpe: best(sharpe)})
};

function planOf({bars, strategy, parameters, costs, frequency}: SweepInput): SweepPlan {
  return planSweep({
    strategy,
    assets: bars,
    parameters,
    costsOf: (symbol) => proportionalRates(costs, symbol),
    ...(frequency !== undefined && {frequency})
  });
}

function best(cells: Float64Array): number | null {
  const most = cells.reduce((most, cell) => (cell > most ? cell : most), -Infinity);
  return most > -Infinity ? most : null;
}
