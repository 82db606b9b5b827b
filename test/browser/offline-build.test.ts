import {globSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, inject, it} from "vitest";
import {dist} from "../../scripts/site.js";
import {openTab, serveStatic, type Tab} from "./harness.js";

const build = inject("offlineBuild");

it("npm run build needs no network", () => {
  expect(build.status, `${build.stdout}${build.stderr}`.slice(-4000)).toBe(0);
});

it("no link of the site is broken", () => {
  const broken = build.stdout.split("\n").filter((line) => line.includes("↳"));
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

describe("from a plain web host", () => {
  let site: Awaited<ReturnType<typeof serveStatic>>;
  let tab: Tab;
  beforeAll(async () => {
    site = await serveStatic(dist);
    tab = await openTab(site.url);
  });
  afterAll(async () => {
    await tab?.close();
    await site?.close();
  });

  const pages = globSync("**/*.html", {cwd: dist}).map((file) => `/${file.replace(/(index)?\.html$/, "")}`);
  it("the site has its pages", () => expect(pages).toContain("/"));

  it.each(pages)("%s opens with no error and no request to another", async (path) => {
    const {page, faults, outside, visit} = tab;
    await visit(path);
    await page.waitForFunction((waiting) => !document.querySelector(waiting), waiting(path), {
      timeout: 120_000
    });
    const errors = await page.locator(".observablehq--error").allInnerTexts();
    expect({faults, outside, errors}).toEqual({faults: [], outside: [], errors: []});
  });
});

/** What a page shows until it is done; the gallery shows the state of waiting itself. */
function waiting(path: string): string {
  return path.startsWith("/gallery") ? "observablehq-loading" : "observablehq-loading, .skeleton";
}
