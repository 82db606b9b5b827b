import {basename} from "node:path";
import type {Config} from "../config.js";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import type {ImportProgress} from "../bridge/store/import.js";
import {openStore} from "../bridge/store/open.js";
import {StatementError} from "../lib/statements/statement.js";
import {mustExist} from "./inspect.js";
import {dateOrder} from "./options.js";
import {note, printJson, progressLine} from "./output.js";

interface ImportFlags {
  account?: string;
  dateFormat?: string;
  json?: true;
}

/** `tearsheet import`: stores each file, or says why not; exit 2 when one was refused. */
export async function importFiles(
  config: Config,
  files: readonly string[],
  {account, dateFormat, json}: ImportFlags
): Promise<void> {
  const order = dateOrder(dateFormat);
  for (const file of files) await mustExist(file);
  (await openStore({url: config.DB_URL, log: {info: note}})).close();
  const pool = new ImportPool(config.DB_URL);
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort(new Error("cancelled: the store is as before")));
  const reports: unknown[] = [];
  const line = progressLine();
  try {
    for (const path of files) {
      const name = basename(path);
      try {
        const report = await pool.importFile(
          {name, path},
          {
            ...order,
            ...(account !== undefined && {account}),
            signal: abort.signal,
            onProgress: (progress) => line.update(`${name}: ${inWords(progress)}`)
          }
        );
        line.end();
        reports.push({...report, file: path, errors: []});
        note(
          `${name}: ${report.known ? "already imported, nothing changed" : `${report.new} new, ${report.same} same, ${report.changed} changed, ${report.retired} retired`}`
        );
      } catch (error) {
        line.end();
        if (!(error instanceof StatementError)) throw error;
        reports.push({
          file: path,
          format: null,
          statements: [],
          new: 0,
          same: 0,
          changed: 0,
          retired: 0,
          warnings: [],
          errors: [error.problem]
        });
        note(`${name}: ${error.message}`);
        process.exitCode = 2;
      }
    }
  } finally {
    await pool.close();
  }
  if (json) printJson(reports);
}

function inWords({phase, done, total, rows}: ImportProgress): string {
  const of = total === null ? "" : ` of ${total.toLocaleString("en")}`;
  if (phase === "read") return `read ${(done / 1e6).toFixed(0)} MB, ${rows.toLocaleString("en")} rows`;
  return `${phase === "store" ? "stored" : "merged"} ${done.toLocaleString("en")}${of} rows`;
}
