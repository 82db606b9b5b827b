import {expect, it} from "vitest";
import {upTo} from "../../../lib/market/days.js";
import {RECIPES} from "../../../lib/market/recipes.js";
import {dayNumber, dayOf} from "../../../lib/time/day.js";
import {held} from "./held.js";

const made = (recipe: keyof typeof RECIPES, ...of: Record<string, number>[]) => {
  const {days, values} = RECIPES[recipe](of.map((one) => held("x:y", one)));
  return Object.fromEntries(Array.from(days, (day, i) => [dayOf(day), Number(values[i].toFixed(10))]));
};

it("less takes all others off the first: net liquidity of 6,600 less 850 less 350 is 5,400", () => {
  const [day, week] = ["2026-11-18", "2026-11-11"];
  expect(made("less", {[week]: 6500, [day]: 6600}, {[day]: 850}, {[day]: 350})).toEqual({[day]: 5400});
});

it("ratio crosses through the euro: 180 yen and 1.2 dollars are 150 yen a dollar", () => {
  expect(made("ratio", {"2026-11-20": 180}, {"2026-11-20": 1.2})).toEqual({"2026-11-20": 150});
});

it("yoy is percent against the same month a year before, and needs that month", () => {
  expect(
    made("yoy", {
      "2025-09-01": 300,
      "2025-10-01": 320,
      "2026-09-01": 309,
      "2026-10-01": 328,
      "2026-11-01": 330
    })
  ).toEqual({"2026-09-01": 3, "2026-10-01": 2.5});
});

it("change is less the month before, and needs that month", () => {
  expect(made("change", {"2026-07-01": 1000, "2026-08-01": 1150, "2026-10-01": 1300})).toEqual({
    "2026-08-01": 150
  });
});

it("dxy takes the fixings in the formula's order", () => {
  const day = "2026-11-20";
  const fixings = [1.16, 180, 0.87, 1.62, 11, 0.93].map((rate) => ({[day]: rate}));
  expect(made("dxy", ...fixings)[day].toFixed(4)).toBe("99.2993");
});

it("each recipe of the past is the same without the days after it", () => {
  const of = ["2025-09-01", "2025-10-01", "2026-09-01", "2026-10-01", "2026-11-01"];
  const series = [1, 2, 3, 4, 5, 6].map((k) =>
    held("x:y", Object.fromEntries(of.map((day, i) => [day, k + i / 7])))
  );
  const cut = dayNumber("2026-09-30");
  for (const recipe of Object.values(RECIPES)) {
    const whole = upTo(recipe(series), cut);
    const past = recipe(series.map((one) => upTo(one, cut)));
    expect([...past.values]).toEqual([...whole.values]);
    expect(past.values.length).toBeGreaterThan(0);
  }
});
