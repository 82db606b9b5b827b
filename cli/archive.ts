import {renameSync, writeFileSync} from "node:fs";
import {basename} from "node:path";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {readFiles} from "../bridge/store/read.js";
import {fromFile} from "../bridge/store/source.js";
import type {Config} from "../config.js";
import {StatementError} from "../lib/statements/statement.js";
import {EXIT} from "./exit.js";
import {cancelledBy, CliError, note, printJson} from "./output.js";
import {openToRead, openToWrite} from "./store.js";

/** `tearsheet export`: writes everything that the store holds as one file. */
export async function exportTo(config: Config, file: string, {json}: {json?: true}): Promise<void> {
  const store = await openToRead(config);
  const files = readFiles(store).length;
  store.close();
  const pool = new ImportPool(config.DB_URL);
  try {
    const bytes = await pool.export();
    const next = `${file}.part`;
    writeFileSync(next, bytes, {mode: 0o600});
    renameSync(next, file);
    note(`${file}: ${files} files, ${bytes.length} bytes`);
    if (json) printJson({file, files, bytes: bytes.length});
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall
      ? new CliError(`${file} cannot be written: ${(error as Error).message}`)
      : error;
  } finally {
    await pool.close();
  }
}

/** `tearsheet restore`: takes in the files of an export that are not in the store; all of them or none. */
export async function restoreFrom(config: Config, file: string, {json}: {json?: true}): Promise<void> {
  (await openToWrite(config)).close();
  const pool = new ImportPool(config.DB_URL);
  const signal = cancelledBy("cancelled: nothing is restored");
  try {
    const result = await pool.restore(fromFile(file)(), {signal});
    note(`${basename(file)}: ${result.restored} of ${result.files} files restored`);
    if (json) printJson({file, ...result});
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    throw new CliError(error.message, EXIT.refused);
  } finally {
    await pool.close();
  }
}
