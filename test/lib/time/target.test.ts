import {expect, it} from "vitest";
import {targetHolidays} from "../../../lib/time/target.js";

it("targetHolidays(year) are the ECB's closing days of 2024", () => {
  expect(targetHolidays(2024)).toEqual([
    "2024-01-01",
    "2024-03-29",
    "2024-04-01",
    "2024-05-01",
    "2024-12-25",
    "2024-12-26"
  ]);
});

it("targetHolidays(year) leaves out those on a weekend, which are not kept on another day", () => {
  expect(targetHolidays(2022)).toEqual(["2022-04-15", "2022-04-18", "2022-12-26"]);
});

it("targetHolidays(year) knows the last day of the year before the notes, and how few there were in 1999", () => {
  expect(targetHolidays(1999)).toEqual(["1999-01-01", "1999-12-31"]);
  expect(targetHolidays(2001).at(-1)).toBe("2001-12-31");
});
