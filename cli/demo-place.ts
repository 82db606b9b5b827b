import {join} from "node:path";
import type {Config} from "../config.js";

type Place = Pick<Config, "DATA_DIR">;

/** Folder of the demo's store and lake: never the person's own. */
export const demoDir = ({DATA_DIR}: Place): string => join(DATA_DIR, "demo");

/** Address of the demo's store. */
export const demoUrl = (config: Place): string => `sqlite:///${join(demoDir(config), "tearsheet.db")}`;

/** Folder of the demo's lake. */
export const demoLakeDir = (config: Place): string => join(demoDir(config), "lake");

/** Folder of the demo's journal of orders and paper account: they go on when the demo is made anew each day. */
export const demoDeskDir = ({DATA_DIR}: Place): string => join(DATA_DIR, "demo-desk");
