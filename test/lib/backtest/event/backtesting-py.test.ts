import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {strategyOf} from "../../../../bench/backtest/peer-strategies.js";
import {PROFILES} from "../../../../lib/backtest/contract.js";
import {proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import {runEvents} from "../../../../lib/backtest/event/engine.js";
import {readBars} from "../../../../lib/backtest/read-bars.js";
import reference from "../../../reference/backtesting_py.json" with {type: "json"};

const {bars} = readBars(readFileSync("test/data/bars/walk.csv", "utf8"));

it(`the reference has hundreds of trades of backtesting.py ${reference.versions.backtesting}`, () => {
  expect(reference.runs.reduce((sum, {trades}) => sum + trades.size.length, 0)).toBeGreaterThan(500);
});

it.each(reference.runs)(
  "profile backtesting.py gives that library's trades: $strategy $parameters, cash $cash, commission $commission, spread $spread",
  ({strategy, parameters, cash, commission, spread, trades, equity, exposure}) => {
    const run = runEvents(strategyOf(strategy, parameters as Record<string, number>), {
      bars: [bars],
      cash,
      rules: PROFILES["backtesting.py"],
      costs: proportionalCosts({
        commission: {of: "value", rate: commission},
        slippage: {of: "value", rate: spread}
      })
    });
    for (const name of ["side", "entryTime", "exitTime", "entryPrice", "exitPrice", "size"] as const)
      expect(run.trades.map((trade) => trade[name])).toEqual(trades[name]);
    for (const name of ["pnl", "returnPercent", "commission"] as const)
      for (const [i, value] of trades[name].entries()) expect(run.trades[i][name]).toBeCloseTo(value, 8);
    const kept = [...run.equity.filter((_, i) => i % 25 === 0), run.equity.at(-1)!];
    expect(kept).toHaveLength(equity.length);
    for (const [i, value] of equity.entries()) expect(kept[i]).toBeCloseTo(value, 7);
    expect(run.held.filter((held) => held).length / run.held.length).toBeCloseTo(exposure, 12);
  }
);
