import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {endpoints} from "../../bridge/api/index.js";
import {root, typescript} from "../../config.js";
import {TASKS} from "../../lib/tasks/index.js";

const guide = readFileSync(join(root, "guides/runs.md"), "utf8");

it("guides/runs.md names every task with an address that the API has", () => {
  const rows = [...guide.matchAll(/^\| `(\w+)`\s*\|[^|]*\| `([^`]+)`/gm)];
  expect(rows.map(([, name]) => name)).toEqual(Object.keys(TASKS));
  const paths = new Set<string>(endpoints.map(({path}) => path));
  for (const [, , path] of rows) expect([path, paths.has(path)]).toEqual([path, true]);
});

it("guides/runs.md's example prints what stands below it", () => {
  const [, code, printed] = /```ts\n([^]*?)```\s*```text\n([^]*?)```/.exec(guide)!;
  const args = [...typescript, "--input-type=module-typescript", "--eval", code];
  const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: "utf8"});
  expect({stdout, stderr}).toEqual({stdout: printed, stderr: ""});
});
