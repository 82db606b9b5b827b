import type {OutputOf} from "../../lib/tasks/index.js";
import type {Run} from "../../lib/tasks/run.js";
import {openDesk} from "../desk.js";
import {taskPool} from "../../workers/task-pool.js";
import {createAnswers} from "./answers.js";
import {loadBars, type LoadedBars} from "./bars-source.js";
import {isoDay, lastOfDays} from "./bars-window.js";
import {ownCosts} from "./own-costs.js";
import {costChoice, type Setup} from "./setup-state.js";
import {getSetup, subscribeSetup} from "./setup-store.js";

/** A backtest that was run on this page. */
export interface Ran {
  setup: Setup;
  loaded: LoadedBars;
  output: OutputOf<"backtest">;
  /** What the result is known by. */
  run: Run;
  /** Last moment of each day, as an index into the output's columns; and the days. */
  rows: readonly number[];
  days: readonly string[];
}

/** Returns what the task `backtest` takes for a setup. @throws with a sentence where there are no own fills to learn from */
async function inputOf(setup: Setup, {bars}: LoadedBars) {
  const {strategy, parameters, engine, profile, fill, cash, convention} = setup;
  return {
    bars: [bars],
    strategy,
    parameters,
    engine,
    profile,
    ...(fill && {fill}),
    cash,
    costs: costChoice(setup, setup.costs === "own" ? await ownCosts() : undefined),
    convention
  };
}

async function ask(signal: AbortSignal): Promise<Ran> {
  const setup = getSetup();
  const loaded = await loadBars(setup);
  const {output, run} = await taskPool().study("backtest", await inputOf(setup, loaded), {signal});
  const rows = lastOfDays(output.time);
  return {setup, loaded, output, run, rows, days: rows.map((row) => isoDay(output.time[row]))};
}

/** The page's backtest: run at once, and again at each change of the setup. */
export const backtests = createAnswers(ask);

/** The same strategy with one assumption more at a time: when orders fill is one of them, so the setup's is left aside. */
export interface Climbed {
  setup: Setup;
  loaded: LoadedBars;
  ladder: OutputOf<"ladder">;
  run: Run;
}

async function climb(signal: AbortSignal): Promise<Climbed> {
  const setup = getSetup();
  const loaded = await loadBars(setup);
  const {bars, strategy, parameters, profile, cash, costs} = await inputOf(setup, loaded);
  const given = {bars, strategy, parameters, profile, cash, costs};
  const {output: ladder, run} = await taskPool().study("ladder", given, {signal});
  return {setup, loaded, ladder, run};
}

/** The page's ladder of assumptions, asked for with its backtest. */
export const ladders = createAnswers(climb);

subscribeSetup(() => {
  backtests.ask();
  ladders.ask();
});
backtests.ask();
ladders.ask();

/** The frame says whose desk it is once the first backtest stands: the ledger is read for nothing else here. */
const end = backtests.progress.subscribe(({kind}) => {
  if (kind !== "done" && kind !== "failed") return;
  end();
  openDesk().catch(() => undefined); // the frame then says nothing
});
