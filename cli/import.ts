import {basename} from "node:path";
import {ImportPool, type ImportOptions} from "../bridge/jobs/import-pool.js";
import type {ImportProgress, ImportReport} from "../bridge/store/import.js";
import {StoreError} from "../bridge/store/errors.js";
import {fromFile} from "../bridge/store/source.js";
import type {Config} from "../config.js";
import {detectFormat} from "../lib/statements/detect.js";
import {StatementError, type StatementFormat, type StatementProblem} from "../lib/statements/statement.js";
import {EXIT} from "./exit.js";
import {dateOrder} from "./options.js";
import {cancelledBy, note, noteWarnings, printJson, progressLine} from "./output.js";
import {openToWrite} from "./store.js";

interface ImportFlags {
  account?: string;
  dateFormat?: string;
  json?: true;
}

/** `tearsheet import`: stores each file, or says why not; exit 2 when one was refused. */
export async function importFiles(
  config: Pick<Config, "DB_URL">,
  files: readonly string[],
  {account, dateFormat, json}: ImportFlags
): Promise<void> {
  const options: ImportOptions = {
    ...dateOrder(dateFormat),
    ...(account !== undefined && {account}),
    signal: cancelledBy("cancelled: the file under way is not stored, those before it are")
  };
  (await openToWrite(config)).close();
  const pool = new ImportPool(config.DB_URL);
  const reports: object[] = [];
  try {
    for (const path of files) await importFile(pool, path, options, reports);
  } finally {
    await pool.close();
    if (json) printJson(reports);
  }
}

/** Stores one file and adds its report; throws when the store is in the way, since the next would fare no better. */
async function importFile(
  pool: ImportPool,
  path: string,
  options: ImportOptions,
  reports: object[]
): Promise<void> {
  const name = basename(path);
  const line = progressLine();
  const onProgress = (progress: ImportProgress) => line.update(`${name}: ${inWords(progress)}`);
  try {
    const report = await pool.importFile({name, path}, {...options, onProgress});
    line.end();
    note(`${name}: ${outcome(report)}`);
    if (!report.known) noteWarnings(report.warnings);
    reports.push({...report, file: path});
  } catch (error) {
    line.end();
    const problem = problemOf(error);
    if (problem) reports.push(await nothing(path, problem));
    if (!(error instanceof StatementError)) throw error;
    note(error.message.startsWith(path) ? error.message : `${name}: ${error.message}`);
    process.exitCode = EXIT.refused;
  }
}

function outcome({known, new: added, same, changed, retired}: ImportReport): string {
  return known
    ? "already imported, nothing changed"
    : `${added} new, ${same} same, ${changed} changed, ${retired} retired`;
}

function problemOf(error: unknown): StatementProblem | undefined {
  if (error instanceof StatementError) return error.problem;
  return error instanceof StoreError ? {code: error.code, message: error.message, where: ""} : undefined;
}

/** The report of a file of which nothing was stored. */
async function nothing(file: string, problem: StatementProblem): Promise<object> {
  const counts = {new: 0, same: 0, changed: 0, retired: 0};
  const errors = [problem];
  return {file, format: await formatOf(file), statements: [], warnings: [], errors, ...counts};
}

async function formatOf(file: string): Promise<StatementFormat | null> {
  try {
    for await (const head of fromFile(file)()) return detectFormat(head).format;
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
  }
  return null;
}

function inWords({phase, done, total, rows}: ImportProgress): string {
  const of = total === null ? "" : ` of ${total.toLocaleString("en")}`;
  if (phase === "read") return `read ${(done / 1e6).toFixed(0)} MB, ${rows.toLocaleString("en")} rows`;
  return `${phase === "store" ? "stored" : "merged"} ${done.toLocaleString("en")}${of} rows`;
}
