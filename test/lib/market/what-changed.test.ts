import {expect, it} from "vitest";
import type {MarketSeries} from "../../../lib/market/series.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {instrument} from "../../../lib/market/universe.js";
import {CHANGES, usualChange, whatChangedView} from "../../../lib/market/what-changed.js";
import {FRIDAY, held, NOW, setOf, valuesOn, weekdays, wholeSet} from "./held.js";

const view = (...series: MarketSeries[]) => whatChangedView(studyMarkets(setOf(...series), NOW));

/** Values that go up and down by one step in turn, then end with a last move of their own. */
function zigzag(start: number, step: number, last: number, count = CHANGES + 2): Record<string, number> {
  return valuesOn(weekdays(FRIDAY, count), (i) =>
    i === count - 1 ? start + (i % 2 ? 0 : step) + last : start + (i % 2 ? step : 0)
  );
}

it("whatChangedView(study) measures a rate's move by those of the 252 days before", () => {
  // 252 changes of +2 and -2 bp in turn: their standard deviation is 2 sqrt(252/251) bp.
  const {movers, reason} = view(held("treasury:BC_10YEAR", zigzag(4, 0.02, 0.1)));
  const [day] = movers.filter(({horizonDays}) => horizonDays === 1);
  expect(day).toMatchObject({
    id: "treasury:BC_10YEAR",
    panel: "rates",
    change: expect.closeTo(10, 8),
    changeUnit: "bp",
    asOf: FRIDAY
  });
  expect(day.z).toBeCloseTo(10 / (2 * Math.sqrt(252 / 251)), 6);
  expect(day.sentence).toBe("Treasury of 10 years rose 10.0 bp in a day, 5.0 times a usual move.");
  expect(reason).toBeNull();
});

it("whatChangedView(study) takes log returns of prices", () => {
  const up = Math.exp(0.01);
  const count = CHANGES + 2;
  const values = valuesOn(weekdays(FRIDAY, count), (i) =>
    i === count - 1 ? 100 * Math.exp(-0.03) : 100 * (i % 2 ? up : 1)
  );
  const [day] = view(held("yahoo:^GSPC", values)).movers;
  expect(day.z).toBeCloseTo(-0.03 / (0.01 * Math.sqrt(252 / 251)), 6);
  expect(day.change).toBeCloseTo(Math.exp(-0.03) - 1, 12);
  expect(day.sentence).toBe("S&P 500 fell 2.96 % in a day, 3.0 times a usual move.");
});

it("whatChangedView(study) measures five days by windows that ended before they began", () => {
  const count = CHANGES + 10;
  const calm = valuesOn(weekdays(FRIDAY, count), (i) => (i < count - 5 ? 100 + (i % 2) : 130));
  const week = view(held("yahoo:^VIX", calm)).movers.find(({horizonDays}) => horizonDays === 5)!;
  // Over five days the values go from even to odd or back: +1 and -1 in turn.
  expect(week.z).toBeCloseTo((130 - calm[weekdays(FRIDAY, 6)[0]]) / Math.sqrt(252 / 251), 6);
  expect(week).toMatchObject({changeUnit: "absolute", sentence: expect.stringContaining("in 5 days")});
});

it("whatChangedView(study) lists the largest first, whichever way", () => {
  const {movers} = whatChangedView(studyMarkets(wholeSet(), NOW));
  const sizes = movers.map(({z}) => Math.abs(z));
  expect(sizes.length).toBeGreaterThan(150);
  expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
  expect(new Set(movers.map(({panel}) => panel))).toEqual(
    new Set(["rates", "fx", "equities", "commodities"])
  );
});

it("whatChangedView(study) has no mover that is stale, too young, still, or not daily", () => {
  const stale = Object.fromEntries(
    Object.entries(zigzag(4, 0.02, 0.1)).filter(([day]) => day < "2026-11-16")
  );
  expect(view(held("treasury:BC_2YEAR", stale)).movers).toEqual([]);
  expect(view(held("treasury:BC_2YEAR", zigzag(4, 0.02, 0.1, CHANGES + 1))).movers).toEqual([]);
  expect(
    view(
      held(
        "fred:IORB",
        valuesOn(weekdays(FRIDAY, 400), () => 3.65)
      )
    ).movers
  ).toEqual([]);
  expect(view(held("fred:MORTGAGE30US", zigzag(6, 0.02, 0.1))).movers).toEqual([]);
  expect(view().reason).toBe("no series of the last days with a year before it is in the lake: pull markets");
});

it("whatChangedView(study) does not take a gap of two weeks for a move of a day", () => {
  const whole = zigzag(4, 0.02, 0.1, 300);
  const days = Object.keys(whole);
  const gap = Object.fromEntries(Object.entries(whole).filter(([day]) => day === FRIDAY || day < days[289]));
  const horizons = (values: Record<string, number>) =>
    view(held("treasury:BC_2YEAR", values)).movers.map(({horizonDays}) => horizonDays);
  expect(new Set(horizons(whole))).toEqual(new Set([1, 5]));
  expect(horizons(gap)).toEqual([]);
});

it("usualChange(line, values, horizon) is n/a where a logarithm is none", () => {
  const oil = instrument("yahoo:CL=F")!;
  const values = Float64Array.from({length: 300}, (_, i) => (i === 200 ? -37 : 60 + (i % 3)));
  expect(usualChange(oil, values, 1)).toBeNaN();
  expect(usualChange(oil, values.subarray(0, 200), 1)).toBeNaN(); // too few
});
