import * as fc from "fast-check";
import {expect, it} from "vitest";
import {growth, priceReturns} from "../../../lib/returns/growth.js";
import {chain} from "../../../lib/returns/time-weighted.js";

const of = (...values: number[]) => Float64Array.from(values);
const rounded = (values: Float64Array) => [...values].map((value) => +value.toFixed(9));

it("growth(daily) starts at 100 on the base day and compounds", () => {
  expect(rounded(growth({returns: of(NaN, 0.1, -0.5), warnings: []}))).toEqual([100, 110, 55]);
});

it("growth(daily, {from, to, start}) starts anew on the base day", () => {
  const daily = {returns: of(NaN, 0.1, -0.5, 1), warnings: []};
  expect(rounded(growth(daily, {from: 1, to: 2, start: 1}))).toEqual([1, 0.5]);
});

it("growth(daily) keeps its value on a day without a return", () => {
  expect(rounded(growth({returns: of(NaN, 0.1, NaN, 0.1), warnings: []}))).toEqual([100, 110, 110, 121]);
});

it("growth(daily) is unknown from the day that breaks the chain on, unless the base is later", () => {
  const broken = {index: 2, code: "negative-value", breaks: true, message: "…"} as const;
  const daily = {returns: of(NaN, 0.1, NaN, 0.1), warnings: [broken]};
  expect(rounded(growth(daily))).toEqual([100, 110, NaN, NaN]);
  expect(rounded(growth(daily, {from: 2}))).toEqual([100, 110]);
});

it("growth(daily) is empty when there is no day", () => {
  expect(growth({returns: of(), warnings: []})).toEqual(of());
});

it("growth(daily) ends where chain(daily) does", () => {
  const returns = fc.array(fc.double({min: -0.9, max: 1, noNaN: true}), {minLength: 2, maxLength: 60});
  fc.assert(
    fc.property(returns, (values) => {
      const daily = {returns: Float64Array.from(values), warnings: []};
      expect(growth(daily, {start: 1}).at(-1)).toBeCloseTo(1 + (chain(daily).value as number), 12);
    })
  );
});

it("priceReturns(prices) spans days without a price", () => {
  expect(rounded(priceReturns(of(NaN, 100, 110, NaN, 121)).returns)).toEqual([NaN, NaN, 0.1, NaN, 0.1]);
});

it("priceReturns(prices) names the first price it cannot use", () => {
  expect(() => priceReturns(of(1, 0))).toThrow(new RangeError("invalid prices[1]: 0"));
});
