import {basename} from "node:path";
import {fromFile} from "../bridge/store/source.js";
import {inspectFile, type Inspection} from "../lib/statements/inspect.js";
import type {OpenBytes} from "../lib/statements/read.js";
import {EXIT} from "./exit.js";
import {dateOrder} from "./options.js";
import {cancelledBy, note, noteWarnings, printJson, printTable, progressLine} from "./output.js";

/** `tearsheet inspect`: parses without storing. */
export async function inspect(
  file: string,
  {account, dateFormat, json}: {account?: string; dateFormat?: string; json?: true}
): Promise<void> {
  const order = dateOrder(dateFormat);
  const signal = cancelledBy("cancelled");
  const line = progressLine();
  const open = watched(fromFile(file), (bytes) => {
    signal.throwIfAborted();
    line.update(`${basename(file)}: read ${(bytes / 1e6).toFixed(0)} MB`);
  });
  const inspection = await inspectFile(file, open, {...order, account});
  line.end();
  if (json) printJson(inspection);
  else show(inspection);
  if (inspection.errors.length) process.exitCode = EXIT.refused;
}

function watched(open: OpenBytes, onBytes: (bytes: number) => void): OpenBytes {
  return async function* () {
    let bytes = 0;
    for await (const chunk of open()) {
      onBytes((bytes += chunk.byteLength));
      yield chunk;
    }
  };
}

function show({file, format, statements, warnings, errors}: Inspection): void {
  for (const {message} of errors) note(message.startsWith(file) ? message : `${file}: ${message}`);
  if (errors.length) return;
  note(`${file}: ${format}, ${statements.length} statement${statements.length === 1 ? "" : "s"}`);
  printTable(
    statements.map(({account, base, from, to, trades, cash, positions, nav}) => ({
      account,
      base,
      from,
      to,
      trades: trades.reduce((sum, {count}) => sum + count, 0),
      cash: cash.reduce((sum, {count}) => sum + count, 0),
      positions: positions?.count ?? "",
      start: nav?.start ?? "",
      end: nav?.end ?? ""
    }))
  );
  noteWarnings(warnings);
}
