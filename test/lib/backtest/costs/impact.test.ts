import * as fc from "fast-check";
import {expect, it} from "vitest";
import {borrowCost} from "../../../../lib/backtest/costs/borrow.js";
import {combineCosts} from "../../../../lib/backtest/costs/combine.js";
import {ibkrCosts} from "../../../../lib/backtest/costs/ibkr/ibkr.js";
import {squareRootImpact} from "../../../../lib/backtest/costs/square-root-impact.js";
import {volumeShareImpact} from "../../../../lib/backtest/costs/volume-share.js";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {long} from "../../../long.js";
import {barsOf, play, type Row} from "../bars.js";

it("volumeShareImpact() moves the price by a tenth of the squared share of the volume", () => {
  const bars = barsOf([[100, 100, 100, 100, 1000]]);
  const {slipped} = volumeShareImpact();
  // 10 of 1000 are 1 %: 100 x (1 + 0.1 x 0.0001)
  expect(slipped!(10, 100, bars, 0, "MKT")).toBeCloseTo(100.001, 12);
  expect(slipped!(-10, 100, bars, 0, "MKT")).toBeCloseTo(99.999, 12);
});

it("volumeShareImpact() does not rise beyond its greatest share", () => {
  const bars = barsOf([[100, 100, 100, 100, 1000]]);
  const {slipped} = volumeShareImpact();
  expect(slipped!(25, 100, bars, 0, "MKT")).toBe(slipped!(900, 100, bars, 0, "MKT"));
  expect(slipped!(900, 100, bars, 0, "MKT")).toBeCloseTo(100 * (1 + 0.1 * 0.025 ** 2), 12);
  const empty = barsOf([[100, 100, 100, 100, 0]]);
  expect(slipped!(1, 100, empty, 0, "MKT")).toBe(slipped!(900, 100, bars, 0, "MKT"));
});

it("squareRootImpact() is half the spread and b sigma times the root of the share", () => {
  // returns before bar 2: 110/100 − 1 = 10 % (from the first open), 121/110 − 1 = 10 %: sigma 10 %; mean volume 400
  const bars = barsOf([
    [100, 110, 100, 110, 300],
    [110, 121, 110, 121, 500],
    [121, 200, 50, 60, 9e9]
  ]);
  const {slipped} = squareRootImpact({a: 0.01, b: 2});
  expect(slipped!(4, 100, bars, 2, "MKT")).toBeCloseTo(100 * (1 + 0.01 + 2 * 0.1 * 0.1), 12);
  expect(slipped!(-4, 100, bars, 2, "MKT")).toBeCloseTo(100 * (1 - 0.03), 12);
  expect(slipped!(0, 100, bars, 2, "MKT")).toBe(100);
});

it("squareRootImpact() looks at the bars of its window before the fill, and at no later one", () => {
  const bars = barsOf([
    [100, 150, 100, 150, 100],
    [150, 165, 150, 165, 400],
    [165, 165, 165, 165, 1]
  ]);
  // the bar before alone: 10 %, volume 400
  expect(squareRootImpact({window: 1}).slipped!(4, 100, bars, 2, "MKT")).toBeCloseTo(101, 12);
  // the first fill is in bar 1: bar 0 from its open, 50 %, volume 100
  expect(squareRootImpact().slipped!(4, 100, bars, 1, "MKT")).toBeCloseTo(100 * (1 + 0.5 * 0.2), 12);
});

it("squareRootImpact() of four times the units is twice as much", () => {
  const bars = barsOf([
    [100, 110, 100, 110, 300],
    [110, 121, 110, 121, 500]
  ]);
  const {slipped} = squareRootImpact();
  fc.assert(
    fc.property(fc.integer({min: 1, max: 1000}), (units) => {
      const move = (of: number) => slipped!(of, 1, bars, 1, "MKT") - 1;
      expect(move(4 * units)).toBeCloseTo(2 * move(units), 9);
    })
  );
});

it.each([
  ["volumeShareImpact", volumeShareImpact(), "impact by volume needs volumes: A has none at bar 1"],
  ["squareRootImpact", squareRootImpact(), "impact by volume needs volumes: A has none before bar 1"]
])("%s over bars without volume is refused by name", (_, costs, message) => {
  const bars = barsOf([
    [10, 10, 10, 10],
    [10, 10, 10, 10]
  ]);
  const none = {slipped: costs.slipped!, commission: () => 0};
  expect(() => play(bars, {0: (desk) => desk.signal("A", 1)}, {costs: none})).toThrow(message);
});

it("parameters that make no sense are refused", () => {
  expect(() => volumeShareImpact({impact: -1})).toThrow("invalid impact: -1: zero or more");
  expect(() => volumeShareImpact({most: NaN})).toThrow("invalid most: NaN: zero or more");
  expect(() => squareRootImpact({b: Infinity})).toThrow("invalid b: Infinity: zero or more");
  expect(() => squareRootImpact({window: 0})).toThrow("invalid window: 0: a whole number, at least 1");
});

it("an order for the whole equity is filled whatever it costs and moves, from long to short and back", () => {
  const costs = combineCosts(
    squareRootImpact({a: 0.001}),
    volumeShareImpact(),
    ibkrCosts({plan: "tiered"}),
    borrowCost({rate: 0.02})
  );
  const steps = fc.array(fc.integer({min: -3, max: 3}), {minLength: 3, maxLength: 30});
  const shares = fc.constantFrom(-1, -0.5, 0, 0.5, 1);
  fc.assert(
    fc.property(
      steps,
      fc.array(shares, {minLength: 30, maxLength: 30}),
      fc.boolean(),
      (moves, wanted, wholeUnits) => {
        let price = 50;
        const rows = moves.map((move): Row => {
          const open = price;
          price = Math.max(price + move, 20);
          return [open, Math.max(open, price) + 1, Math.min(open, price) - 1, price, 5000];
        });
        const deeds = Object.fromEntries(
          wanted.map((share, day) => [day, (desk: Desk) => desk.signal("A", share)])
        );
        const {journal} = play(barsOf(rows), deeds, {cash: 20_000, costs, rules: {wholeUnits}});
        expect(journal.filter(({kind}) => kind === "rejected")).toEqual([]);
      }
    ),
    {numRuns: long(1000)}
  );
});
