/**
 * Compares VaR, CVaR, principal components, clusters and regressions with numpy, skfolio, scikit-learn, scipy and
 * statsmodels on random returns:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/risk/compare.ts [COUNT]
 */
import {spawnSync} from "node:child_process";
import {fileURLToPath} from "node:url";
import {clusterCorrelations} from "../../lib/risk/cluster/correlation-clusters.js";
import {correlationMatrix} from "../../lib/risk/correlation.js";
import {historicalRisk} from "../../lib/risk/portfolio-risk.js";
import {principalComponents} from "../../lib/risk/principal-components.js";
import {regress} from "../../lib/risk/regression.js";
import {streamStates, Xoshiro} from "../../lib/risk/simulation/xoshiro.js";
import {normal} from "../../lib/risk/simulation/ziggurat.js";
import {percentileReturn} from "../../lib/risk/value-at-risk.js";

type Figures = Record<string, readonly number[]>;

const SCRIPT = fileURLToPath(new URL("../peers/risk.py", import.meta.url));
const TOLERANCE = 1e-8;

/** Assets that share a few causes, one scale each. */
function randomReturns(seed: number): Float64Array[] {
  const random = new Xoshiro();
  random.start(streamStates(seed, 0, 1));
  const [assets, causes, rows] = [3 + (seed % 9), 1 + (seed % 3), 40 + 13 * (seed % 40)];
  const loadings = Array.from({length: assets * causes}, () => normal(random));
  const columns = Array.from({length: assets}, () => new Float64Array(rows));
  for (let t = 0; t < rows; ++t) {
    const common = Array.from({length: causes}, () => normal(random));
    for (const [a, column] of columns.entries()) {
      const shared = common.reduce((sum, cause, c) => sum + cause * loadings[a * causes + c], 0);
      column[t] = 0.01 * (1 + a / 3) * (shared + normal(random));
    }
  }
  return columns;
}

function figuresOf(columns: Float64Array[]): Figures {
  const assets = columns.length;
  const equal = new Float64Array(assets).fill(1 / assets);
  const portfolio = columns[0].map((_, t) => columns.reduce((sum, column) => sum + column[t] / assets, 0));
  const risk = (measure: "var" | "cvar") =>
    historicalRisk(equal, {history: columns, measure, tail: 1 - 0.9371}).value ?? NaN;
  const components = principalComponents(columns, {of: "covariance"});
  if ("reason" in components) throw new Error(components.reason);
  const {merges, order} = clusterCorrelations(correlationMatrix(columns));
  const factors = Object.fromEntries(columns.slice(1).map((column, i) => [`factor ${i}`, column]));
  const [plain, robust] = [
    regress(columns[0], factors),
    regress(columns[0], factors, {errors: "hac", lags: 5})
  ];
  if ("reason" in plain || "reason" in robust) throw new Error("no regression");
  return {
    percentile: [percentileReturn(portfolio).value ?? NaN],
    valueAtRisk: [risk("var")],
    conditionalValueAtRisk: [risk("cvar")],
    variances: [...components.variances],
    loadings: [...components.loadings],
    heights: merges.map(({distance}) => distance),
    order,
    coefficients: plain.coefficients.map(({value}) => value),
    errors: plain.coefficients.map(({standardError}) => standardError),
    hac: robust.coefficients.map(({standardError}) => standardError),
    p: plain.coefficients.map(({p}) => p ?? NaN)
  };
}

const count = Number(process.argv[2] ?? 80);
const cases = Array.from({length: count}, (_, seed) => randomReturns(seed));
const {stdout, status, stderr} = spawnSync("python3", [SCRIPT], {
  input: JSON.stringify(cases.map((columns) => columns.map((column) => [...column]))),
  encoding: "utf8",
  maxBuffer: 2 ** 30
});
if (status !== 0) throw new Error(stderr);
const peer = JSON.parse(stdout) as {versions: Record<string, string>; results: Figures[]}; // the script prints it
console.log(
  Object.entries(peer.versions)
    .map((pair) => pair.join(" "))
    .join(", ")
);

const worst = new Map<string, {gap: number; numbers: number}>();
for (const [i, columns] of cases.entries()) {
  const ours = figuresOf(columns);
  for (const [name, values] of Object.entries(peer.results[i])) {
    const seen = worst.get(name) ?? {gap: 0, numbers: 0};
    for (const [at, expected] of values.entries()) {
      const gap = Math.abs(ours[name][at] - expected) / Math.max(1, Math.abs(expected));
      seen.gap = gap <= seen.gap ? seen.gap : gap;
      ++seen.numbers;
    }
    worst.set(name, seen);
  }
}
for (const [name, {gap, numbers}] of worst) {
  const agrees = gap <= TOLERANCE;
  console.log(
    `${name}: ${numbers} numbers, largest difference ${gap.toExponential(1)}${agrees ? "" : "  DIFFERS"}`
  );
  if (!agrees) process.exitCode = 1;
}
