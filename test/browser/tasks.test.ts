import {readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {hashOfCode} from "../../bridge/store/code-hash.js";
import {root} from "../../config.js";
import {enter, runTask, taskOf, type TaskName} from "../../lib/tasks/index.js";
import {plannedRun} from "../../lib/tasks/run.js";
import {toJson} from "../../lib/tasks/to-json.js";
import type {SitePolicy} from "../../scripts/finish-site.js";
import {TASK_INPUTS} from "../../src/gallery/task-inputs.js";
import {ensureSite, openPage, serveStatic} from "./harness.js";

let site: Awaited<ReturnType<typeof serveStatic>>;
beforeAll(async () => {
  const dist = await ensureSite();
  const {policy}: SitePolicy = JSON.parse(readFileSync(join(dist, "csp.json"), "utf8"));
  site = await serveStatic(dist, {"Content-Security-Policy": policy});
});
afterAll(() => site.close());

const names = Object.keys(TASK_INPUTS) as TaskName[]; // its keys are the names

it("a page computes what Node does to 1e-12, without eval, and keeps each run by the key that Node gives it", async () => {
  const {page, faults, outside, close} = await openPage(`${site.url}/gallery/tasks`);
  const outputs = page.locator("#outputs");
  await outputs.waitFor({state: "attached", timeout: 60_000});
  const theirs = JSON.parse((await outputs.textContent())!) as Record<TaskName, unknown>;
  for (const name of names) {
    const ours = JSON.parse(toJson(runTask(name, TASK_INPUTS[name]))) as unknown;
    const difference = farthest(theirs[name], ours);
    expect([name, difference, difference < 1e-12]).toEqual([name, difference, true]);
  }
  const kept = await page.locator("#runs li").evaluateAll((items) => items.map((item) => item.dataset.key));
  const code = hashOfCode(root);
  const keys = names.map((name) => {
    const input = enter(taskOf(name).input, TASK_INPUTS[name]);
    return plannedRun(taskOf(name), {name, input, code}).key;
  });
  expect(new Set(kept)).toEqual(new Set(keys));
  expect({faults, outside}).toEqual({faults: [], outside: []});
  await close();
}, 120_000);

/** The largest relative difference of two values' numbers; infinite where they differ in anything else. */
function farthest(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number")
    return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object")
    return a === b ? 0 : Infinity;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return Infinity;
  const others = b as Record<string, unknown>;
  return keys.reduce(
    (most, key) => Math.max(most, farthest((a as Record<string, unknown>)[key], others[key])),
    0
  );
}
