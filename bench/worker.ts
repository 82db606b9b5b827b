/** Ledger, lots and returns of ten years, 50,000 trades and 30 accounts, from nothing, in a worker of Chromium. */
import {createServer} from "node:http";
import {once} from "node:events";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {build} from "esbuild";
import {chromium} from "playwright-core";
import {root} from "../config.js";
import {CHROMIUM_FLAGS, findChromium} from "../scripts/browser.js";
import type {WorkerRun} from "./worker-entry.js";

const RUNS = 5;

const {outputFiles} = await build({
  entryPoints: [join(root, "bench/worker-entry.ts")],
  bundle: true,
  format: "iife",
  write: false
});
const files = new Map([
  ["/", {type: "text/html", body: "<!doctype html><title>bench</title>"}],
  ["/worker.js", {type: "text/javascript", body: outputFiles[0].text}]
]);
// isolated, so that the browser tells how much memory the page and its worker take
const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp"
};
const server = createServer(({url}, reply) => {
  const file = files.get(url ?? "");
  reply.writeHead(file ? 200 : 404, {...isolated, "Content-Type": file?.type ?? "text/plain"});
  reply.end(file?.body);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const browser = await chromium.launch({executablePath: findChromium() ?? "", args: CHROMIUM_FLAGS});
try {
  const page = await browser.newPage();
  await page.addInitScript("globalThis.__name = (named) => named"); // tsx names the functions handed over
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`); // it listens on a port
  const {runs, bytes} = await page.evaluate(async (count) => {
    const worker = new Worker("/worker.js");
    const answer = () =>
      new Promise<unknown>((done, fail) => {
        worker.onmessage = ({data}) => done(data);
        worker.onerror = ({message}) => fail(new Error(message));
      });
    await answer();
    const runs: unknown[] = [];
    for (let n = 0; n < count; ++n) {
      const next = answer();
      worker.postMessage("run");
      runs.push(await next);
    }
    const {bytes} = await (
      performance as unknown as {measureUserAgentSpecificMemory(): Promise<{bytes: number}>}
    ).measureUserAgentSpecificMemory(); // Chromium has it
    return {runs, bytes};
  }, RUNS);
  report(runs as WorkerRun[], bytes); // as the worker posts them
} finally {
  await browser.close();
  server.close();
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
