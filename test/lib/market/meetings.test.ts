import {expect, it} from "vitest";
import {knownUntil, MEETINGS, meetingsAhead, mergeMeetings} from "../../../lib/market/meetings.js";
import {parseMeetings} from "../../../lib/market/meetings-csv.js";
import {isDay, weekday} from "../../../lib/time/day.js";

const of = (bank: string, year: string) =>
  MEETINGS.filter((meeting) => meeting.bank === bank && meeting.day.startsWith(year));

it("MEETINGS has the eight decisions a year of each bank, on weekdays, in order", () => {
  for (const {day} of MEETINGS) expect(isDay(day) && weekday(day) < 6, day).toBe(true);
  for (const bank of ["Federal Reserve", "European Central Bank", "Bank of England", "Bank of Japan"]) {
    for (const year of ["2025", "2026"]) {
      const days = of(bank, year).map(({day}) => day);
      expect(days, `${bank} ${year}`).toHaveLength(8);
      expect([...days].sort()).toEqual(days);
      expect(
        of(bank, year).filter(({projections}) => projections),
        `${bank} ${year}`
      ).toHaveLength(4);
    }
  }
  expect(new Set(MEETINGS.map(({bank, day}) => bank + day)).size).toBe(MEETINGS.length);
});

it("MEETINGS has the FOMC's of 2026 and 2027 as the Federal Reserve announced them", () => {
  const days = (year: string) => of("Federal Reserve", year).map(({day}) => day.slice(5));
  expect(days("2026")).toEqual(["01-28", "03-18", "04-29", "06-17", "07-29", "09-16", "10-28", "12-09"]);
  expect(days("2027")).toEqual(["01-27", "03-17", "04-28", "06-09", "07-28", "09-15", "10-27", "12-08"]);
});

it("mergeMeetings(edits) adds, replaces and cancels by bank and day", () => {
  const edits = parseMeetings(
    "bank,day,projections\nFed,2026-12-09,no\nFed,2026-12-01,no\nECB,2026-12-17,cancelled\n"
  );
  const ahead = meetingsAhead(mergeMeetings(edits), "2026-11-22").filter(({day}) => day < "2027-01-01");
  expect(ahead.map(({bank, day, projections, daysTo}) => [bank, day, projections, daysTo])).toEqual([
    ["Federal Reserve", "2026-12-01", false, 9],
    ["Federal Reserve", "2026-12-09", false, 17],
    ["Bank of England", "2026-12-17", false, 25],
    ["Bank of Japan", "2026-12-18", false, 26]
  ]);
  expect(ahead[0].source).toBe("your own list");
});

it("meetingsAhead(meetings, today) counts a meeting of today", () => {
  expect(meetingsAhead(mergeMeetings([]), "2026-12-09")[0]).toMatchObject({
    bank: "Federal Reserve",
    daysTo: 0
  });
});

it("knownUntil(meetings) says the last day of each bank", () => {
  expect(knownUntil(mergeMeetings([])).map(({bank, day}) => [bank, day])).toEqual([
    ["Federal Reserve", "2028-01-26"],
    ["European Central Bank", "2027-12-16"],
    ["Bank of England", "2027-12-16"],
    ["Bank of Japan", "2026-12-18"]
  ]);
});
