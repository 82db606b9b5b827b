import {deflatedSharpe, expectedMaximumSharpe} from "../../lib/backtest/metrics/probabilistic-sharpe.js";
import {sampleEquity} from "../../lib/backtest/metrics/sample.js";
import {type Figure, unavailable} from "../../lib/returns/figure.js";
import type {Run} from "../../lib/tasks/run.js";
import {openDesk} from "../desk.js";
import {createAnswers} from "../backtest/answers.js";
import {loadBars, type LoadedBars} from "../backtest/bars-source.js";
import {ownCosts} from "../backtest/own-costs.js";
import {BEGINNING, cellRuns, type CellRun} from "./cell-curves.js";
import {
  type CellFigures,
  type Grid,
  gridOf,
  meanFigures,
  parametersAt,
  takenCells,
  trialsOf
} from "./grid.js";
import {runSweep} from "./run-sweep.js";
import type {SweepState} from "./sweep-state.js";
import {getSweep, subscribeSweep} from "./sweep-store.js";

/** One symbol of a sweep. */
export interface SweptSymbol {
  loaded: LoadedBars;
  figures: CellFigures;
  run: CellRun;
}

/** A sweep, whole or as far as it has come. */
export interface Swept {
  sweep: SweepState;
  grid: Grid;
  taken: Uint8Array;
  symbols: readonly SweptSymbol[];
  /** The mean over symbols; of one symbol its own. */
  figures: CellFigures;
  isWhole: boolean;
  /** What made it, once it is whole. */
  run?: Run | undefined;
}

/** Told as tiles come in, and when the sweep is whole. */
type Listener = (swept: Swept) => void;

const listeners = new Set<Listener>();

/** Calls the listener while a sweep fills, and once it is whole. */
export function onTiles(listener: Listener): void {
  listeners.add(listener);
}

async function ask(signal: AbortSignal, tell: (done: number, total: number) => void): Promise<Swept> {
  const sweep = getSweep();
  const {data, symbols, start, end, strategy, commission, slippage} = sweep;
  const costs = {commission, slippage, ...(sweep.costs === "own" && {own: await ownCosts()})};
  const wanted = symbols.length ? symbols : [null];
  const loaded: LoadedBars[] = [];
  for (const symbol of wanted) loaded.push(await loadBars({data, symbol, start, end}));
  const grid = gridOf(sweep);
  const taken = takenCells(strategy, grid);
  const runs = loaded.map(({bars}) => cellRuns(bars, strategy, costs));
  const sweptOf = (figures: readonly CellFigures[], run?: Run): Swept => ({
    sweep,
    grid,
    taken,
    symbols: loaded.map((one, i) => ({loaded: one, figures: figures[i], run: runs[i]})),
    figures: meanFigures(figures),
    isWhole: run !== undefined,
    run
  });
  const announce = (swept: Swept) => {
    for (const listener of listeners) listener(swept);
    return swept;
  };
  const {figures, run} = await runSweep(
    loaded.map(({bars}) => bars),
    grid,
    {
      strategy,
      costs,
      signal,
      onTile(filled, done, total) {
        if (signal.aborted) return;
        tell(done, total);
        if (done < total) announce(sweptOf(filled));
      }
    }
  );
  return announce(sweptOf(figures, run));
}

/** The page's sweep: run at once, and again when what is swept changes. */
export const sweeps = createAnswers(ask);

/** What changes only how a sweep is looked at. */
const LOOKS = new Set<keyof SweepState>(["metric", "parameters"]);

subscribeSweep((_, changed) => {
  if ([...changed].some((key) => !LOOKS.has(key))) sweeps.ask();
});
sweeps.ask();

const end = sweeps.progress.subscribe(({kind}) => {
  if (kind !== "done" && kind !== "failed") return;
  end();
  openDesk().catch(() => undefined); // the frame then says nothing
});

/** How likely a cell's Sharpe ratio is no work of chance, when it is the best of all that were tried. */
export interface Overfit {
  /** Backtests tried: cells by symbols. */
  trials: number;
  /** The yearly Sharpe ratio that the best of so many shows without any skill. */
  byChance: number;
  /** Deflated Sharpe ratio, a probability. */
  deflated: (cell: number) => Figure;
}

/** Returns what trying so many cells takes from each. */
export function overfitOf({figures, symbols, grid}: Swept): Overfit {
  const all = {...figures, sharpe: Float64Array.from(symbols.flatMap((one) => [...one.figures.sharpe]))};
  const {count, deviation} = trialsOf(all);
  return {
    trials: count,
    byChance: count > 1 ? expectedMaximumSharpe(count, deviation) : 0,
    deflated(cell) {
      if (symbols.length > 1) return unavailable("a mean over several symbols: sweep one of them");
      const {time, equity} = symbols[0].run(parametersAt(grid, cell));
      const {returns, periodsPerYear} = sampleEquity({time, equity, cash: BEGINNING, trades: []});
      return deflatedSharpe(returns, {
        trials: {count: Math.max(1, count), deviation: deviation / Math.sqrt(periodsPerYear)}
      });
    }
  };
}
