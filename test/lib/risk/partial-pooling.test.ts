import * as fc from "fast-check";
import {expect, it} from "vitest";
import {intervalOf, partialPooling, winsorized} from "../../../lib/risk/partial-pooling.js";
import {long} from "../../long.js";

const pool = (groups: Readonly<Record<string, readonly number[]>>) =>
  partialPooling(
    Float64Array.from(Object.values(groups).flat()),
    Object.entries(groups).flatMap(([name, own]) => own.map(() => name))
  );

it("partialPooling(values, names) draws few and noisy values towards the mean of all", () => {
  // means 0 and 10; s² = (2 + 2) / 2 = 2; t² = 50 − 2 x 1/2 = 49; each v = 1: drawn by 1/50 towards 5, how far is known but for 2 x 25
  const {pooled, groups, unseen, within, between} = pool({a: [-1, 1], b: [9, 11]});
  expect(pooled).toEqual({mean: 5, standardError: 5, count: 4, degrees: 2}); // 1 / (2/50) = 25
  expect(groups.get("a")!.mean).toBeCloseTo(0.1, 12);
  expect(groups.get("b")!.mean).toBeCloseTo(9.9, 12);
  expect(groups.get("a")!.standardError).toBeCloseTo(Math.sqrt(0.98 + (25 + 50) / 2500), 12);
  expect(unseen).toMatchObject({mean: 5, count: 0, degrees: 1});
  expect(unseen.standardError).toBeCloseTo(Math.sqrt(49 + 25), 12);
  expect([within, between]).toEqual([Math.SQRT2, 7]);
});

it("partialPooling(values, names) pools whole what differs no more than its noise", () => {
  const {pooled, groups, between} = pool({a: [0, 10, 2], b: [4, 6, 5], c: [9]});
  expect(between).toBe(0);
  // all seven count alike: the mean of all, its error s / √7
  expect(pooled.mean).toBeCloseTo(36 / 7, 12);
  expect(pooled.standardError).toBeCloseTo(Math.sqrt((56 + 2) / 4 / 7), 12);
  for (const {mean} of groups.values()) expect(mean).toBeCloseTo(pooled.mean, 12);
  // three groups: that all of it is noise is itself uncertain, by the square of how far the own mean is, 9 − 36/7
  expect(groups.get("c")!.standardError).toBeCloseTo(Math.hypot(pooled.standardError, 27 / 7), 12);
});

it("partialPooling(values, names) does not pool what has no noise", () => {
  const {groups, pooled, within} = pool({a: [1, 1], b: [3, 3, 3]});
  expect(within).toBe(0);
  expect([groups.get("a")!.mean, groups.get("b")!.mean, pooled.mean]).toEqual([1, 3, 2]);
  expect(groups.get("a")!.standardError).toBe(0);
  expect(pooled.standardError).toBeCloseTo(1, 12); // √(2 / 2): two groups that differ by 2
});

it("partialPooling(values, names) of equal values is sure of them", () => {
  const {pooled, groups, unseen} = pool({a: [2, 2], b: [2]});
  for (const each of [pooled, unseen, ...groups.values()])
    expect([each.mean, each.standardError]).toEqual([2, 0]);
});

it("partialPooling(values, names) takes all for noise where no group has two values", () => {
  const {groups, between, within} = pool({a: [1], b: [3]});
  expect([between, within]).toEqual([0, Math.SQRT2]);
  expect([...groups.values()].map(({mean}) => mean)).toEqual([2, 2]);
});

it("partialPooling(values, names) of one group knows nothing of others, of one value nothing of noise", () => {
  const one = pool({a: [1, 3]});
  expect(one.pooled).toEqual({mean: 2, standardError: 1, count: 2, degrees: 1});
  expect(one.groups.get("a")).toEqual(one.pooled);
  expect([one.unseen.mean, one.unseen.standardError]).toEqual([2, NaN]);
  const single = pool({a: [7]});
  expect([single.pooled.mean, single.pooled.standardError]).toEqual([7, NaN]);
  expect(single.groups.get("a")).toMatchObject({mean: 7, standardError: NaN});
});

it("partialPooling(values, names) of nothing is not known", () => {
  const {pooled, groups} = pool({});
  expect([pooled.mean, pooled.standardError, pooled.count, groups.size]).toEqual([NaN, NaN, 0, 0]);
});

const several = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d"),
  fc.array(fc.double({min: -100, max: 100, noNaN: true}), {minLength: 1, maxLength: 6}),
  {minKeys: 1}
);

it("a group's estimate lies between its own mean and the pooled one", () => {
  fc.assert(
    fc.property(several, (groups) => {
      const {pooled, groups: found} = pool(groups);
      for (const [name, {mean, count}] of found) {
        const own = groups[name].reduce((sum, value) => sum + value, 0) / count;
        const [low, high] = [Math.min(own, pooled.mean), Math.max(own, pooled.mean)];
        expect(mean).toBeGreaterThanOrEqual(low - 1e-9);
        expect(mean).toBeLessThanOrEqual(high + 1e-9);
      }
    })
  );
});

it("means move and grow with their values", () => {
  fc.assert(
    fc.property(
      several,
      fc.integer({min: -50, max: 50}),
      fc.integer({min: 1, max: 20}),
      (groups, by, times) => {
        const moved = pool(
          Object.fromEntries(Object.entries(groups).map(([k, v]) => [k, v.map((x) => times * x + by)]))
        );
        const {pooled, groups: found} = pool(groups);
        expect(moved.pooled.mean).toBeCloseTo(times * pooled.mean + by, 5);
        for (const [name, {mean}] of found)
          expect(moved.groups.get(name)!.mean).toBeCloseTo(times * mean + by, 5);
      }
    )
  );
});

it("intervalOf(estimate) is Student's, and has no ends where the error is not known", () => {
  // tables of Student's t: 12.706 for one degree, 2.228 for ten, both sides, 95 %
  const ends = (degrees: number) => intervalOf({mean: 1, standardError: 2, count: 5, degrees});
  expect(ends(1)[1]).toBeCloseTo(1 + 2 * 12.7062, 3);
  expect(ends(10)).toEqual([expect.closeTo(1 - 2 * 2.22814, 4), expect.closeTo(1 + 2 * 2.22814, 4)]);
  expect(intervalOf({mean: 1, standardError: NaN, count: 1, degrees: 0})).toEqual([NaN, NaN]);
  expect(intervalOf({mean: 1, standardError: 0, count: 3, degrees: 2})).toEqual([1, 1]);
});

it("winsorized(values) moves what lies far out to the border, and nothing else", () => {
  // median 3, distances 2, 1, 0, 1, 997: median 1, so the border is 3 + 5 x 1.4826
  const values = Float64Array.of(1, 2, 3, 4, 1000);
  expect([...winsorized(values)]).toEqual([1, 2, 3, 4, 3 + 5 * 1.4826]);
  expect([...winsorized(Float64Array.of(5, 5, 5, 900))]).toEqual([5, 5, 5, 900]); // no distance to measure by
  expect([...winsorized(Float64Array.of())]).toEqual([]);
});

it("true means of groups lie in their intervals as often as these say", () => {
  let state = 20261122;
  const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  let [held, all, unseenHeld] = [0, 0, 0];
  const runs = long(2000);
  for (let run = 0; run < runs; ++run) {
    const truths = Array.from({length: 12}, () => 4 + 3 * normal());
    const groups = truths.map((truth, i) => Array.from({length: 3 + i}, () => truth + 6 * normal()));
    const {groups: found, unseen} = pool(Object.fromEntries(groups.map((own, i) => [`g${i}`, own])));
    for (const [i, truth] of truths.entries()) {
      const [low, high] = intervalOf(found.get(`g${i}`)!);
      if (low <= truth && truth <= high) ++held;
      ++all;
    }
    const [low, high] = intervalOf(unseen);
    const other = 4 + 3 * normal();
    if (low <= other && other <= high) ++unseenHeld;
  }
  // the variance between groups is itself estimated, which the interval leaves out: a little below 95 %
  expect(held / all).toBeGreaterThan(0.9);
  expect(held / all).toBeLessThan(0.98);
  expect(unseenHeld / runs).toBeGreaterThan(0.85);
});
