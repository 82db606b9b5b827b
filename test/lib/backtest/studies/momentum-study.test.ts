import {expect, it} from "vitest";
import {randomWalk} from "../../../../bench/backtest/walk.js";
import {splitReturns, studyMomentum} from "../../../../lib/backtest/studies/momentum-study.js";
import {runTask} from "../../../../lib/tasks/index.js";

it("splitReturns(days, equity, split) gives the return that ends on the day to the later part", () => {
  const days = ["2022-12-29", "2022-12-30", "2023-01-02", "2023-01-03"];
  const {early, late} = splitReturns(days, Float64Array.of(100, 110, 121, 242), "2023-01-01");
  expect([...early].map((one) => one.toFixed(6))).toEqual(["0.100000"]);
  expect([...late].map((one) => one.toFixed(6))).toEqual(["0.100000", "1.000000"]);
});

it("splitReturns(days, equity, split) has no later part where all days are before", () => {
  const {early, late} = splitReturns(["2022-01-03", "2022-01-04"], Float64Array.of(1, 2), "2023-01-01");
  expect([[...early], [...late]]).toEqual([[1], []]);
});

it("studyMomentum(bars, question, backtest) chooses by what came before the split, whatever came after it", async () => {
  const bars = [1, 2].map((seed) => randomWalk({symbol: `S${seed}`, seed, length: 400}));
  const question = {
    lookbacks: [2, 5, 20],
    split: "1970-07-20", // day 200
    costs: {commission: "5bps", slippage: "0"}
  };
  const study = await studyMomentum(bars, question, async (input) => runTask("backtest", input));
  const {trials, held, chosen, probability, deflated} = study;
  expect(trials.map(({lookback}) => lookback)).toEqual([2, 5, 20]);
  expect(chosen.before.value).toBe(Math.max(...trials.map(({before}) => before.value!)));
  expect(held).toMatchObject({lookback: null, trades: 2});
  expect(deflated.value!).toBeLessThan(probability.value!);

  const other = bars.map((each) => {
    const close = each.close.map((price, i) =>
      i < 201 ? price : each.close[200] + (each.close[200] - price) / 10
    );
    const open = each.open.map((price, i) => (i < 201 ? price : close[i]));
    const [high, low] = [Math.max, Math.min].map((most) =>
      close.map((price, i) =>
        i < 201 ? (most === Math.max ? each.high[i] : each.low[i]) : most(price, open[i])
      )
    );
    return {...each, open, high, low, close};
  });
  const again = await studyMomentum(other, question, async (input) => runTask("backtest", input));
  expect(again.chosen.name).toBe(chosen.name);
  expect(again.chosen.before.value).toBeCloseTo(chosen.before.value!, 12);
  expect(again.chosen.after.value).not.toBeCloseTo(chosen.after.value!, 3);
});
