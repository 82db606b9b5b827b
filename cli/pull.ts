import {ImportPool} from "../bridge/jobs/import-pool.js";
import {openStore} from "../bridge/store/open.js";
import {readChanges} from "../bridge/store/read.js";
import type {Config} from "../config.js";
import {flexJob} from "./flex.js";
import {CliError, note, printJson} from "./output.js";

/** `tearsheet pull flex`: fetches the queries now, imports them, and lists what IBKR changed. */
export async function pullFlex(config: Config, {all, json}: {all?: true; json?: true}): Promise<void> {
  const store = await openStore({url: config.DB_URL, log: {info: note}});
  const pool = new ImportPool(config.DB_URL);
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort(new Error("cancelled: what had come is stored")));
  const begun = new Date().toISOString();
  try {
    const settings = {url: config.FLEX_URL, token: config.FLEX_TOKEN, queryIds: config.FLEX_QUERY_IDS};
    const job = flexJob(settings, {store, pool, now: () => new Date(), log: note});
    const {configured, message} = await job.status();
    if (!configured) throw new CliError(message, 1);
    const run = await job.run(abort.signal, all ? "all" : "new");
    const changes = readChanges(store, begun);
    for (const {kind, element, day, differences} of changes) {
      note(
        `IBKR ${kind === "gone" ? "took back" : "changed"} a ${element} of ${day}: ${differences.map(([name, before, now]) => `${name} ${before ?? ""} → ${now ?? ""}`).join(", ")}`
      );
    }
    if (json) printJson({...run, changes});
    if (!run.ok) process.exitCode = 1;
  } finally {
    await pool.close();
    store.close();
  }
}
