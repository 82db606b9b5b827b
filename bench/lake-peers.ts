import {execFile} from "node:child_process";
import {mkdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";

/** What a library took to do the work of a lake, in seconds. */
export interface LakeTimes {
  version: string;
  bytes: number;
  /** Of all averages, so that one can see that they are the same. */
  sum: number;
  seconds: {write: number; average: number; inMemory: number};
}

export type Peer = "polars" | "pandas";

const SCRIPT = fileURLToPath(new URL("peers/lake.py", import.meta.url));
const PYTHONS = [join(tmpdir(), "peers-venv/bin/python"), "python3"];
const run = promisify(execFile);

/**
 * Has a library write the bars of a lake and average them, in a process of its own.
 * @param lake folder of the parts
 * @param scratch folder to write to; gone when done
 * @returns null where no Python has the library
 */
export async function measurePeer(peer: Peer, lake: string, scratch: string): Promise<LakeTimes | null> {
  const python = await pythonWith(peer);
  if (python === null) return null;
  mkdirSync(scratch);
  try {
    const {stdout} = await run(python, [SCRIPT, peer, lake, scratch]);
    return JSON.parse(stdout) as LakeTimes; // the script prints it
  } finally {
    rmSync(scratch, {recursive: true});
  }
}

async function pythonWith(peer: Peer): Promise<string | null> {
  for (const python of PYTHONS) {
    const isThere = run(python, ["-c", `import ${peer}`]).then(
      () => true,
      () => false
    );
    if (await isThere) return python;
  }
  return null;
}
