import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root} from "../../config.js";
import {PROFILES} from "../../lib/backtest/contract.js";
import {barSpread} from "../../lib/backtest/costs/bar-spread.js";
import {borrowCost} from "../../lib/backtest/costs/borrow.js";
import {combineCosts} from "../../lib/backtest/costs/combine.js";
import {parseRate} from "../../lib/backtest/costs/costs.js";
import {ibkrCosts} from "../../lib/backtest/costs/ibkr/ibkr.js";
import {squareRootImpact} from "../../lib/backtest/costs/square-root-impact.js";
import {runEvents} from "../../lib/backtest/event/engine.js";
import {metricsOf, metricValues} from "../../lib/backtest/metrics/metrics.js";
import {readBars} from "../../lib/backtest/read-bars.js";
import {smaCross} from "../../lib/backtest/strategies/sma-cross.js";
import {ACTIVITY, desk, tearsheet} from "./terminal.js";

const WALK = "test/data/bars/walk.csv";
const CROSS = ["backtest", "--bars", WALK, "--strategy", "sma-cross", "--set", "fast=5", "--set", "slow=20"];

it("tearsheet backtest --json prints the trades, equity and metrics of the library, and the run's hash", async () => {
  const {code, json, stderr} = await tearsheet([...CROSS, "--cash", "5000", "--json"], {});
  const {bars} = readBars(readFileSync(join(root, WALK), "utf8"), {symbol: "walk"});
  const run = runEvents(smaCross({fast: 5, slow: 20}), {bars: [bars], cash: 5000});
  const iso = (time: number) => new Date(time).toISOString();
  const answer = json();
  expect({code, stderr}).toEqual({code: 0, stderr: ""});
  expect(answer.trades).toEqual(
    run.trades.map((trade) => ({...trade, entryTime: iso(trade.entryTime), exitTime: iso(trade.exitTime)}))
  );
  expect(Object.keys(answer.trades[0])).toEqual([
    "symbol",
    "side",
    "entryTime",
    "exitTime",
    "entryPrice",
    "exitPrice",
    "size",
    "pnl",
    "returnPercent",
    "commission" // prettier-ignore
  ]);
  expect(answer.equity).toEqual(Array.from(run.time, (time, i) => [iso(time), run.equity[i]]));
  expect(answer.metrics).toEqual(metricValues(metricsOf({...run, cash: 5000, benchmark: bars.close})));
  for (const name of [
    "totalReturn",
    "annualReturn",
    "volatility",
    "sharpe",
    "sortino",
    "maxDrawdown",
    "winRate",
    "profitFactor",
    "trades",
    "exposure",
    "finalEquity"
  ])
    // prettier-ignore
    expect(answer.metrics[name]).toEqual(expect.any(Number));
  expect(answer.metrics.maxDrawdown).toBeLessThan(0);
  expect(answer.run).toMatch(/^[0-9a-f]{64}$/);
});

it("equal runs have an equal hash, others another", async () => {
  const runs = await Promise.all(
    [[], [], ["--cash", "9999"], ["--commission", "5bps"], ["--whole-shares"]].map(async (more) => {
      const {json} = await tearsheet([...CROSS, ...more, "--json"], {});
      return json().run;
    })
  );
  expect(runs[1]).toBe(runs[0]);
  expect(new Set(runs).size).toBe(4);
});

it("--fill same-close is told as a warning, and as a badge", async () => {
  const {stderr, json} = await tearsheet([...CROSS, "--fill", "same-close", "--json"], {});
  expect(stderr).toBe("warning: fills at the close it was decided on\n");
  expect(json().badges).toEqual(["fills at the close it was decided on"]);
});

it("--profile, --whole-shares, --commission and --slippage change the run", async () => {
  const answer = await tearsheet(
    [...CROSS, "--profile", "lean-daily", "--commission", "0.01/share", "--slippage", "2bps", "--json"],
    {}
  );
  const {trades, rules} = answer.json();
  expect(rules).toEqual(PROFILES["lean-daily"]);
  for (const {size, commission} of trades) {
    expect(size).toBe(Math.trunc(size));
    expect(commission).toBeCloseTo(2 * 0.01 * size, 9);
  }
});

it.each(["default", "backtesting.py", "lean-daily"])(
  "--engine vector prints what the event engine prints, by profile %s",
  async (profile) => {
    const words = [
      ...CROSS,
      "--profile",
      profile,
      "--commission",
      "5bps",
      "--slippage",
      "0.01/share",
      "--json"
    ];
    const [vector, event] = await Promise.all(
      ["vector", "event"].map(async (engine) => (await tearsheet([...words, "--engine", engine], {})).json())
    );
    expect(Object.keys(vector)).toEqual(Object.keys(event));
    expect(vector.engine).toBe("vector");
    expect(vector.run).not.toBe(event.run);
    expect(vector.equity).toHaveLength(300);
    for (const [i, [time, value]] of event.equity.entries()) {
      expect(vector.equity[i][0]).toBe(time);
      expect(Math.abs(vector.equity[i][1] / value - 1)).toBeLessThan(1e-9);
    }
    expect(vector.trades.length).toBe(event.trades.length);
    expect(vector.trades.length).toBeGreaterThan(10);
    for (const [i, {entryTime, exitTime, side}] of event.trades.entries())
      expect(vector.trades[i]).toMatchObject({entryTime, exitTime, side});
    for (const [id, value] of Object.entries<number | null>(event.metrics)) {
      if (value === null) expect(vector.metrics[id], id).toBeNull();
      else expect(Math.abs(vector.metrics[id] - value), id).toBeLessThan(1e-8 * Math.max(1, Math.abs(value)));
    }
  }
);

it("--profile backtesting.py prints metrics by that library's convention", async () => {
  const {json} = await tearsheet([...CROSS, "--profile", "backtesting.py", "--json"], {});
  const {metrics, conventions} = json();
  const {bars} = readBars(readFileSync(join(root, WALK), "utf8"), {symbol: "walk"});
  const run = runEvents(smaCross({fast: 5, slow: 20}), {bars: [bars], rules: PROFILES["backtesting.py"]});
  const record = {...run, cash: 10_000, benchmark: bars.close, warmUp: 19};
  expect(metrics).toEqual(metricValues(metricsOf(record, {profile: "backtesting.py"})));
  expect(metrics.sharpe).not.toBe(metricsOf(record).sharpe.value);
  expect(conventions.sharpe.convention).toBe("backtesting.py: (annual return - rf) / compounded volatility");
});

it.each([
  [["--strategy", "magic"], "unknown strategy: magic: there are sma-cross, buy-and-hold, momentum, breakout"],
  [["--set", "slow"], "invalid parameter: slow: write NAME=NUMBER"],
  [["--set", "fast=6"], "fast is set twice"],
  [["--set", "lookback=6"], "sma-cross has no parameter lookback: it has fast, slow"],
  [["--engine", "steam"], "unknown engine: steam: there are event, vector"],
  [["--profile", "mine"], "unknown profile: mine: there are default, backtesting.py, lean-daily"],
  [["--fill", "yesterday"], "unknown fill: yesterday: say next-open or same-close"],
  [["--cash", "0"], "invalid cash: 0: a number above zero"],
  [["--frequency", "x"], "invalid frequency: x: a number above zero"],
  [["--commission", "free"], "invalid cost: free: write 0.001, 5bps or 0.005/share"],
  [["--costs", "free"], "unknown costs: free: there are ibkr-fixed, ibkr-tiered, own"],
  [["--costs", "ibkr-fixed", "--market", "moon"], "unknown market: moon: there are us-stocks, europe-stocks"],
  [["--market", "forex"], "--market and --multiplier are of --costs ibkr-fixed or ibkr-tiered"],
  [["--spread", "wide"], "invalid cost: wide: write 0.001, 5bps or 0.005/share"],
  [["--impact", "linear"], "unknown impact: linear: there are volume-share, square-root"],
  [["--borrow", "-1"], "--borrow: Too small: expected number to be >=0"],
  [
    ["--costs", "ibkr-fixed", "--engine", "vector"],
    "the vector engine knows --commission and --slippage alone"
  ],
  [["--ladder", "--engine", "vector"], "--ladder is of the event engine"]
])("words that make no sense are a usage error: %j", async (words, message) => {
  const {code, stderr, stdout} = await tearsheet([...CROSS, ...words, "--json"], {});
  expect({code, stdout}).toEqual({code: 64, stdout: ""});
  expect(stderr).toContain(message);
});

it("a file that is not there, or has bars that make no sense, is told in a sentence", async () => {
  const {run, write} = desk();
  const missing = await run(["backtest", "--bars", "/nowhere.csv", "--strategy", "buy-and-hold"]);
  expect(missing).toMatchObject({code: 1, stderr: "no such file: /nowhere.csv\n"});
  const file = write("bad.csv", "date,open,high,low,close\n2025-01-01,1,1,1,1\n2025-01-01,1,1,1,1\n");
  const bad = await run(["backtest", "--bars", file, "--strategy", "buy-and-hold", "--json"]);
  expect(bad).toMatchObject({code: 2, stdout: ""});
  expect(bad.stderr).toBe(
    `${file}: line 3: time 2025-01-01T00:00:00.000Z is that of line 2 again: keep one of them\n`
  );
});

it("a constant series and a single row are backtests whose ratios are n/a with the reason", async () => {
  const {run, write} = desk();
  const rows = Array.from({length: 30}, (_, i) => `2025-01-${String(i + 1).padStart(2, "0")},5,5,5,5`);
  const header = "date,open,high,low,close";
  for (const count of [30, 1]) {
    const file = write("flat.csv", [header, ...rows.slice(0, count)].join("\n"));
    const {code, json} = await run(["backtest", "--bars", file, "--strategy", "buy-and-hold", "--json"]);
    expect(code).toBe(0);
    expect(json().metrics).toMatchObject({
      finalEquity: 10000,
      totalReturn: 0,
      sharpe: null,
      trades: count === 1 ? 0 : 1
    });
    expect(json().conventions.sharpe.reason).toBe(
      count === 1 ? "needs two returns or more: 0" : "the returns do not vary"
    );
  }
});

it("--costs ibkr-tiered takes IBKR's prices of the market, with the spread and the impact that are asked for", async () => {
  const words = [
    ...CROSS,
    "--spread",
    "abdi-ranaldo",
    "--impact",
    "square-root",
    "--borrow",
    "0.02",
    "--json"
  ];
  const {json} = await tearsheet(
    [...words, "--costs", "ibkr-tiered", "--market", "us-options", "--multiplier", "100"],
    {}
  );
  const {bars} = readBars(readFileSync(join(root, WALK), "utf8"), {symbol: "walk"});
  const costs = combineCosts(
    ibkrCosts({plan: "tiered", market: "us-options", multiplier: 100}),
    barSpread({estimator: "abdi-ranaldo", otherwise: parseRate("0")}),
    squareRootImpact(),
    borrowCost({rate: 0.02})
  );
  const run = runEvents(smaCross({fast: 5, slow: 20}), {bars: [bars], costs});
  expect(json().equity.map(([, value]: [string, number]) => value)).toEqual([...run.equity]);
  expect(json().metrics.finalEquity).toBeLessThan(10_000);
});

it("--costs own takes what the fills of the account cost, and says what of", async () => {
  const {run} = desk();
  const none = await run([...CROSS, "--costs", "own"]);
  expect(none.code).toBe(1);
  await run(["import", ACTIVITY]);
  const {code, json, stderr} = await run([...CROSS, "--costs", "own", "--json"]);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^own commission of \d+ orders of shares: [\d.]+ bps for a symbol that was never traded$/m
  );
  expect(stderr).toContain("own slippage is n/a and left out: pull bars");
  const bps = Number(/: ([\d.]+) bps/.exec(stderr)![1]);
  const [{commission, size, entryPrice, exitPrice}] = json().trades;
  expect((1e4 * commission) / (size * (entryPrice + exitPrice))).toBeCloseTo(bps, 2);
});

it("--ladder prints what each assumption takes away, which adds up exactly", async () => {
  const words = [...CROSS, "--costs", "ibkr-fixed", "--spread", "2bps", "--ladder"];
  const [shown, {json}] = await Promise.all([tearsheet(words, {}), tearsheet([...words, "--json"], {})]);
  const {ladder, equityDifference} = json();
  expect(ladder.map(({step}: {step: string}) => step)).toEqual([
    "ideal",
    "commission",
    "next-open",
    "spread"
  ]);
  const sum = ladder.reduce(
    (all: number, rung: {equityDifference: number}) => all + rung.equityDifference,
    0
  );
  expect(sum).toBe(equityDifference);
  expect(ladder.at(-1).finalEquity - ladder[0].finalEquity).toBe(equityDifference);
  for (const {step, finalEquity} of ladder)
    expect(shown.stdout).toMatch(new RegExp(`^${step} +${finalEquity.toFixed(2)} `, "m"));
});

it("an impact by volume of bars without volume is told in a sentence", async () => {
  const {run, write} = desk();
  const file = write("no-volume.csv", "date,open,high,low,close\n2025-01-01,5,5,5,5\n2025-01-02,5,5,5,5\n");
  const words = ["backtest", "--bars", file, "--strategy", "buy-and-hold", "--impact", "volume-share"];
  expect(await run(words)).toMatchObject({
    code: 1,
    stderr: "impact by volume needs volumes: no-volume has none at bar 1\n"
  });
});
