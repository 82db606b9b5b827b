import * as fc from "fast-check";
import {expect, it} from "vitest";
import {midnightBefore, momentOf, offsetOf, toTws} from "../../../../bridge/broker/ibkr/tws-time.js";

const HOUR = 3_600_000;

it("momentOf(text) reads a zone's time, UTC's and TWS's own", () => {
  const at = Date.UTC(2026, 10, 20, 15, 0, 5);
  expect(momentOf("20261120 10:00:05 US/Eastern", null)).toBe(at);
  expect(momentOf("20261120 10:00:05 America/New_York", null)).toBe(at);
  expect(momentOf("20261120-15:00:05", null)).toBe(at);
  expect(momentOf("20261120  16:00:05", HOUR)).toBe(at);
});

it("momentOf(text) is null for what is no time, and where the zone is not known", () => {
  for (const text of [undefined, "", "20261120", "20261320 10:00:00", "20261120 25:00:00", "10:00:00"])
    expect(momentOf(text, 0)).toBeNull();
  expect(momentOf("20261120 10:00:00", null)).toBeNull();
  expect(momentOf("20261120 10:00:00 Nowhere/Land", null)).toBeNull();
});

it("offsetOf(text, at) is TWS's distance to UTC, whatever it calls its zone; null when its clock is days off", () => {
  const at = Date.UTC(2026, 10, 22, 15, 0, 3);
  expect(offsetOf("20261122 10:00:00 EST", at)).toBe(-5 * HOUR);
  expect(offsetOf("20261122 20:30:02 India Standard Time", at)).toBe(5.5 * HOUR);
  expect(offsetOf("20261119 10:00:00 EST", at)).toBeNull();
  expect(offsetOf("soon", at)).toBeNull();
});

it("midnightBefore(at, offset) is the start of that clock's day", () => {
  const at = Date.UTC(2026, 10, 20, 3);
  expect(midnightBefore(at, -5 * HOUR)).toBe(Date.UTC(2026, 10, 19, 5));
  expect(midnightBefore(at, 9 * HOUR)).toBe(Date.UTC(2026, 10, 19, 15));
});

it("momentOf(toTws(at)) is at, to the second", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 4_000_000_000}), (second) => {
      expect(momentOf(toTws(second * 1000), null)).toBe(second * 1000);
    })
  );
});
