import * as fc from "fast-check";
import {expect, it} from "vitest";
import {type RunFill, shortfallOf} from "../../../../lib/orders/shortfall.js";
import {
  findingOf,
  piecesOf,
  rowsOf,
  toldTrade
} from "../../../../src/components/shortfall/shortfall-model.js";
import {long} from "../../../long.js";

const fill = (more: Partial<RunFill> = {}): RunFill => ({
  symbol: "A",
  decidedAt: 1,
  time: Date.UTC(2026, 10, 20),
  units: 100,
  price: 50,
  commission: 0,
  rate: 1,
  mid: null,
  ...more
});
const EXAMPLE = shortfallOf([fill({price: 50.05, mid: 50.04, commission: 1})], [fill()]);

it("piecesOf(shortfall) stacks what was lost above zero", () => {
  const pieces = piecesOf(EXAMPLE).map(({part, from, to}) => [part, Math.round(from), Math.round(to)]);
  expect(pieces).toEqual([
    ["delay", 0, 8],
    ["spread", 8, 10],
    ["commission", 10, 12]
  ]);
});

it("piecesOf(shortfall) hangs what was gained below zero", () => {
  const gained = shortfallOf([fill({price: 49.99, mid: 49.98, commission: 1})], [fill()]);
  expect(piecesOf(gained).map(({from, to}) => [Math.round(from), Math.round(to)])).toEqual([
    [0, -4],
    [0, 2],
    [2, 4]
  ]);
});

it("piecesOf(shortfall) keeps parts that cancel out", () => {
  const even = shortfallOf([fill({price: 49.99, mid: 49.99, commission: 1})], [fill()]);
  expect(even.trades[0].bps).toBeCloseTo(0, 9);
  expect(piecesOf(even).map(({from, to}) => Math.round(to - from))).toEqual([-2, 0, 2]);
});

it("piecesOf(shortfall) has bars whose lengths sum to the trade's basis points", () => {
  const price = fc.integer({min: 40, max: 60});
  fc.assert(
    fc.property(price, price, fc.integer({min: 1, max: 5}), (paid, mid, commission) => {
      const shortfall = shortfallOf([fill({price: paid, mid, commission})], [fill()]);
      const sum = piecesOf(shortfall).reduce((all, {from, to}) => all + to - from, 0);
      expect(sum).toBeCloseTo(shortfall.trades[0].bps, 6);
    }),
    {numRuns: long(500)}
  );
});

it("findingOf(shortfall, currency) says what it cost and what most of it was", () => {
  expect(findingOf(EXAMPLE, "USD")).toBe(
    "1 trade cost 6.00 USD more than the backtest, 12.00 basis points; most of it delay, 4.00 USD."
  );
  expect(findingOf(shortfallOf([], [fill()]), "USD")).toBe(
    "Nothing was traded that the backtest trades too."
  );
});

it("rowsOf(shortfall) and toldTrade(trade) tell a trade", () => {
  expect(rowsOf(EXAMPLE).rows[0].slice(0, 4)).toEqual(["2026-11-20", "A", 100, 50.05]);
  expect(toldTrade(EXAMPLE.trades[0])).toBe("20 Nov 2026: bought 100 A, 12.00 basis points");
});
