import {expect, it} from "vitest";
import {addPoint, joinPoints, type NavPoint} from "../../../../src/components/live/live-nav-points.js";

const kept = (account: string, ...points: [number, number][]) => ({
  account,
  currency: "USD",
  points: points.map(([at, value]) => ({at, value}))
});

it("joinPoints(kept, accounts) adds the last known of each, once all are known", () => {
  const all = [kept("A", [10, 1], [30, 3]), kept("B", [20, 100], [40, 200]), kept("C", [5, 9])];
  expect(joinPoints(all, ["A", "B"])).toEqual([
    {at: 20, value: 101},
    {at: 30, value: 103},
    {at: 40, value: 203}
  ]);
  expect(joinPoints(all, ["A", "D"])).toEqual([]);
});

it("addPoint(points, sum) keeps points apart, and no more than a screen shows", () => {
  const points: NavPoint[] = [];
  expect(addPoint(points, {at: 10_000, value: 1})).toBe(true);
  expect(addPoint(points, {at: 14_999, value: 2})).toBe(false);
  expect(addPoint(points, {at: 15_000, value: null})).toBe(false);
  expect(addPoint(points, {at: 15_000, value: 3})).toBe(true);
  for (let i = 1; i < 1000; ++i) addPoint(points, {at: 15_000 + 5000 * i, value: i});
  expect(points.length).toBe(720);
  expect(points.at(-1)?.value).toBe(999);
});
