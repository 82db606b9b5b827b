import * as fc from "fast-check";
import {expect, it} from "vitest";
import {borrowCost} from "../../../lib/backtest/costs/borrow.js";
import {parseRate, proportionalCosts} from "../../../lib/backtest/costs/costs.js";
import {ibkrCosts} from "../../../lib/backtest/costs/ibkr/ibkr.js";
import {fixedSpread} from "../../../lib/backtest/costs/spread.js";
import {volumeShareImpact} from "../../../lib/backtest/costs/volume-share.js";
import {runEvents} from "../../../lib/backtest/event/engine.js";
import {assumptionLadder, type LadderCosts} from "../../../lib/backtest/ladder.js";
import {momentum} from "../../../lib/backtest/strategies/momentum.js";
import {barsOf, type Row, script} from "./bars.js";

const commission = proportionalCosts({commission: parseRate("1/share")});
const COSTS: LadderCosts = {
  commission: {commission: commission.commission},
  spread: fixedSpread(parseRate("1/share")),
  impact: {slipped: (units, price) => price + Math.sign(units) * 0.25},
  carrying: borrowCost({rate: 0.36, yearDays: 360})
};

/** Sells 10 units short on day 0 and buys them back on day 2. */
const short = () =>
  script({
    0: (desk) => desk.order({symbol: "A", side: "sell", units: 10}),
    2: (desk) => desk.order({symbol: "A", side: "buy", units: 10})
  });

const BARS = barsOf([
  [100, 100, 100, 100],
  [98, 98, 96, 96],
  [90, 90, 90, 90],
  [91, 92, 91, 92]
]);

it("assumptionLadder(...) takes away one assumption after another, and says what each cost", () => {
  const {rungs, equityDifference} = assumptionLadder(short, {bars: [BARS], cash: 10_000, costs: COSTS});
  expect(rungs.map(({step, finalEquity, equityDifference: each}) => [step, finalEquity, each])).toEqual([
    ["ideal", 10_100, 0], // sold at the close of 100, bought at the close of 90
    ["commission", 10_080, -20], // 10 + 10 units at 1
    ["next-open", 10_050, -30], // sold at 98, bought at 91: 70 instead of 100
    ["spread", 10_040, -10], // 0.5 a unit on either side
    ["impact", 10_035, -5], // 0.25 a unit on either side
    // short over two nights, at the closes of 96 and 90: 960 and 900 at 0.1 % a day
    ["carrying", expect.closeTo(10_035 - 0.96 - 0.9, 9) as number, expect.closeTo(-1.86, 9) as number]
  ]);
  expect(equityDifference).toBeCloseTo(-66.86, 9);
});

it("assumptionLadder(...) returns are of the cash it began with, their differences in fractions", () => {
  const {rungs, returnDifference} = assumptionLadder(short, {bars: [BARS], cash: 10_000, costs: COSTS});
  expect(rungs[0].totalReturn).toBeCloseTo(0.01, 13);
  expect(rungs[2].returnDifference).toBeCloseTo(-0.003, 13);
  expect(returnDifference).toBeCloseTo(-0.006686, 12);
});

it("assumptionLadder(...) marks what no live order gets, until it is taken away", () => {
  const {rungs} = assumptionLadder(short, {bars: [BARS], costs: COSTS});
  const badge = ["fills at the close it was decided on"];
  expect(rungs.map(({badges}) => badges)).toEqual([badge, badge, [], [], [], []]);
});

it("assumptionLadder(...) leaves out the steps whose costs are not given", () => {
  const {rungs} = assumptionLadder(short, {bars: [BARS], costs: {spread: COSTS.spread!}});
  expect(rungs.map(({step}) => step)).toEqual(["ideal", "next-open", "spread"]);
});

it("assumptionLadder(...) of one bar, or without a trade, differs nowhere", () => {
  for (const bars of [barsOf([[10, 10, 10, 10]]), BARS]) {
    const {rungs, equityDifference} = assumptionLadder(() => script({}), {bars: [bars], costs: COSTS});
    expect(equityDifference).toBe(0);
    for (const {finalEquity, trades} of rungs) expect([finalEquity, trades]).toEqual([10_000, 0]);
  }
});

const walk = fc.array(fc.integer({min: -9, max: 9}), {minLength: 3, maxLength: 40}).map((steps) => {
  let price = 100;
  return barsOf(
    steps.map((step): Row => {
      const open = price;
      price = Math.max(price + step, 5);
      return [open + 1, Math.max(open + 1, price) + 2, Math.min(open + 1, price) - 1, price, 1000];
    })
  );
});

it("the steps' differences add up to the whole exactly, in any order", () => {
  const costs = {
    commission: ibkrCosts({plan: "fixed"}),
    spread: fixedSpread(parseRate("7bps")),
    impact: volumeShareImpact(),
    carrying: borrowCost({rate: 0.01})
  };
  const cash = fc.double({min: 1000, max: 1e9, noNaN: true});
  fc.assert(
    fc.property(walk, cash, fc.infiniteStream(fc.nat()), (bars, money, order) => {
      const ladder = assumptionLadder(() => momentum({lookback: 2}), {bars: [bars], cash: money, costs});
      const mixed = ladder.rungs
        .map((rung) => ({rung, at: order.next().value}))
        .toSorted((a, b) => a.at - b.at)
        .map(({rung}) => rung);
      expect(mixed.reduce((sum, rung) => sum + rung.equityDifference, 0)).toBe(ladder.equityDifference);
      expect(mixed.reduce((sum, rung) => sum + rung.returnDifference, 0)).toBe(ladder.returnDifference);
    }),
    {numRuns: 100}
  );
});

it("the last step is the backtest with all costs, to the last digits", () => {
  fc.assert(
    fc.property(walk, (bars) => {
      const {rungs, time} = assumptionLadder(() => momentum({lookback: 1}), {
        bars: [bars],
        costs: {commission}
      });
      const result = runEvents(momentum({lookback: 1}), {bars: [bars], costs: commission});
      expect(rungs.at(-1)!.equity).toEqual(result.equity);
      expect(time).toEqual(result.time);
      expect(rungs.at(-1)!.finalEquity / result.equity.at(-1)!).toBeCloseTo(1, 12);
    })
  );
});

it("assumptionLadder(...) names a strategy that throws", () => {
  const broken = {
    name: "broken",
    decide() {
      throw new Error("no such indicator");
    }
  };
  expect(() => assumptionLadder(() => broken, {bars: [BARS], costs: COSTS})).toThrow(
    "broken was stopped at 1970-01-01T00:00:00.000Z: no such indicator"
  );
});
