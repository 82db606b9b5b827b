import type {Kysely} from "kysely";
import * as first from "./0001_first.js";
import * as tags from "./0002_tags.js";
import * as runs from "./0003_runs.js";
import * as live from "./0004_live.js";

/** Steps from an empty database to the present store, each run once, in this order; one is never changed after. */
export const MIGRATIONS: readonly {up(db: Kysely<unknown>): Promise<void>}[] = [first, tags, runs, live];
