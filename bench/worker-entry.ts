/** Runs in a worker of the browser: the ledger's figures from nothing, of 30 accounts. */
import {createFigures} from "../lib/ledger/figures.js";
import {lotsOf} from "../lib/ledger/lots/lots-of.js";
import {rollOf} from "../lib/ledger/roll/roll.js";
import {CONTEXT, sampleLedger} from "./ledger-sample.js";

export interface WorkerRun {
  trades: number;
  accounts: number;
  steps: Record<string, number>;
}

const first = sampleLedger({trades: 50_000, accounts: 30, positions: 4});

self.addEventListener("message", () => {
  const ledger = {...first}; // a ledger of its own: nothing is known of it yet
  const figures = createFigures(ledger, CONTEXT);
  const steps: Record<string, number> = {};
  const time = (name: string, work: () => unknown) => {
    const start = performance.now();
    work();
    steps[name] = performance.now() - start;
  };
  time("ledger", () => rollOf(ledger));
  time("lots", () => lotsOf(ledger, {method: "fifo"}));
  time("returns", () => figures.performance({}));
  const run: WorkerRun = {trades: first.trades.length, accounts: first.coverage.length, steps};
  self.postMessage(run);
});
self.postMessage("ready");
