import {globSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {seedNpmCache} from "../../scripts/seed-npm-cache.js";

it("seedNpmCache(cache) makes modules without what the pages' policy forbids", async () => {
  const cache = mkdtempSync(join(tmpdir(), "cache-"));
  await seedNpmCache(cache);
  const modules = globSync("**/*.js", {cwd: cache});
  expect(modules).toContainEqual(expect.stringMatching(/^_npm\/@observablehq\/plot@[\d.]+\/_esm\.js$/));
  expect(modules).toContainEqual(expect.stringMatching(/^_node\/apache-arrow@17[\d.]+\/index\.js$/));
  const forbidden = modules.filter(
    (file) => !file.includes("worker") && readFileSync(join(cache, file), "utf8").includes("new Function(")
  );
  expect(forbidden).toEqual([]);
  rmSync(cache, {recursive: true});
});

it("seedNpmCache(cache) leaves a cache of these packages as it is", async () => {
  const cache = mkdtempSync(join(tmpdir(), "cache-"));
  await seedNpmCache(cache);
  const stamp = join(cache, "seed");
  const before = readFileSync(stamp, "utf8");
  rmSync(join(cache, "_npm"), {recursive: true});
  await seedNpmCache(cache);
  expect(readFileSync(stamp, "utf8")).toBe(before);
  expect(globSync("_npm/*", {cwd: cache})).toEqual([]);
  rmSync(cache, {recursive: true});
});
