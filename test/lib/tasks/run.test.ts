import {expect, it} from "vitest";
import {enter, runTask, taskOf, type TaskName} from "../../../lib/tasks/index.js";
import {compareRuns, madeRun, plannedRun, type Run} from "../../../lib/tasks/run.js";
import {bars, history} from "./examples.js";

function runOf(name: TaskName, given: unknown, code = "c0de"): Run {
  const task = taskOf(name);
  const input = enter(task.input, given);
  return madeRun(plannedRun(task, {name, input, code}), task, runTask(name, given));
}

const cross = {bars: [bars], strategy: "sma-cross", parameters: {fast: 3, slow: 8}};

it("equal inputs have an equal key and an equal result, whatever the order of names and the form of columns", () => {
  const {strategy, parameters} = cross;
  const columns = {...bars, close: Float64Array.from(bars.close), open: Float64Array.from(bars.open)};
  const other = {parameters: {slow: 8, fast: 3}, strategy, bars: [columns], cash: 10_000};
  expect(runOf("backtest", other)).toEqual(runOf("backtest", cross));
  expect(runTask("backtest", other)).toEqual(runTask("backtest", {bars: [bars], parameters, strategy}));
});

it("a run's key changes with code, choices, data and seed", () => {
  const {key} = runOf("backtest", cross);
  const moved = {...bars, close: bars.close.with(5, bars.close[5] * 1.001)};
  const simulated = {history, values: [1, 1, 1], paths: 10, periods: 2};
  const keys = [
    key,
    runOf("backtest", cross, "other code").key,
    runOf("backtest", {...cross, parameters: {fast: 3, slow: 9}}).key,
    runOf("backtest", {...cross, costs: {commission: "1bps"}}).key,
    runOf("backtest", {...cross, bars: [moved]}).key,
    runOf("monteCarlo", simulated).key,
    runOf("monteCarlo", {...simulated, seed: 2}).key
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
});

it("a run tells what was chosen, defaults included, apart from its data", () => {
  const {choices, data, title, figures} = runOf("backtest", cross);
  expect(choices).toMatchObject({strategy: "sma-cross", parameters: {fast: 3, slow: 8}, cash: 10_000});
  expect(choices).not.toHaveProperty("bars");
  expect(data).toMatchObject([{name: "bars A", values: 6 * bars.close.length}]);
  expect(title).toBe("the strategy sma-cross");
  expect(figures.finalEquity).toBe(runTask("backtest", cross).metrics.finalEquity.value);
});

it("compareRuns(first, second) says what was chosen otherwise and what came of it", () => {
  const first = runOf("backtest", cross);
  const second = runOf("backtest", {...cross, parameters: {fast: 3, slow: 9}, fill: "same-close"});
  const {changed, figures} = compareRuns(first, second);
  expect(changed).toEqual([
    {what: "parameters.slow", first: 8, second: 9},
    {what: "fill", first: null, second: "same-close"}
  ]);
  const {finalEquity} = second.figures;
  expect(figures.find(({name}) => name === "finalEquity")).toEqual({
    name: "finalEquity",
    first: first.figures.finalEquity,
    second: finalEquity,
    difference: finalEquity! - first.figures.finalEquity!
  });
  expect(second.badges).toEqual(["fills at the close it was decided on"]);
});

it("compareRuns(run, run) finds nothing changed", () => {
  const run = runOf("risk", {history, values: [1, 2, 3]});
  const {changed, figures} = compareRuns(run, run);
  expect(changed).toEqual([]);
  expect(figures.every(({difference}) => difference === 0)).toBe(true);
});
