import {existsSync} from "node:fs";
import {openStore, pathOf, type Store} from "../bridge/store/open.js";
import type {Config} from "../config.js";
import {demoDir, demoUrl} from "./demo-place.js";
import {CliError, note} from "./output.js";

/** Where the store asked for is: the person's own, or the demo's. */
export function placeOf(config: Config, demo = false): {url: string; folder: string} {
  return demo
    ? {url: demoUrl(config), folder: demoDir(config)}
    : {url: config.DB_URL, folder: config.DATA_DIR};
}

/** Opens the person's own store, and says so where it is new. */
export async function openToWrite({DB_URL}: Pick<Config, "DB_URL">): Promise<Store> {
  const isNew = !existsSync(pathOf(DB_URL));
  const store = await openStore({url: DB_URL, ...(!isNew && {log: {info: note}})});
  if (isNew) note(`a new store: ${store.path}`);
  return store;
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
