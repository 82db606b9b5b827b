import {createHash} from "node:crypto";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";

/** Folders of which every computation is made. */
const FOLDERS = ["lib/backtest", "lib/kernels", "lib/portfolio", "lib/returns", "lib/risk", "lib/tasks"];

/**
 * Returns the hash of the sources that a run's result depends on, SHA-256 in hex: page, bridge and terminal of one tree
 * have the same.
 * @param root folder of the tree
 */
export function hashOfCode(root: string): string {
  const hash = createHash("sha256");
  for (const folder of FOLDERS) {
    const names = readdirSync(join(root, folder), {recursive: true, encoding: "utf8"});
    for (const name of names.filter((each) => each.endsWith(".ts")).sort())
      hash.update(`${folder}/${name.replaceAll("\\", "/")}\0`).update(readFileSync(join(root, folder, name)));
  }
  return hash.digest("hex");
}
