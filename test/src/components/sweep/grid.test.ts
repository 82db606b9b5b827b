import {expect, it} from "vitest";
import {combinationOf, planSweep} from "../../../../lib/backtest/sweep/plan.js";
import {
  cellNear,
  cellOf,
  emptyFigures,
  gridOf,
  meanFigures,
  parametersAt,
  rankedCells,
  takenCells,
  trialsOf
} from "../../../../src/components/sweep/grid.js";
import {colorAt, scaleOf} from "../../../../src/components/sweep/cell-color.js";
import {ticksOf} from "../../../../src/components/sweep/growth-canvas.js";

const two = gridOf({grid: {fast: {from: 1, to: 3, step: 1}, slow: {from: 2, to: 4, step: 2}}});
const one = gridOf({grid: {lookback: {from: 5, to: 15, step: 5}}});

it("parametersAt(grid, cell) goes across first, then up", () => {
  expect([0, 2, 3].map((cell) => parametersAt(two, cell))).toEqual([
    {fast: 1, slow: 2},
    {fast: 3, slow: 2},
    {fast: 1, slow: 4}
  ]);
  expect(parametersAt(one, 1)).toEqual({lookback: 10});
});

it("gridOf(sweep) keeps exits the same in each cell", () => {
  const grid = {fast: {from: 1, to: 3, step: 1}, slow: {from: 2, to: 4, step: 2}};
  const held = gridOf({grid, parameters: {fast: 3, slow: 4, stop: 500}});
  expect(held.size).toBe(6);
  expect(parametersAt(held, 1)).toEqual({fast: 2, slow: 2, stop: 500});
});

it("cellOf(grid, combination) is the cell that a sweep's plan means", () => {
  const column = Float64Array.of(1, 2, 3);
  const bars = {
    symbol: "A",
    currency: "USD",
    time: Float64Array.of(864e5, 2 * 864e5, 3 * 864e5),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column
  };
  for (const [strategy, grid] of [
    ["sma-cross", two],
    ["momentum", one]
  ] as const) {
    const axes = [grid.across, grid.up];
    const parameters = Object.fromEntries(grid.names.map((name, i) => [name, axes[i]]));
    const plan = planSweep({strategy, assets: [bars], parameters});
    for (let combination = 0; combination < plan.combinations; ++combination)
      expect(parametersAt(grid, cellOf(grid, combination))).toEqual(combinationOf(plan, combination));
  }
});

it("cellNear(grid, parameters) finds the cell again, or the nearest", () => {
  for (let cell = 0; cell < two.size; ++cell) expect(cellNear(two, parametersAt(two, cell))).toBe(cell);
  expect(cellNear(two, {fast: 100, slow: 1})).toBe(2);
  expect(cellNear(one, {lookback: 11})).toBe(1);
});

it("takenCells(strategy, grid) leaves out what the strategy refuses: fast not below slow", () => {
  expect([...takenCells("sma-cross", two)]).toEqual([1, 0, 0, 1, 1, 1]);
});

it("rankedCells(figures, metric) has the best first, the least deep drawdown, and no cell without a value", () => {
  const figures = {
    ...emptyFigures(4),
    sharpe: Float64Array.of(0.5, NaN, 0.9, -1),
    maxDrawdown: Float64Array.of(-0.5, NaN, -0.6, -0.1)
  };
  expect(rankedCells(figures, "sharpe")).toEqual([2, 0, 3]);
  expect(rankedCells(figures, "maxDrawdown")).toEqual([3, 0, 2]);
  expect(rankedCells(figures, "trades")).toEqual([2, 0, 3]);
});

it("meanFigures(by symbol) is the mean of each cell, none where a symbol has none", () => {
  const of = (...values: number[]) => ({...emptyFigures(2), sharpe: Float64Array.from(values)});
  expect([...meanFigures([of(1, 2), of(3, NaN)]).sharpe]).toEqual([2, NaN]);
});

it("trialsOf(figures) counts the cells with a value, and how their Sharpe ratios spread", () => {
  const figures = {...emptyFigures(4), sharpe: Float64Array.of(1, NaN, 2, 3)};
  expect(trialsOf(figures)).toEqual({count: 3, mean: 2, deviation: 1});
});

it("a scale goes around zero where a sign means something, else from the least to the most", () => {
  const values = Float64Array.of(-0.2, 0.6, NaN);
  expect(scaleOf("sharpe", values)).toEqual({low: -0.6, middle: 0, high: 0.6});
  expect(scaleOf("trades", Float64Array.of(4, 9))).toEqual({low: 4, middle: 4, high: 9});
  expect(scaleOf("maxDrawdown", Float64Array.of(-0.4, -0.1))).toEqual({low: -0.4, middle: -0.1, high: -0.1});
  expect(scaleOf("sharpe", new Float64Array([NaN]))).toEqual({low: 0, middle: 0, high: 0});
});

it("colorAt(value) is the middle's colour at the middle and an end's at that end", () => {
  const [below, at, above] = [
    [200, 0, 0],
    [255, 255, 255],
    [0, 100, 0]
  ] as const;
  const scale = {low: -1, middle: 0, high: 1};
  const color = (value: number) => colorAt(value, scale, {below, at, above});
  expect([color(-1), color(0), color(1)]).toEqual([below, at, above]);
  expect(color(0.5)).toEqual([128, 178, 128]);
});

it("ticksOf(low, high) are round values between, by 1, 2 and 5", () => {
  expect(ticksOf(47, 230)).toEqual([50, 100, 200]);
  expect(ticksOf(Infinity, -Infinity)).toEqual([]);
});
