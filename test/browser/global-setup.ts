/** Made once before the browser tests: the demo, and the site, built with the network cut. */
import {spawnSync} from "node:child_process";
import {join} from "node:path";
import {rmSync} from "node:fs";
import type {TestProject} from "vitest/node";
import {root, typescript} from "../../config.js";

/** How a command ended, and what it printed. */
export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** `npm run build`, in a network of its own in which there is nothing, not even loopback. */
    offlineBuild: Ended;
  }
}

const cut = ["--map-root-user", "--net"];
const node = [process.execPath, ...typescript] as const;

export default function setup({provide}: TestProject): void {
  provide("offlineBuild", build());
}

/** What goes wrong here fails the test of the build, and those that need it: other tests run beside them. */
function build(): Ended {
  const able = run("unshare", ...cut, "true");
  if (able.status !== 0)
    return {...able, stderr: `the network cannot be cut here, by unshare of util-linux: ${able.stderr}`};
  const demo = run(...node, "scripts/make-demo.ts"); // its stand-ins answer on loopback
  if (demo.status !== 0) return {...demo, stderr: `the demo could not be made:\n${demo.stderr}`};
  rmSync(join(root, "src/.observablehq/cache"), {recursive: true, force: true});
  rmSync(join(root, "dist/build.json"), {force: true});
  return run("unshare", ...cut, ...node, "scripts/build.ts");
}

function run(command: string, ...args: readonly string[]): Ended {
  const {status, stdout, stderr, error} = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26
  });
  return {status, stdout: stdout ?? "", stderr: `${stderr ?? ""}${error ?? ""}`};
}
