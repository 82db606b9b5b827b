import * as fc from "fast-check";
import {describe, expect, it} from "vitest";
import {blendSignals, zScores} from "../../../lib/portfolio/blend.js";
import {long} from "../../long.js";

const of = (...values: number[]) => Float64Array.from(values);
const rounded = (values: Float64Array) => [...values].map((value) => Number(value.toFixed(10)));

describe("by hand", () => {
  it("zScores(values) is the distance from the mean in standard deviations over n - 1", () => {
    // mean 2, deviation 1
    expect([...zScores(of(1, 2, 3))]).toEqual([-1, 0, 1]);
  });

  it("zScores(values) leaves out what is missing", () => {
    expect([...zScores(of(1, NaN, 2, 3))]).toEqual([-1, NaN, 0, 1]);
  });

  it("zScores(values, {limit}) puts what is further out to the limit", () => {
    expect([...zScores(of(1, 2, 3), {limit: 0.5})]).toEqual([-0.5, 0, 0.5]);
  });

  it("zScores(values) is missing where there is nothing to compare with", () => {
    for (const values of [of(), of(4), of(4, NaN), of(0.1, 0.1, 0.1), of(NaN, NaN)])
      expect(zScores(values).every(Number.isNaN)).toBe(true);
  });

  const value = {name: "value", values: of(1, 2, 3, NaN), weight: 3};
  const size = {name: "size", values: of(30, 20, 10, 40), weight: -1};
  // z of value: -1, 0, 1; of size, mean 25 and deviation 12.9099: 0.3873, -0.3873, -1.1619, 1.1619
  const z = [0.3872983346, -0.3872983346, -1.1618950039, 1.1618950039];

  it("blendSignals(signals) is the mean of z-scores by weight, over what is known", () => {
    const {scores, coverage, unused} = blendSignals([value, size]);
    expect(rounded(scores)).toEqual(
      [(-3 - z[0]) / 4, -z[1] / 4, (3 - z[2]) / 4, -z[3]].map((score) => Number(score.toFixed(10)))
    );
    expect([...coverage]).toEqual([1, 1, 1, 0.25]);
    expect(unused).toEqual([]);
  });

  it("blendSignals(signals, {missing}) takes a missing score for the mean, or gives none", () => {
    expect(blendSignals([value, size], {missing: "neutral"}).scores[3]).toBeCloseTo(-z[3] / 4, 9);
    expect(blendSignals([value, size], {missing: "exclude"}).scores[3]).toBeNaN();
    expect(blendSignals([value, size], {missing: "exclude"}).scores[0]).toBeCloseTo((-3 - z[0]) / 4, 9);
  });

  it("blendSignals(signals) counts no signal that tells nothing, and says why", () => {
    const flat = {name: "flat", values: of(7, 7, 7, 7), weight: 5};
    const empty = {name: "empty", values: of(NaN, NaN, NaN, NaN), weight: 1};
    const one = {name: "one", values: of(NaN, 1, NaN, NaN), weight: 1};
    const {scores, coverage, unused} = blendSignals([value, flat, empty, one]);
    expect([...scores]).toEqual([-1, 0, 1, NaN]);
    expect([...coverage]).toEqual([1, 1, 1, 0]);
    expect(unused).toEqual([
      {name: "flat", reason: "every value is 7"},
      {name: "empty", reason: "it has no value"},
      {name: "one", reason: "it has one value alone"}
    ]);
    expect(blendSignals([flat]).scores.every(Number.isNaN)).toBe(true);
    expect([...blendSignals([flat]).coverage]).toEqual([0, 0, 0, 0]);
  });
});

it("blendSignals(signals) does not depend on the unit of a signal, nor on where its zero is", () => {
  const column = fc.array(fc.option(fc.integer({min: -1000, max: 1000}), {nil: NaN}), {
    minLength: 3,
    maxLength: 12
  });
  fc.assert(
    fc.property(column, fc.integer({min: 1, max: 50}), fc.integer(), (values, scale, shift) => {
      const signal = {name: "a", values: Float64Array.from(values), weight: 2};
      const other = {name: "b", values: Float64Array.from(values, (_, i) => i), weight: 1};
      const {scores} = blendSignals([signal, other]);
      const moved = signal.values.map((value) => value * scale + (shift % 1000));
      const {scores: same} = blendSignals([{...signal, values: moved}, other]);
      for (const [i, score] of scores.entries())
        if (Number.isNaN(score)) expect(same[i]).toBeNaN();
        else expect(same[i]).toBeCloseTo(score, 9);
    }),
    {numRuns: long(500)}
  );
});

it("blendSignals(signals) names what it cannot use", () => {
  const signal = {name: "a", values: of(1, 2), weight: 1};
  expect(() => blendSignals([])).toThrow("no signals");
  expect(() => blendSignals([signal, signal])).toThrow("signal is there twice: a");
  expect(() => blendSignals([signal, {name: "b", values: of(1), weight: 1}])).toThrow(
    "b has 1 values, a has 2"
  );
  expect(() => blendSignals([{...signal, weight: 0}])).toThrow("invalid weight of a: 0: it is not zero");
  expect(() => blendSignals([{...signal, values: of(1, Infinity)}])).toThrow("invalid value 1: Infinity");
  expect(() => zScores(of(1, 2), {limit: 0})).toThrow("invalid limit: 0");
});
