import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root, typescript} from "../../config.js";
import clarabel from "../reference/solver.json" with {type: "json"};

const guide = readFileSync(join(root, "guides/optimization.md"), "utf8");
const examples = [...guide.matchAll(/```ts\n([^]*?)```\s*```text\n([^]*?)```/g)];

it("guides/optimization.md counts the problems that HiGHS gives up on", () => {
  expect(guide).toContain(`where HiGHS gives up (${clarabel.objectives.length} of them)`);
});

it.each(examples.map(([, code, printed]) => ({code, printed})))(
  "guides/optimization.md's example prints what stands below it: $printed",
  ({code, printed}) => {
    const args = [...typescript, "--input-type=module-typescript", "--eval", code];
    const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: "utf8"});
    expect({stdout, stderr}).toEqual({stdout: printed, stderr: ""});
  }
);
