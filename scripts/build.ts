/** `npm run build`: the static site in dist/. */
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import {loadConfig, readEnvironment, root} from "../config.js";
import {finishSite} from "./finish-site.js";
import {makeDemo} from "./make-demo.js";
import {prepareSite} from "./prepare-site.js";
import {dist, frameworkBuild, type SiteBuild, siteIsFresh, siteSources} from "./site.js";

const config = loadConfig(readEnvironment());
const {SNAPSHOT_ACCOUNTS} = config;
const work = join(root, "src/.observablehq");
const next = join(work, "dist");
const last = join(work, "dist-before");

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => ending.abort(new Error(`ended by ${signal}`)));

await locked(join(work, "build.lock"), async (waited) => {
  if (waited && (await siteIsFresh())) return;
  const sources = await siteSources();
  if (SNAPSHOT_ACCOUNTS.length === 0) await makeDemo(config);
  await prepareSite();
  await framework();
  finishSite(next);
  writeFileSync(
    join(next, "build.json"),
    `${JSON.stringify({sources, accounts: SNAPSHOT_ACCOUNTS} satisfies SiteBuild)}\n`
  );
  rmSync(last, {recursive: true, force: true});
  renameIfThere(dist, last);
  renameSync(next, dist);
  rmSync(last, {recursive: true, force: true});
});

if (SNAPSHOT_ACCOUNTS.length) {
  console.log(
    `\x1b[31mdist/ holds real accounts: ${SNAPSHOT_ACCOUNTS.join(", ")}: whoever can read it can read them\x1b[0m`
  );
}

async function framework(): Promise<void> {
  const config = join(work, "build.config.js");
  writeFileSync(
    config,
    `import config from "../../observablehq.config.ts";\nexport default {...config, output: "src/.observablehq/dist"};\n`
  );
  await frameworkBuild(config, {log: console.log, signal: ending.signal});
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Runs the task while no other process builds; tells it whether one had to be waited for. */
async function locked(file: string, task: (waited: boolean) => Promise<void>): Promise<void> {
  mkdirSync(work, {recursive: true});
  let waited = false;
  while (!take(file)) {
    waited = true;
    await setTimeout(200);
  }
  try {
    await task(waited);
  } finally {
    rmSync(file, {force: true});
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}`, {flag: "wx"});
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  if (!isRunning(Number(readFileSync(file, "utf8")))) rmSync(file, {force: true});
  return false;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
