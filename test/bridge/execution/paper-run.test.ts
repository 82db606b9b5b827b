import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import Database from "better-sqlite3";
import {expect, it, onTestFinished} from "vitest";
import {runOnPaper, type PaperRunOptions, sentRules} from "../../../bridge/execution/paper-run.js";
import {fillsOf} from "../../../lib/orders/run/lived-run.js";
import {type Bars, sliceBars} from "../../../lib/backtest/bars.js";
import {combineCosts} from "../../../lib/backtest/costs/combine.js";
import {proportionalCosts} from "../../../lib/backtest/costs/costs.js";
import {STRATEGIES} from "../../../lib/backtest/strategies/index.js";
import type {Parameters} from "../../../lib/backtest/strategies/parameters.js";
import {readBars} from "../../../lib/backtest/read-bars.js";

const {bars: walk} = readBars(readFileSync("test/data/bars/walk.csv", "utf8"), {symbol: "WALK"});
const bars = sliceBars(walk, 0, 160);
const free = () => combineCosts();

function options(
  strategy: string,
  parameters: Parameters,
  more: Partial<PaperRunOptions> = {}
): PaperRunOptions {
  const shipped = STRATEGIES.get(strategy)!;
  return {
    bars: [bars],
    create: () => shipped.create(parameters),
    parameters,
    rules: sentRules(0.05),
    cash: 100_000,
    costs: free,
    folder: null,
    run: "test",
    ...more
  };
}

it.each<[string, Parameters]>([
  ["sma-cross", {fast: 5, slow: 12}],
  ["momentum", {lookback: 10}],
  ["breakout", {lookback: 10, trail: 200}],
  ["breakout", {lookback: 5, trail: 300, stop: 150, target: 250, hold: 6}],
  ["buy-and-hold", {}]
] as const)(
  "%s on paper, free of costs, has the fills and the equity of its backtest",
  async (name, parameters) => {
    const {fills, backtest, shortfall, equity} = await runOnPaper(options(name, parameters));
    const theirs = fillsOf(backtest);
    expect(theirs.length).toBeGreaterThan(0);
    expect(
      fills.map(({time, shares, side, price}) => [time, side === "BOT" ? shares : -shares, price])
    ).toEqual(theirs.map(({time, units, price}) => [time, units, price]));
    for (const [i, [, value]] of equity.entries()) expect(value).toBeCloseTo(backtest.equity[i], 6);
    expect(shortfall.unmatched).toEqual([]);
    expect(shortfall.total.total).toBeCloseTo(0, 9);
  }
);

it("the shortfall of a run is the slippage and the commission that it paid", async () => {
  const costs = proportionalCosts({commission: {of: "unit", rate: 0.01}, slippage: {of: "unit", rate: 0.02}});
  const {fills, shortfall} = await runOnPaper(options("momentum", {lookback: 10}, {costs: () => costs}));
  const units = fills.reduce((sum, {shares}) => sum + shares, 0);
  expect(fills.length).toBeGreaterThan(10);
  expect(shortfall.total.delay).toBeCloseTo(0, 9);
  expect(shortfall.total.spread).toBeCloseTo(0.02 * units, 6);
  expect(shortfall.total.commission).toBeCloseTo(0.01 * units, 6);
});

it("a run that is stopped anywhere and started again does what it would have done, and sends nothing twice", async () => {
  const some = sliceBars(bars, 0, 40);
  const folder = mkdtempSync(join(tmpdir(), "run-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  const whole = await runOnPaper(options("momentum", {lookback: 10}, {bars: [some]}));
  const cut = options("momentum", {lookback: 10}, {bars: [some], folder});
  class Stop extends Error {}
  let moments = 0;
  const onMoment = () => {
    if (++moments === 20) throw new Stop("stopped");
  };
  await expect(runOnPaper({...cut, onMoment})).rejects.toThrow(Stop);
  const rest: Bars = sliceBars(bars, 20, 40);
  const {fills, orders} = await runOnPaper({...cut, bars: [rest]});
  const told = ({fills: all}: Pick<typeof whole, "fills">) =>
    all.map(({time, side, shares, price}) => [time, side, shares, price]);
  expect(told({fills})).toEqual(told(whole));
  expect(new Set(orders.map(({id}) => id)).size).toBe(whole.orders.length);
});

it.each(["sent", "never sent"])(
  "a decision that was written down and %s when the program died is sent once",
  async (when) => {
    const some = sliceBars(bars, 0, 12);
    const folder = mkdtempSync(join(tmpdir(), "run-"));
    onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
    const whole = await runOnPaper(options("buy-and-hold", {}, {bars: [some]}));
    const cut = options("buy-and-hold", {}, {bars: [sliceBars(some, 0, 1)], folder});
    const first = await runOnPaper(cut);
    expect(first.orders).toHaveLength(1);
    const db = new Database(join(folder, "runs.db"));
    db.exec("update moments set is_done = 0");
    db.close();
    if (when === "never sent") for (const name of ["orders.db", "paper.db"]) rmSync(join(folder, name));
    const again = await runOnPaper({...cut, bars: [sliceBars(some, 1, 12)]});
    expect(again.orders.map(({id}) => id)).toEqual(first.orders.map(({id}) => id));
    expect(again.fills.map(({time, shares, price}) => [time, shares, price])).toEqual(
      whole.fills.map(({time, shares, price}) => [time, shares, price])
    );
  }
);

it("a dry run says what it would send, and sends nothing", async () => {
  const {orders, fills, notes, equity} = await runOnPaper(
    options("buy-and-hold", {}, {dryRun: true, bars: [sliceBars(bars, 0, 3)]})
  );
  expect([orders, fills]).toEqual([[], []]);
  expect(notes[0]).toMatch(/Z BUY \d+ WALK MKT$/);
  expect(equity.map(([, value]) => value)).toEqual([100_000, 100_000, 100_000]);
});
