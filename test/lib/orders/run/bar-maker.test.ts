import * as fc from "fast-check";
import {expect, it} from "vitest";
import type {LiveQuote} from "../../../../lib/live/figures.js";
import {BarMaker, nextClose} from "../../../../lib/orders/run/bar-maker.js";
import {long} from "../../../long.js";

const quote = (price: number, more: Partial<LiveQuote> = {}): LiveQuote => ({
  conId: 1,
  kind: "live",
  at: 0,
  bid: price - 1,
  ask: price + 1,
  last: 1,
  bidSize: null,
  askSize: null,
  lastSize: null,
  open: null,
  high: null,
  low: null,
  close: null,
  volume: null,
  problem: null,
  greeks: null,
  ...more
});

it("BarMaker.close(time) has the first, highest, lowest and last middle of bid and ask, and the volume between", () => {
  const maker = new BarMaker();
  for (const [price, volume] of [
    [100, 1000],
    [104, 1300],
    [98, 1300],
    [101, 1500]
  ])
    maker.take(quote(price, {volume}));
  expect(maker.close(60)).toEqual({time: 60, open: 100, high: 104, low: 98, close: 101, volume: 500});
  maker.take(quote(102, {volume: 1600}));
  expect(maker.close(120)).toEqual({time: 120, open: 102, high: 102, low: 102, close: 102, volume: 100});
});

it("BarMaker.close(time) is null without a live quote; one side alone is not a price, the last is", () => {
  const maker = new BarMaker();
  maker.take(quote(100, {kind: "delayed"}));
  expect(maker.close(60)).toBeNull();
  maker.take(quote(100, {bid: null, last: 99}));
  expect(maker.close(120)).toMatchObject({open: 99, close: 99});
  expect(maker.close(180)).toBeNull();
});

it("BarMaker.close(time) holds open and close between low and high, whatever comes", () => {
  fc.assert(
    fc.property(fc.array(fc.double({min: 2, max: 1000, noNaN: true}), {minLength: 1}), (prices) => {
      const maker = new BarMaker();
      for (const price of prices) maker.take(quote(price));
      const bar = maker.close(1)!;
      expect(bar.low).toBe(Math.min(...prices.map((price) => (price - 1 + (price + 1)) / 2)));
      expect(bar.low).toBeLessThanOrEqual(Math.min(bar.open, bar.close));
      expect(bar.high).toBeGreaterThanOrEqual(Math.max(bar.open, bar.close));
    }),
    {numRuns: long(500)}
  );
});

it("nextClose(now, everyMs) is after now, on the clock's own marks", () => {
  expect(nextClose(Date.UTC(2026, 10, 20, 15, 2, 10), 300_000)).toBe(Date.UTC(2026, 10, 20, 15, 5));
  expect(nextClose(Date.UTC(2026, 10, 20, 15, 5), 300_000)).toBe(Date.UTC(2026, 10, 20, 15, 10));
});
