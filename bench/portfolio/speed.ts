/**
 * Times mean-variance with turnover's cost and a gross limit beside cvxpy with OSQP and with Clarabel, in turns:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/portfolio/speed.ts [N…]
 */
import {spawn} from "node:child_process";
import {once} from "node:events";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {optimize} from "../../lib/portfolio/solver/optimize.js";
import type {PortfolioProblem} from "../../lib/portfolio/solver/problem.js";
import {sampleCovariance} from "../../lib/risk/covariance/index.js";
import {streamStates, Xoshiro} from "../../lib/risk/simulation/xoshiro.js";
import {normal} from "../../lib/risk/simulation/ziggurat.js";

const SCRIPT = fileURLToPath(new URL("../peers/mean_variance.py", import.meta.url));
const ROUNDS = 7;

/** Calls that are not counted: a machine compiles what it runs often. */
const WARM = 30;

let printed = "";
const SOLVERS = ["CLARABEL", "OSQP"];

interface Answer {
  solver: string;
  status: string;
  total: number;
  solve: number;
  weights: number[];
}

/** Assets that share ten causes, 2,520 days; held now at random, shorts among them. */
function problemOf(n: number, riskAversion: number): PortfolioProblem {
  const random = new Xoshiro();
  random.start(streamStates(n, 0, 1));
  const loadings = Array.from({length: n * 10}, () => 0.003 * normal(random));
  const columns = Array.from({length: n}, () => new Float64Array(2520));
  for (let t = 0; t < 2520; ++t) {
    const causes = Array.from({length: 10}, () => normal(random));
    for (const [i, column] of columns.entries())
      column[t] =
        0.01 * normal(random) + causes.reduce((sum, cause, c) => sum + cause * loadings[i * 10 + c], 0);
  }
  const column = (of: () => number) => Float64Array.from({length: n}, of);
  const held = column(() => Math.max(0, normal(random)));
  const sum = held.reduce((all, weight) => all + weight, 0);
  return {
    assets: columns.map((_, i) => `A${i}`),
    expected: column(() => 0.06 + 0.05 * normal(random)),
    covariance: sampleCovariance(columns).values.map((value) => 252 * value),
    riskAversion,
    turnoverCost: 0.002,
    current: held.map((weight) => weight / sum),
    limits: {sum: 1, lower: -0.1, upper: 0.1, gross: 1.5}
  };
}

/** What is maximized, and the largest violation of a limit. */
function worthOf(
  {expected, covariance, riskAversion, current, limits}: PortfolioProblem,
  weights: ArrayLike<number>
) {
  const n = weights.length;
  let [value, sum, gross, violation] = [0, 0, 0, 0];
  for (let i = 0; i < n; ++i) {
    let covarying = 0;
    for (let j = 0; j < n; ++j) covarying += covariance[i * n + j] * weights[j];
    value +=
      (expected![i] - (riskAversion / 2) * covarying) * weights[i] -
      0.002 * Math.abs(weights[i] - current![i]);
    sum += weights[i];
    gross += Math.abs(weights[i]);
    violation = Math.max(violation, Math.abs(weights[i]) - 0.1);
  }
  return {value, violation: Math.max(violation, Math.abs(sum - 1), gross - (limits.gross as number))};
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
const ms = (values: readonly number[]) => median(values).toFixed(1).padStart(8);

async function compare(n: number, aversion: number): Promise<void> {
  const problem = problemOf(n, aversion);
  const peer = spawn("python3", [SCRIPT], {stdio: ["pipe", "pipe", "inherit"]});
  const lines = createInterface(peer.stdout)[Symbol.asyncIterator]();
  const next = async () => {
    const {value, done} = await lines.next();
    if (done) throw new Error("the peer ended");
    return JSON.parse(value) as unknown;
  };
  const {expected, covariance, current, riskAversion, limits} = problem;
  const plain = {expected: [...expected!], covariance: [...covariance], current: [...current!], riskAversion};
  peer.stdin.write(
    `${JSON.stringify({...plain, cost: 0.002, least: -0.1, most: 0.1, gross: limits.gross})}\n`
  );
  const versions = JSON.stringify(await next());
  if (versions !== printed) console.log((printed = versions));

  const ours: number[] = [];
  const theirs = new Map(SOLVERS.map((solver) => [solver, {solve: [] as number[], total: [] as number[]}]));
  const answers = new Map<string, Answer>();
  const began = performance.now();
  let solution = optimize(problem);
  const cold = performance.now() - began;
  for (let call = 0; call < WARM; ++call) optimize(problem);
  for (let round = 0; round < ROUNDS; ++round) {
    const started = performance.now();
    solution = optimize(problem);
    ours.push(performance.now() - started);
    for (const solver of SOLVERS) {
      peer.stdin.write(`${solver}\n`);
      const answer = (await next()) as Answer; // the script prints it
      answers.set(solver, answer);
      theirs.get(solver)!.solve.push(answer.solve);
      theirs.get(solver)!.total.push(answer.total);
    }
  }
  peer.stdin.end();
  await once(peer, "exit");

  const {value, violation} = worthOf(problem, solution.weights);
  const held = solution.weights.filter((weight) => weight !== 0).length;
  const kkt = solution.certificate.kkt.toExponential(0);
  console.log(
    `n = ${n}, risk aversion ${aversion}, ${held} held: ours ${ms(ours)} ms (first call ${cold.toFixed(0)}), KKT ${kkt}, off a limit by ${violation.toExponential(0)}`
  );
  for (const [solver, {solve, total}] of theirs) {
    const {weights, status} = answers.get(solver)!;
    const their = worthOf(problem, weights);
    const apart = Math.abs(their.value / value - 1);
    console.log(
      `  cvxpy ${solver.padEnd(8)}: solver ${ms(solve)} ms (${(median(solve) / median(ours)).toFixed(1)}x), ` +
        `total ${ms(total)} ms (${(median(total) / median(ours)).toFixed(1)}x), ${status}, objective apart by ` +
        `${apart.toExponential(0)}, off a limit by ${their.violation.toExponential(0)}`
    );
  }
}

const sizes = process.argv.slice(2).map(Number);
console.log(`node ${process.version}, one thread`);
for (const n of sizes.length ? sizes : [50, 200, 500])
  for (const aversion of [5, 100]) await compare(n, aversion);
