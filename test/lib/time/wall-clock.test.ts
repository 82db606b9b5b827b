import {expect, it} from "vitest";
import {twoClocks} from "../../../lib/time/wall-clock.js";

it("twoClocks(at, zone) shows the person's clock, and New York's beside it", () => {
  expect(twoClocks("2026-11-24T11:30:00Z", "Europe/Berlin")).toBe("Tue 24 Nov, 12:30 (06:30 in New York)");
  expect(twoClocks("2026-07-07T10:30:00Z", "UTC")).toBe("Tue 7 Jul, 10:30 (06:30 in New York)");
});

it("twoClocks(at, zone) tells the day again where it is another one in New York", () => {
  expect(twoClocks("2026-11-24T15:30:00Z", "Asia/Tokyo")).toBe(
    "Wed 25 Nov, 00:30 (Tue 24 Nov, 10:30 in New York)"
  );
});

it("twoClocks(at, zone) shows one clock where both say the same", () => {
  expect(twoClocks("2026-11-24T11:30:00Z", "America/New_York")).toBe("Tue 24 Nov, 06:30 in New York");
});
