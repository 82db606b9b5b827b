/** Ledger, lots and returns of ten years, 50,000 trades and 30 accounts, from nothing, in a worker of Chromium. */
import {openBrowserWorker} from "./browser-worker.js";
import type {WorkerRun} from "./worker-entry.js";

const RUNS = 5;

const {page, ask, close} = await openBrowserWorker("worker-entry.ts");
try {
  const runs: WorkerRun[] = [];
  for (let n = 0; n < RUNS; ++n) runs.push((await ask("run")) as WorkerRun); // as the worker posts it
  const bytes = await page.evaluate<number>(
    "performance.measureUserAgentSpecificMemory().then(({bytes}) => bytes)"
  );
  report(runs, bytes);
} finally {
  await close();
}

function report(runs: readonly WorkerRun[], bytes: number): void {
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
  const totals = runs.map(({steps}) => Object.values(steps).reduce((sum, step) => sum + step, 0));
  const names = Object.keys(runs[0].steps);
  const parts = names.map((name) => `${name} ${median(runs.map(({steps}) => steps[name])).toFixed(0)}`);
  console.log(
    `${runs[0].accounts} accounts, ${runs[0].trades} trades in ten years, in the browser's worker: ${median(totals).toFixed(0)} ms, median of ${RUNS} (${parts.join(", ")}), the first ${totals[0].toFixed(0)} ms; ${(bytes / 2 ** 20).toFixed(0)} MB`
  );
}
