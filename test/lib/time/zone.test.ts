import * as fc from "fast-check";
import {Temporal} from "temporal-polyfill";
import {expect, it} from "vitest";
import {dayNumber} from "../../../lib/time/day.js";

import {dayInZone, isZone, momentInZone, zoneOffset} from "../../../lib/time/zone.js";
import {long} from "../../long.js";

const at = (iso: string) => Date.parse(iso);
const moment = (day: string, minutes: number, zone: string) =>
  new Date(momentInZone(dayNumber(day), minutes, zone)).toISOString();

it("zoneOffset(at, zone) follows summer time", () => {
  expect(zoneOffset(at("2026-01-15T12:00Z"), "America/New_York")).toBe(-5 * 3_600_000);
  expect(zoneOffset(at("2026-07-15T12:00Z"), "America/New_York")).toBe(-4 * 3_600_000);
  expect(zoneOffset(at("2026-07-15T12:00Z"), "UTC")).toBe(0);
});

it("zoneOffset(at, zone) changes at the very moment", () => {
  expect(zoneOffset(at("2026-03-08T06:59:59Z"), "America/New_York")).toBe(-5 * 3_600_000);
  expect(zoneOffset(at("2026-03-08T07:00:00Z"), "America/New_York")).toBe(-4 * 3_600_000);
});

it("isZone(text) knows the names of zones", () => {
  expect(["America/New_York", "UTC", "America/Gotham", "", "EST5 EDT"].map(isZone)).toEqual([
    true,
    true,
    false,
    false,
    false
  ]);
});

it("zoneOffset(at, zone) names a zone that there is not", () => {
  expect(() => zoneOffset(0, "America/Gotham")).toThrow(RangeError);
});

it("dayInZone(at, zone) is the day of the exchange, not of Greenwich", () => {
  expect(dayInZone(at("2026-01-15T23:00Z"), "Australia/Sydney")).toBe(dayNumber("2026-01-16"));
  expect(dayInZone(at("2026-01-16T02:00Z"), "America/New_York")).toBe(dayNumber("2026-01-15"));
});

it("momentInZone(day, minutes, zone) is the close of a session in UTC", () => {
  expect(moment("2026-01-15", 16 * 60, "America/New_York")).toBe("2026-01-15T21:00:00.000Z");
  expect(moment("2026-07-15", 16 * 60, "America/New_York")).toBe("2026-07-15T20:00:00.000Z");
  expect(moment("2026-07-15", 1440, "Europe/London")).toBe("2026-07-15T23:00:00.000Z");
});

it("momentInZone() takes an hour left out as the one after it, and one that comes twice as its first", () => {
  expect(moment("2026-03-08", 150, "America/New_York")).toBe("2026-03-08T07:30:00.000Z");
  expect(moment("2026-11-01", 90, "America/New_York")).toBe("2026-11-01T05:30:00.000Z");
});

it("momentInZone() agrees with Temporal", () => {
  const zones = [
    "America/New_York",
    "Europe/London",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "UTC"
  ];
  fc.assert(
    fc.property(
      fc.integer({min: dayNumber("1975-01-01"), max: dayNumber("2040-01-01")}),
      fc.integer({min: 0, max: 1439}),
      fc.constantFrom(...zones),
      (day, minutes, zone) => {
        const theirs = new Temporal.PlainDate(1970, 1, 1)
          .add({days: day})
          .toZonedDateTime({timeZone: zone, plainTime: new Temporal.PlainTime(0).add({minutes})});
        expect(momentInZone(day, minutes, zone)).toBe(theirs.epochMilliseconds);
        expect(zoneOffset(theirs.epochMilliseconds, zone)).toBe(theirs.offsetNanoseconds / 1e6);
        expect(dayInZone(theirs.epochMilliseconds, zone)).toBe(dayNumber(theirs.toPlainDate().toString()));
      }
    ),
    {numRuns: long(500)}
  );
});
