/** The examples of guides/execution-contract.md, rules 18 to 22. Fills are [day, units, price]. */
import {expect, it} from "vitest";
import {type Costs, parseRate, proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {barsOf, DAY, endsOf, fillsOf, flatBars, play, type Row} from "../bars.js";

const market = (side: "buy" | "sell", units: number) => ({symbol: "A", side, units}) as const;
/** A bar that stays where it is. */
const at = (price: number): Row => [price, price, price, price];

it.each([
  [1, 80, true],
  [1, 81, false],
  [0.5, 160, true],
  [0.5, 161, false]
])("rule 18: 1,000 in cash at margin %d buy %d units at 12.5: %s", (margin, units, isFilled) => {
  for (const side of ["buy", "sell"] as const) {
    const run = play(
      flatBars([12.5, 12.5]),
      {0: (desk) => desk.order(market(side, units))},
      {rules: {margin}}
    );
    expect(fillsOf(run).length > 0).toBe(isFilled);
    expect(endsOf(run).map(([, kind]) => kind)).toEqual(isFilled ? [] : ["rejected"]);
  }
});

it("rule 18: what closes is filled, though what would open is rejected", () => {
  const run = play(flatBars([10, 10, 10, 10]), {
    0: (desk) => desk.order(market("buy", 50)),
    1: (desk) => desk.order(market("sell", 500))
  });
  expect(fillsOf(run)).toEqual([
    [1, 50, 10],
    [2, -50, 10]
  ]);
  expect(endsOf(run)).toEqual([[2, "rejected", "it costs 4500, free are 1000"]]);
});

it("rule 19: at one open a sale pays for a purchase that was ordered before it", () => {
  const run = play([flatBars([10, 10, 20, 20]), flatBars([5, 5, 5, 5], {symbol: "B"})], {
    0: (desk) => desk.signal("A", 1),
    1: (desk) => {
      desk.signal("B", 1);
      desk.signal("A", 0);
    }
  });
  expect(fillsOf(run).slice(0, 3)).toEqual([
    [1, 100, 10],
    [2, -100, 20],
    [2, 400, 5]
  ]);
});

it("rule 20: slippage moves the price, commission is paid with the fill", () => {
  const costs = proportionalCosts({slippage: parseRate("0.01"), commission: parseRate("0.001")});
  const run = play(
    flatBars([100, 100, 100]),
    {0: (desk) => desk.order(market("buy", 1))},
    {costs, rules: {end: "leave"}}
  );
  expect(run.journal.find(({kind}) => kind === "fill")).toMatchObject({price: 101, commission: 0.101});
  expect(run.uninvested[1]).toBeCloseTo(1000 - 101.101, 12);
});

it("rule 20: slippage never takes a limit order beyond its limit", () => {
  const costs = proportionalCosts({slippage: parseRate("0.01")});
  const order = {...market("buy", 1), type: "LMT", limit: 100.5} as const;
  const run = play(flatBars([100, 100]), {0: (desk) => desk.order(order)}, {costs});
  expect(fillsOf(run)[0]).toEqual([1, 1, 100.5]);
});

it("rule 20: a spread is paid by what opens alone", () => {
  const costs = proportionalCosts({slippage: parseRate("0.01")});
  const deeds = {
    0: (desk: Desk) => desk.order(market("buy", 1)),
    1: (desk: Desk) => desk.order(market("sell", 2))
  };
  const run = play(flatBars([100, 100, 100, 100]), deeds, {
    costs,
    rules: {slippage: "entries", end: "leave"}
  });
  expect(fillsOf(run)).toEqual([
    [1, 1, 101],
    [2, -1, 100],
    [2, -1, 99]
  ]);
});

it("rule 20: the whole equity pays for its commission too", () => {
  const costs = proportionalCosts({commission: parseRate("0.25")});
  const run = play(flatBars([10, 10]), {0: (desk) => desk.signal("A", 1)}, {costs, rules: {end: "leave"}});
  expect(fillsOf(run)[0][1]).toBeCloseTo(80, 10);
  expect(run.uninvested[1]).toBeCloseTo(0, 10);
});

it("rule 20: a turn from long to short opens what is left when its closing is paid for", () => {
  const turn = {0: (desk: Desk) => desk.signal("A", 1), 1: (desk: Desk) => desk.signal("A", -1)};
  const fills = (costs: Costs) => fillsOf(play(flatBars([10, 10, 20]), turn, {costs, rules: {end: "leave"}}));
  // bought at 12.5: 80; sold at 15: 1,200, which open 80 more at 15
  expect(fills(proportionalCosts({slippage: parseRate("0.25")}))).toEqual([
    [1, 80, 12.5],
    [2, -160, 15]
  ]);
  // 80 at 10 with 200 of commission; 1,600 less 400 open 48 at 20 with 240 of commission
  const [, [, units]] = fills(proportionalCosts({commission: parseRate("0.25")}));
  expect(units).toBeCloseTo(-128, 9);
  // 10 an order: 99 at 10; 1,980 less 10 open 98.5 at 20, the order's commission being paid
  const flat = {...proportionalCosts(), commission: (each: number) => (each === 0 ? 0 : 10)};
  expect(fills(flat)).toEqual([
    [1, 99, 10],
    [2, -197.5, 20]
  ]);
});

it("rule 20: holding and cash cost for the time since the last close", () => {
  const costs = {
    ...proportionalCosts(),
    holding: (units: number, price: number, _: unknown, __: number, days: number) =>
      units < 0 ? ((-units * price * 0.0365) / 365) * days : 0,
    financing: (cash: number, days: number) => (cash < 0 ? -cash * 0.001 * days : 0)
  };
  const order = (side: "buy" | "sell", units: number) => ({
    0: (desk: Desk) => desk.order(market(side, units))
  });
  const bars = flatBars([10, 10, 10], {days: [0, 1, 4]});
  expect(play(bars, order("sell", 10), {costs}).equity[2]).toBeCloseTo(1000 - 0.03, 12);
  const owed = play(bars, order("buy", 150), {costs, rules: {margin: 0.5}});
  expect(owed.equity[2]).toBeCloseTo(1000 - 500 * 0.003, 12);
  expect(owed.journal.find(({kind}) => kind === "carry")).toEqual({
    kind: "carry",
    time: 4 * DAY,
    symbol: null,
    cash: -1.5
  });
});

it("rule 20: what holding costs is in the symbol's currency", () => {
  const rates = [{currency: "EUR", time: Float64Array.of(0), rate: Float64Array.of(2)}];
  const costs = {...proportionalCosts(), holding: (units: number, price: number) => units * price * 0.01};
  const bars = flatBars([10, 10, 10], {currency: "EUR"});
  const run = play(bars, {0: (desk) => desk.order(market("buy", 10))}, {costs, rates, base: "USD"});
  expect(run.equity[2]).toBe(1000 - 2);
});

it("rule 20: slippage knows the type of the order", () => {
  const costs = {
    ...proportionalCosts(),
    slipped: (_: number, price: number, __: unknown, ___: number, type: string) =>
      type === "STP" ? price + 1 : price
  };
  const run = play(
    flatBars([10, 11]),
    {
      0: (desk) => {
        desk.order({...market("buy", 1), type: "STP", stop: 11});
        desk.order(market("buy", 1));
      }
    },
    {costs, rules: {end: "leave"}}
  );
  expect(fillsOf(run)).toEqual([
    [1, 1, 12],
    [1, 1, 11]
  ]);
});

it("rule 19: at one open orders fill in the order of the decisions, signals among them", () => {
  const run = play([flatBars([10, 10]), flatBars([10, 10], {symbol: "B"})], {
    0: (desk) => {
      desk.signal("B", 0.75);
      desk.order(market("buy", 50));
    }
  });
  expect(fillsOf(run)[0]).toEqual([1, 75, 10]);
  expect(endsOf(run)).toEqual([[1, "rejected", "it costs 500, free are 250"]]);
});

it("rule 21: when the equity is gone all is closed at that close and the run is over", () => {
  const deeds = {0: (desk: Desk) => desk.order(market("sell", 10))};
  const run = play(flatBars([10, 10, 21, 5]), deeds, {cash: 100});
  expect(fillsOf(run)).toEqual([
    [1, -10, 10],
    [2, 10, 21]
  ]);
  expect([...run.equity]).toEqual([100, 100, -10, -10]);
  expect(run.isRuined).toBe(true);
  expect([...play(flatBars([10, 10, 21, 5]), deeds, {cash: 100, rules: {ruin: "zero"}}).equity]).toEqual([
    100, 100, 0, 0
  ]);
});

it("rule 22: what is held at the end is closed at the last close", () => {
  const run = play(barsOf([at(10), [12.5, 13, 12.5, 13]]), {0: (desk) => desk.signal("A", 1)});
  expect(run.trades.map(({pnl, exitPrice}) => [pnl, exitPrice])).toEqual([[40, 13]]);
});

it("rule 22: orders that wait at the end are cancelled, those of the last close too", () => {
  const run = play(flatBars([10, 10]), {1: (desk) => desk.order(market("buy", 1))});
  expect(fillsOf(run)).toEqual([]);
  expect(endsOf(run)).toEqual([[1, "cancelled", "the bars are over"]]);
});

it("rule 22: the last bar again closes at its open, and fills there what its close ordered", () => {
  const bars = barsOf([at(10), at(10), [11, 13, 11, 13]]);
  const deeds = {
    0: (desk: Desk) => desk.order(market("buy", 1)),
    2: (desk: Desk) => desk.order(market("sell", 2))
  };
  const run = play(bars, deeds, {rules: {end: "last-bar-again"}});
  expect(run.trades.map(({exitPrice}) => exitPrice)).toEqual([11]);
  expect(fillsOf(run).at(-1)).toEqual([2, -2, 11]);
  expect(run.equity[2]).toBe(1000 + 1 - 2 * 2);
});

it("rule 22: left as it is, it stays open and unlisted", () => {
  const run = play(
    flatBars([10, 10, 12]),
    {0: (desk) => desk.order(market("buy", 1))},
    {rules: {end: "leave"}}
  );
  expect(run.trades).toEqual([]);
  expect(run.equity[2]).toBe(1002);
});
