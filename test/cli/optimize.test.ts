import {expect, it} from "vitest";
import {desk, tearsheet} from "./terminal.js";

const FIVE = ["optimize", "--prices", "test/data/prices/five.csv", "--frequency", "52"];

it.each([
  ["min-volatility", []],
  ["max-sharpe", ["--risk-free", "0.02", "--bounds", "-0.2,0.6", "--gross", "1.3"]],
  ["quadratic-utility", ["--risk-aversion", "5", "--l2", "0.1"]],
  ["min-cvar", ["--missing", "drop", "--gross", "1"]],
  ["risk-parity", ["--missing", "drop", "--covariance", "ledoit-wolf"]]
])("optimize --objective %s --json prints weights with their proof", async (objective, words) => {
  const {code, stdout, stderr, json} = await tearsheet(
    [...FIVE, "--objective", objective, ...words, "--json"],
    {}
  );
  expect({code, stderr}).toEqual({code: 0, stderr: ""});
  expect(Object.keys(JSON.parse(stdout)).slice(0, 5)).toEqual([
    "weights",
    "return",
    "volatility",
    "sharpe",
    "certificate"
  ]);
  const {weights, certificate, volatility, sharpe, reasons} = json();
  expect(Object.keys(weights)).toEqual(["BOND", "WORLD", "GOLD", "TECH", "SMALL"]);
  expect(Object.values<number>(weights).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  expect(certificate).toMatchObject({status: "optimal", conflicts: []});
  expect(certificate.kkt).toBeLessThanOrEqual(1e-8);
  expect(certificate.gap).toBeLessThanOrEqual(1e-8);
  expect(volatility).toBeGreaterThan(0);
  expect(sharpe).toBeTypeOf("number");
  expect(reasons).toEqual({});
});

it("optimize --objective hrp has nothing to prove, and says why", async () => {
  const {code, json} = await tearsheet([...FIVE, "--objective", "hrp", "--json"], {});
  expect(code).toBe(0);
  expect(json().certificate).toEqual({
    status: "optimal",
    kkt: null,
    gap: null,
    primal: null,
    dual: null,
    conflicts: []
  });
  expect(json().reasons.kkt).toBe("hierarchical risk parity is a rule, not an optimum");
});

it("optimize with limits that conflict names them and exits with 1", async () => {
  const {code, stderr, json} = await tearsheet(
    [...FIVE, "--objective", "min-volatility", "--bounds", "0,0.1", "--json"],
    {}
  );
  expect({code, stderr}).toEqual({code: 1, stderr: ""});
  expect(json()).toMatchObject({
    weights: {},
    return: null,
    volatility: null,
    sharpe: null,
    certificate: {
      status: "infeasible",
      kkt: null,
      gap: null,
      conflicts: ["every weight is 0.1 or less", "the weights sum to 1"]
    }
  });
});

it("optimize counts turnover from a file, or from the same of each", async () => {
  const {run, write} = desk();
  const words = [...FIVE, "--objective", "min-volatility", "--turnover", "10", "--json"];
  const held = write("held.json", '{"GOLD": 0.5, "TECH": 0.5}');
  const kept = await run([...words, "--current", held]);
  expect(kept.json().weights).toEqual({BOND: 0, WORLD: 0, GOLD: 0.5, TECH: 0.5, SMALL: 0});
  const equal = await run([...words, "--current", "equal"]);
  expect(Object.values(equal.json().weights)).toEqual(
    [0.2, 0.2, 0.2, 0.2, 0.2].map((w) => expect.closeTo(w, 12))
  );
});

it.each([
  [["--objective", "hrp", "--bounds", "0,0.5"], 64, "hrp takes no bounds"],
  [["--objective", "max-sharpe", "--l2", "0.1"], 64, "max-sharpe takes no penalty"],
  [["--objective", "luck"], 64, "unknown objective: luck: there are min-volatility, max-sharpe"],
  [
    ["--objective", "hrp", "--covariance", "guess"],
    64,
    "unknown covariance: guess: there are sample, ledoit-wolf"
  ],
  [["--objective", "hrp", "--bounds", "0"], 64, "invalid bounds: 0: write LEAST,MOST"],
  [["--objective", "hrp", "--frequency", "0"], 64, "invalid frequency: 0"],
  [["--objective", "min-volatility", "--turnover", "-1"], 64, "invalid turnover: -1: a cost, zero or more"],
  [["--objective", "min-volatility", "--turnover", "1"], 64, "turnover needs the current weights"],
  [["--objective", "min-cvar"], 1, "min-cvar needs rows without blanks: 21 rows have one"],
  [
    ["--objective", "min-volatility", "--turnover", "1", "--current", "none.json"],
    1,
    "no such file: none.json"
  ]
])("optimize %j exits with %i: %s", async (words, expected, sentence) => {
  const {code, stdout, stderr} = await tearsheet([...FIVE, ...words], {});
  expect({code, stdout}).toEqual({code: expected, stdout: ""});
  expect(stderr).toContain(sentence);
  expect(stderr.split("\n").filter((line) => line && !line.startsWith("(--help"))).toHaveLength(1);
});

it("optimize refuses a file of prices with its line, and one of weights that are none", async () => {
  const {run, write} = desk();
  const prices = write("prices.csv", "date,A,B\n2025-01-01,1,2\n2025-01-02,-1,2\n2025-01-03,1,2\n");
  const bad = await run(["optimize", "--prices", prices, "--objective", "hrp"]);
  expect(bad).toMatchObject({
    code: 2,
    stdout: "",
    stderr: `${prices}: line 3: price -1 of A: a price is a number above zero\n`
  });
  const held = write("held.json", '{"GOLD": "much"}');
  const words = [...FIVE, "--objective", "min-volatility", "--turnover", "1", "--current", held];
  expect(await run(words)).toMatchObject({
    code: 2,
    stderr: `${held}: current weights are written as {"ASSET": weight}\n`
  });
  const stranger = write("stranger.json", '{"MARS": 1}');
  expect(await run([...words.slice(0, -1), stranger])).toMatchObject({
    code: 1,
    stderr: "a current weight of an unknown asset: MARS: there are BOND, WORLD, GOLD, TECH, SMALL\n"
  });
});
