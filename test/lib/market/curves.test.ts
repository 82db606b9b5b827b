import {expect, it} from "vitest";
import {curvesView} from "../../../lib/market/curves.js";
import type {MarketSeries} from "../../../lib/market/series.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {held, NOW, setOf} from "./held.js";

/** A curve on three days, the older ones a tenth and a fifth of a point lower. */
const PAR = {BC_6MONTH: 4, BC_1YEAR: 4.2, BC_2YEAR: 4.6, BC_10YEAR: 5};
const DAYS = {"2025-11-20": -0.2, "2026-10-20": -0.1, "2026-11-20": 0};

function parSeries(days: Record<string, number> = DAYS, par: Record<string, number> = PAR): MarketSeries[] {
  return Object.entries(par).map(([symbol, percent]) =>
    held(
      `treasury:${symbol}`,
      Object.fromEntries(Object.entries(days).map(([day, shift]) => [day, percent + shift])),
      {source: "US Treasury"}
    )
  );
}

const view = (...series: MarketSeries[]) => curvesView(studyMarkets(setOf(...series), NOW));

it("curvesView(study) draws the curve now, a month and a year ago, each of one day", () => {
  const {par, source, reason} = view(...parSeries());
  expect(
    par.map(({label, asOf, points}) => [label, asOf, points.map(({percent}) => percent.toFixed(1))])
  ).toEqual([
    ["now", "2026-11-20", ["4.0", "4.2", "4.6", "5.0"]],
    ["1 month ago", "2026-10-20", ["3.9", "4.1", "4.5", "4.9"]],
    ["1 year ago", "2025-11-20", ["3.8", "4.0", "4.4", "4.8"]]
  ]);
  expect(par[0].points.map(({years}) => years)).toEqual([0.5, 1, 2, 10]);
  expect([source, reason]).toEqual(["US Treasury", null]);
});

it("curvesView(study) bootstraps zero rates, and forwards for a year from them", () => {
  const {zero, forward} = view(...parSeries());
  const d1 = 1 / 1.02;
  const d2 = (1 - 0.021 * d1) / 1.021;
  const oneYear = 200 * (d2 ** (-1 / 2) - 1);
  expect(zero[0].points.slice(0, 2)).toEqual([
    {years: 0.5, percent: expect.closeTo(4, 12)},
    {years: 1, percent: expect.closeTo(oneYear, 12)}
  ]);
  expect(zero[0].points.at(-1)!.years).toBe(10);
  expect(forward[0].points[0]).toEqual({years: 0, percent: expect.closeTo(oneYear, 12)});
  expect(forward[0].points.map(({years}) => years)).toEqual(Array.from({length: 19}, (_, i) => i / 2));
});

it("curvesView(study) converts bills below half a year from simple to semi-annual interest", () => {
  const {zero} = view(...parSeries(), held("treasury:BC_3MONTH", {"2026-11-20": 4}));
  expect(zero[0].points[0]).toEqual({years: 0.25, percent: expect.closeTo(200 * (1.01 ** 2 - 1), 12)});
});

it("curvesView(study) names forwards with their changes, through the years", () => {
  const {named} = view(...parSeries());
  const of = (label: string) => named.find((row) => row.label === label)!;
  expect(named.map(({label}) => label)).toEqual(["1y1y", "2y1y", "3y2y", "5y5y", "10y10y"]);
  expect(of("1y1y").value).toBeCloseTo(5.02, 1);
  expect(of("1y1y").change1m).toBeCloseTo(10, 0);
  expect(of("1y1y")).toMatchObject({
    asOf: "2026-11-20",
    source: "computed: 1y1y of the zero curve of US Treasury"
  });
  expect(of("10y10y").reason).toBe("no day has all that 10y10y is computed from: pull more of it");
});

it("curvesView(study) has slopes and real yields", () => {
  const {slopes, real} = view(...parSeries(), held("treasury:TC_10YEAR", {"2026-11-19": 1.8}));
  expect(slopes[0]).toMatchObject({label: "2s10s: 10 years less 2 years", value: expect.closeTo(40, 9)});
  expect(real[0]).toEqual({label: "now", asOf: "2026-11-19", points: [{years: 10, percent: 1.8}]});
});

it("curvesView(study) leaves a line empty when the day has no curve within a week before", () => {
  const {par} = view(...parSeries({"2026-10-12": 0, "2026-11-20": 0}));
  expect(par.map(({asOf}) => asOf)).toEqual(["2026-11-20", null, null]);
});

it("curvesView(study) says what is missing, or why nothing can be bootstrapped", () => {
  const none = view();
  expect(none.reason).toBe("not in the lake: pull BC_10YEAR from treasury");
  expect(none.par.map(({points}) => points)).toEqual([[], [], []]);
  const late = view(...parSeries(DAYS, {BC_1YEAR: 4, BC_10YEAR: 5}));
  expect(late.reason).toBe("now: par curve begins at 1 years: bootstrapping needs half a year");
  expect(late.par[0].points).toHaveLength(2);
  expect(late.zero[0].points).toEqual([]);
});

it("curvesView(study) of points that the Treasury did not publish then does with those that it did", () => {
  const {par, zero} = view(...parSeries(), held("treasury:BC_1_5MONTH", {"2026-11-20": 3.9}));
  expect(par.map(({points}) => points.length)).toEqual([5, 4, 4]);
  expect(zero.map(({points}) => points.length)).toEqual([21, 20, 20]);
});
