import {access, constants} from "node:fs/promises";
import {dirname, join} from "node:path";
import {readBenchmark} from "../bridge/store/benchmarks.js";
import {readChanges, readFiles, readLedger} from "../bridge/store/read.js";
import {openStore, pathOf} from "../bridge/store/open.js";
import {ConfigError, type Config} from "../config.js";
import {createFigures} from "../lib/ledger/figures.js";
import {siteIsFresh} from "../scripts/site.js";
import {demoDir, demoUrl} from "./demo.js";
import {printJson} from "./output.js";
import {readSectors} from "./sectors.js";

interface Check {
  what: string;
  status: "ok" | "warning" | "error";
  sentence: string;
}

/** `tearsheet doctor`: checks settings, store, data and site; exit 1 when something is wrong. */
export async function doctor(load: () => Config, {demo, json}: {demo?: true; json?: true}): Promise<void> {
  const checks: Check[] = [];
  const check = (what: string, status: Check["status"], sentence: string) =>
    checks.push({what, status, sentence});
  let config: Config | undefined;
  try {
    config = load();
    check("settings", "ok", "all settings are well formed");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) check("settings", "error", problem);
  }
  if (config) {
    await checkStore(config, demo ?? false, check);
    const set = config.FLEX_TOKEN && config.FLEX_QUERY_IDS.length;
    check(
      "flex",
      set ? "ok" : "warning",
      set
        ? `queries ${config.FLEX_QUERY_IDS.join(", ")} are fetched daily`
        : "no Flex query is set up: see guides/flex-query-setup.md"
    );
  }
  const fresh = await siteIsFresh();
  check(
    "site",
    fresh ? "ok" : "warning",
    fresh ? "the pages are built" : "the pages are built at the next start"
  );
  if (json) printJson(checks);
  else
    for (const {what, status, sentence} of checks)
      process.stdout.write(`${status.padEnd(8)}${what.padEnd(10)}${sentence}\n`);
  if (checks.some(({status}) => status === "error")) process.exitCode = 1;
}

async function checkStore(
  config: Config,
  demo: boolean,
  check: (what: string, status: Check["status"], sentence: string) => void
): Promise<void> {
  const url = demo ? demoUrl(config) : config.DB_URL;
  const folder = demo ? demoDir(config) : config.DATA_DIR;
  try {
    await access(pathOf(url));
  } catch {
    check("store", "warning", `there is no store yet in ${folder}: import a statement`);
    return;
  }
  try {
    await access(dirname(pathOf(url)), constants.W_OK);
    const store = await openStore({url, readonly: true});
    const files = readFiles(store);
    check("store", "ok", `${files.length} files in ${store.path}`);
    const {sectors, problem} = readSectors(join(folder, "sectors.csv"));
    if (problem) check("sectors", "warning", problem);
    const context = {
      now: new Date().toISOString(),
      mode: demo ? ("demo" as const) : ("real" as const),
      benchmark: demo ? readBenchmark(store, "Demo 500") : null,
      sectors,
      changes: readChanges(store),
      files,
      failures: []
    };
    const {findings} = createFigures(readLedger(store, null, {positions: "latest"}), context).health({});
    for (const {severity, sentence, next} of findings)
      check("data", severity === "info" ? "ok" : severity, `${sentence}: ${next}`);
    store.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    check("store", "error", error.message);
  }
}
