import {expect, it} from "vitest";
import {PROFILES} from "../../../lib/backtest/contract.js";
import {proportionalCosts} from "../../../lib/backtest/costs/costs.js";
import {runEvents} from "../../../lib/backtest/event/engine.js";
import {metricsOf} from "../../../lib/backtest/metrics/metrics.js";
import {smaCross} from "../../../lib/backtest/strategies/sma-cross.js";
import {efficientFrontier} from "../../../lib/portfolio/objectives/efficient-frontier.js";
import {estimatePrices} from "../../../lib/portfolio/estimate-prices.js";
import {optimizePrices} from "../../../lib/portfolio/optimize-prices.js";
import {clusterCorrelations} from "../../../lib/risk/cluster/correlation-clusters.js";
import {correlationMatrix} from "../../../lib/risk/correlation.js";
import {sampleCovariance} from "../../../lib/risk/covariance/index.js";
import {factorExposures} from "../../../lib/risk/factor-exposures.js";
import {mean} from "../../../lib/risk/moments.js";
import {historicalRisk, normalRisk} from "../../../lib/risk/portfolio-risk.js";
import {principalComponents} from "../../../lib/risk/principal-components.js";
import {simulate} from "../../../lib/risk/simulation/simulate.js";
import {historicalScenarios} from "../../../lib/risk/stress/episode-scenario.js";
import {stress} from "../../../lib/risk/stress/stress.js";
import {runTask, TaskInputError} from "../../../lib/tasks/index.js";
import {bars, history, prices, returnsOf} from "./examples.js";

const columns = (lists: readonly (readonly number[])[]) => lists.map((list) => Float64Array.from(list));
const returns = columns(history.returns);
const values = Float64Array.of(100, -40, 60);
const table = {...prices, prices: columns(prices.prices)};

it("backtest is the event engine and its metrics", () => {
  const [time, open, high, low, close, volume] = columns([
    bars.time,
    bars.open,
    bars.high,
    bars.low,
    bars.close,
    bars.volume
  ]);
  const own = {symbol: "A", currency: "USD", time, open, high, low, close, volume};
  const costs = proportionalCosts({
    commission: {of: "value", rate: 0.001},
    slippage: {of: "value", rate: 0.0005}
  });
  const result = runEvents(smaCross({fast: 3, slow: 8}), {bars: [own], cash: 5000, costs});
  const output = runTask("backtest", {
    bars: [bars],
    strategy: "sma-cross",
    parameters: {fast: 3, slow: 8},
    cash: 5000,
    costs: {commission: "0.001", slippage: "5bps"}
  });
  expect(output.trades).toEqual(result.trades);
  expect(output.equity).toEqual(result.equity);
  expect(output.metrics).toEqual(metricsOf({...result, cash: 5000, benchmark: close}));
  expect(Math.min(...output.drawdown)).toBeCloseTo(output.metrics.maxDrawdown.value!, 12);
  expect(output.rules).toEqual(PROFILES.default);
});

it("backtest of several symbols has no benchmark", () => {
  const input = {bars: [bars, {...bars, symbol: "B"}], strategy: "buy-and-hold"};
  const {benchmark, trades} = runTask("backtest", input);
  expect(benchmark).toBeNull();
  expect(trades.map(({symbol}) => symbol).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(["A", "B"]);
});

it("optimize is optimizePrices", () => {
  const options = {objective: "max-sharpe" as const, bounds: [0, 0.6] as [number, number]};
  expect(runTask("optimize", {prices, options})).toEqual(optimizePrices(table, options));
});

it("frontier is efficientFrontier, beside each asset alone and what is held", () => {
  const {expected, covariance} = estimatePrices(table);
  const limits = {lower: 0, upper: 1, sum: 1};
  const direct = efficientFrontier({assets: prices.assets, expected, covariance, limits}, {points: 7});
  const output = runTask("frontier", {prices, points: 7, current: {A: 1}});
  expect(output.points.map(({weights}) => weights)).toEqual(direct.map(({solution}) => solution.weights));
  expect(output.alone[0].expectedReturn.value).toBe(expected[0]);
  expect(output.current).toEqual(output.alone[0]);
});

it("monteCarlo is simulate, its paths in one list however many parts there are", () => {
  const input = {history, values: [100, 40, 60], cash: 10, paths: 11_000, periods: 6, seed: 7, points: 3};
  const model = {
    kind: "normal" as const,
    mean: Float64Array.from(returns, mean),
    covariance: sampleCovariance(returns).values
  };
  const direct = simulate({
    values: Float64Array.of(100, 40, 60),
    cash: 10,
    model,
    paths: 11_000,
    periods: 6,
    seed: 7,
    checkpoints: [2, 4, 6]
  });
  const output = runTask("monteCarlo", input);
  expect(output.terminal).toEqual(direct.terminal);
  expect(output.drawdown).toEqual(direct.drawdown);
  expect(output.start).toBe(210);
  expect(output.fan.map(({period}) => period)).toEqual([2, 4, 6]);
});

it("monteCarlo leaves periods without all returns out, and says how many", () => {
  const gap = history.returns.map((list, i) => (i === 0 ? list.with(3, NaN) : list));
  const {estimate, warnings} = runTask("monteCarlo", {
    history: {...history, returns: gap.map((list) => Float64Array.from(list))},
    values: [1, 1, 1],
    model: "block-bootstrap",
    paths: 10,
    periods: 2
  });
  expect(estimate.observations).toBe(299);
  expect(warnings).toEqual(["1 periods without a return of every asset were left out"]);
});

it("factorAnalysis is factorExposures and principalComponents", () => {
  const market = returnsOf(300, 1.9);
  const output = runTask("factorAnalysis", {history, values, factors: {market}, errors: "ols"});
  const held = history.assets.map((symbol, i) => ({symbol, value: values[i], returns: returns[i]}));
  expect(output.exposures).toEqual(
    factorExposures(held, {market: Float64Array.from(market)}, {errors: "ols"})
  );
  expect(output.components).toEqual(principalComponents(returns, {of: "correlation"}));
  expect(runTask("factorAnalysis", {history}).exposures).toBeNull();
});

it("stressTest is stress in each scenario, history's first", () => {
  const holdings = [
    {symbol: "A", value: 1000, currency: "USD", class: "STK"},
    {symbol: "USD cash", value: 500, currency: "USD", class: "CASH"}
  ];
  const own = {
    id: "mine",
    name: "Mine",
    shocks: [{kind: "symbol" as const, key: "A", change: -0.5}],
    rest: "unchanged" as const
  };
  const output = runTask("stressTest", {holdings, base: "USD", historical: ["lehman"], scenarios: [own]});
  const lehman = historicalScenarios().find(({id}) => id === "lehman")!;
  expect(output.scenarios).toEqual([lehman, own]);
  expect(output.results).toEqual([lehman, own].map((each) => stress(holdings, each, {base: "USD"})));
  expect(output.results[1].gain).toEqual({value: -500});
});

it("correlation is correlationMatrix and its clusters", () => {
  const matrix = correlationMatrix(returns);
  const output = runTask("correlation", {history, method: "ward"});
  expect(output.matrix).toEqual(matrix);
  expect(output.clusters).toEqual(clusterCorrelations(matrix, {method: "ward"}));
});

it("risk is historicalRisk and normalRisk of VaR and CVaR", () => {
  const output = runTask("risk", {history, values, tail: 0.1});
  const moments = {mean: Float64Array.from(returns, mean), covariance: sampleCovariance(returns).values};
  for (const [measure, found] of [
    ["var", output.valueAtRisk],
    ["cvar", output.conditionalValueAtRisk]
  ] as const) {
    expect(found.historical).toEqual(historicalRisk(values, {history: returns, measure, tail: 0.1}));
    expect(found.normal).toEqual(normalRisk(values, {...moments, measure, tail: 0.1}));
  }
  expect(output.gains[0]).toBeCloseTo(
    values.reduce((sum, value, i) => sum + value * returns[i][0], 0),
    12
  );
});

it.each([
  ["backtest", {bars: [], strategy: "momentum"}, "bars: there are no bars"],
  ["backtest", {bars: [bars], strategy: "magic"}, /^unknown strategy: magic: there are sma-cross/],
  ["backtest", {bars: [bars], strategy: "momentum"}, "momentum needs lookback"],
  ["backtest", {bars: [bars], strategy: "buy-and-hold", cash: 0}, /^cash: /],
  [
    "backtest",
    {bars: [bars], strategy: "buy-and-hold", costs: {commission: "much"}},
    /^costs.commission: invalid cost: much/
  ],
  [
    "backtest",
    {bars: [{...bars, low: [1]}], strategy: "buy-and-hold"},
    "bars.0: A has 1 values of low, but 301 times"
  ],
  ["optimize", {prices, options: {objective: "hrp", sum: 2}}, "options: hrp takes no sum but 1"],
  [
    "optimize",
    {prices: {...prices, assets: ["A", "A", "C"]}, options: {objective: "hrp"}},
    "prices: two assets are named A"
  ],
  ["frontier", {prices, bounds: [1, 0]}, "bounds: the least weight is above the most"],
  ["monteCarlo", {history, values: [1]}, "1 values for 3 assets"],
  [
    "monteCarlo",
    {history, values: [1, 1, 1], paths: 1e6, periods: 1e4},
    /^1000000 paths at 52 points are more than/
  ],
  [
    "factorAnalysis",
    {history, factors: {market: [1]}},
    "factor market has 1 returns, but there are 300 periods"
  ],
  ["stressTest", {holdings: [], base: "USD"}, "holdings: nothing is held"],
  [
    "stressTest",
    {holdings: [{symbol: "A", value: 1, currency: "USD", class: "STK"}], base: "USD", historical: ["y2k"]},
    /^unknown episode: y2k: there are black-monday/
  ],
  [
    "correlation",
    {history: {assets: ["A", "B"], returns: [[0], [0, 1]]}},
    "history: B has 2 values, but there are 1 returns of the first"
  ],
  ["risk", {history, values, tail: 1}, /^tail: /],
  ["risk", {history, values, colour: "red"}, /colour/]
] as const)("%s refuses wrong input at the door, in a sentence (%#)", (name, given, message) => {
  const refused = () => runTask(name, given);
  expect(refused).toThrow(TaskInputError);
  expect(refused).toThrow(message);
});

it("backtest names the bar that makes no sense, and one row is enough", () => {
  const wrong = {...bars, low: bars.low.with(4, 1e6)};
  expect(() => runTask("backtest", {bars: [wrong], strategy: "buy-and-hold"})).toThrow(
    /^invalid bar 4 of A: /
  );
  const one = {symbol: "A", time: [0], open: [1], high: [1], low: [1], close: [1]};
  const {equity, metrics} = runTask("backtest", {bars: [one], strategy: "buy-and-hold"});
  expect(equity).toEqual(Float64Array.of(10_000));
  expect(metrics.sharpe.value).toBeNull();
});
