import * as fc from "fast-check";
import {expect, it} from "vitest";
import {dailyPlan, historyPlan, missingHistory, MOST_DAYS, OVERLAP_DAYS} from "../../../loaders/flex/plan.js";
import {addDays, daysBetween} from "../../../lib/time/day.js";

it("dailyPlan() overlaps 45 days up to the last session", () => {
  expect(dailyPlan({session: "2026-11-20", today: "2026-11-21", heldTo: "2026-11-19"})).toEqual([
    {from: "2026-10-06", to: "2026-11-20"}
  ]);
});

it("dailyPlan() begins on the first day of the past year from January to March, in two requests over 365 days", () => {
  expect(dailyPlan({session: "2026-12-31", today: "2027-01-01", heldTo: "2026-12-30"})).toEqual([
    {from: "2026-01-01", to: "2026-12-31"}
  ]);
  expect(dailyPlan({session: "2027-03-30", today: "2027-03-31", heldTo: "2027-03-29"})).toEqual([
    {from: "2026-01-01", to: "2026-12-31"},
    {from: "2027-01-01", to: "2027-03-30"}
  ]);
  expect(dailyPlan({session: "2027-03-31", today: "2027-04-01", heldTo: "2027-03-30"})).toEqual([
    {from: "2027-02-14", to: "2027-03-31"}
  ]);
});

it("dailyPlan() keeps each request to 365 days after a leap year", () => {
  expect(dailyPlan({session: "2029-01-05", today: "2029-01-06", heldTo: "2029-01-04"})).toEqual([
    {from: "2028-01-01", to: "2028-12-30"},
    {from: "2028-12-31", to: "2029-01-05"}
  ]);
});

it("dailyPlan() asks for a year at first, and leaves no hole after a pause", () => {
  expect(dailyPlan({session: "2026-11-20", today: "2026-11-21"})).toEqual([
    {from: "2025-11-21", to: "2026-11-20"}
  ]);
  expect(dailyPlan({session: "2026-11-20", today: "2026-11-21", heldTo: "2026-06-30"})).toEqual([
    {from: "2026-05-16", to: "2026-11-20"}
  ]);
  expect(dailyPlan({session: "2026-11-20", today: "2026-11-21", heldTo: "2025-06-30"})).toEqual([
    {from: "2025-05-16", to: "2026-05-15"},
    {from: "2026-05-16", to: "2026-11-20"}
  ]);
});

it("dailyPlan() has no hole, no request over 365 days, and reaches 45 days behind what is here", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 4000}), fc.integer({min: 1, max: 4}), fc.nat(900), (n, lag, gap) => {
      const session = addDays("2020-01-01", n);
      const heldTo = addDays(session, -gap);
      const plan = dailyPlan({session, today: addDays(session, lag), heldTo});
      expect(plan.at(-1)!.to).toBe(session);
      const reach = gap > OVERLAP_DAYS ? heldTo : session;
      expect(plan[0].from <= addDays(reach, -OVERLAP_DAYS)).toBe(true);
      for (const {from, to} of plan) expect(daysBetween(from, to)).toBeLessThan(MOST_DAYS);
      for (let i = 1; i < plan.length; ++i) expect(plan[i].from).toBe(addDays(plan[i - 1].to, 1));
    })
  );
});

it("historyPlan(firstDay, today) lists a file for each year beyond 365 days, a leap year in halves", () => {
  const files = historyPlan("2023-05-10", "2026-11-22");
  expect(files.map(({year, from, to}) => [year, from, to])).toEqual([
    [2023, "2023-05-10", "2023-12-31"],
    [2024, "2024-01-01", "2024-06-30"],
    [2024, "2024-07-01", "2024-12-31"],
    [2025, "2025-01-01", "2025-11-22"]
  ]);
  expect(files[0].sentence).toBe(
    "run the query in the portal with Period Custom Date Range 2023-05-10 to 2023-12-31 and Format XML, then: npx tearsheet import FILE"
  );
});

it("historyPlan(firstDay, today) is empty for an account younger than 365 days", () => {
  expect(historyPlan("2025-11-23", "2026-11-22")).toEqual([]);
  expect(historyPlan("2025-11-22", "2026-11-22")).toHaveLength(1);
});

const days = (files: readonly {from: string; to: string}[]) => files.map(({from, to}) => [from, to]);

it("missingHistory(covered, today, opened) lists what lies before the first statement", () => {
  const covered = [{from: "2025-01-01", to: "2026-11-20"}];
  expect(days(missingHistory(covered, "2026-11-22", "2023-05-10"))).toEqual([
    ["2023-05-10", "2023-12-31"],
    ["2024-01-01", "2024-06-30"],
    ["2024-07-01", "2024-12-31"]
  ]);
  expect(missingHistory(covered, "2026-11-22")).toEqual([]);
});

it("missingHistory(covered, today) lists the years between statements, though it is not known when the account began", () => {
  const covered = [
    {from: "2021-01-01", to: "2021-12-31"},
    {from: "2022-07-01", to: "2022-12-30"},
    {from: "2024-01-01", to: "2026-11-20"}
  ];
  expect(days(missingHistory(covered, "2026-11-22"))).toEqual([
    ["2022-01-01", "2022-06-30"],
    ["2023-01-01", "2023-12-31"]
  ]);
});

it("missingHistory(covered, today) leaves out days without a session, and what a pull reaches", () => {
  const closed = [
    {from: "2024-01-02", to: "2024-01-05"},
    {from: "2024-01-08", to: "2026-11-20"}
  ];
  expect(missingHistory(closed, "2026-11-22", "2024-01-01")).toEqual([]);
  const late = [
    {from: "2025-01-01", to: "2026-02-27"},
    {from: "2026-04-01", to: "2026-11-20"}
  ];
  expect(missingHistory(late, "2026-11-22")).toEqual([]);
  expect(missingHistory([], "2026-11-22", null)).toEqual([]);
});
