import {existsSync} from "node:fs";
import {openStore, pathOf, type Store} from "../bridge/store/open.js";
import type {Config} from "../config.js";
import {demoDir, demoUrl} from "./demo.js";
import {CliError} from "./output.js";

/** Where the store asked for is: the person's own, or the demo's. */
export function placeOf(config: Config, demo = false): {url: string; folder: string} {
  return demo
    ? {url: demoUrl(config), folder: demoDir(config)}
    : {url: config.DB_URL, folder: config.DATA_DIR};
}

/** Opens a store for reading; throws a sentence when there is none yet. */
export async function openToRead(config: Config, demo = false): Promise<Store> {
  const {url} = placeOf(config, demo);
  if (!existsSync(pathOf(url))) {
    throw new CliError(
      `there is no ${demo ? "demo" : "store"} yet: ${pathOf(url)}: ${demo ? "start the desk once" : "import a statement first"}`
    );
  }
  return openStore({url, readonly: true});
}
