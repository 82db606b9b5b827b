import {ImportPool} from "../bridge/jobs/import-pool.js";
import {readChanges} from "../bridge/store/read.js";
import type {Config} from "../config.js";
import type {ChangeSummary} from "../lib/ledger/views.js";
import {FLEX_SETUP} from "../loaders/flex/job.js";
import {EXIT} from "./exit.js";
import {flexJob, flexSettings, nextPullSentence} from "./flex.js";
import {cancelledBy, CliError, note, printJson, progressLine} from "./output.js";
import {openToWrite} from "./store.js";

/** `tearsheet pull flex`: fetches the queries now, imports them, and lists what IBKR changed. */
export async function pullFlex(config: Config, {all, json}: {all?: true; json?: true}): Promise<void> {
  if (!config.FLEX_TOKEN || !config.FLEX_QUERY_IDS.length) throw new CliError(FLEX_SETUP);
  const signal = cancelledBy("cancelled: the statement under way is not stored, those before it are");
  const store = await openToWrite(config);
  const pool = new ImportPool(config.DB_URL);
  const line = progressLine();
  try {
    const begun = new Date().toISOString();
    const job = flexJob(flexSettings(config), {store, pool, now: () => new Date(), log: note});
    job.onProgress((progress) => line.update(progress.message));
    const run = await job.run(signal, all ? "all" : "new");
    line.end();
    const changes = readChanges(store, begun);
    for (const change of changes) note(inWords(change));
    const {nextPull} = await job.status();
    if (nextPull) note(nextPullSentence(nextPull));
    if (json) printJson({...run, changes, nextPull});
    if (!run.ok) process.exitCode = EXIT.failed;
  } finally {
    line.end();
    await pool.close();
    store.close();
  }
}

const WHAT = {
  changed: "IBKR changed",
  gone: "IBKR took back",
  contradiction: "two statements contradict each other in"
} satisfies Record<ChangeSummary["kind"], string>;

function inWords({kind, element, key, day, differences}: ChangeSummary): string {
  const what = `${WHAT[kind]} ${element} ${key}${day && ` of ${day}`}`;
  if (kind === "gone") return what;
  return `${what}: ${differences.map(([name, before, now]) => `${name} ${before ?? "none"} → ${now ?? "none"}`).join(", ")}`;
}
