import {expect} from "vitest";
import type {BacktestResult} from "../../../../lib/backtest/result.js";

const TOLERANCE = 1e-9;

/** Expects that two engines gave the same, trade by trade. */
export function expectEqual(ours: BacktestResult, theirs: BacktestResult): void {
  expect(ours.time).toEqual(theirs.time);
  expect(ours.held).toEqual(theirs.held);
  expect(ours.badges).toEqual(theirs.badges);
  const scale = theirs.equity.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const near = (a: number, b: number) =>
    expect(Math.abs(a - b)).toBeLessThanOrEqual(TOLERANCE * Math.max(scale, Math.abs(b)));
  for (const [i, value] of theirs.equity.entries()) near(ours.equity[i], value);
  near(ours.traded, theirs.traded);
  expect(ours.trades.length).toBe(theirs.trades.length);
  for (const [i, trade] of theirs.trades.entries()) {
    const {symbol, side, entryTime, exitTime} = trade;
    expect(ours.trades[i]).toMatchObject({symbol, side, entryTime, exitTime});
    for (const name of ["entryPrice", "exitPrice", "size", "pnl", "commission"] as const)
      near(ours.trades[i][name], trade[name]);
  }
}
