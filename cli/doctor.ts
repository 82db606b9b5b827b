import {existsSync} from "node:fs";
import {access, constants} from "node:fs/promises";
import {dirname, join} from "node:path";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {pathOf, type Store} from "../bridge/store/open.js";
import {readFiles, readLedger} from "../bridge/store/read.js";
import {ConfigError, type Config} from "../config.js";
import {createFigures} from "../lib/ledger/figures.js";
import {siteIsFresh} from "../scripts/site.js";
import {openLake} from "../loaders/lake/lake.js";
import {readMeetings} from "../loaders/meetings.js";
import {VENDORS} from "../loaders/vendors/index.js";
import {demoLakeDir} from "./demo-place.js";
import {EXIT} from "./exit.js";
import {contextOf} from "./figures.js";
import {flexJob, flexSettings, nextPullSentence} from "./flex.js";
import {lakeHealth} from "./lake.js";
import {isForPeople, printJson} from "./output.js";
import {readSectors} from "./sectors.js";
import {openToRead, placeOf} from "./store.js";

interface Check {
  what: "settings" | "store" | "sectors" | "data" | "flex" | "lake" | "site";
  status: "ok" | "warning" | "error";
  /** What is, and what to do where that is not well. */
  sentence: string;
}

interface DoctorFlags {
  demo?: true;
  json?: true;
}

/** `tearsheet doctor`: checks settings, store, data, Flex and site; exit 1 when something is wrong. */
export async function doctor(load: () => Config, {demo, json}: DoctorFlags): Promise<void> {
  const checks: Check[] = [];
  for await (const check of checkAll(load, demo ?? false)) checks.push(check);
  if (json) printJson({checks});
  else
    for (const {what, status, sentence} of checks)
      process.stdout.write(`${status.padEnd(8)}${what.padEnd(10)}${sentence}\n`);
  if (checks.some(({status}) => status === "error")) process.exitCode = EXIT.failed;
}

async function* checkAll(load: () => Config, demo: boolean): AsyncGenerator<Check> {
  let config: Config;
  try {
    config = load();
    yield {what: "settings", status: "ok", sentence: "all settings are well formed"};
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const sentence of error.problems) yield {what: "settings", status: "error", sentence};
    return;
  }
  yield* checkStore(config, demo);
  yield* checkLake(config, demo);
  const fresh = await siteIsFresh();
  const sentence = fresh ? "the pages are built" : "the pages are built at the next start";
  yield {what: "site", status: fresh ? "ok" : "warning", sentence};
}

/** What the lake holds, how its last pulls went, and whether the person's own list of meetings is understood. */
async function* checkLake(config: Config, demo: boolean): AsyncGenerator<Check> {
  const dir = demo ? demoLakeDir(config) : config.LAKE_DIR;
  const {problem} = readMeetings(join(placeOf(config, demo).folder, "meetings.csv"));
  if (!existsSync(dir)) {
    if (problem !== null) yield {what: "lake", status: "warning", sentence: problem};
    return;
  }
  const lake = openLake(dir, {now: () => new Date(), vendors: VENDORS});
  try {
    const {status, message} = lakeHealth(await lake.catalog(), problem);
    yield {what: "lake", status: status === "degraded" ? "warning" : "ok", sentence: message};
  } finally {
    lake.close();
  }
}

async function* checkStore(config: Config, demo: boolean): AsyncGenerator<Check> {
  const {url, folder} = placeOf(config, demo);
  if (!existsSync(pathOf(url))) {
    const sentence = `there is no ${demo ? "demo" : "store"} yet in ${folder}: ${demo ? "start the desk once" : "import a statement"}`;
    yield {what: "store", status: "warning", sentence};
    return;
  }
  const home = dirname(pathOf(url));
  if (!(await isWritable(home))) {
    const sentence = `the folder may not be written: ${home}: give yourself the right to write it`;
    yield {what: "store", status: "error", sentence};
    return;
  }
  let store: Store | undefined;
  try {
    store = await openToRead(config, demo);
    yield* checkData(store, folder, demo);
    if (!demo) yield* checkFlex(store, config);
  } catch (error) {
    if (!isForPeople(error)) throw error;
    yield {what: "store", status: "error", sentence: error.message};
  } finally {
    store?.close();
  }
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function* checkData(store: Store, folder: string, demo: boolean): AsyncGenerator<Check> {
  const files = readFiles(store);
  const count = `${files.length} file${files.length === 1 ? "" : "s"}`;
  yield {what: "store", status: "ok", sentence: `${count} in ${store.path}`};
  const {problem} = readSectors(join(folder, "sectors.csv"));
  if (problem) yield {what: "sectors", status: "warning", sentence: problem};
  const context = contextOf(store, folder, demo);
  const {findings} = createFigures(readLedger(store, null, {positions: "latest"}), context).health({});
  for (const {severity, sentence, next} of findings) {
    if (severity === "info") yield {what: "data", status: "ok", sentence};
    else yield {what: "data", status: severity, sentence: `${sentence}: ${next}`};
  }
}

/** How the Flex queries stand, as the last pull left it, and which boxes they lack. */
async function* checkFlex(store: Store, config: Config): AsyncGenerator<Check> {
  const parts = {store, pool: new ImportPool(config.DB_URL), now: () => new Date(), log: () => undefined};
  const job = flexJob(flexSettings(config), parts);
  const {configured, message, lastError, stale, queries, nextPull} = await job.status();
  const well = configured && !lastError && !stale;
  yield {
    what: "flex",
    status: well ? "ok" : lastError && configured ? "error" : "warning",
    sentence: message
  };
  if (nextPull) yield {what: "flex", status: "ok", sentence: nextPullSentence(nextPull)};
  for (const {id, missing} of configured ? queries : [])
    for (const {section, box, why, severity} of missing)
      yield {
        what: "flex",
        status: severity === "needed" ? "warning" : "ok",
        sentence: `query ${id} lacks ${section} > ${box}: ${why}`
      };
}
