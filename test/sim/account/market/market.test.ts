import {expect, it} from "vitest";
import {SHARES, option} from "../../../../sim/account/market/instruments.js";
import {market} from "../../../../sim/account/market/market.js";
import {blackScholes} from "../../../../sim/account/market/option-price.js";
import {standardized, stream} from "../../../../sim/account/market/random.js";
import {timetable} from "../../../../sim/account/market/timetable.js";
import {float} from "../../../../sim/account/booking/amounts.js";

it("blackScholes(…) gives the textbook's prices", () => {
  // Hull, Options, Futures, and Other Derivatives, example 15.6: c = 4.76, p = 0.81
  expect(blackScholes("C", 42, 40, 0.5, 0.1, 0.2)).toBeCloseTo(4.76, 2);
  expect(blackScholes("P", 42, 40, 0.5, 0.1, 0.2)).toBeCloseTo(0.81, 2);
  expect(blackScholes("P", 42, 40, 0, 0.1, 0.2)).toBe(0);
  expect(blackScholes("C", 42, 40, 0, 0.1, 0.2)).toBe(2);
});

it("stream(seed, name) repeats itself, and differs by seed and by name", () => {
  const first = (seed: number, name: string): number => stream(seed, name).next();
  expect(first(7, "factor")).toBe(first(7, "factor"));
  expect(new Set([first(7, "factor"), first(8, "factor"), first(7, "EUR")]).size).toBe(3);
});

it("standardized(random, n) has mean 0 and variance 1", () => {
  const values = standardized(stream(1, "x"), 50);
  const mean = values.reduce((a, b) => a + b, 0) / 50;
  expect(mean).toBeCloseTo(0, 12);
  expect(values.reduce((a, b) => a + b * b, 0) / 50).toBeCloseTo(1, 12);
});

const time = timetable("2026-11-22");
const demo = market(7, time);

it("market(seed, time) marks shares with the decimals that IBKR books them with", () => {
  expect(String(float(demo.mark(SHARES.robotics, 10)))).toMatch(/^\d+$/);
  expect(float(demo.mark(SHARES.water, 10))).toBeLessThan(20); // pounds, not pence
  expect(float(demo.rate("JPY", 10))).toBeCloseTo(0.0067, 3);
  expect(float(demo.rate("USD", 10))).toBe(1);
});

it("a split divides the price by three, on its day", () => {
  const before = float(demo.mark(SHARES.chips, time.split - 1));
  expect(float(demo.mark(SHARES.chips, time.split)) / before).toBeCloseTo(1 / 3, 1);
});

it("an option is worth its intrinsic value on the day that it expires", () => {
  const {days} = time;
  const call = option(SHARES.total, days[300], "10", "C");
  const spot = float(demo.mark(SHARES.total, 300));
  expect(float(demo.mark(call, 300))).toBeCloseTo(spot - 10, 10);
});

it("every share that pays has an ex-date ahead or behind, and pays after it", () => {
  for (const {ex, pay} of demo.dividends) expect(pay).toBeGreaterThan(ex);
  const next = demo.dividends.filter(({ex}) => ex === time.days.length).map(({name}) => name);
  expect(next.sort()).toEqual(["bank", "total"]);
});
