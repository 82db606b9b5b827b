import type {OutputOf} from "../../lib/tasks/index.js";
import {openDesk} from "../desk.js";
import {taskPool} from "../../workers/task-pool.js";
import {createAnswers} from "./answers.js";
import {loadBars, type LoadedBars} from "./bars-source.js";
import {isoDay, lastOfDays} from "./bars-window.js";
import type {Setup} from "./setup-state.js";
import {getSetup, subscribeSetup} from "./setup-store.js";

/** A backtest that was run on this page. */
export interface Ran {
  setup: Setup;
  loaded: LoadedBars;
  output: OutputOf<"backtest">;
  /** Last moment of each day, as an index into the output's columns; and the days. */
  rows: readonly number[];
  days: readonly string[];
}

/** Returns what the task `backtest` takes for a setup. */
export function inputOf(setup: Setup, {bars}: LoadedBars) {
  const {strategy, parameters, engine, profile, fill, cash, commission, slippage, convention} = setup;
  return {
    bars: [bars],
    strategy,
    parameters,
    engine,
    profile,
    ...(fill && {fill}),
    cash,
    costs: {commission, slippage},
    convention
  };
}

async function run(signal: AbortSignal): Promise<Ran> {
  const setup = getSetup();
  const loaded = await loadBars(setup);
  const output = await taskPool().run("backtest", inputOf(setup, loaded), {signal});
  const rows = lastOfDays(output.time);
  return {setup, loaded, output, rows, days: rows.map((row) => isoDay(output.time[row]))};
}

/** The page's backtest: run at once, and again at each change of the setup. */
export const backtests = createAnswers(run);

subscribeSetup(() => backtests.ask());
backtests.ask();

/** The frame says whose desk it is once the first backtest stands: the ledger is read for nothing else here. */
const end = backtests.progress.subscribe(({kind}) => {
  if (kind !== "done" && kind !== "failed") return;
  end();
  openDesk().catch(() => undefined); // the frame then says nothing
});
