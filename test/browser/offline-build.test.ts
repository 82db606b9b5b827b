import {globSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, inject, it} from "vitest";
import {dist} from "../../scripts/site.js";
import {openPage, serveStatic} from "./harness.js";

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

it("each page opens from a plain web host with no error and no request to another", async () => {
  const site = await serveStatic(dist);
  const pages = globSync("**/*.html", {cwd: dist}).map((file) => file.replace(/(index)?\.html$/, ""));
  expect(pages).toContain("");
  for (const path of pages) {
    const opened = await openPage(`${site.url}/${path}`);
    const {page, faults, outside} = opened;
    const done = await page
      .waitForFunction((waiting) => !document.querySelector(waiting), waiting(path), {timeout: 20_000})
      .then(
        () => true,
        () => false
      );
    const errors = await page.locator(".observablehq--error").allInnerTexts();
    expect({path, done, faults, outside, errors}).toEqual({
      path,
      done: true,
      faults: [],
      outside: [],
      errors: []
    });
    await opened.close();
  }
  await site.close();
});

/** What a page shows until it is done; the gallery shows the state of waiting itself. */
function waiting(path: string): string {
  return path.startsWith("gallery") ? "observablehq-loading" : "observablehq-loading, .skeleton";
}
