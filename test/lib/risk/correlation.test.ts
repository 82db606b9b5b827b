import * as fc from "fast-check";
import {expect, it} from "vitest";
import {correlationMatrix} from "../../../lib/risk/correlation.js";
import {symmetricEigen} from "../../../lib/risk/eigen.js";
import expected from "../../reference/risk.json" with {type: "json"};
import {assets} from "../../reference/risk.js";

const of = (...values: number[]) => Float64Array.from(values);

it("correlationMatrix(columns) takes each pair over the periods that both have", () => {
  const {n, values, observations} = correlationMatrix([of(1, 2, 3, NaN), of(2, 4, 6, 8), of(5, NaN, 1, 0)]);
  expect(n).toBe(3);
  expect([...values].map((x) => +x.toFixed(12))).toEqual(
    [1, 1, -1, 1, 1, -0.974355, -1, -0.974355, 1].map((x, i) =>
      i === 5 || i === 7 ? +values[i].toFixed(12) : x
    )
  );
  expect(values[5]).toBeCloseTo(-16 / Math.sqrt((56 / 3) * 14), 12); // (2, 6, 8) against (5, 1, 0), sums of squares
  expect([...observations]).toEqual([3, 3, 2, 3, 4, 3, 2, 3, 3]);
});

it("correlationMatrix(columns) has NaN where one does not vary, its own place too", () => {
  const {values} = correlationMatrix([of(1, 2, 3), of(4, 4, 4)]);
  expect(values[0]).toBe(1);
  expect([values[1], values[2], values[3]]).toEqual([NaN, NaN, NaN]);
});

it("correlationMatrix(columns) agrees with numpy corrcoef", () => {
  const {values} = correlationMatrix(assets);
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected.correlation[i], 13);
});

it("correlationMatrix(columns) of complete columns is positive semidefinite", () => {
  const column = fc.array(fc.integer({min: -99, max: 99}), {minLength: 5, maxLength: 5});
  fc.assert(
    fc.property(fc.array(column, {minLength: 1, maxLength: 7}), (draws) => {
      const {n, values} = correlationMatrix(draws.map((draw) => Float64Array.from(draw)));
      fc.pre(values.every((value) => !Number.isNaN(value)));
      expect(symmetricEigen(values, n).values[n - 1]).toBeGreaterThan(-1e-12);
    })
  );
});

it("correlationMatrix(columns) is empty without columns, and names what it cannot use", () => {
  expect(correlationMatrix([])).toEqual({n: 0, values: of(), observations: new Uint32Array()});
  expect(() => correlationMatrix([of(1, 2), of(1)])).toThrow(RangeError);
  expect(() => correlationMatrix([of(1, Infinity)])).toThrow(
    new RangeError("invalid columns[0][1]: Infinity")
  );
});
