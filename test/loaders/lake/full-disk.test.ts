import {spawnSync} from "node:child_process";
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {typescript} from "../../../config.js";
import {batch} from "./batches.js";
import {temporaryFolder} from "./fixture.js";

const CHILD = [process.execPath, ...typescript, join(import.meta.dirname, "full-disk-child.ts")];
const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
const ROWS = batch(0).length;

function run(shell: readonly string[], args: readonly string[]) {
  const [command, ...rest] = [...shell, ...CHILD, ...args];
  const {stdout, stderr} = spawnSync(command, rest, {
    encoding: "utf8",
    cwd: join(import.meta.dirname, "../../..")
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as {
    before: number;
    after: number;
    code: string;
    message: string;
    problems: unknown[];
    again: unknown;
  };
}

it.runIf(canMount)(
  "write(…) onto a full disk changes nothing and says so; with room again it goes on",
  () => {
    const dir = join(temporaryFolder(), "disk");
    mkdirSync(dir);
    const mounted = [
      "unshare",
      "-rm",
      "sh",
      "-c",
      `mount -t tmpfs -o size=16m none ${dir} && exec "$@"`,
      "sh"
    ];
    const {again, ...rest} = run(mounted, [join(dir, "lake"), join(dir, "filler")]);
    expect(rest).toEqual({
      before: ROWS,
      after: ROWS,
      code: "disk-full",
      message: `the disk of the lake is full: ${join(dir, "lake")}: free some space and do it again; what was there is unchanged`,
      problems: []
    });
    expect(again).toMatchObject({new: 100_000, same: 0, changed: 0});
  }
);

it("write(…) of a file that may not grow so large changes nothing and says so", () => {
  const dir = join(temporaryFolder(), "lake");
  const limited = ["sh", "-c", 'trap "" XFSZ; ulimit -f 400; exec "$@"', "sh"];
  expect(run(limited, [dir])).toMatchObject({before: ROWS, after: ROWS, code: "disk-full", problems: []});
});
