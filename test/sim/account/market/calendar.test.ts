import {expect, it} from "vitest";
import {
  addBusinessDays,
  addMonths,
  businessDays,
  isBusinessDay,
  newYorkDate,
  nthWeekday
} from "../../../../sim/account/market/calendar.js";
import {
  fridayFrom,
  monthlyExpiry,
  quarterlyExpiry,
  timetable
} from "../../../../sim/account/market/timetable.js";

it("isBusinessDay(day) knows the holidays of the New York exchange", () => {
  // nyse.com, holidays and trading hours, 2025
  const closed2025 = [
    "2025-01-01",
    "2025-01-20",
    "2025-02-17",
    "2025-04-18",
    "2025-05-26",
    "2025-06-19",
    "2025-07-04",
    "2025-09-01",
    "2025-11-27",
    "2025-12-25"
  ];
  expect(closed2025.filter(isBusinessDay)).toEqual([]);
  expect(isBusinessDay("2021-12-31")).toBe(true); // New Year's Day 2022 was a Saturday
  expect(isBusinessDay("2021-12-24")).toBe(false); // Christmas 2021 was a Saturday
});

it("a year has about 250 business days", () => {
  expect(businessDays("2024-01-01", "2024-12-31")).toHaveLength(252); // as traded in 2024
  expect(businessDays("2024-01-01", "2024-12-31").at(0)).toBe("2024-01-02");
});

it("newYorkDate(now) is yesterday until five in the morning UTC in winter", () => {
  expect(newYorkDate(new Date("2026-11-23T04:59:59Z"))).toBe("2026-11-22");
  expect(newYorkDate(new Date("2026-11-23T05:00:00Z"))).toBe("2026-11-23");
});

it("addMonths(day, count) stays inside the month", () => {
  expect(addMonths("2024-02-29", -12)).toBe("2023-02-28");
  expect(addMonths("2026-08-31", -18)).toBe("2025-02-28");
});

it("addBusinessDays(day, count) steps over weekends and holidays, both ways", () => {
  expect(addBusinessDays("2026-11-25", 1)).toBe("2026-11-27");
  expect(addBusinessDays("2026-11-27", -2)).toBe("2026-11-24");
});

it("options end on the third Friday, or on Thursday when it is Good Friday", () => {
  expect(nthWeekday(2026, 11, 5, 3)).toBe("2026-11-20");
  expect(monthlyExpiry(2025, 4)).toBe("2025-04-17");
  expect(quarterlyExpiry("2026-11-20")).toBe("2026-12-18");
  expect(fridayFrom("2026-11-22")).toBe("2026-11-27");
  expect(fridayFrom("2026-11-27")).toBe("2026-11-27");
  expect(fridayFrom("2025-04-18")).toBe("2025-04-25");
});

it("timetable(today) ends on the last finished business day, and has its losing year inside", () => {
  const time = timetable("2026-11-23");
  expect([time.days[0], time.days.at(-1)]).toEqual(["2023-11-20", "2026-11-20"]);
  for (const today of ["2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31"]) {
    const {days, losingYear, losing, recovery} = timetable(today);
    expect(days[losing].slice(0, 4)).toBe(String(losingYear));
    expect(days[recovery].slice(0, 4)).toBe(String(losingYear + 1));
    expect(losing).toBeGreaterThan(100);
  }
});
