/** The examples of guides/execution-contract.md, rules 1 to 5. Fills are [day, units, price]. */
import {expect, it} from "vitest";
import {badgesOf, PROFILES} from "../../../../lib/backtest/contract.js";
import type {Past} from "../../../../lib/backtest/event/past.js";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {barsOf, endsOf, fillsOf, flatBars, play} from "../bars.js";

const market = (side: "buy" | "sell", units: number) => ({symbol: "A", side, units}) as const;

it("rule 1: a bar is seen at its close, not before", () => {
  const seen: number[][] = [];
  const look = (_: Desk, past: Past) => void seen.push([past.series[0].length, past.series[0].high()]);
  play(barsOf([[1, 2, 1, 2], [2, 3, 2, 3], [3, 9, 3, 4]]), {0: look, 1: look, 2: look}); // prettier-ignore
  expect(seen).toEqual([
    [1, 2],
    [2, 3],
    [3, 9]
  ]);
});

it("rule 2: a market order fills at the next open", () => {
  const run = play(barsOf([[10, 11, 9, 10], [12, 13, 11, 12]]), {0: (desk) => desk.order(market("buy", 5))}); // prettier-ignore
  expect(fillsOf(run)[0]).toEqual([1, 5, 12]);
});

it("rule 3: by choice it fills at the close it was decided on, and the result says so", () => {
  const bars = barsOf([[10, 11, 9, 10], [12, 13, 11, 12]]); // prettier-ignore
  const run = play(bars, {0: (desk) => desk.order(market("buy", 5))}, {rules: {fill: "same-close"}});
  expect(fillsOf(run)[0]).toEqual([0, 5, 10]);
  expect(run.badges).toEqual(["fills at the close it was decided on"]);
  expect(run.equity[1]).toBe(1010);
});

it("rule 3: an order with a price works from the next bar on all the same", () => {
  const bars = barsOf([[10, 11, 9, 10], [12, 13, 9, 12]]); // prettier-ignore
  const order = {...market("buy", 5), type: "LMT", limit: 10.5} as const;
  const run = play(bars, {0: (desk) => desk.order(order)}, {rules: {fill: "same-close"}});
  expect(fillsOf(run)[0]).toEqual([1, 5, 10.5]);
});

it("rule 4: a share of the equity becomes units at the price it fills at", () => {
  const run = play(flatBars([10, 12.5]), {0: (desk) => desk.signal("A", 1)});
  expect(fillsOf(run)[0]).toEqual([1, 80, 12.5]);
});

it("rule 4: sized by the close it is an order for units, which must be paid for", () => {
  const deeds = {0: (desk: Desk) => desk.signal("A", 1)};
  const run = play(flatBars([10, 12.5]), deeds, {rules: {sizing: "close"}});
  expect(fillsOf(run)).toEqual([]);
  expect(endsOf(run)).toEqual([[1, "rejected", "it costs 1250, free are 1000"]]);
  const cheaper = play(flatBars([10, 8]), deeds, {rules: {sizing: "close"}});
  expect(fillsOf(cheaper)[0]).toEqual([1, 100, 8]);
});

it("rule 4: from long to short one order closes and opens", () => {
  const run = play(flatBars([10, 12.5, 15, 15]), {
    0: (desk) => desk.signal("A", 1),
    1: (desk) => desk.signal("A", -1)
  });
  expect(fillsOf(run).slice(0, 2)).toEqual([
    [1, 80, 12.5],
    [2, -160, 15]
  ]);
});

it("rule 4: a share that is held already is no order, unless orders are exclusive", () => {
  const again = {0: (desk: Desk) => desk.signal("A", 1)};
  const deeds = {...again, 2: again[0]};
  const prices = [10, 10, 20, 20, 20];
  const once = play(flatBars(prices), deeds);
  expect(fillsOf(once)).toEqual([
    [1, 100, 10],
    [4, -100, 20]
  ]);
  expect(endsOf(once)).toEqual([]);
  expect(fillsOf(play(flatBars(prices), deeds, {rules: {exclusive: true}}))).toEqual([
    [1, 100, 10],
    [3, -100, 20],
    [3, 100, 20],
    [4, -100, 20]
  ]);
});

it("rule 4: a larger share buys the difference, a smaller one sells it", () => {
  const run = play(flatBars([10, 10, 10, 20, 20]), {
    0: (desk) => desk.signal("A", 0.5),
    1: (desk) => desk.signal("A", 1),
    2: (desk) => desk.signal("A", 0.25)
  });
  expect(fillsOf(run).slice(0, 3)).toEqual([
    [1, 50, 10],
    [2, 50, 10],
    [3, -75, 20]
  ]);
});

it("rule 4: the whole equity may be less than all of it", () => {
  const run = play(flatBars([10, 10]), {0: (desk) => desk.signal("A", 1)}, {rules: {wholeEquity: 0.9975}});
  expect(fillsOf(run)[0]).toEqual([1, 99.75, 10]);
});

it("rule 5: whole units are cut towards zero, long and short", () => {
  for (const share of [1, -1]) {
    const run = play(
      flatBars([12.3, 12.3]),
      {0: (desk) => desk.signal("A", share)},
      {rules: {wholeUnits: true}}
    );
    expect(fillsOf(run)[0]).toEqual([1, share * 81, 12.3]);
  }
});

it("rule 5: 1,000 buy 10,000 whole units at 0.1, though 0.1 is no double", () => {
  const run = play(flatBars([0.1, 0.1]), {0: (desk) => desk.signal("A", 1)}, {rules: {wholeUnits: true}});
  expect(fillsOf(run)[0]).toEqual([1, 10_000, 0.1]);
});

it("rule 5: less than a unit is rejected", () => {
  const run = play(flatBars([1001, 1001]), {0: (desk) => desk.signal("A", 1)}, {rules: {wholeUnits: true}});
  expect(endsOf(run)).toEqual([[1, "rejected", "the amount is not enough for a unit"]]);
  const units = play(
    flatBars([10, 10]),
    {0: (desk) => desk.order(market("buy", 0.9))},
    {rules: {wholeUnits: true}}
  );
  expect(endsOf(units)).toEqual([[0, "rejected", "it is for less than a unit"]]);
});

it("the default rules have no badge, those that look ahead do", () => {
  expect(badgesOf(PROFILES.default)).toEqual([]);
  expect(badgesOf({...PROFILES.default, path: "optimistic"})).toEqual(["optimistic path within the bar"]);
});

it("rule 4: what turns a position is sized by the price that all of the order gets", () => {
  // each unit moves the price by 0.01. 101 in cash buy 10 at 10.1; then 10 are sold and 10 sold short, all at 9.8:
  // what is left of 100 is 10 x 9.8, which is what 10 short are worth
  const costs = {slipped: (units: number, price: number) => price + 0.01 * units, commission: () => 0};
  const run = play(
    flatBars([10, 10, 10, 10]),
    {0: (desk) => desk.signal("A", 1), 1: (desk) => desk.signal("A", -1)},
    {cash: 101, costs}
  );
  expect(fillsOf(run).slice(0, 2)).toEqual([
    [1, expect.closeTo(10, 12), expect.closeTo(10.1, 12)],
    [2, expect.closeTo(-20, 12), expect.closeTo(9.8, 12)]
  ]);
  expect(endsOf(run)).toEqual([]);
});
