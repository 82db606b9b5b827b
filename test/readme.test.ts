import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root, typescript} from "../config.js";

it("README.md's example prints what stands below it", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, code, printed] = /```ts\n([^]*?)```\s*```text\n([^]*?)```/.exec(readme)!; // else the test fails, as it should
  const args = [...typescript, "--input-type=module-typescript", "--eval", code];
  const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: "utf8"});
  expect({stdout, stderr}).toEqual({stdout: printed, stderr: ""});
});
