import * as fc from "fast-check";
import {expect, it} from "vitest";
import {backoff, createPace, retryAfter} from "../../../loaders/web/pace.js";
import {long} from "../../long.js";

function clocked(rate: {perMinute: number; burst: number}) {
  const clock = {time: Date.UTC(2026, 0, 1)};
  return {clock, pace: createPace(rate, () => new Date(clock.time))};
}

it("createPace() lets a burst through at once, then the next when the burst's share of a minute is over", () => {
  const {pace} = clocked({perMinute: 60, burst: 3});
  expect([1, 2, 3, 4, 5, 6, 7].map(() => pace.take())).toEqual([0, 0, 0, 3050, 3050, 3050, 6100]);
});

it("createPace() with as much burst as rate lets a whole minute's requests through at once", () => {
  const {pace, clock} = clocked({perMinute: 5, burst: 5});
  expect([1, 2, 3, 4, 5, 6].map(() => pace.take())).toEqual([0, 0, 0, 0, 0, 61_000]);
  clock.time += 200_000;
  expect([pace.take(), pace.take()]).toEqual([0, 0]);
});

it("hold(ms) lets nothing leave before", () => {
  const {pace, clock} = clocked({perMinute: 60, burst: 1});
  pace.hold(30_000);
  expect(pace.take()).toBe(30_000);
  clock.time += 40_000;
  expect(pace.take()).toBe(0);
});

it("createPace() lets no more leave in any minute than the rate, in order, whatever is asked when", () => {
  const gaps = fc.array(fc.integer({min: 0, max: 30_000}), {minLength: 1, maxLength: 60});
  const rates = fc.record({perMinute: fc.integer({min: 1, max: 120}), burst: fc.integer({min: 1, max: 20})});
  fc.assert(
    fc.property(rates, gaps, (rate, waits) => {
      const {pace, clock} = clocked(rate);
      const left: number[] = [];
      for (const gap of waits) {
        clock.time += gap;
        left.push(clock.time + pace.take());
      }
      for (const start of left) {
        const within = left.filter((time) => time >= start && time < start + 60_000).length;
        expect(within).toBeLessThanOrEqual(rate.perMinute);
      }
      expect(left).toEqual(left.toSorted((a, b) => a - b));
    }),
    {numRuns: long(500)}
  );
});

it("backoff(first, n) doubles up to a minute, and a quarter more at most by chance", () => {
  expect([1, 2, 3, 7, 9].map((n) => backoff(1000, n, () => 0))).toEqual([1000, 2000, 4000, 60_000, 60_000]);
  expect(backoff(1000, 2, () => 1)).toBe(2500);
});

it("retryAfter(header) reads seconds and an HTTP date", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  expect(retryAfter("120", now)).toBe(120);
  expect(retryAfter("Sun, 22 Nov 2026 10:01:30 GMT", now)).toBe(90);
  expect(retryAfter("Sun, 22 Nov 2026 09:00:00 GMT", now)).toBe(0);
  expect(retryAfter("soon", now)).toBeNull();
  expect(retryAfter(null, now)).toBeNull();
});
