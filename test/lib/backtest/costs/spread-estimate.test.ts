import * as fc from "fast-check";
import {expect, it} from "vitest";
import {barSpread} from "../../../../lib/backtest/costs/bar-spread.js";
import {parseRate} from "../../../../lib/backtest/costs/costs.js";
import {
  abdiRanaldo,
  corwinSchultz,
  SPREAD_ESTIMATORS
} from "../../../../lib/backtest/costs/spread-estimate.js";
import {long} from "../../../long.js";
import {barsOf, type Row} from "../bars.js";

const estimators = Object.entries(SPREAD_ESTIMATORS);

/** Bars of a price that stands still and trades at bid and ask: from one to the other, closes now here, now there. */
const bouncing = (spread: number, closes: readonly boolean[]) => {
  const [bid, ask] = [100 * (1 - spread / 2), 100 * (1 + spread / 2)];
  return barsOf(closes.map((isAsk): Row => [100, ask, bid, isAsk ? ask : bid]));
};

it("corwinSchultz(bars) finds the whole spread of a price that only bounces", () => {
  // b = 2 s², g = s²: a = (2s − √2 s) / (3 − 2√2) − s / √(3 − 2√2) = s, with s = ln(ask / bid)
  const [none, spread] = corwinSchultz(bouncing(0.02, [true, false]), 2);
  const s = Math.log(101 / 99);
  expect(none).toBeNaN();
  expect(spread).toBeCloseTo((2 * (Math.exp(s) - 1)) / (1 + Math.exp(s)), 12);
  expect(spread).toBeCloseTo(0.02, 12);
});

it("corwinSchultz(bars) takes a gap over night for what it is", () => {
  const still = barsOf([
    [100, 101, 99, 100],
    [100, 101, 99, 100]
  ]);
  const gap = barsOf([
    [100, 101, 99, 101],
    [111, 112, 110, 111] // begins 9 above that close: moved back to 101 .. 103
  ]);
  const moved = barsOf([
    [100, 101, 99, 101],
    [102, 103, 101, 102]
  ]);
  expect(corwinSchultz(gap, 2)[1]).toBe(corwinSchultz(moved, 2)[1]);
  expect(corwinSchultz(still, 2)[1]).toBeGreaterThan(0);
});

it("abdiRanaldo(bars) is twice the way from the close to the middle of a price that only bounces", () => {
  // c − m = c − m′ = half the logarithm of ask / bid
  expect(abdiRanaldo(bouncing(0.02, [true, false]), 2)[1]).toBeCloseTo(Math.log(101 / 99), 12);
});

it("abdiRanaldo(bars) is zero where the close lies between the middles", () => {
  const rising = barsOf([
    [100, 101, 99, 101],
    [103, 104, 102, 104]
  ]);
  expect([...abdiRanaldo(rising)]).toEqual([NaN, 0]);
});

it.each(estimators)("%s of bars that stand still is zero", (_, estimate) => {
  const flat = barsOf(Array.from({length: 5}, (): Row => [7, 7, 7, 7]));
  expect([...estimate(flat)]).toEqual([NaN, 0, 0, 0, 0]);
});

it.each(estimators)("%s of one bar is not known, of none is empty", (_, estimate) => {
  expect([...estimate(barsOf([[7, 8, 6, 7]]))]).toEqual([NaN]);
  expect([...estimate(barsOf([]))]).toEqual([]);
});

it.each(estimators)("%s averages the pairs of its window", (_, estimate) => {
  const bars = bouncing(0.02, [true, false, true, true]);
  const wide = barsOf(
    Array.from({length: 4}, (__, i): Row => [100, 100 + i, 100 - i, 100 + (i % 2 ? i : -i)])
  );
  const pairs = [1, 2, 3].map((i) => estimate(wide, 2)[i]);
  expect(estimate(wide, 4)[3]).toBeCloseTo((pairs[0] + pairs[1] + pairs[2]) / 3, 14);
  expect(estimate(wide, 3)[3]).toBeCloseTo((pairs[1] + pairs[2]) / 2, 14);
  expect(() => estimate(bars, 1)).toThrow("invalid window: 1: a whole number, at least 2");
});

it.each(estimators)("%s knows nothing of later bars, and does not depend on the currency", (_, estimate) => {
  const row = fc
    .tuple(fc.integer({min: 50, max: 150}), fc.nat(9), fc.nat(9), fc.nat(18))
    .map(([low, a, b, c]): Row => [low + a, low + a + b, low, low + Math.min(c, a + b)]);
  fc.assert(
    fc.property(
      fc.array(row, {minLength: 3, maxLength: 30}),
      fc.integer({min: 2, max: 9}),
      (rows, window) => {
        const whole = estimate(barsOf(rows), window);
        const cut = estimate(barsOf(rows.slice(0, -1)), window);
        expect(cut).toEqual(whole.slice(0, -1));
        const scaled = estimate(
          barsOf(rows.map(([o, h, l, c]): Row => [4 * o, 4 * h, 4 * l, 4 * c])),
          window
        );
        for (const [i, value] of scaled.entries()) if (i) expect(value).toBeCloseTo(whole[i], 10);
      }
    ),
    {numRuns: long(1000)}
  );
});

/** Days of 390 trades at bid or ask around a random walk; numbers by Park & Miller (1988). */
function market(spread: number, days: number, volatility = 0.01) {
  let state = 20261122;
  const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
  let value = 100;
  const rows = Array.from({length: days}, (): Row => {
    const prices = Array.from({length: 390}, () => {
      const normal = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
      value *= Math.exp((volatility / Math.sqrt(390)) * normal);
      return value * (1 + (next() < 0.5 ? -spread : spread) / 2);
    });
    return [prices[0], Math.max(...prices), Math.min(...prices), prices[389]];
  });
  return barsOf(rows);
}

it("both find a wide spread among prices that move, and say more of it than of a narrow one", () => {
  for (const [, estimate] of estimators) {
    const [narrow, wide] = [0.001, 0.02].map((spread) => estimate(market(spread, 500), 500)[499]);
    // both papers report a bias towards zero's side: what is below zero is taken as zero
    expect(wide).toBeGreaterThan(0.015);
    expect(wide).toBeLessThan(0.022);
    expect(narrow).toBeLessThan(wide / 2);
  }
});

it("barSpread(...) pays half of what the bars before a fill say, else half of what it is told", () => {
  const bars = bouncing(0.02, [true, false, true]);
  const {slipped} = barSpread({estimator: "corwin-schultz", otherwise: parseRate("0.01")});
  expect(slipped!(1, 100, bars, 1, "MKT")).toBeCloseTo(100.5, 12);
  expect(slipped!(1, 100, bars, 2, "MKT")).toBeCloseTo(101, 10);
  expect(slipped!(-1, 100, bars, 2, "MKT")).toBeCloseTo(99, 10);
});
