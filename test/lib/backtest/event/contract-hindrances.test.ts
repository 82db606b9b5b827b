/** The examples of guides/execution-contract.md, rules 11 to 17. Fills are [day, units, price]. */
import {expect, it} from "vitest";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {barsOf, DAY, endsOf, fillsOf, flatBars, play, type Row} from "../bars.js";

const market = (side: "buy" | "sell", units: number) => ({symbol: "A", side, units}) as const;
/** A bar that stays where it is. */
const at = (price: number): Row => [price, price, price, price];

it("rule 11: a share of the volume caps the fills of a bar, the rest waits", () => {
  const rows: Row[] = [300, 300, 500].map((volume) => [10, 10, 10, 10, volume]);
  const rules = {volumeShare: 0.1, end: "leave"} as const;
  const run = play(barsOf(rows), {0: (desk) => desk.order(market("buy", 70))}, {rules});
  expect(fillsOf(run)).toEqual([
    [1, 30, 10],
    [2, 40, 10]
  ]);
});

it("rule 11: of whole units the cap is whole too, and what is closed at the end knows none", () => {
  const rows: Row[] = [55, 55, 9].map((volume) => [10, 10, 10, 10, volume]);
  const run = play(
    barsOf(rows),
    {0: (desk) => desk.order(market("buy", 5.9))},
    {rules: {volumeShare: 0.1, wholeUnits: true}}
  );
  expect(fillsOf(run)).toEqual([
    [1, 5, 10],
    [2, -5, 10]
  ]);
});

it("rule 11: a cap over bars without volume is an error", () => {
  expect(() => play(flatBars([10, 10]), {}, {rules: {volumeShare: 0.1}})).toThrow(
    new RangeError("a share of the volume needs volumes: A has none at bar 0")
  );
});

it("rule 12: an order waits over a missing bar for the symbol's own next one", () => {
  const a = flatBars([10, 10, 14], {days: [1, 2, 4]});
  const b = flatBars([5, 5, 5, 5], {symbol: "B", days: [1, 2, 3, 4]});
  const run = play([a, b], {2: (desk) => desk.order(market("buy", 1))});
  expect(fillsOf(run)[0]).toEqual([4, 1, 14]);
});

it("rule 12: what is held is valued at its last close, whose age is told", () => {
  const a = flatBars([10, 10], {days: [1, 2]});
  const b = flatBars([5, 5, 5, 5], {symbol: "B", days: [1, 2, 3, 4]});
  const run = play([a, b], {1: (desk) => desk.order(market("buy", 10))});
  expect([...run.equity]).toEqual([1000, 1000, 1000, 1000]);
  expect(run.carried).toEqual([{of: "A", ageMs: 2 * DAY, time: 4 * DAY}]);
  expect(run.trades[0].exitTime).toBe(2 * DAY);
});

it("rule 13: a halt fills nothing", () => {
  const actions = new Map([["A", [{bar: 1, kind: "halt", value: 0}, {bar: 3, kind: "resume", value: 0}] as const]]); // prettier-ignore
  const run = play(flatBars([10, 11, 12, 13]), {0: (desk) => desk.order(market("buy", 1))}, {actions});
  expect(fillsOf(run)[0]).toEqual([3, 1, 13]);
});

it("rule 14: a split multiplies units and divides the prices of lots and orders", () => {
  const actions = new Map([["A", [{bar: 2, kind: "split", value: 3}] as const]]);
  const deeds = {
    0: (desk: Desk) => desk.order(market("buy", 10)),
    1: (desk: Desk) => desk.order({...market("sell", 10), type: "STP", stop: 84})
  };
  const run = play(barsOf([at(90), at(90), at(30), [29, 29, 27, 27]]), deeds, {actions});
  expect(fillsOf(run)).toEqual([
    [1, 10, 90],
    [3, -30, 28]
  ]);
  expect(run.trades).toEqual([
    {symbol: "A", side: "long", entryTime: DAY, exitTime: 3 * DAY, entryPrice: 30, exitPrice: 28, size: 30, pnl: -60, returnPercent: -6.666666666666667, commission: 0} // prettier-ignore
  ]);
  expect([...run.equity]).toEqual([1000, 1000, 1000, 940]);
});

it("rule 14: the fraction of a whole unit is paid out at the open", () => {
  const actions = new Map([["A", [{bar: 2, kind: "split", value: 0.3}] as const]]);
  const run = play(
    flatBars([30, 30, 100, 100]),
    {0: (desk) => desk.order(market("buy", 5))},
    {actions, rules: {wholeUnits: true, end: "leave"}}
  );
  expect(run.uninvested[2]).toBe(1000 - 150 + 50);
  expect(run.equity[2]).toBe(1000);
});

it("rule 14: a split divides how far a trailing stop stays behind, and cuts whole units of orders", () => {
  const actions = new Map([["A", [{bar: 2, kind: "split", value: 1.5} as const]]]);
  const run = play(
    barsOf([at(90), at(90), [60, 60, 60, 60], [60, 60, 50, 50]]),
    {
      0: (desk) => desk.order(market("buy", 3)),
      1: (desk) => {
        desk.order({...market("sell", 3), type: "TRAIL", trail: {amount: 12}});
        desk.order({...market("buy", 3), type: "LMT", limit: 78});
      }
    },
    {actions, rules: {wholeUnits: true, end: "leave"}}
  );
  expect(fillsOf(run)).toEqual([
    [1, 3, 90],
    [3, -4, 52],
    [3, 4, 52]
  ]);
});

it("rule 15: dividends are cash on raw prices, paid by shorts", () => {
  const actions = new Map([["A", [{bar: 2, kind: "dividend", value: 0.5}] as const]]);
  for (const side of ["buy", "sell"] as const) {
    const run = play(flatBars([10, 10, 10]), {0: (desk) => desk.order(market(side, 10))}, {actions});
    expect(run.equity[2]).toBe(side === "buy" ? 1005 : 995);
    expect(run.trades[0].pnl).toBe(0);
  }
});

it("rule 15: who buys at the ex-date's open has no dividend; a split of that day comes first", () => {
  const dividend = {bar: 1, kind: "dividend", value: 0.5} as const;
  const buy = {0: (desk: Desk) => desk.order(market("buy", 10))};
  const late = play(flatBars([10, 10, 10]), buy, {actions: new Map([["A", [dividend]]])});
  expect(late.equity[2]).toBe(1000);
  const both = [{...dividend, bar: 2}, {bar: 2, kind: "split", value: 2} as const];
  const run = play(flatBars([10, 10, 5]), buy, {actions: new Map([["A", both]])});
  expect(run.equity[2]).toBe(1010);
});

it.each([
  [3, -170],
  [0, -200]
])("rule 16: delisted at %d, what is held is paid out and orders end", (value, pnl) => {
  const actions = new Map([["A", [{bar: 2, kind: "delisting", value}] as const]]);
  const run = play(
    [flatBars([20, 20], {days: [0, 1]}), flatBars([1, 1, 1, 1], {symbol: "B"})],
    {
      0: (desk) => desk.order(market("buy", 10)),
      1: (desk) => desk.order({...market("sell", 10), type: "LMT", limit: 25}),
      2: (desk) => desk.order(market("buy", 1))
    },
    {actions}
  );
  expect(run.trades.map((trade) => [trade.pnl, trade.exitPrice, trade.exitTime])).toEqual([
    [pnl, value, 2 * DAY]
  ]);
  expect(endsOf(run)).toEqual([
    [2, "cancelled", "delisted"],
    [2, "rejected", "delisted"]
  ]);
  expect([...run.equity]).toEqual([1000, 1000, 1000 + pnl, 1000 + pnl]);
});

it("rule 16: a delisting after the last bar of all is paid out too", () => {
  const actions = new Map([["A", [{bar: 2, kind: "delisting", value: 15}] as const]]);
  const run = play(flatBars([20, 20]), {0: (desk) => desk.order(market("buy", 10))}, {actions});
  expect(run.trades.map(({pnl}) => pnl)).toEqual([-50]);
});

it("rule 17: amounts are converted at the last rate known before, holdings at the last one known", () => {
  const rates = [{currency: "EUR", time: Float64Array.of(0, DAY), rate: Float64Array.of(1.1, 1.2)}];
  const bars = barsOf([at(5), [5, 6, 5, 6]], {currency: "EUR"});
  const run = play(
    bars,
    {0: (desk) => desk.order(market("buy", 10))},
    {rates, base: "USD", rules: {end: "leave"}}
  );
  expect(run.uninvested[1]).toBe(1000 - 55);
  expect(run.equity[1]).toBe(1000 - 55 + 72);
});

it("rule 17: the gain of a trade is in base currency, price and rate together", () => {
  const rates = [
    {currency: "EUR", time: Float64Array.of(0, 1 * DAY, 2 * DAY), rate: Float64Array.of(1, 1.5, 2)}
  ];
  const bars = flatBars([5, 5, 6], {currency: "EUR"});
  const run = play(
    bars,
    {0: (desk) => desk.order(market("buy", 10)), 1: (desk) => desk.order(market("sell", 10))},
    {rates, base: "USD"}
  );
  expect(run.trades[0]).toMatchObject({entryPrice: 5, exitPrice: 6, pnl: 60 * 1.5 - 50, returnPercent: 80});
});

it("rule 17: a missing rate is an error, never 1", () => {
  const bars = flatBars([5, 5], {currency: "EUR"});
  expect(() => play(bars, {}, {base: "USD"})).toThrow("no rates of EUR in USD: A needs them");
  const late = [{currency: "EUR", time: Float64Array.of(DAY), rate: Float64Array.of(1.1)}];
  expect(() => play(bars, {}, {base: "USD", rates: late})).toThrow(
    "no rate of EUR by 1970-01-01T00:00:00.000Z: rates must begin before the bars"
  );
});

it("rule 17: a rate that is carried on is told with its age", () => {
  const rates = [{currency: "EUR", time: Float64Array.of(0), rate: Float64Array.of(2)}];
  const run = play(flatBars([5, 5, 5], {currency: "EUR"}), {}, {rates, base: "USD"});
  expect(run.carried).toEqual([{of: "EUR", ageMs: 2 * DAY, time: 2 * DAY}]);
});
