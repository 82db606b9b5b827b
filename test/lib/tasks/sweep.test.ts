import {expect, it} from "vitest";
import {planSweep} from "../../../lib/backtest/sweep/plan.js";
import {runSweepTask} from "../../../lib/backtest/sweep/run.js";
import {enter, runTask, TASKS, type TaskProgress} from "../../../lib/tasks/index.js";
import {bars} from "./examples.js";

const both = [
  bars,
  {...bars, symbol: "B", close: bars.close.toReversed(), open: bars.close.toReversed()}
].map((each) => ({
  ...each,
  high: each.close.map((price) => price * 1.02),
  low: each.close.map((price) => price * 0.98)
}));
const asked = {bars: both, strategy: "sma-cross", parameters: {fast: [2, 4, 9], slow: [5, 8]}};

it("sweep is every task of planSweep, its cells in one list, asset by asset", () => {
  const {bars: assets} = enter(TASKS.sweep.input, asked);
  const {tasks, combinations} = planSweep({strategy: "sma-cross", assets, parameters: asked.parameters});
  const output = runTask("sweep", asked);
  expect(combinations).toBe(6);
  for (const tile of tasks.map((task) => runSweepTask(task))) {
    const at = tile.asset * combinations + tile.from;
    for (const name of ["totalReturn", "sharpe", "maxDrawdown", "trades"] as const)
      expect(output[name].slice(at, at + tile[name].length)).toEqual(tile[name]);
  }
  expect(output.symbols).toEqual(["A", "B"]);
});

it("a cell of sweep is the backtest by the vector engine with its parameters", () => {
  const {totalReturn, trades} = runTask("sweep", asked);
  const {metrics} = runTask("backtest", {
    bars: [both[1]],
    strategy: "sma-cross",
    parameters: {fast: 4, slow: 8},
    engine: "vector"
  });
  const cell = 6 + 3; // of B: fast 2, 4, 9 by slow 5, 8
  expect(totalReturn[cell]).toBeCloseTo(metrics.totalReturn.value!, 9);
  expect(trades[cell]).toBe(metrics.trades.value);
  expect(totalReturn[5]).toBeNaN(); // fast 9 is not below slow 8
});

it("a cell of sweep with own fills is the event engine's backtest with them, each symbol by its own", () => {
  const own = {
    commission: {bySymbol: {A: 3, B: 40}, otherwise: 900},
    slippage: {bySymbol: {A: 25, B: -8}, otherwise: 900}
  };
  const costs = {commission: "2bps", slippage: "5bps", own};
  for (const exits of [{}, {stop: 150, target: 200}]) {
    const [fast, slow] = [2, 8];
    const axes = Object.fromEntries(Object.entries({fast, slow, ...exits}).map(([name, at]) => [name, [at]]));
    const {totalReturn, trades} = runTask("sweep", {...asked, parameters: axes, costs});
    const free = runTask("sweep", {...asked, parameters: axes});
    for (const [asset, each] of both.entries()) {
      const parameters = {fast, slow, ...exits};
      const one = runTask("backtest", {bars: [each], strategy: "sma-cross", parameters, costs});
      expect(trades[asset]).toBe(one.metrics.trades.value);
      expect(trades[asset]).toBeGreaterThan(0);
      expect(totalReturn[asset]).toBeCloseTo(one.metrics.totalReturn.value!, 9);
      expect(Math.abs(totalReturn[asset] - free.totalReturn[asset])).toBeGreaterThan(1e-4);
    }
  }
});

it("sweep refuses a cost by the unit beside own fills, which are of the value", () => {
  const own = {commission: {bySymbol: {}, otherwise: 3}};
  expect(() => runTask("sweep", {...asked, costs: {commission: "0.005/share", own}})).toThrow(
    "0.005 a unit does not add up with own fills, which are of the value: say 0 or 5bps"
  );
  expect(() => runTask("sweep", {...asked, costs: {slippage: "0.005/share", own}})).not.toThrow();
});

it("sweep tells of each tile as it ends", () => {
  const told: TaskProgress[] = [];
  runTask("sweep", asked, {onProgress: (progress) => told.push(progress)});
  expect(told.map(({piece}) => (piece as {asset: number}).asset)).toEqual([0, 1]);
});

it.each([
  [{...asked, strategy: "buy-and-hold", parameters: {}}, "buy-and-hold cannot be swept"],
  [{...asked, parameters: {fast: [2]}}, "sma-cross needs values of slow"],
  [
    {
      ...asked,
      parameters: {
        fast: Array.from({length: 1000}, (_, i) => i + 1),
        slow: Array.from({length: 1000}, (_, i) => i + 1)
      }
    },
    "1000000 combinations are too many"
  ]
])("sweep refuses what cannot be swept, with the reason (%#)", (given, message) => {
  expect(() => runTask("sweep", given)).toThrow(message);
});
