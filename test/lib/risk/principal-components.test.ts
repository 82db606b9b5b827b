import {expect, it} from "vitest";
import {principalComponents, type PrincipalComponents} from "../../../lib/risk/principal-components.js";
import expected from "../../reference/risk.json" with {type: "json"};
import {assets} from "../../reference/risk.js";

const of = (...values: number[]) => Float64Array.from(values);
const found = (columns: Float64Array[], kind: "covariance" | "correlation"): PrincipalComponents => {
  const components = principalComponents(columns, {of: kind});
  if ("reason" in components) throw new Error(components.reason);
  return components;
};

it("principalComponents(columns) of two that move as one has one component", () => {
  const components = found([of(1, 2, 3, NaN), of(2, 4, 6, 7)], "covariance");
  expect(components.variances[0]).toBeCloseTo(5, 12); // variances 1 and 4
  expect(components.variances[1]).toBeCloseTo(0, 12);
  expect([...components.shares].map((share) => +share.toFixed(12))).toEqual([1, 0]);
  expect(components.loadings[0]).toBeCloseTo(1 / Math.sqrt(5), 12);
  expect(components.loadings[1]).toBeCloseTo(2 / Math.sqrt(5), 12);
  expect([...components.scores[0]].map((score) => +score.toFixed(12))).toEqual(
    [-Math.sqrt(5), 0, Math.sqrt(5)].map((score) => +score.toFixed(12))
  );
  expect(components.constants).toEqual({assets: 2, n: 3, dropped: 1, ddof: 1});
});

it.each(["covariance", "correlation"] as const)(
  "principalComponents(columns, {of: %s}) agrees with scikit-learn PCA, its signs fixed",
  (kind) => {
    const components = found(assets, kind);
    const theirs = expected.pca[kind];
    for (let k = 0; k < 8; ++k) {
      expect(components.variances[k]).toBeCloseTo(theirs.variances[k], 12);
      expect(components.shares[k]).toBeCloseTo(theirs.shares[k], 12);
      for (let a = 0; a < 8; ++a)
        expect(components.loadings[k * 8 + a]).toBeCloseTo(theirs.loadings[k][a], 9);
    }
    for (const [t, score] of theirs.firstScores.entries())
      expect(components.scores[0][t]).toBeCloseTo(score, 11);
  }
);

it("principalComponents(columns): variances sum to the trace, scores have them and do not correlate", () => {
  const {variances, scores} = found(assets, "correlation");
  expect(variances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(8, 12);
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, x, i) => sum + x * b[i], 0) / (a.length - 1);
  for (const [k, column] of scores.entries()) {
    for (const [m, other] of scores.entries()) {
      expect(dot(column, other)).toBeCloseTo(k === m ? variances[k] : 0, 11);
    }
  }
});

it("principalComponents(columns) says why there are none", () => {
  expect(principalComponents([], {of: "covariance"})).toEqual({reason: "no assets"});
  expect(principalComponents([of(1), of(2)], {of: "covariance"})).toEqual({
    reason: "needs two complete periods or more: 1"
  });
  expect(principalComponents([of(1, 2, NaN), of(NaN, 2, 3)], {of: "covariance"})).toEqual({
    reason: "needs two complete periods or more: 1"
  });
  expect(principalComponents([of(1, 2, 3), of(4, 4, 4)], {of: "correlation"})).toEqual({
    reason: "the returns of asset 1 do not vary"
  });
  expect([...found([of(1, 2, 3), of(4, 4, 4)], "covariance").shares]).toEqual([1, 0]);
  expect(() => principalComponents([of(1, 2), of(1)], {of: "covariance"})).toThrow(
    new RangeError("columns[1] has 1 rows, columns[0] has 2")
  );
  expect(() => principalComponents([of(1, Infinity)], {of: "covariance"})).toThrow(
    new RangeError("invalid columns[0][1]: Infinity")
  );
});
