/** From a click to figures: Portfolio on a ten-year account of 50,000 trades, in Chromium, through the bridge. */
import {spawn} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {setTimeout} from "node:timers/promises";
import {chromium} from "playwright-core";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {openStore} from "../bridge/store/open.js";
import {childEnvironment, root} from "../config.js";
import {CHROMIUM_FLAGS, findChromium} from "../scripts/browser.js";
import {writeFlexFile} from "./flex-file.js";

const RUNS = 5;

/** The net asset value stands there, and nothing on the page is still on its way. */
const INTERACTIVE = () => {
  const main = document.querySelector("main");
  return (
    main !== null &&
    /\d[\d,]{3,}\.\d\d/.test(main.textContent ?? "") &&
    !main.querySelector("[aria-busy=true]")
  );
};

const folder = mkdtempSync(join(tmpdir(), "tearsheet-bench-"));
const url = `sqlite:///${join(folder, "tearsheet.db")}`;
await writeFlexFile(join(folder, "statement.xml"), {trades: 50_000});
(await openStore({url})).close();
const pool = new ImportPool(url);
await pool.importFile({name: "statement.xml", path: join(folder, "statement.xml")});
await pool.close();

const bridge = spawn(process.execPath, ["cli/tearsheet.js", "start", "--json"], {
  cwd: root,
  env: childEnvironment({DATA_DIR: folder, PORT: "0", LOG_LEVEL: "silent"}),
  stdio: ["ignore", "pipe", "ignore"]
});
const browser = await chromium.launch({
  executablePath: findChromium() ?? "",
  args: CHROMIUM_FLAGS
});
try {
  const lines = createInterface({input: bridge.stdout})[Symbol.asyncIterator]();
  let text = "";
  while (!text.trimEnd().endsWith("}")) text += (await lines.next()).value;
  const {url: address, token} = JSON.parse(text) as {url: string; token: string}; // the contract of start --json
  while (
    (await fetch(`${address}/api/accounts`, {headers: {authorization: `Bearer ${token}`}})).status !== 200
  )
    await setTimeout(200);

  const times: number[] = [];
  for (let run = 0; run < RUNS; ++run) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    const page = await context.newPage();
    await page.goto(`${address}/health`);
    const start = performance.now();
    await page.goto(`${address}/?token=${token}`, {waitUntil: "commit"});
    await page.waitForFunction(INTERACTIVE, undefined, {polling: 20});
    times.push((performance.now() - start) / 1000);
    await context.close();
  }
  const median = times.toSorted((a, b) => a - b)[RUNS >> 1];
  console.log(
    `Portfolio of 50,000 trades in ten years, cold browser profile: ${median.toFixed(2)} s to figures, median of ${RUNS} (${times.map((time) => time.toFixed(2)).join(", ")})`
  );
} finally {
  await browser.close();
  bridge.kill();
  rmSync(folder, {recursive: true, force: true});
}
