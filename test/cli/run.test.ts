import {mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {text} from "node:stream/consumers";
import {once} from "node:events";
import {Command} from "commander";
import {expect, it, onTestFinished} from "vitest";
import {addRun} from "../../cli/commands-run.js";
import type {Config} from "../../config.js";
import {readBars} from "../../lib/backtest/read-bars.js";
import {rowsOf} from "../../lib/lake/columns.js";
import {openLake} from "../../loaders/lake/lake.js";
import {startTws} from "../../sim/tws/service.js";
import {begin, tearsheet, temporaryFolder} from "./terminal.js";

const BARS = "test/data/bars/walk.csv";
const SMA = ["run", "sma-cross", "--paper", "--bars", BARS, "--set", "fast=5", "--set", "slow=20"];

/** Settings of a folder of its own. */
const place = () => {
  const folder = temporaryFolder();
  return {DATA_DIR: join(folder, "var"), LAKE_DIR: join(folder, "lake")};
};

it("run --paper --bars trades as the backtest does, less what it pays, and writes what it did", async () => {
  const given = place();
  const out = join(given.DATA_DIR, "out");
  const {code, json} = await tearsheet([...SMA, "--slippage", "2bps", "--out", out, "--json"], given);
  expect(code).toBe(0);
  const {fills, shortfall, finalEquity, backtest, equity, cash} = json();
  expect(fills.length).toBe(shortfall.trades.length);
  expect(shortfall.unmatched).toEqual([]);
  expect(shortfall.total.delay).toBeCloseTo(0, 6);
  const value = fills.reduce(
    (sum: number, {shares, price}: {shares: number; price: number}) => sum + shares * price,
    0
  );
  expect(shortfall.total.spread / value).toBeCloseTo(2e-4, 6);
  const paid = fills.reduce((sum: number, {commission}: {commission: number}) => sum + commission, 0);
  expect(shortfall.total.commission).toBeCloseTo(paid, 6);
  expect(equity).toHaveLength(backtest.equity.length);
  expect(equity[0][1]).toBe(cash);
  expect(finalEquity).toBeLessThan(backtest.finalEquity);
  expect(readdirSync(out).sort()).toEqual(["equity.csv", "fills.csv", "positions.csv"]);
  expect(readFileSync(join(out, "fills.csv"), "utf8").trim().split("\n")).toHaveLength(fills.length + 1);
});

it("a run that is kept goes on where it was: the same command again trades nothing more", async () => {
  const given = place();
  mkdirSync(given.DATA_DIR, {recursive: true});
  const few = join(given.DATA_DIR, "few.csv");
  writeFileSync(few, readFileSync(BARS, "utf8").split("\n").slice(0, 12).join("\n"));
  const words = ["run", "buy-and-hold", "--paper", "--bars", few, "--run", "mine", "--json"];
  const [first, again] = [await tearsheet(words, given), await tearsheet(words, given)];
  expect([first.code, again.code]).toEqual([0, 0]);
  expect(again.json().fills).toEqual(first.json().fills);
  expect(again.json().orders).toHaveLength(1);
}, 30_000);

it.each([
  [
    "sma-cross --paper --set fast=5 --set slow=20",
    "say what to run on: --bars FILE, --dataset ID or --live with --symbol"
  ],
  [`buy-and-hold --bars ${BARS}`, "bars that are played are traded on paper alone: say --paper"],
  [`nothing --paper --bars ${BARS}`, "unknown strategy: nothing"],
  ["buy-and-hold --paper --live", "say what to trade: --symbol AAPL"],
  ["buy-and-hold --paper --live --symbol A --every 2w", "invalid length of a bar: 2w"],
  [
    "buy-and-hold --paper --live --symbol A --every 7s",
    "invalid length of a bar: 7s: 5s to 1d, a multiple of 5s"
  ],
  [`buy-and-hold --paper --bars ${BARS} --buffer 2`, "invalid buffer: 2"],
  [`buy-and-hold --paper --bars ${BARS} --run ../x`, "invalid name of a run: ../x"]
])("run %s is refused: %s", async (words, sentence) => {
  const command = new Command().exitOverride();
  const config = () => ({TRADING_MODE: "paper"}) as Config; // nothing else is looked at
  addRun({tearsheet: command, config});
  await expect(command.parseAsync(["run", ...words.split(" ")], {from: "user"})).rejects.toThrow(sentence);
});

it("run --dataset plays bars of the lake", async () => {
  const given = place();
  const {bars} = readBars(readFileSync(BARS, "utf8"));
  const lake = openLake(given.LAKE_DIR, {now: () => new Date(0)});
  const rows = Array.from(bars.time.subarray(0, 30), (time, i) => ({
    symbol: "WALK",
    time,
    day: new Date(time).toISOString().slice(0, 10),
    open: bars.open[i],
    high: bars.high[i],
    low: bars.low[i],
    close: bars.close[i],
    volume: null,
    currency: "USD"
  }));
  const id = {provider: "yahoo", kind: "bars", universe: "markets", frequency: "1d"} as const;
  await lake.write("clean", id, rowsOf("bars", rows));
  lake.close();
  const words = [
    "run",
    "buy-and-hold",
    "--paper",
    "--dataset",
    "yahoo/bars/markets/1d",
    "--symbol",
    "WALK",
    "--json"
  ];
  const {json} = await tearsheet(words, given);
  expect(json().fills).toMatchObject([{label: "WALK", price: bars.open[1]}]);
  expect(json().equity).toHaveLength(30);
});

it("run --live decides on bars made of TWS's of five seconds; a dry run sends nothing", async () => {
  const tws = await startTws({everyMs: 100});
  onTestFinished(() => tws.close());
  const words = [
    "run",
    "buy-and-hold",
    "--paper",
    "--live",
    "--symbol",
    "LKMQ",
    "--every",
    "5s",
    "--dry-run",
    "--json"
  ];
  const child = begin(words, {...place(), IBKR_PORT: String(tws.port)});
  const stdout = text(child.stdout!);
  let stderr = "";
  child.stderr!.on("data", (more) => (stderr += String(more)));
  await expect.poll(() => stderr, {timeout: 60_000}).toMatch(/would send BUY \d+ LKMQ MKT/);
  child.kill("SIGINT");
  await once(child, "exit");
  expect(JSON.parse(await stdout)).toMatchObject({account: "PAPER", equity: 100_000, orders: [], fills: []});
}, 90_000);
