/** Each kernel in a worker of Chromium beside the same in Node, medians of seven rounds in turn. */
import {median} from "d3-array";
import {openBrowserWorker} from "./browser-worker.js";
import {kernelJobs, type KernelRound, timed} from "./kernels/jobs.js";

const ROUNDS = 7;

const {version, ask, close} = await openBrowserWorker("kernels/entry.ts");
try {
  console.log(`${version} beside Node ${process.version}, one thread each, medians of ${ROUNDS} in turn`);
  for (const [place, job] of kernelJobs().entries()) {
    const inChromium = async () => (await ask(String(place))) as KernelRound; // as the worker posts it
    timed(job);
    await inChromium();
    const rounds: {node: KernelRound; chromium: KernelRound}[] = [];
    for (let round = 0; round < ROUNDS; ++round)
      rounds.push({node: timed(job), chromium: await inChromium()});
    const [node, chromium] = (["node", "chromium"] as const).map(
      (side) => median(rounds, (each) => each[side].ms)! // a round or more
    );
    const [{node: ours, chromium: theirs}] = rounds;
    const apart = Math.abs(theirs.found - ours.found) / Math.abs(ours.found);
    console.log(
      `${job.name}: Chromium ${chromium.toFixed(1)} ms, Node ${node.toFixed(1)} ms, ${(chromium / node).toFixed(2)} times Node's; found ${apart === 0 ? "the same" : `${apart.toExponential(1)} apart`}`
    );
  }
} finally {
  await close();
}
