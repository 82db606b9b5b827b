import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root, typescript} from "../../config.js";

const guide = readFileSync(join(root, "guides/markets.md"), "utf8");
const examples = [...guide.matchAll(/```ts\n([^]*?)```\s*```text\n([^]*?)```/g)];

it("guides/markets.md has the worked cases of forwards, dollar index and implied path", () => {
  const printed = examples.map(([, , text]) => text).join("");
  for (const number of ["5.0221", "99.2993", "3.88007", "4.02400", "57.57 %", "42.43 %"]) {
    expect(printed).toContain(number);
  }
});

it.each(examples.map(([, code, printed]) => ({code, printed})))(
  "guides/markets.md's example prints what stands below it: $printed",
  ({code, printed}) => {
    const args = [...typescript, "--input-type=module-typescript", "--eval", code];
    const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: "utf8"});
    expect({stdout, stderr}).toEqual({stdout: printed, stderr: ""});
  }
);
