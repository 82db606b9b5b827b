import * as fc from "fast-check";
import {expect, it} from "vitest";
import {BarMaker, nextClose, type Piece} from "../../../../lib/orders/run/bar-maker.js";
import {long} from "../../../long.js";

const MS = 5000;
const piece = (n: number, price: number, more: Partial<Piece> = {}): Piece => ({
  from: n * MS,
  open: price,
  high: price + 1,
  low: price - 1,
  close: price,
  volume: 10,
  ...more
});

it("BarMaker.close(time) has the first open, the extremes, the last close and the volume of its pieces", () => {
  const maker = new BarMaker(MS);
  for (const [n, price] of [100, 104, 98, 101].entries()) maker.take(piece(n, price));
  expect(maker.close(3 * MS)).toEqual({time: 15_000, open: 100, high: 105, low: 97, close: 98, volume: 30});
  expect(maker.close(4 * MS)).toEqual({time: 20_000, open: 101, high: 102, low: 100, close: 101, volume: 10});
});

it("BarMaker.close(time) is null without a piece, and its volume is not known where one has none", () => {
  const maker = new BarMaker(MS);
  expect(maker.close(MS)).toBeNull();
  maker.take(piece(1, 100));
  maker.take(piece(2, 100, {volume: null}));
  expect(maker.close(3 * MS)).toMatchObject({time: 15_000, volume: NaN});
});

it("a piece that is told twice counts once, one that comes after its bar has ended not at all", () => {
  const maker = new BarMaker(MS);
  maker.take(piece(0, 100));
  maker.take(piece(0, 300));
  expect(maker.close(2 * MS)).toMatchObject({high: 101, volume: 10});
  maker.take(piece(1, 300));
  expect(maker.close(3 * MS)).toBeNull();
});

it("BarMaker.reaches(time) once the last piece before it has come", () => {
  const maker = new BarMaker(MS);
  maker.take(piece(0, 100));
  expect(maker.reaches(2 * MS)).toBe(false);
  maker.take(piece(1, 100));
  expect(maker.reaches(2 * MS)).toBe(true);
});

it("bars of bars are the bars of their pieces, however they are cut", () => {
  const prices = fc.array(fc.double({min: 2, max: 1000, noNaN: true}), {minLength: 4, maxLength: 40});
  fc.assert(
    fc.property(prices, fc.integer({min: 1, max: 3}), (all, cut) => {
      const [short, whole] = [new BarMaker(MS), new BarMaker(MS)];
      const ofShort = new BarMaker(cut * MS);
      const end = Math.ceil(all.length / cut) * cut;
      for (const [n, price] of all.entries()) {
        short.take(piece(n, price));
        whole.take(piece(n, price));
        if ((n + 1) % cut !== 0 && n !== all.length - 1) continue;
        const bar = short.close(Math.ceil((n + 1) / cut) * cut * MS)!; // a piece came
        ofShort.take({...bar, from: bar.time - cut * MS});
      }
      expect(ofShort.close(end * MS)).toEqual(whole.close(end * MS));
    }),
    {numRuns: long(500)}
  );
});

it("nextClose(now, everyMs) is after now, on the clock's own marks", () => {
  expect(nextClose(Date.UTC(2026, 10, 20, 15, 2, 10), 300_000)).toBe(Date.UTC(2026, 10, 20, 15, 5));
  expect(nextClose(Date.UTC(2026, 10, 20, 15, 5), 300_000)).toBe(Date.UTC(2026, 10, 20, 15, 10));
});
