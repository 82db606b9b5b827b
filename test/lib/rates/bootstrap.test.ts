import * as fc from "fast-check";
import {expect, it} from "vitest";
import {billDiscount, bootstrap, discountAt, zeroRate} from "../../../lib/rates/bootstrap.js";
import {interpolatePar} from "../../../lib/rates/par-curve.js";
import {parCurves} from "./curves.js";

const curve = (...percents: number[]) => percents.map((percent, i) => ({years: (i + 1) / 2, percent}));

it("bootstrap(points) takes the coupons before it off each bond", () => {
  const {discounts} = bootstrap(curve(4, 4.2, 4.4, 4.6));
  const d1 = 1 / 1.02;
  const d2 = (1 - 0.021 * d1) / 1.021;
  const d3 = (1 - 0.022 * (d1 + d2)) / 1.022;
  const d4 = (1 - 0.023 * (d1 + d2 + d3)) / 1.023;
  expect([...discounts]).toEqual([d1, d2, d3, d4]);
});

it("bootstrap(points) of a flat curve has that zero rate everywhere", () => {
  const {discounts} = bootstrap(curve(5, 5, 5, 5, 5, 5));
  discounts.forEach((discount, i) => expect(zeroRate(discount, (i + 1) / 2)).toBeCloseTo(5, 12));
});

it("bootstrap(points) prices each par bond on half years at 100", () => {
  fc.assert(
    fc.property(parCurves(), (points) => {
      const par = interpolatePar(points);
      const {discounts} = bootstrap(points);
      expect(discounts).toHaveLength(60);
      let annuity = 0;
      for (const [i, discount] of discounts.entries()) {
        annuity += discount;
        const coupon = par((i + 1) / 2) / 200;
        expect(Math.abs(coupon * annuity + discount - 1)).toBeLessThan(1e-12);
      }
    })
  );
});

it("bootstrap(points) agrees with the bill at half a year, where neither pays a coupon", () => {
  const {discounts} = bootstrap(curve(4, 4.2));
  expect(discounts[0]).toBeCloseTo(billDiscount({years: 0.5, percent: 4}), 15);
});

it("bootstrap(points) ends with the last whole half year, and is empty before the first", () => {
  expect(bootstrap([...curve(4, 4.2), {years: 1.4, percent: 4.3}]).discounts).toHaveLength(2);
  expect(bootstrap([{years: 0.25, percent: 4}]).discounts).toHaveLength(0);
  expect(bootstrap([]).discounts).toHaveLength(0);
});

it("bootstrap(points) refuses a curve that begins too late, or that no price fits", () => {
  expect(() => bootstrap([1, 2].map((years) => ({years, percent: 4})))).toThrow(
    new RangeError("par curve begins at 1 years: bootstrapping needs half a year")
  );
  expect(() => bootstrap(curve(1, 250, 400, 900))).toThrow(/no discount factor prices the par curve at/);
});

it("billDiscount(point) takes simple interest: 4 % for a quarter costs 1/1.01", () => {
  expect(billDiscount({years: 0.25, percent: 4})).toBeCloseTo(1 / 1.01, 15);
});

it("zeroRate(discount, years) compounds twice a year: 1/1.02^4 over two years is 4 %", () => {
  expect(zeroRate(1.02 ** -4, 2)).toBeCloseTo(4, 12);
});

it("discountAt(curve, years) is 1 today and NaN where the curve has no point", () => {
  const zero = bootstrap(curve(4, 4.2));
  expect([0, 1, 1.5, 0.7].map((years) => discountAt(zero, years))).toEqual([1, zero.discounts[1], NaN, NaN]);
});
