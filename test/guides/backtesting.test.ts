import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root, typescript} from "../../config.js";

const guide = readFileSync(join(root, "guides/backtesting.md"), "utf8");
const examples = [...guide.matchAll(/```ts\n([^]*?)```\s*```text\n([^]*?)```/g)];

it("guides/backtesting.md has an example of a strategy", () => {
  expect(examples).toHaveLength(1);
});

it.each(examples.map(([, code, printed]) => ({code, printed})))(
  "guides/backtesting.md's example prints what stands below it: $printed",
  ({code, printed}) => {
    const args = [...typescript, "--input-type=module-typescript", "--eval", code];
    const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: "utf8"});
    expect({stdout, stderr}).toEqual({stdout: printed, stderr: ""});
  }
);
