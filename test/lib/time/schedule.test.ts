import * as fc from "fast-check";
import {expect, it} from "vitest";
import {LATE_TRIES, missedPull, nextPull, previousPull, retryPull} from "../../../lib/time/schedule.js";

const at = (iso: string) => new Date(iso);
const next = (iso: string) => nextPull(at(iso)).toISOString();

it("nextPull(now) is 06:30 in New York, winter and summer", () => {
  expect(next("2026-11-24T03:00:00Z")).toBe("2026-11-24T11:30:00.000Z");
  expect(next("2026-07-21T03:00:00Z")).toBe("2026-07-21T10:30:00.000Z");
});

it("nextPull(now) goes from Saturday to Tuesday", () => {
  expect(next("2026-11-21T11:29:59Z")).toBe("2026-11-21T11:30:00.000Z");
  expect(next("2026-11-21T11:30:00Z")).toBe("2026-11-24T11:30:00.000Z");
});

it("nextPull(now) keeps the wall clock over both changes of daylight saving time", () => {
  // 2026-03-08 (Sunday) clocks go forward, 2026-11-01 (Sunday) back.
  expect(next("2026-03-07T11:00:00Z")).toBe("2026-03-07T11:30:00.000Z");
  expect(next("2026-03-07T12:00:00Z")).toBe("2026-03-10T10:30:00.000Z");
  expect(next("2026-10-31T10:00:00Z")).toBe("2026-10-31T10:30:00.000Z");
  expect(next("2026-10-31T11:00:00Z")).toBe("2026-11-03T11:30:00.000Z");
});

it("nextPull(now, schedule) runs once on the night that skips its hour, and once on the night that repeats it", () => {
  const sundays = {zone: "America/New_York", weekdays: [7]};
  const skipped = nextPull(at("2026-03-08T00:00:00Z"), {...sundays, time: "02:30"});
  expect(skipped.toISOString()).toBe("2026-03-08T07:30:00.000Z"); // 03:30 EDT
  const repeated = {...sundays, time: "01:30"};
  const first = nextPull(at("2026-11-01T00:00:00Z"), repeated);
  expect(first.toISOString()).toBe("2026-11-01T05:30:00.000Z"); // 01:30 EDT, not the second 01:30
  expect(nextPull(first, repeated).toISOString()).toBe("2026-11-08T06:30:00.000Z");
});

it("nextPull(now, schedule) refuses a schedule without a day", () => {
  const never = {zone: "UTC", time: "06:30", weekdays: []};
  expect(() => nextPull(at("2026-11-21T00:00:00Z"), never)).toThrow(
    new RangeError("a schedule needs a weekday")
  );
});

it("missedPull(lastRun, now) is true for a first start, and after a night asleep", () => {
  expect(missedPull(undefined, at("2026-11-24T03:00:00Z"))).toBe(true);
  expect(missedPull(at("2026-11-21T11:30:00Z"), at("2026-11-24T11:29:00Z"))).toBe(false);
  expect(missedPull(at("2026-11-21T11:30:00Z"), at("2026-11-24T15:00:00Z"))).toBe(true);
  expect(missedPull(at("2026-11-24T11:30:00Z"), at("2026-11-24T15:00:00Z"))).toBe(false);
});

it("retryPull(lastRun, tries) is an hour later, never beyond the next scheduled time", () => {
  expect(retryPull(at("2026-11-24T11:30:00Z"), 1)?.toISOString()).toBe("2026-11-24T12:30:00.000Z");
  expect(retryPull(at("2026-11-25T11:00:00Z"), 3)?.toISOString()).toBe("2026-11-25T11:30:00.000Z");
});

it("retryPull(lastRun, tries) gives up after its tries", () => {
  expect(retryPull(at("2026-11-24T11:30:00Z"), LATE_TRIES)).toBeDefined();
  expect(retryPull(at("2026-11-24T11:30:00Z"), LATE_TRIES + 1)).toBeUndefined();
});

it("previousPull(now) <= now < nextPull(now), and nothing is scheduled between", () => {
  const instants = fc.date({
    min: at("2020-01-01T00:00:00Z"),
    max: at("2030-01-01T00:00:00Z"),
    noInvalidDate: true
  });
  fc.assert(
    fc.property(instants, (now) => {
      const before = previousPull(now);
      const after = nextPull(now);
      expect(before <= now && now < after).toBe(true);
      expect(nextPull(before)).toEqual(after);
    })
  );
});
