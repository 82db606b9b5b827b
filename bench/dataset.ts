/** From a click to a chart: a dataset of a million rows, in Chromium, through the bridge, its database already open. */
import {spawn} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {setTimeout} from "node:timers/promises";
import {chromium, type Page} from "playwright-core";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {openStore} from "../bridge/store/open.js";
import {childEnvironment, root} from "../config.js";
import {openLake} from "../loaders/lake/lake.js";
import {CHROMIUM_FLAGS, findChromium} from "../scripts/browser.js";
import {writeFlexFile} from "./flex-file.js";
import {LAST_DAY, sampleBars} from "./lake-sample.js";

const RUNS = 5;
const BRUSHES = 5;

const folder = mkdtempSync(join(tmpdir(), "tearsheet-bench-"));
const lakeDir = join(folder, "lake");
const url = `sqlite:///${join(folder, "tearsheet.db")}`;
await writeFlexFile(join(folder, "statement.xml"), {trades: 100});
(await openStore({url})).close();
const pool = new ImportPool(url);
await pool.importFile({name: "statement.xml", path: join(folder, "statement.xml")});
await pool.close();
const id = {provider: "bench", kind: "bars", frequency: "1d"} as const;
const lake = openLake(lakeDir, {now: () => new Date(`${LAST_DAY}T22:00:00Z`)});
await lake.write("clean", {...id, universe: "large"}, sampleBars(400, 2500));
await lake.write("clean", {...id, universe: "small"}, sampleBars(1, 100));
lake.close();

const bridge = spawn(process.execPath, ["cli/tearsheet.js", "start", "--json"], {
  cwd: root,
  env: childEnvironment({DATA_DIR: folder, LAKE_DIR: lakeDir, PORT: "0", LOG_LEVEL: "silent"}),
  stdio: ["ignore", "pipe", "ignore"]
});
const browser = await chromium.launch({executablePath: findChromium() ?? "", args: CHROMIUM_FLAGS});
try {
  const lines = createInterface({input: bridge.stdout})[Symbol.asyncIterator]();
  let text = "";
  while (!text.trimEnd().endsWith("}")) {
    const {value, done} = await lines.next();
    if (done) throw new Error("the desk ended before it was ready: start it with --json to see why");
    text += value;
  }
  const {url: address, token} = JSON.parse(text) as {url: string; token: string}; // the contract of start --json
  const headers = {authorization: `Bearer ${token}`};
  while ((await fetch(`${address}/api/accounts`, {headers})).status !== 200) await setTimeout(200);

  const [fresh, kept, brushed]: number[][] = [[], [], []];
  for (let run = 0; run < RUNS; ++run) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    for (const times of [fresh, kept]) {
      const page = await context.newPage();
      await page.goto(`${address}/?token=${token}`, {waitUntil: "commit"});
      await page.goto(`${address}/data#market`, {waitUntil: "networkidle"});
      await open(page, "small", "100 rows");
      times.push(await open(page, "large", "2,500 rows"));
      if (times === kept) brushed.push(await brush(page));
      await page.close();
    }
    await context.close();
  }
  console.log(
    `a million bars, the database open, click to chart: ${said(fresh)}; kept by the browser from before: ${said(kept)}`
  );
  console.log(`a brush over a histogram, to the count of the rows that pass: ${said(brushed)}`);
} finally {
  await browser.close();
  bridge.kill();
  rmSync(folder, {recursive: true, force: true});
}

/** Clicks a dataset in the catalog; returns the seconds until the chart of its first symbol is drawn. */
async function open(page: Page, universe: string, rows: string): Promise<number> {
  const row = page.getByRole("grid", {name: "Datasets"}).locator("tbody tr", {hasText: universe}).first();
  await row.waitFor();
  await page.evaluate(() => document.addEventListener("click", () => performance.mark("click"), true));
  await row.click();
  await page.waitForFunction(
    (words) => {
      const card = document.querySelector(".lake-dataset:not([aria-busy])");
      const isDrawn =
        card?.querySelector(".lake-chart svg path[d]") &&
        card.querySelector(".shown-range")?.textContent?.includes(words);
      if (isDrawn) performance.mark("drawn");
      return isDrawn;
    },
    rows,
    {polling: 10}
  );
  const seconds = await page.evaluate(
    () =>
      (performance.getEntriesByName("drawn").at(-1)!.startTime -
        performance.getEntriesByName("click").at(-1)!.startTime) /
      1000
  );
  await page.waitForFunction((large) => {
    const status = document.querySelector(".lake-dataset .table-bar [role=status]")?.textContent ?? "";
    return large ? status === "1,000,000 rows" : /^\d+ rows$/.test(status);
  }, universe === "large");
  return seconds;
}

/** Moves the choice of one histogram by a bin, some times; returns the median seconds to the new count. */
async function brush(page: Page): Promise<number> {
  const slider = page.getByRole("slider", {name: "Filter volume"});
  await slider.focus();
  const times: number[] = [];
  for (let n = 0; n < BRUSHES; ++n) {
    await page.evaluate(() => {
      const status = document.querySelector(".lake-dataset .table-bar [role=status]")!;
      const told = new Promise<number>((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          resolve(performance.now());
        }).observe(status, {childList: true, characterData: true, subtree: true});
      });
      Object.assign(window, {told});
      addEventListener("keydown", () => performance.mark("brushed"), {once: true, capture: true});
    });
    await page.keyboard.press("ArrowRight");
    const seconds = page.evaluate(
      async () =>
        ((await (window as unknown as {told: Promise<number>}).told) - // set above
          performance.getEntriesByName("brushed").at(-1)!.startTime) /
        1000
    );
    times.push(await seconds);
    await setTimeout(1500);
  }
  return median(times);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function said(times: readonly number[]): string {
  return `${median(times).toFixed(2)} s, median of ${times.length} (${times.map((time) => time.toFixed(2)).join(", ")})`;
}
