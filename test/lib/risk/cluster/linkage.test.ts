import * as fc from "fast-check";
import {expect, it} from "vitest";
import {correlationMatrix} from "../../../../lib/risk/correlation.js";
import {clusterCorrelations} from "../../../../lib/risk/cluster/correlation-clusters.js";
import {leafOrder, linkage, type LinkageMethod} from "../../../../lib/risk/cluster/linkage.js";
import expected from "../../../reference/risk.json" with {type: "json"};
import {assets} from "../../../reference/risk.js";

const METHODS = ["single", "complete", "average", "ward"] as const satisfies readonly LinkageMethod[];
const of = (...values: number[]) => Float64Array.from(values);
// points on a line at 0, 1, 3 and 7
const LINE = Float64Array.from([0, 1, 3, 7].flatMap((a) => [0, 1, 3, 7].map((b) => Math.abs(a - b))));

it("linkage(distances) of points 0, 1, 3, 7 on a line, by hand", () => {
  const heights = (method: LinkageMethod) =>
    linkage(LINE, 4, method).map(({distance}) => +distance.toFixed(12));
  expect(heights("single")).toEqual([1, 2, 4]);
  expect(heights("complete")).toEqual([1, 3, 7]);
  expect(heights("average")).toEqual([1, 2.5, +(17 / 3).toFixed(12)]);
  expect(heights("ward").slice(0, 2)).toEqual([1, +Math.sqrt((2 * 9 + 2 * 4 - 1) / 3).toFixed(12)]);
  expect(linkage(LINE, 4, "single")).toEqual([
    {left: 0, right: 1, distance: 1, size: 2},
    {left: 2, right: 4, distance: 2, size: 3},
    {left: 3, right: 5, distance: 4, size: 4}
  ]);
  expect(leafOrder(linkage(LINE, 4, "single"), 4)).toEqual([3, 2, 0, 1]);
});

it.each(METHODS)(
  "clusterCorrelations(matrix, {method: %s}) agrees with scipy linkage and leaves_list",
  (method) => {
    const {merges, order} = clusterCorrelations(correlationMatrix(assets), {method});
    const theirs = expected.clusters[method];
    for (const [s, {left, right, distance, size}] of merges.entries()) {
      expect([left, right, size]).toEqual([theirs.merges[s][0], theirs.merges[s][1], theirs.merges[s][3]]);
      expect(distance).toBeCloseTo(theirs.merges[s][2], 12);
    }
    expect(merges.length).toBe(theirs.merges.length);
    expect(order).toEqual(theirs.order);
  }
);

it("clusterCorrelations(matrix) hangs an asset that does not vary apart, at the end", () => {
  const clusters = clusterCorrelations(
    correlationMatrix([assets[0], of(...assets[1]).fill(0.01), assets[2]])
  );
  expect(clusters.apart).toEqual([1]);
  expect(clusters.clustered).toEqual([0, 2]);
  expect(clusters.order).toEqual([0, 2, 1]);
  expect(clusterCorrelations(correlationMatrix([]))).toMatchObject({order: [], merges: [], apart: []});
});

it("clusterCorrelations(matrix) leaves out of two that share no period the later one", () => {
  const early = assets[0].map((r, t) => (t < 90 ? r : NaN));
  const late = assets[1].map((r, t) => (t < 90 ? NaN : r));
  expect(clusterCorrelations(correlationMatrix([early, late, assets[2]])).apart).toEqual([1]);
});

it("linkage(distances): heights of single, complete and average never fall, the order is a permutation", () => {
  const points = fc.uniqueArray(fc.integer({min: -500, max: 500}), {minLength: 1, maxLength: 12});
  fc.assert(
    fc.property(points, fc.constantFrom(...METHODS), (places, method) => {
      const n = places.length;
      const distances = Float64Array.from(places.flatMap((a) => places.map((b) => Math.abs(a - b))));
      const merges = linkage(distances, n, method);
      const heights = merges.map(({distance}) => distance);
      for (let s = 1; s < heights.length; ++s)
        expect(heights[s]).toBeGreaterThanOrEqual(heights[s - 1] - 1e-9);
      expect(leafOrder(merges, n).toSorted((a, b) => a - b)).toEqual(places.map((_, i) => i));
      expect(merges.at(-1)?.size ?? 1).toBe(n);
    })
  );
});

it("linkage(distances) is empty for one point, and names what it cannot use", () => {
  expect(linkage(of(0), 1, "ward")).toEqual([]);
  expect(leafOrder([], 1)).toEqual([0]);
  expect(leafOrder([], 0)).toEqual([]);
  expect(() => linkage(of(0, 1), 2, "single")).toThrow(new RangeError("distances has 2 values, not 2 x 2"));
  expect(() => linkage(of(0, NaN, NaN, 0), 2, "single")).toThrow(
    new RangeError("invalid distances[0][1]: NaN")
  );
});
