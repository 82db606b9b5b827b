import * as fc from "fast-check";
import {expect, it} from "vitest";
import {bootstrap, discountAt} from "../../../lib/rates/bootstrap.js";
import {forwardRate} from "../../../lib/rates/forwards.js";
import {parCurves} from "./curves.js";

it("forwardRate(curve, 1, 1) of par 4.0, 4.2, 4.4, 4.6 is 5.0221", () => {
  const points = [4, 4.2, 4.4, 4.6].map((percent, i) => ({years: (i + 1) / 2, percent}));
  expect(forwardRate(bootstrap(points), 1, 1).toFixed(4)).toBe("5.0221");
});

it("forwardRate(curve, start, length) compounds back to the zero rates", () => {
  fc.assert(
    fc.property(
      parCurves(),
      fc.integer({min: 0, max: 58}),
      fc.integer({min: 1, max: 10}),
      (points, from, halves) => {
        fc.pre(from + halves <= 60);
        const curve = bootstrap(points);
        const grown = (1 + forwardRate(curve, from / 2, halves / 2) / 200) ** halves;
        expect(discountAt(curve, from / 2) / grown).toBeCloseTo(discountAt(curve, (from + halves) / 2), 12);
      }
    )
  );
});

it("forwardRate(curve, 0, years) is the zero rate", () => {
  const curve = bootstrap([4, 4.2].map((percent, i) => ({years: (i + 1) / 2, percent})));
  expect(forwardRate(curve, 0, 0.5)).toBeCloseTo(4, 12);
});

it("forwardRate(curve, start, length) is n/a where the curve does not reach", () => {
  const curve = bootstrap([
    {years: 0.5, percent: 4},
    {years: 2, percent: 4}
  ]);
  expect([forwardRate(curve, 1, 1), forwardRate(curve, 1, 1.5), forwardRate(curve, 0.3, 1)]).toEqual([
    expect.closeTo(4, 12),
    NaN,
    NaN
  ]);
});
