/**
 * Compares the solver's objectives with Clarabel's on random and degenerate problems, or writes Clarabel's as a golden:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/portfolio/solver.ts [COUNT]
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/portfolio/solver.ts --golden SEED… > test/reference/solver.json
 */
import {spawnSync} from "node:child_process";
import {fileURLToPath} from "node:url";
import {optimize} from "../../lib/portfolio/solver/optimize.js";
import {randomProblem} from "../../test/lib/portfolio/solver/problems.js";
import {plain} from "./plain.js";

interface Peer {
  versions: Record<string, string>;
  /** `objective` null where Clarabel gives up. */
  results: {objective: number | null}[];
}

const SCRIPT = fileURLToPath(new URL("../peers/solver.py", import.meta.url));
const TOLERANCE = 1e-6;

function askClarabel(seeds: readonly number[]): Peer {
  const {stdout, status, stderr} = spawnSync("python3", [SCRIPT], {
    input: JSON.stringify(seeds.map((seed) => plain(randomProblem(seed).problem))),
    encoding: "utf8",
    maxBuffer: 2 ** 30
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Peer; // the script prints it
}

const [first, ...rest] = process.argv.slice(2);
if (first === "--golden") {
  const seeds = rest.map(Number);
  const {versions, results} = askClarabel(seeds);
  const objectives = seeds.map((seed, k) => ({seed, objective: results[k].objective}));
  const source =
    "bench/portfolio/solver.ts --golden: problems of test/lib/portfolio/solver/problems.ts by Clarabel";
  console.log(JSON.stringify({source, versions, objectives}, undefined, 2));
} else {
  const seeds = Array.from({length: Number(first ?? 1000)}, (_, seed) => seed);
  const {versions, results} = askClarabel(seeds);
  console.log(Object.entries(versions).flat().join(" "));
  let [solved, agreed] = [0, 0];
  for (const [k, seed] of seeds.entries()) {
    const {drawn, problem} = randomProblem(seed);
    const theirs = results[k].objective;
    const {objective, certificate} = optimize(problem);
    if (theirs === null) {
      console.log(`Clarabel gives up: ${drawn}`);
      continue;
    }
    ++solved;
    const apart = Math.abs(objective - theirs) / Math.max(Math.abs(objective), 1e-6);
    if (apart <= TOLERANCE) ++agreed;
    else console.log(`${objective} and ${theirs}, our KKT ${certificate.kkt.toExponential(0)}: ${drawn}`);
  }
  console.log(`of ${seeds.length} problems Clarabel solves ${solved}, ${agreed} agree to ${TOLERANCE}`);
}
