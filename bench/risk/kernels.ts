/**
 * A Monte Carlo simulation beside numpy and a Ledoit-Wolf covariance beside scikit-learn, medians of seven rounds in turn,
 * one thread each:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/risk/kernels.ts
 */
import {deviation, mean, median} from "d3-array";
import {simulateByKernel} from "../../lib/kernels/monte-carlo.kernel.js";
import {ledoitWolf} from "../../lib/risk/covariance/ledoit-wolf.js";
import {streamStates, Xoshiro} from "../../lib/risk/simulation/xoshiro.js";
import {normal} from "../../lib/risk/simulation/ziggurat.js";
import {startPeer} from "../peer.js";

const ROUNDS = 7;
const PATHS = 20_000;

const assets = 10;
const covariance = Float64Array.from({length: assets * assets}, (_, at) => (at % (assets + 1) ? 3e-5 : 1e-4));
const model = {kind: "normal", mean: new Float64Array(assets).fill(3e-4), covariance} as const;
const values = new Float64Array(assets).fill(0.1);

/** 2,520 days of 500 assets that share a cause. */
function returns(): Float64Array[] {
  const random = new Xoshiro();
  random.start(streamStates(7, 0, 1));
  const common = Float64Array.from({length: 2520}, () => normal(random));
  return Array.from({length: 500}, () => common.map((cause) => 0.01 * (0.5 * cause + normal(random))));
}

await compare(
  `${PATHS} paths of 252 days and ${assets} assets`,
  "monte-carlo",
  1.2,
  {values: [...values], mean: [...model.mean], covariance: [...covariance], periods: 252, paths: PATHS},
  () => {
    const {terminal, drawdown} = simulateByKernel({values, model, paths: PATHS, periods: 252, seed: 1});
    return [mean(terminal)!, deviation(terminal)!, mean(drawdown)!];
  }
);
const columns = returns();
await compare(
  "Ledoit-Wolf of 500 assets and 2,520 days",
  "ledoit-wolf",
  0.4,
  {columns: columns.map((each) => [...each])},
  () => {
    const {values: estimate, shrinkage} = ledoitWolf(columns);
    return [shrinkage ?? NaN, estimate[0], estimate[1]];
  }
);

/** Prints both medians and what both found. */
async function compare(
  what: string,
  name: string,
  goal: number,
  job: unknown,
  run: () => number[]
): Promise<void> {
  const ask = startPeer<{found: number[]}>("kernels.py", name, job);
  const [ours, theirs]: [number[], number[]] = [[], []];
  const found = run();
  let told = "";
  for (let round = 0; round < ROUNDS; ++round) {
    const begun = performance.now();
    run();
    ours.push(performance.now() - begun);
    const answer = await ask();
    if ("missing" in answer) {
      console.log(`${what}: not compared: ${answer.missing}`);
      return;
    }
    theirs.push(1000 * answer.seconds);
    told = `${answer.version}; found ${answer.found.map((value) => value.toPrecision(6)).join(", ")}`;
  }
  const [own, peer] = [median(ours)!, median(theirs)!]; // a round or more
  console.log(
    `${what}: ours ${own.toFixed(0)} ms, found ${found.map((value) => value.toPrecision(6)).join(", ")}`
  );
  console.log(`  ${peer.toFixed(0)} ms, ${(peer / own).toFixed(2)} times ours (goal ${goal}): ${told}`);
}
