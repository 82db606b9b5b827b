/** A worker in a page of Chromium, for measurements: bundled, served from here, asked from Node. */
import {once} from "node:events";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {build} from "esbuild";
import {chromium, type Page} from "playwright-core";
import {root} from "../config.js";
import {CHROMIUM_FLAGS, findChromium} from "../scripts/browser.js";

/** A worker that answers each message with one. */
export interface BrowserWorker {
  page: Page;
  /** Name and version of the browser. */
  version: string;
  ask: (message: string) => Promise<unknown>;
  close: () => Promise<void>;
}

/** Isolated, so that the browser tells time to 5 us, and how much memory the page and its worker take. */
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp"
};

/**
 * Opens a page with a worker, which posts once when it is ready.
 * @param entry its source, in bench/
 */
export async function openBrowserWorker(entry: string): Promise<BrowserWorker> {
  const {outputFiles} = await build({
    entryPoints: [join(root, "bench", entry)],
    bundle: true,
    format: "iife",
    write: false
  });
  const files = new Map([
    ["/", {type: "text/html", body: "<!doctype html><title>bench</title>"}],
    ["/worker.js", {type: "text/javascript", body: outputFiles[0].text}]
  ]);
  const server = createServer(({url}, reply) => {
    const file = files.get(url ?? "");
    reply.writeHead(file ? 200 : 404, {...ISOLATED, "Content-Type": file?.type ?? "text/plain"});
    reply.end(file?.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const browser = await chromium.launch({executablePath: findChromium() ?? "", args: CHROMIUM_FLAGS});
  const close = async () => {
    await browser.close();
    server.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`); // it listens on a port
    await page.evaluate(`new Promise((done, fail) => {
      globalThis.worker = new Worker("/worker.js");
      worker.onmessage = done;
      worker.onerror = ({message}) => fail(new Error(message));
    }).then(() => undefined)`);
    const ask = (message: string) =>
      page.evaluate<unknown>(`new Promise((done, fail) => {
        worker.onmessage = ({data}) => done(data);
        worker.onerror = ({message}) => fail(new Error(message));
        worker.postMessage(${JSON.stringify(message)});
      })`);
    return {page, version: `Chromium ${browser.version()}`, ask, close};
  } catch (error) {
    await close();
    throw error;
  }
}
