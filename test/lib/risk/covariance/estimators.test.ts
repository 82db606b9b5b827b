import * as fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  constantCorrelation,
  COVARIANCES,
  exponentialCovariance,
  ledoitWolf,
  oracleApproximating,
  sampleCovariance
} from "../../../../lib/risk/covariance/index.js";
import {distance, generator, reference, returns, stocks} from "../../portfolio/sample.js";

const of = (...values: number[]) => Float64Array.from(values);
/** Largest difference over the largest value. */
const apart = (ours: ArrayLike<number>, theirs: ArrayLike<number>) =>
  distance(ours, theirs) / Math.max(...Array.from(theirs, Math.abs));
const firstRows = returns.map((column) => column.slice(0, 15));

describe("by hand", () => {
  it("sampleCovariance(returns) divides by n - 1", () => {
    // deviations -1, 0, 1 and -2, 1, 1: sums of products 2, 3, 6
    const {values, observations} = sampleCovariance([of(1, 2, 3), of(0, 3, 3)]);
    expect([...values]).toEqual([1, 1.5, 1.5, 3]);
    expect(observations).toBe(3);
  });

  it("sampleCovariance(returns) takes each pair over the rows that have both", () => {
    // both: rows 0, 2, 3 with 1, 3, 5 and 0, 2, 4
    const {values, observations} = sampleCovariance([of(1, 7, 3, 5), of(0, NaN, 2, 4)]);
    expect(values[1]).toBe(4);
    expect(values[3]).toBe(4);
    expect(values[0]).toBeCloseTo(20 / 3, 12);
    expect(observations).toBe(3);
  });

  it("exponentialCovariance(returns, {span: 3}) halves the weight with each row back", () => {
    // mean 0; weights 1/4, 1/2, 1 of squares 1, 0, 1
    const {values} = exponentialCovariance([of(-1, 0, 1)], {span: 3});
    expect(values[0]).toBeCloseTo(1.25 / 1.75, 14);
  });

  it("shrinking estimators leave one asset as it is", () => {
    for (const estimate of [ledoitWolf, oracleApproximating]) {
      const {values, shrinkage} = estimate([of(1, 2, 3)]);
      expect(values[0]).toBeCloseTo(2 / 3, 14);
      expect(shrinkage).toBe(0);
    }
  });
});

describe("by reference, to 1e-14 of the largest entry", () => {
  it("sampleCovariance(returns) is that of pandas", () => {
    expect(apart(sampleCovariance(returns).values, reference.covariance.sample)).toBeLessThan(1e-14);
  });

  it("sampleCovariance(returns) with missing returns is PyPortfolioOpt's sample_cov", () => {
    const {prices} = stocks();
    const monthly = prices.map((column) => column.slice(1).map((price, t) => price / column[t] - 1));
    const {values, observations} = sampleCovariance(monthly);
    const yearly = values.map((value) => value * 12);
    expect(apart(yearly, reference.stocks.covariance)).toBeLessThan(1e-14);
    expect(observations).toBe(67);
  });

  it("exponentialCovariance(returns) is PyPortfolioOpt's exp_cov", () => {
    const {values} = exponentialCovariance(returns, {span: 60});
    expect(apart(values, reference.covariance.exponential)).toBeLessThan(1e-14);
  });

  it.each([
    ["ledoitWolf, scikit-learn's", ledoitWolf, "ledoitWolf"],
    ["oracleApproximating, scikit-learn's oas", oracleApproximating, "oas"],
    ["constantCorrelation, PyPortfolioOpt's", constantCorrelation, "constantCorrelation"]
  ] as const)("%s, of many rows and of hardly more rows than assets", (_, estimate, name) => {
    for (const [columns, expected] of [
      [returns, reference.covariance[name]],
      [firstRows, reference.firstRows[name]]
    ] as const) {
      const {values, shrinkage} = estimate(columns);
      expect(apart(values, expected.values)).toBeLessThan(1e-14);
      expect(shrinkage).toBeCloseTo(expected.shrinkage, 12);
    }
  });
});

describe("laws", () => {
  const columns = (seed: number) => {
    const draw = generator(seed);
    return Array.from({length: 4}, () => Float64Array.from({length: 9}, draw));
  };

  it("every estimator is symmetric, and scales with the square of the returns", () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 1e6}), fc.double({min: 0.1, max: 100, noNaN: true}), (seed, c) => {
        for (const estimate of Object.values(COVARIANCES)) {
          const {values} = estimate(columns(seed));
          const scaled = estimate(columns(seed).map((column) => column.map((r) => c * r))).values;
          for (let i = 0; i < 4; ++i)
            for (let j = 0; j < 4; ++j) expect(values[i * 4 + j]).toBe(values[j * 4 + i]);
          expect(
            apart(
              scaled,
              values.map((value) => c * c * value)
            )
          ).toBeLessThan(1e-9);
        }
      }),
      {numRuns: 50}
    );
  });

  it("every estimator of assets in another order is the same, in that order", () => {
    const order = [2, 0, 3, 1];
    for (let seed = 0; seed < 20; ++seed)
      for (const estimate of Object.values(COVARIANCES)) {
        const {values} = estimate(columns(seed));
        const other = estimate(order.map((i) => columns(seed)[i])).values;
        const expected = order.flatMap((i) => order.map((j) => values[i * 4 + j]));
        expect(apart(other, expected)).toBeLessThan(1e-12);
      }
  });

  it("a missing row in all columns changes no pairwise estimate", () => {
    for (const estimate of [sampleCovariance, exponentialCovariance]) {
      const gappy = columns(3).map((column) => of(NaN, ...column));
      expect(apart(estimate(gappy).values, estimate(columns(3)).values)).toBeLessThan(1e-14);
    }
  });
});

describe("bad input", () => {
  it("names what an estimator cannot work with", () => {
    expect(() => sampleCovariance([])).toThrow(new RangeError("no assets"));
    expect(() => sampleCovariance([of(1)])).toThrow(new RangeError("needs two returns or more: 1"));
    expect(() => sampleCovariance([of(1, 2), of(1, 2, 3)])).toThrow(
      new RangeError("column 1 has 3 returns, column 0 has 2")
    );
    expect(() => sampleCovariance([of(1, NaN, NaN), of(NaN, 2, 3)])).toThrow(
      "columns 0 and 0 have 1 rows in common"
    );
    expect(() => sampleCovariance([of(1, Infinity)])).toThrow("return 1 of column 0 is Infinity");
    expect(() => sampleCovariance([of(1, Infinity, NaN), of(1, 2, 3)])).toThrow("infinite return");
    expect(() => exponentialCovariance([of(1, 2)], {span: 0.5})).toThrow("invalid span: 0.5");
    expect(() => exponentialCovariance([of(1, NaN, 2), of(NaN, 1, NaN)])).toThrow("rows in common");
    expect(() => exponentialCovariance([of(1, Infinity)])).toThrow("infinite return in column 0");
  });

  it("ledoitWolf(returns) refuses a missing return in the last row, and says what to do", () => {
    for (const estimate of [ledoitWolf, oracleApproximating, constantCorrelation])
      expect(() => estimate([of(1, 2, 3), of(1, 2, NaN)])).toThrow(
        "return 2 of column 1 is NaN: this estimator needs"
      );
  });

  it("constantCorrelation(returns) refuses an asset that does not vary, and a single one", () => {
    expect(() => constantCorrelation([of(1, 2, 3), of(1, 1, 1)])).toThrow("column 1 does not vary");
    expect(() => constantCorrelation([of(1, 2, 3)])).toThrow("two assets or more");
  });

  it("a constant asset has no variance, shrunk or not", () => {
    const still = [of(0.01, 0.02, 0), of(0.5, 0.5, 0.5)];
    expect(sampleCovariance(still).values[3]).toBe(0);
    expect(exponentialCovariance(still).values[3]).toBe(0);
    expect(ledoitWolf(still).values.every(Number.isFinite)).toBe(true);
    expect(oracleApproximating([of(1, 1), of(2, 2)]).values).toEqual(new Float64Array(4));
  });
});
