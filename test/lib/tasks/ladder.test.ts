import {expect, it} from "vitest";
import {costParts, CostChoiceSchema} from "../../../lib/backtest/costs/choice.js";
import {assumptionLadder} from "../../../lib/backtest/ladder.js";
import {smaCross} from "../../../lib/backtest/strategies/sma-cross.js";
import {enter, runTask, TASKS} from "../../../lib/tasks/index.js";
import {bars} from "./examples.js";

const cross = {bars: [bars], strategy: "sma-cross", parameters: {fast: 3, slow: 8}, cash: 5000};
const costs = {commission: "1bps", spread: "5bps", borrow: 0.02};

it("ladder is assumptionLadder with the costs chosen", () => {
  const {bars: entered} = enter(TASKS.backtest.input, cross);
  const direct = assumptionLadder(() => smaCross({fast: 3, slow: 8}), {
    bars: entered,
    cash: 5000,
    costs: costParts(CostChoiceSchema.parse(costs))
  });
  expect(runTask("ladder", {...cross, costs})).toEqual(direct);
  expect(direct.rungs.map(({step}) => step)).toEqual([
    "ideal",
    "commission",
    "next-open",
    "spread",
    "carrying"
  ]);
});

it("the last rung of the ladder is the backtest with all of its costs", () => {
  const {rungs} = runTask("ladder", {...cross, costs});
  const {equity} = runTask("backtest", {...cross, costs});
  expect(rungs.at(-1)!.equity).toEqual(equity);
});

it("ladder refuses a choice of when orders fill: that is a step of it", () => {
  expect(() => runTask("ladder", {...cross, fill: "next-open"})).toThrow(/fill/);
});

it("backtest by the vector engine is the one by the event engine", () => {
  const cheap = {...cross, costs: {commission: "1bps", slippage: "2bps"}};
  const [vector, event] = (["vector", "event"] as const).map((engine) =>
    runTask("backtest", {...cheap, engine})
  );
  expect(vector.engine).toBe("vector");
  expect(vector.trades).toHaveLength(event.trades.length);
  for (const [i, value] of vector.equity.entries()) expect(value).toBeCloseTo(event.equity[i], 6);
  expect(() => runTask("backtest", {...cross, engine: "vector", costs})).toThrow(
    "the vector engine knows commission and slippage alone: spread needs the event engine"
  );
});
