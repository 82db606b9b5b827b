import * as fc from "fast-check";
import {expect, it} from "vitest";
import {nearestTicks, offTicks} from "../../../lib/orders/tick.js";

const CENT = [{from: 0, increment: 0.01}];
/** Of a London share, in pounds: a tenth of a penny below one pound, half a penny from there. */
const LONDON = [
  {from: 0, increment: 0.001},
  {from: 1, increment: 0.005}
];

it("nearestTicks(price, steps) is null on a tick, whatever floats make of it", () => {
  for (const price of [0, 0.01, 0.07, 1.1, 150.01, 8.29, 4611.23, -0.05])
    expect(nearestTicks(price, CENT), String(price)).toBeNull();
});

it("nearestTicks(price, steps) names the two around a price that is on none", () => {
  expect(nearestTicks(150.014, CENT)).toEqual({below: 150.01, above: 150.02});
  expect(nearestTicks(-0.055, CENT)).toEqual({below: -0.06, above: -0.05});
});

it("nearestTicks(price, steps) takes the increment of the price's own band", () => {
  expect(nearestTicks(0.997, LONDON)).toBeNull();
  expect(nearestTicks(1.002, LONDON)).toEqual({below: 1, above: 1.005});
  expect(nearestTicks(1.005, LONDON)).toBeNull();
});

it("nearestTicks(price, []) says nothing where the increments are not known", () => {
  expect(nearestTicks(1.23456, [])).toBeNull();
});

it("nearestTicks(price, steps) gives ticks, around the price, one increment apart", () => {
  const increments = fc.constantFrom(0.0001, 0.005, 0.01, 0.05, 0.25, 1);
  fc.assert(
    fc.property(fc.double({min: 0.01, max: 10_000, noNaN: true}), increments, (price, increment) => {
      const steps = [{from: 0, increment}];
      const near = nearestTicks(price, steps);
      if (!near) return;
      expect(near.below).toBeLessThan(price);
      expect(near.above).toBeGreaterThan(price);
      expect(near.above - near.below).toBeCloseTo(increment, 9);
      expect([nearestTicks(near.below, steps), nearestTicks(near.above, steps)]).toEqual([null, null]);
    })
  );
});

it("offTicks(prices, steps) finds each price of an order and its bracket that is on none", () => {
  const prices = {limit: 10.001, stop: 9.5, bracket: {takeProfit: 11, stopLoss: 9.005}};
  expect(offTicks(prices, CENT)).toEqual([
    {field: "limit", price: 10.001, below: 10, above: 10.01},
    {field: "stopLoss", price: 9.005, below: 9, above: 9.01}
  ]);
});
