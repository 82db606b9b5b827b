import type {Kysely} from "kysely";

/** A change of the tables, or of what is in them; its module is loaded when it is run. */
export interface Migration {
  up(db: Kysely<unknown>): Promise<void>;
}

const step = (load: () => Promise<Migration>): Migration => ({
  up: async (db) => (await load()).up(db)
});

/** Steps from an empty database to the present store, each run once, in this order; one is never changed after. */
export const MIGRATIONS: readonly Migration[] = [
  step(() => import("./0001_first.js")),
  step(() => import("./0002_tags.js")),
  step(() => import("./0003_runs.js")),
  step(() => import("./0004_live.js"))
];
