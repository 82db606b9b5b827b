import {spawnSync} from "node:child_process";
import {globSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {beforeAll, expect, it} from "vitest";
import {startDemo} from "../../cli/demo.js";
import {loadConfig, readEnvironment, root} from "../../config.js";
import {dist} from "../../scripts/site.js";
import {openPage, serveStatic} from "./harness.js";

/** With a network of its own, in which there is nothing, not even a name server. */
const cut = ["--map-root-user", "--net"];
let build: {status: number | null; output: string};

beforeAll(async () => {
  const {status, stderr, error} = spawnSync("unshare", [...cut, "true"], {encoding: "utf8"});
  if (status !== 0)
    throw new Error(`the network cannot be cut here, by unshare of util-linux: ${error ?? stderr}`);
  // the stand-ins that the demo is fetched from need loopback, which is cut too
  await (
    await startDemo({config: loadConfig(readEnvironment()), now: () => new Date(), log: () => {}})
  ).close();
  rmSync(join(root, "src/.observablehq/cache"), {recursive: true, force: true});
  const run = spawnSync("unshare", [...cut, process.execPath, "--import", "tsx", "scripts/build.ts"], {
    cwd: root,
    encoding: "utf8"
  });
  build = {status: run.status, output: run.stdout + run.stderr};
});

it("npm run build needs no network", () => {
  expect(build.status, build.output.slice(-4000)).toBe(0);
});

it("no link of the site is broken", () => {
  const broken = build.output.split("\n").filter((line) => line.includes("↳"));
  // Framework makes the element itself
  expect(broken.filter((line) => !line.includes("#observablehq-main"))).toEqual([]);
});

it("the built site carries no code that the policy forbids, and not Framework's DuckDB client", () => {
  const scripts = globSync("**/*.js", {cwd: dist}).filter(
    (file) => !file.includes("duckdb-browser-eh.worker")
  );
  const made = scripts.filter((file) => /\bnew Function\(/.test(readFileSync(join(dist, file), "utf8")));
  expect(made).toEqual([]);
  expect(globSync("_npm/@duckdb/**", {cwd: dist})).toEqual([]);
});

it("each page opens from a plain web host with no error and no request to another", async () => {
  const site = await serveStatic(dist);
  const pages = globSync("**/*.html", {cwd: dist}).map((file) => file.replace(/(index)?\.html$/, ""));
  expect(pages).toContain("");
  for (const path of pages) {
    const opened = await openPage(`${site.url}/${path}`);
    const {page, faults, outside} = opened;
    await page.waitForFunction(() => !document.querySelector("observablehq-loading"));
    const errors = await page.locator(".observablehq--error").allInnerTexts();
    expect({path, faults, outside, errors}).toEqual({path, faults: [], outside: [], errors: []});
    await opened.close();
  }
  await site.close();
});
