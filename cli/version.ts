import {readFileSync} from "node:fs";
import {join} from "node:path";
import {root} from "../config.js";

/** Version of the program, as package.json says it. */
export const VERSION = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {version: string})
  .version;
