/**
 * Twenty bars with fills, cash and equity worked out by hand: 1,000 in cash, commission 0.01 a unit, slippage none, whole
 * orders. What is done at each close stands in `deeds`, what comes of it in the ledger below.
 */
import {expect, it} from "vitest";
import {parseRate, proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import type {Desk} from "../../../../lib/backtest/event/strategy.js";
import {barsOf, fillsOf, play, type Row} from "../bars.js";

const ROWS: readonly Row[] = [
  [10, 10.5, 9.5, 10], //       0
  [10.2, 10.8, 10, 10.5], //    1
  [10.4, 11.2, 10.4, 11], //    2
  [11, 11.4, 10.6, 11.2], //    3
  [11.2, 12.2, 11, 12], //      4
  [12, 12.1, 11.4, 11.5], //    5
  [11.6, 11.8, 10.8, 11], //    6
  [10.5, 10.9, 10.2, 10.4], //  7
  [10.4, 10.6, 9.8, 10], //     8
  [9.9, 10.1, 9.4, 9.6], //     9
  [9.6, 10.4, 9.5, 10.2], //   10
  [10.4, 11, 10.2, 10.8], //   11
  [10.8, 11.6, 10.7, 11.4], // 12
  [11.5, 12, 11.3, 11.9], //   13
  [11.9, 12.6, 11.8, 12.5], // 14
  [12.4, 12.5, 11.5, 11.6], // 15
  [11.6, 11.7, 11.2, 11.3], // 16
  [11.3, 11.9, 11.2, 11.8], // 17
  [11.8, 12, 11.6, 11.7], //   18
  [11.8, 12.2, 11.7, 12] //    19
];

const A = {symbol: "A"} as const;
const deeds: Parameters<typeof play>[1] = {
  0: (desk: Desk) => desk.order({...A, side: "buy", units: 40}),
  2: (desk: Desk) => desk.order({...A, side: "buy", units: 20, type: "LMT", limit: 10.8, tif: "DAY"}),
  3: (desk: Desk) => desk.order({...A, side: "sell", units: 30, type: "LMT", limit: 12}),
  4: (desk: Desk) => desk.order({...A, side: "sell", units: 30, type: "STP", stop: 10.7}),
  7: (desk: Desk) => desk.order({...A, side: "sell", units: 50}),
  9: (desk: Desk) =>
    desk.order({...A, side: "buy", units: 80, type: "STP", stop: 10.3, bracket: {stop: 9.9, target: 12.3}}),
  15: (desk: Desk) => desk.order({...A, side: "sell", units: 10, type: "LOC", limit: 11.5}),
  16: (desk: Desk) => desk.order({...A, side: "buy", units: 10, type: "MOC"}),
  18: (desk: Desk) => desk.order({...A, side: "buy", units: 5, type: "LMT", limit: 11})
};

/**
 * day: units at price, commission, cash after it.
 *  1   +40 at 10.2   0.40   1000 - 408 - 0.40 = 591.60
 *  3   +20 at 10.8   0.20   591.60 - 216 - 0.20 = 375.40     (limit within the bar: low 10.6)
 *  4   -30 at 12     0.30   375.40 + 360 - 0.30 = 735.10     (high 12.2)
 *  7   -30 at 10.5   0.30   735.10 + 315 - 0.30 = 1049.80    (stop 10.7: bar 6 has a low of 10.8, bar 7 opens below)
 *  8   -50 at 10.4   0.50   1049.80 + 520 - 0.50 = 1569.30   (short 50)
 * 10   +80 at 10.3   0.80   1569.30 - 824 - 0.80 = 744.50    (50 close, 30 open with their exits; the low of 9.5 lies
 *                                                            before or after: after, it stops 30 at 9.9, which is worse)
 * 10   -30 at 9.9    0.30   744.50 + 297 - 0.30 = 1041.20
 * 16   LOC at 11.5: the close of 11.3 is not at its limit, cancelled
 * 17   +10 at 11.8   0.10   1041.20 - 118 - 0.10 = 923.10
 * 19   the limit of 11 is not met: cancelled; 10 close at 12: 923.10 + 120 - 0.10 = 1043.00
 */
const FILLS = [
  [1, 40, 10.2],
  [3, 20, 10.8],
  [4, -30, 12],
  [7, -30, 10.5],
  [8, -50, 10.4],
  [10, 80, 10.3],
  [10, -30, 9.9],
  [17, 10, 11.8],
  [19, -10, 12]
];

/** Cash and equity (cash + units x close) after each bar. */
const LEDGER = [
  [1000, 1000],
  [591.6, 591.6 + 40 * 10.5],
  [591.6, 591.6 + 40 * 11],
  [375.4, 375.4 + 60 * 11.2],
  [735.1, 735.1 + 30 * 12],
  [735.1, 735.1 + 30 * 11.5],
  [735.1, 735.1 + 30 * 11],
  [1049.8, 1049.8],
  [1569.3, 1569.3 - 50 * 10],
  [1569.3, 1569.3 - 50 * 9.6],
  [1041.2, 1041.2],
  [1041.2, 1041.2],
  [1041.2, 1041.2],
  [1041.2, 1041.2],
  [1041.2, 1041.2],
  [1041.2, 1041.2],
  [1041.2, 1041.2],
  [923.1, 923.1 + 10 * 11.8],
  [923.1, 923.1 + 10 * 11.7],
  [1043, 1043]
];

/**
 * First opened first closed; commission of both ends. 40 at 10.2 leave as 30 at 12 and 10 at 10.5; 20 at 10.8 leave at
 * 10.5; 50 short at 10.4 are bought at 10.3; 30 at 10.3 leave at 9.9; 10 at 11.8 leave at 12.
 */
const TRADES = [
  ["long", 30, 10.2, 12, 30 * 1.8 - 0.6],
  ["long", 10, 10.2, 10.5, 10 * 0.3 - 0.2],
  ["long", 20, 10.8, 10.5, 20 * -0.3 - 0.4],
  ["short", 50, 10.4, 10.3, 50 * 0.1 - 1],
  ["long", 30, 10.3, 9.9, 30 * -0.4 - 0.6],
  ["long", 10, 11.8, 12, 10 * 0.2 - 0.2]
] as const;

const run = play(barsOf(ROWS), deeds, {costs: proportionalCosts({commission: parseRate("0.01/share")})});

it("twenty bars fill as worked out by hand", () => {
  expect(fillsOf(run)).toEqual(FILLS);
});

it("twenty bars leave the cash and equity worked out by hand", () => {
  expect(LEDGER).toHaveLength(ROWS.length);
  for (const [day, [cash, equity]] of LEDGER.entries()) {
    expect(run.uninvested[day], `cash of day ${day}`).toBeCloseTo(cash, 10);
    expect(run.equity[day], `equity of day ${day}`).toBeCloseTo(equity, 10);
  }
});

it("twenty bars list the trades worked out by hand", () => {
  expect(
    run.trades.map(({side, size, entryPrice, exitPrice}) => [side, size, entryPrice, exitPrice])
  ).toEqual(TRADES.map((trade) => trade.slice(0, 4)));
  for (const [i, trade] of TRADES.entries()) expect(run.trades[i].pnl).toBeCloseTo(trade[4], 10);
});

it("the gains of the trades are what the equity gained", () => {
  expect(run.trades.reduce((sum, {pnl}) => sum + pnl, 0)).toBeCloseTo(43, 10);
});

it("something is held on the days from each entry to its exit", () => {
  expect([...run.held]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
});
