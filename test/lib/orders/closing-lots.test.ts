import fc from "fast-check";
import {expect, it} from "vitest";
import {closingLots, lotsOfFills} from "../../../lib/orders/closing-lots.js";

const day = "2026-11-20";
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

it("a sale takes lots in their order, the last in part, with gains and terms", () => {
  const lots = [
    {opened: "2024-03-01", units: 10, cost: 800},
    {opened: "2026-05-04", units: 20, cost: 2000}
  ];
  expect(closingLots(lots, {units: -15, price: 110, multiplier: 1, day})).toEqual([
    {opened: "2024-03-01", units: 10, cost: 800, gain: 300, isLongTerm: true},
    {opened: "2026-05-04", units: 5, cost: 500, gain: 50, isLongTerm: false}
  ]);
});

it("a purchase closes what is short: it gains what was brought in less what it costs", () => {
  const lots = [{opened: "2026-11-02", units: -2, cost: -500}];
  expect(closingLots(lots, {units: 2, price: 2, multiplier: 100, day})).toEqual([
    {opened: "2026-11-02", units: 2, cost: -500, gain: 100, isLongTerm: false}
  ]);
});

it("an order on the side that is held takes none; what is not known stays so", () => {
  const lots = [{opened: null, units: 10, cost: null}];
  expect(closingLots(lots, {units: 5, price: 1, multiplier: 1, day})).toEqual([]);
  expect(closingLots(lots, {units: -5, price: 1, multiplier: 1, day})).toEqual([
    {opened: null, units: 5, cost: null, gain: null, isLongTerm: false}
  ]);
  const known = [{opened: "2026-11-02", units: 10, cost: 100}];
  expect(closingLots(known, {units: -5, price: null, multiplier: 1, day})[0].gain).toBe(null);
});

it("fills leave open what they bought last, and turn from long to short", () => {
  const fill = (side: "BOT" | "SLD", shares: number, price: number, n: number) => ({
    side,
    shares,
    price,
    time: Date.UTC(2026, 10, n)
  });
  const fills = [fill("BOT", 10, 100, 2), fill("BOT", 10, 110, 3), fill("SLD", 15, 120, 4)];
  const of = (all: typeof fills) => lotsOfFills(all, {multiplier: 1, dayOf});
  expect(of(fills)).toEqual([{opened: "2026-11-03", units: 5, cost: 550}]);
  expect(of([...fills, fill("SLD", 8, 130, 5)])).toEqual([{opened: "2026-11-05", units: -3, cost: -390}]);
});

it("open lots add up to what was bought less what was sold, and are all on one side", () => {
  const fill = fc.record({
    side: fc.constantFrom("BOT" as const, "SLD" as const),
    shares: fc.integer({min: 1, max: 50}),
    price: fc.integer({min: 1, max: 200}),
    time: fc.integer({min: 0, max: 1e9})
  });
  fc.assert(
    fc.property(fc.array(fill, {maxLength: 20}), (fills) => {
      const lots = lotsOfFills(fills, {multiplier: 1, dayOf});
      const net = fills.reduce((sum, {side, shares}) => sum + (side === "BOT" ? shares : -shares), 0);
      expect(lots.reduce((sum, {units}) => sum + units, 0)).toBe(net);
      expect(lots.every(({units}) => units * net > 0)).toBe(true);
      const closed = closingLots(lots, {units: -net, price: 1, multiplier: 1, day});
      expect(closed.reduce((sum, {units}) => sum + units, 0)).toBe(Math.abs(net));
    })
  );
});
