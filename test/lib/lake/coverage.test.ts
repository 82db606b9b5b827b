import * as fc from "fast-check";
import {expect, it} from "vitest";
import {nextRange, staleDays} from "../../../lib/lake/coverage.js";
import {dayOf} from "../../../lib/time/day.js";

const daily = {calendar: "nyse", frequency: "1d"} as const;
const ask = {overlapDays: 7, calendar: "nyse", today: "2024-04-03"} as const;

it("staleDays(last, …) counts sessions that are over and have no row", () => {
  expect(staleDays("2024-03-28", {...daily, today: "2024-04-01"})).toBe(0); // a long weekend with Good Friday
  expect(staleDays("2024-03-28", {...daily, today: "2024-04-03"})).toBe(2);
  expect(staleDays("2024-04-03", {...daily, today: "2024-04-03"})).toBe(0);
});

it("staleDays(last, …) counts whole weeks and months at those frequencies", () => {
  expect(staleDays("2024-03-22", {...daily, frequency: "1w", today: "2024-03-30"})).toBe(0);
  expect(staleDays("2024-03-22", {...daily, frequency: "1w", today: "2024-04-01"})).toBe(1);
  expect(staleDays("2024-02-01", {...daily, frequency: "1mo", today: "2024-03-31"})).toBe(0);
  expect(staleDays("2023-12-01", {...daily, frequency: "1mo", today: "2024-03-31"})).toBe(2);
});

it("staleDays(last, …) is not known without a calendar or a row", () => {
  expect(staleDays("2024-03-28", {...daily, calendar: "none", today: "2024-04-03"})).toBeNull();
  expect(staleDays(null, {...daily, today: "2024-04-03"})).toBeNull();
});

it("nextRange(held, wanted, …) asks for all that is wanted when nothing is held", () => {
  expect(nextRange(null, {from: "2024-01-01", to: "2024-12-31"}, ask)).toEqual({
    from: "2024-01-01",
    to: "2024-04-03"
  });
});

it("nextRange(held, wanted, …) asks for what is new and the overlap before it", () => {
  const held = {from: "2024-01-01", to: "2024-04-01"};
  expect(nextRange(held, {from: "2024-01-01", to: "2024-12-31"}, ask)).toEqual({
    from: "2024-03-25",
    to: "2024-04-03"
  });
  expect(nextRange(held, {from: "2024-03-29", to: "2024-12-31"}, ask)).toEqual({
    from: "2024-03-29",
    to: "2024-04-03"
  });
});

it("nextRange(held, wanted, …) asks for nothing when no session lies after those held", () => {
  const held = {from: "2024-01-01", to: "2024-03-28"};
  const wanted = {from: "2024-01-01", to: "2024-12-31"};
  expect(nextRange(held, wanted, {...ask, today: "2024-03-31"})).toBeNull(); // Easter Sunday
  expect(nextRange(held, wanted, {...ask, calendar: "none", today: "2024-03-29"})).not.toBeNull();
  expect(nextRange(held, wanted, {...ask, calendar: "none", today: "2024-03-28"})).toBeNull();
  expect(nextRange(held, {from: "2024-01-01", to: "2024-02-01"}, ask)).toBeNull();
});

it("nextRange(held, wanted, …) asks for all of it when days before those held are wanted, or far later ones", () => {
  const held = {from: "2024-01-01", to: "2024-04-01"};
  const wanted = {from: "2020-01-01", to: "2024-12-31"};
  expect(nextRange(held, wanted, ask)).toEqual({from: "2020-01-01", to: "2024-04-03"});
  expect(
    nextRange({from: "2020-01-01", to: "2020-02-01"}, {from: "2024-01-02", to: "2024-02-01"}, ask)
  ).toEqual({
    from: "2024-01-02",
    to: "2024-02-01"
  });
});

it("nextRange(held, wanted, …) has nothing to ask for in days to come, and refuses days that end before they begin", () => {
  expect(nextRange(null, {from: "2025-01-01", to: "2025-12-31"}, ask)).toBeNull();
  expect(() => nextRange(null, {from: "2024-02-01", to: "2024-01-01"}, ask)).toThrow(
    new RangeError("invalid days: 2024-02-01 to 2024-01-01: they end before they begin")
  );
});

it("nextRange(held, wanted, …) leaves no wanted day out that is not held, whatever is asked", () => {
  const range = fc
    .tuple(fc.integer({min: 19_000, max: 19_800}), fc.integer({min: 0, max: 400}))
    .map(([from, days]) => ({from: dayOf(from), to: dayOf(from + days)}));
  fc.assert(
    fc.property(range, range, fc.nat(20), (held, wanted, overlapDays) => {
      const next = nextRange(held, wanted, {overlapDays, calendar: "every-day", today: "2024-01-01"});
      const last = wanted.to < "2024-01-01" ? wanted.to : "2024-01-01";
      const isIn = (day: string, days: typeof held | null) =>
        days !== null && day >= days.from && day <= days.to;
      for (let day = wanted.from; day <= last; day = dayOf(Date.parse(day) / 864e5 + 1))
        expect(isIn(day, held) || isIn(day, next)).toBe(true);
      if (next) expect(next.from >= wanted.from && next.to <= last).toBe(true);
    })
  );
});
