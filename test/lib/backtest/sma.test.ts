import {readFileSync} from "node:fs";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {readBars} from "../../../lib/backtest/read-bars.js";
import {RunningMean, sma} from "../../../lib/backtest/sma.js";
import reference from "../../reference/backtesting_py.json" with {type: "json"};

const {close} = readBars(readFileSync("test/data/bars/walk.csv", "utf8")).bars;

it("sma(values, window) is the mean of the last values, NaN while there are fewer", () => {
  expect([...sma(Float64Array.of(1, 2, 6, 4), 2)]).toEqual([NaN, 1.5, 4, 5]);
  expect([...sma(Float64Array.of(1, 2), 3)]).toEqual([NaN, NaN]);
});

it.each(Object.entries(reference.averages))(
  "sma(values, %s) is that of pandas, bit by bit",
  (window, means) => {
    expect([...sma(close, Number(window))]).toEqual(means.map((value) => value ?? NaN));
  }
);

it("sma of equal values is that value, whatever came before", () => {
  expect(sma(Float64Array.of(1e9, 0.1, 0.1, 0.1), 3)[3]).toBe(0.1);
});

it("sma lies between the least and the most of its values", () => {
  const values = fc.array(fc.double({min: 0.01, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 50});
  fc.assert(
    fc.property(values, fc.integer({min: 1, max: 10}), (list, window) => {
      for (const [i, mean] of sma(Float64Array.from(list), window).entries()) {
        if (i < window - 1) continue;
        const those = list.slice(i - window + 1, i + 1);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...those) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(...those) + 1e-9);
      }
    })
  );
});

it.each([0, -1, 1.5, NaN])("a window of %d is refused", (window) => {
  expect(() => new RunningMean(window)).toThrow(new RangeError(`invalid window: ${window}`));
});
