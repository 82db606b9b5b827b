import * as fc from "fast-check";
import {expect, it} from "vitest";
import {interpolatePar} from "../../../lib/rates/par-curve.js";
import expected from "../../reference/par_curve.json" with {type: "json"};
import {parCurves} from "./curves.js";

it("interpolatePar(points) is SciPy's PCHIP", () => {
  expect(expected.curves).toHaveLength(2);
  for (const {years, percent, at, par} of expected.curves) {
    const found = interpolatePar(years.map((at, i) => ({years: at, percent: percent[i]})));
    expect(at).toHaveLength(41);
    for (const [i, maturity] of at.entries()) expect(found(maturity)).toBeCloseTo(par[i], 12);
  }
});

it("interpolatePar(points) draws a straight line through two points", () => {
  const par = interpolatePar([
    {years: 1, percent: 4},
    {years: 3, percent: 5}
  ]);
  expect([1, 1.5, 2, 3].map(par)).toEqual([4, 4.25, 4.5, 5]);
});

it("interpolatePar(points) gives nothing outside the curve, nor without one", () => {
  const par = interpolatePar([
    {years: 1, percent: 4},
    {years: 2, percent: 5},
    {years: 3, percent: 5}
  ]);
  expect([0.999, 3.001, NaN].map(par)).toEqual([NaN, NaN, NaN]);
  expect(interpolatePar([])(1)).toBeNaN();
  expect([1, 2].map(interpolatePar([{years: 1, percent: 4}]))).toEqual([4, NaN]);
});

it("interpolatePar(points) passes through each point and stays between its neighbours", () => {
  fc.assert(
    fc.property(parCurves(), fc.double({min: 0, max: 1, noNaN: true}), (points, share) => {
      const par = interpolatePar(points);
      for (const {years, percent} of points) expect(par(years)).toBeCloseTo(percent, 12);
      for (let i = 1; i < points.length; ++i) {
        const [a, b] = [points[i - 1], points[i]];
        const between = par(a.years + share * (b.years - a.years));
        expect(between).toBeGreaterThanOrEqual(Math.min(a.percent, b.percent) - 1e-12);
        expect(between).toBeLessThanOrEqual(Math.max(a.percent, b.percent) + 1e-12);
      }
    })
  );
});

it("interpolatePar(points) does not depend on the order in which it is asked", () => {
  const {years, percent} = expected.curves[0];
  const points = years.map((at, i) => ({years: at, percent: percent[i]}));
  const [up, down] = [interpolatePar(points), interpolatePar(points)];
  const at = [0.5, 29, 2.5, 12, 1, 30];
  const sorted = new Map([...at].sort((a, b) => a - b).map((t) => [t, up(t)]));
  for (const t of at) expect(down(t)).toBe(sorted.get(t));
});

it("interpolatePar(points) names a point that is out of order, doubled, or no number", () => {
  const points = (...pairs: [number, number][]) => pairs.map(([years, percent]) => ({years, percent}));
  expect(() => interpolatePar(points([2, 4], [1, 5]))).toThrow(
    new RangeError("invalid par curve: 5 percent at 1 years")
  );
  expect(() => interpolatePar(points([1, 4], [1, 5]))).toThrow(RangeError);
  expect(() => interpolatePar(points([1, NaN]))).toThrow(RangeError);
  expect(() => interpolatePar(points([0, 4]))).toThrow(RangeError);
});
