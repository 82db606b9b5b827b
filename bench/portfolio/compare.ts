/**
 * Compares covariances, portfolios, views and whole shares with scikit-learn, PyPortfolioOpt and skfolio on random returns:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/portfolio/compare.ts [COUNT]
 */
import {spawnSync} from "node:child_process";
import {fileURLToPath} from "node:url";
import {blackLitterman, impliedReturns} from "../../lib/portfolio/black-litterman.js";
import {allocateGreedily} from "../../lib/portfolio/discrete-allocation.js";
import {compoundReturns} from "../../lib/portfolio/expected-returns.js";
import {hierarchicalRiskParity} from "../../lib/portfolio/objectives/hierarchical.js";
import {maximizeSharpe} from "../../lib/portfolio/objectives/max-sharpe.js";
import {minimizeShortfall} from "../../lib/portfolio/objectives/min-cvar.js";
import {minimizeVolatility} from "../../lib/portfolio/objectives/min-volatility.js";
import {riskParity} from "../../lib/portfolio/objectives/risk-parity.js";
import {optimize} from "../../lib/portfolio/solver/optimize.js";
import {
  constantCorrelation,
  exponentialCovariance,
  ledoitWolf,
  oracleApproximating,
  sampleCovariance
} from "../../lib/risk/covariance/index.js";
import {principalComponents} from "../../lib/risk/principal-components.js";
import {streamStates, Xoshiro} from "../../lib/risk/simulation/xoshiro.js";
import {normal} from "../../lib/risk/simulation/ziggurat.js";

interface Case {
  returns: Float64Array[];
  current: Float64Array;
  prices: Float64Array;
  value: number;
}

const SCRIPT = fileURLToPath(new URL("../peers/portfolio.py", import.meta.url));

/** Over the largest number of a kind. Of skfolio's cones weights are good to this, of PyPortfolioOpt's to more. */
const toleranceOf = (name: string) => {
  if (/MeanRisk|RiskBudgeting/.test(name)) return 5e-5;
  return /min_|max_/.test(name) ? 1e-7 : 1e-11;
};

/** Assets that share a few causes, one scale each; held at random. */
function randomCase(seed: number): Case {
  const random = new Xoshiro();
  random.start(streamStates(seed, 1, 2));
  const [assets, causes, rows] = [3 + (seed % 7), 1 + (seed % 3), 60 + 17 * (seed % 20)];
  const loadings = Array.from({length: assets * causes}, () => normal(random));
  const returns = Array.from({length: assets}, () => new Float64Array(rows));
  for (let t = 0; t < rows; ++t) {
    const common = Array.from({length: causes}, () => normal(random));
    for (const [a, column] of returns.entries()) {
      const shared = common.reduce((sum, cause, c) => sum + cause * loadings[a * causes + c], 0);
      column[t] = 0.0005 * (a + 1) + 0.006 * (1 + a / 3) * (shared + normal(random));
    }
  }
  const held = returns.map(() => 0.1 + Math.abs(normal(random)));
  const sum = held.reduce((all, weight) => all + weight, 0);
  return {
    returns,
    current: Float64Array.from(held, (weight) => weight / sum),
    prices: Float64Array.from(returns, () => Math.round(100 * (5 + 200 * Math.abs(normal(random)))) / 100),
    value: 10_000 * (1 + (seed % 5))
  };
}

function figuresOf({returns, current, prices, value}: Case): Record<string, ArrayLike<number>> {
  const assets = returns.map((_, i) => `A${i}`);
  const expected = compoundReturns(returns);
  const covariance = sampleCovariance(returns).values.map((each) => 252 * each);
  const base = {assets, expected, covariance};
  const limits = {sum: 1, lower: 0, upper: 1};
  const components = principalComponents(returns, {of: "covariance"});
  if ("reason" in components) throw new Error(components.reason);
  const prior = impliedReturns(covariance, current, {riskAversion: 2.5, riskFree: 0.02});
  const views = blackLitterman({assets, covariance, expected: prior}, [
    {assets: {A0: 1}, expected: 0.1, confidence: 0.3},
    {assets: {A1: 1, A2: -1}, expected: 0.03, confidence: 0.8}
  ]);
  const allocation = allocateGreedily({assets, weights: current, prices, value});
  const safest = minimizeVolatility({...base, limits}).weights;
  const hierarchical = hierarchicalRiskParity(assets, covariance);
  return {
    "scikit-learn ledoit_wolf": ledoitWolf(returns).values,
    "scikit-learn oas": oracleApproximating(returns).values,
    "scikit-learn PCA": components.variances,
    "PyPortfolioOpt constant_correlation": constantCorrelation(returns).values,
    "PyPortfolioOpt exp_cov": exponentialCovariance(returns, {span: 60}).values,
    "PyPortfolioOpt bl_returns": views.expected,
    "PyPortfolioOpt bl_cov": views.covariance,
    "PyPortfolioOpt greedy_portfolio": [...allocation.shares, allocation.cash],
    "PyPortfolioOpt min_volatility": safest,
    "PyPortfolioOpt min_volatility, L2": minimizeVolatility({...base, l2: 0.1, limits}).weights,
    "PyPortfolioOpt min_volatility, cost": minimizeVolatility({...base, turnoverCost: 0.001, current, limits})
      .weights,
    "PyPortfolioOpt max_sharpe": maximizeSharpe({...base, riskFree: 0.02, limits}).weights,
    "PyPortfolioOpt max_quadratic_utility": optimize({
      ...base,
      riskAversion: 20,
      limits: {sum: 1, lower: -0.2, upper: 0.4}
    }).weights,
    "PyPortfolioOpt min_cvar": [minimizeShortfall({assets, returns, limits}).objective],
    "PyPortfolioOpt HRPOpt": hierarchical,
    "skfolio MeanRisk, variance": safest,
    "skfolio RiskBudgeting": riskParity({assets, covariance}).weights,
    "skfolio HierarchicalRiskParity": hierarchical
  };
}

const count = Number(process.argv[2] ?? 60);
const cases = Array.from({length: count}, (_, seed) => randomCase(seed));
const {stdout, status, stderr} = spawnSync("python3", [SCRIPT], {
  input: JSON.stringify(
    cases.map(({returns, current, prices, value}) => ({
      returns: returns.map((column) => [...column]),
      current: [...current],
      prices: [...prices],
      value
    }))
  ),
  encoding: "utf8",
  maxBuffer: 2 ** 30
});
if (status !== 0) throw new Error(stderr);
const peer = JSON.parse(stdout) as {versions: Record<string, string>; results: Record<string, number[]>[]}; // the script prints it
console.log(
  Object.entries(peer.versions)
    .map((pair) => pair.join(" "))
    .join(", ")
);
const worst = new Map<string, {gap: number; cases: number; seed: number}>();
for (const [seed, one] of cases.entries()) {
  const ours = figuresOf(one);
  for (const [name, values] of Object.entries(peer.results[seed])) {
    const seen = worst.get(name) ?? {gap: 0, cases: 0, seed};
    ++seen.cases;
    const largest = Math.max(...values.map(Math.abs));
    for (const [at, theirs] of values.entries()) {
      const gap = Math.abs(ours[name][at] - theirs) / largest;
      if (!(gap <= seen.gap)) [seen.gap, seen.seed] = [gap, seed];
    }
    worst.set(name, seen);
  }
}
for (const [name, {gap, cases: compared, seed}] of worst) {
  const agrees = gap <= toleranceOf(name);
  console.log(
    `${name}: ${compared} of ${count} cases, largest difference ${gap.toExponential(1)} of ${toleranceOf(name)}${agrees ? "" : ` in case ${seed}  DIFFERS`}`
  );
  if (!agrees) process.exitCode = 1;
}
