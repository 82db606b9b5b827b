import {once} from "node:events";
import {expect, it} from "vitest";
import {randomWalk} from "../../bench/backtest/walk.js";
import {begin, desk, ended, tearsheet} from "./terminal.js";

const WALK = "test/data/bars/walk.csv";
const SWEEP = [
  "sweep",
  "--bars",
  WALK,
  "--strategy",
  "sma-cross",
  "--set",
  "fast=5:15:5",
  "--set",
  "slow=10,20"
];

it("tearsheet sweep --json prints every combination as backtest gives it, the best by the metric", async () => {
  const costs = ["--commission", "5bps", "--slippage", "0.01/share"];
  const {code, json} = await tearsheet([...SWEEP, ...costs, "--metric", "totalReturn", "--json"], {});
  const {symbols, combinations, refused, parameters} = json();
  expect(code).toBe(0);
  expect({combinations, refused, parameters}).toEqual({
    combinations: 6,
    refused: {count: 2, reason: "fast is not below slow: 10, 10"},
    parameters: {fast: [5, 10, 15], slow: [10, 20]}
  });
  const [{symbol, bars, cells, best}] = symbols;
  expect({symbol, bars, count: cells.length}).toEqual({symbol: "walk", bars: 300, count: 6});
  for (const {parameters: chosen, ...cell} of cells) {
    if (chosen.fast >= chosen.slow) {
      expect(cell).toEqual({totalReturn: null, sharpe: null, maxDrawdown: null, trades: null});
      continue;
    }
    const set = ["--set", `fast=${chosen.fast}`, "--set", `slow=${chosen.slow}`];
    const one = await tearsheet(
      ["backtest", "--bars", WALK, "--strategy", "sma-cross", ...set, ...costs, "--json"],
      {}
    );
    const {metrics} = one.json();
    for (const name of ["totalReturn", "sharpe", "maxDrawdown", "trades"])
      expect(cell[name], name).toBeCloseTo(metrics[name], 10);
    expect(cell.totalReturn).toBeLessThanOrEqual(best.totalReturn);
  }
});

it("--costs own takes what the fills of the account cost, as backtest does", async () => {
  const {run} = desk();
  expect((await run([...SWEEP, "--costs", "own"])).code).toBe(1);
  await run(["import", "test/data/flex/activity.xml"]);
  const costs = ["--costs", "own", "--json"];
  const [swept, one] = [
    await run([...SWEEP, ...costs]),
    await run([
      "backtest",
      "--bars",
      WALK,
      "--strategy",
      "sma-cross",
      "--set",
      "fast=5",
      "--set",
      "slow=20",
      ...costs
    ])
  ];
  expect(swept.stderr).toMatch(/^own commission of \d+ orders of shares: [\d.]+ bps/m);
  const {cells} = swept.json().symbols[0];
  const cell = cells.find(
    ({parameters}: {parameters: object}) => Object.values(parameters).join() === "5,20"
  );
  expect(cell.totalReturn).toBeCloseTo(one.json().metrics.totalReturn, 10);
  const free = (await run([...SWEEP, "--json"])).json().symbols[0].cells;
  expect(cell.totalReturn).toBeLessThan(free[cells.indexOf(cell)].totalReturn);
});

it("--threads changes nothing but the time", async () => {
  const words = [...SWEEP, "--json"];
  const [alone, threaded] = await Promise.all([
    tearsheet(words, {}),
    tearsheet([...words, "--threads", "2"], {})
  ]);
  expect(threaded.code).toBe(0);
  expect(threaded.stdout).toBe(alone.stdout);
});

it("Ctrl-C ends a sweep, with a sentence and exit code 130", async () => {
  const {write} = desk();
  const {time, open, high, low, close} = randomWalk({seed: 1, length: 20_000, move: 0.01});
  const rows = [...time].map((at, i) =>
    [new Date(at).toISOString(), open[i], high[i], low[i], close[i]].join()
  );
  const file = write("long.csv", ["date,open,high,low,close", ...rows].join("\n"));
  const axes = ["--set", "fast=1:500", "--set", "slow=501:1000"];
  for (const threads of [[], ["--threads", "1"]]) {
    const child = begin(["sweep", "--bars", file, "--strategy", "sma-cross", ...axes, ...threads], {});
    const end = ended(child);
    await once(child.stderr!, "data");
    child.kill("SIGINT");
    const {code, stdout, stderr} = await end;
    expect({code, stdout}).toEqual({code: 130, stdout: ""});
    expect(stderr).toMatch(/^sma-cross: 250000 backtests in \d+ parts\nthe sweep was cancelled\n$/);
  }
});

it.each([
  [["--set", "fast=3"], "fast is set twice"],
  [
    ["--set", "lookback=6"],
    "sma-cross has no parameter lookback: it has fast, slow, stop, target, trail, hold"
  ],
  [["--metric", "luck"], "unknown metric: luck: there are sharpe, totalReturn, maxDrawdown, trades"],
  [["--strategy", "buy-and-hold"], "buy-and-hold cannot be swept: there are sma-cross, momentum, breakout"],
  [["--set", "x=9:1"], "invalid parameter: x=9:1: write NAME=FROM:TO:STEP or NAME=A,B,C"],
  [["--set", "x=1:9:0"], "invalid parameter: x=1:9:0: write NAME=FROM:TO:STEP or NAME=A,B,C"],
  [["--set", "x=1,,2"], "invalid parameter: x=1,,2: write NAME=FROM:TO:STEP or NAME=A,B,C"],
  [["--bars", WALK, WALK], "a symbol comes twice"],
  [["--top", "none"], "invalid top: none: a number above zero"]
])("words that make no sense are a usage error: %j", async (words, message) => {
  const {code, stderr, stdout} = await tearsheet([...SWEEP, ...words, "--json"], {});
  expect({code, stdout, stderr}).toEqual({code: 64, stdout: "", stderr: `${message}\n`});
});

it("a million combinations are refused with the reason", async () => {
  const axes = ["--set", "fast=1:1000", "--set", "slow=1:1000"];
  const {code, stderr} = await tearsheet(["sweep", "--bars", WALK, "--strategy", "sma-cross", ...axes], {});
  expect({code, stderr}).toEqual({
    code: 64,
    stderr: "1000000 combinations are too many: at most 250000, take larger steps\n"
  });
});
