import * as fc from "fast-check";
import {expect, it} from "vitest";
import {borrowCost} from "../../../../lib/backtest/costs/borrow.js";
import {combineCosts} from "../../../../lib/backtest/costs/combine.js";
import {parseRate, proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {financingCost} from "../../../../lib/backtest/costs/financing.js";
import {ibkrCosts} from "../../../../lib/backtest/costs/ibkr/ibkr.js";
import {fixedSpread} from "../../../../lib/backtest/costs/spread.js";
import {volumeShareImpact} from "../../../../lib/backtest/costs/volume-share.js";
import {barsOf, play} from "../bars.js";

const bars = barsOf([[50, 50, 50, 50, 1000]]);

it("combineCosts() costs nothing", () => {
  const none = combineCosts();
  expect([none.slipped(5, 50, bars, 0, "MKT"), none.commission(5, 50, bars, 0)]).toEqual([50, 0]);
  expect(Object.keys(none)).toEqual(["slipped", "commission"]);
});

it("combineCosts(...) adds what each part moves the market's price by, and every commission", () => {
  const costs = combineCosts(
    fixedSpread(parseRate("0.5/share")),
    proportionalCosts({slippage: parseRate("0.01"), commission: parseRate("0.001")}),
    {commission: () => 2}
  );
  expect(costs.slipped(10, 50, bars, 0, "MKT")).toBe(50.75);
  expect(costs.slipped(-10, 50, bars, 0, "MKT")).toBe(49.25);
  expect(costs.commission(10, 50, bars, 0)).toBe(2.5);
});

it("combineCosts(...) never sells below zero", () => {
  const half = proportionalCosts({slippage: parseRate("0.6")});
  expect(combineCosts(half, half).slipped(-1, 50, bars, 0, "MKT")).toBe(0);
});

it("combineCosts(...) pays for holding and for cash where a part does", () => {
  const costs = combineCosts(borrowCost({rate: 0.036}), borrowCost({rate: 0.036}), financingCost(0.02));
  expect(costs.holding!(-10, 50, bars, 0, 10)).toBeCloseTo(1, 12); // twice 500 x 0.1 %
  expect(costs.financing!(-3600, 1)).toBeCloseTo(0.35, 12); // 3.5 % a year
});

it("combineCosts(...) does not depend on the order of its parts", () => {
  const parts = [
    fixedSpread(parseRate("4bps")),
    volumeShareImpact(),
    ibkrCosts({plan: "fixed"}),
    proportionalCosts({slippage: parseRate("2bps"), commission: parseRate("1bps")})
  ];
  const some = fc.shuffledSubarray(parts, {minLength: parts.length});
  fc.assert(
    fc.property(some, fc.integer({min: -500, max: 500}), (mixed, units) => {
      const [a, b] = [combineCosts(...parts), combineCosts(...mixed)];
      expect(b.slipped(units, 50, bars, 0, "MKT")).toBeCloseTo(a.slipped(units, 50, bars, 0, "MKT"), 10);
      expect(b.commission(units, 50, bars, 0)).toBeCloseTo(a.commission(units, 50, bars, 0), 10);
    })
  );
});

it("an account pays what its costs say: a short over a week-end, its fills and its cash", () => {
  const flat = barsOf(
    [
      [10, 10, 10, 10],
      [10, 10, 10, 10],
      [10, 10, 10, 10]
    ],
    {days: [0, 1, 4]}
  );
  const costs = combineCosts(fixedSpread(parseRate("0.02")), {commission: () => 1}, borrowCost({rate: 0.36}));
  const {equity, journal} = play(
    flat,
    {0: (desk) => desk.order({symbol: "A", side: "sell", units: 10})},
    {costs}
  );
  // sold at 9.9, a commission; 100 short for 3 days at 0.1 % a day; bought at 10.1, a commission
  expect(equity[1]).toBeCloseTo(1000 - 1 - 1, 12);
  expect(journal.filter(({kind}) => kind === "carry")).toMatchObject([{symbol: "A", cash: -0.3}]);
  expect(equity[2]).toBeCloseTo(1000 - 2 - 0.3 - 2, 12);
});
