import {expect, it} from "vitest";
import type {HeldAsset} from "../../../lib/ledger/holdings/view.js";
import {holdingsHistory, movesOver, stressHoldings} from "../../../lib/portfolio/holdings-history.js";
import {addDays} from "../../../lib/time/day.js";

const DAYS = Array.from({length: 101}, (_, i) => addDays("2026-01-01", i));

function asset(name: string, prices: (number | null)[], value = 1000): HeldAsset {
  return {
    name,
    symbol: name,
    description: `${name} INC`,
    conid: null,
    class: "STK",
    currency: "USD",
    quantity: 10,
    value,
    isNotional: false,
    history: {source: "IBKR's marks", kind: "price return", from: null, to: null, returns: 0, notes: []},
    prices
  };
}

const view = (...assets: HeldAsset[]) => ({
  currency: "USD",
  asOf: DAYS.at(-1)!,
  days: DAYS,
  assets,
  options: [],
  cash: {value: 50},
  nav: {value: 1050},
  leftOut: []
});

const rising = DAYS.map((_, i) => 100 * 1.01 ** i);

it("holdingsHistory(view) takes each return from two prices, a day or several apart", () => {
  const daily = holdingsHistory(view(asset("A", rising)), {years: null, horizon: 1});
  expect([daily.periods, daily.complete]).toEqual([100, 100]);
  expect(daily.assets[0].returns[7]).toBeCloseTo(0.01, 12);
  const weekly = holdingsHistory(view(asset("A", rising)), {years: null, horizon: 5});
  expect(weekly.periods).toBe(96);
  expect(weekly.assets[0].returns[0]).toBeCloseTo(1.01 ** 5 - 1, 12);
});

it("holdingsHistory(view) carries no price: a day without one has no return before and after", () => {
  const holed = rising.map((price, i) => (i === 50 ? null : price));
  const {assets, complete} = holdingsHistory(view(asset("A", rising), asset("B", holed)), {
    years: null,
    horizon: 1
  });
  expect([assets[1].returns[49], assets[1].returns[50]]).toEqual([NaN, NaN]);
  expect([assets[1].observations, complete]).toEqual([98, 98]);
});

it("holdingsHistory(view) leaves out, with the reason, what would shorten all others", () => {
  const young = rising.map((price, i) => (i < 60 ? null : price));
  const {assets, leftOut, complete} = holdingsHistory(
    view(asset("A", rising), asset("B", rising), asset("NEW", young, 70)),
    {years: null, horizon: 1}
  );
  expect(assets.map(({name}) => name)).toEqual(["A", "B"]);
  expect(leftOut).toMatchObject([{name: "NEW", value: 70, reason: expect.stringContaining("40 of 100")}]);
  expect(complete).toBe(100);
});

it("holdingsHistory(view, {years}) begins so many years before the day of the positions", () => {
  const {days} = holdingsHistory(view(asset("A", rising)), {years: 0.1, horizon: 1});
  expect(days[0]).toBe(addDays(DAYS.at(-1)!, -37));
});

it("holdingsHistory(view) has nothing where nothing has a past, and refuses half a day", () => {
  expect(holdingsHistory(view(), {years: 1, horizon: 1})).toMatchObject({assets: [], complete: 0});
  expect(() => holdingsHistory(view(), {years: 1, horizon: 0.5})).toThrow("invalid horizon: 0.5");
});

it("movesOver(closes, history) gives returns of prices, and of yields the change in points", () => {
  const history = {days: ["2026-01-02", "2026-01-05", "2026-01-06"], horizon: 1, periods: 2};
  const closes = [
    ["2026-01-02", 4],
    ["2026-01-05", 5],
    ["2026-01-07", 9]
  ] as const;
  expect([...movesOver(closes, history, "return")]).toEqual([0.25, NaN]);
  expect([...movesOver(closes, history, "points")]).toEqual([0.01, NaN]);
});

it("stressHoldings(view) takes what has too short a past, but nothing without a value", () => {
  const leftOut = [
    {name: "NEW", class: "STK", currency: "EUR", value: 70, reason: "3 returns"},
    {name: "DARK", class: "STK", currency: "EUR", value: null, reason: "no mark"}
  ];
  expect(stressHoldings({...view(), leftOut})[0]).toEqual({
    symbol: "NEW",
    value: 70,
    currency: "EUR",
    class: "STK"
  });
  expect(stressHoldings({...view(), leftOut})).toHaveLength(2);
});

it("stressHoldings(view) takes assets and cash", () => {
  expect(stressHoldings(view(asset("A", rising)))).toEqual([
    {symbol: "A", value: 1000, currency: "USD", class: "STK"},
    {symbol: "USD cash", value: 50, currency: "USD", class: "CASH"}
  ]);
});
