import {access} from "node:fs/promises";
import {fromFile} from "../bridge/store/source.js";
import {inspectFile, type Inspection} from "../lib/statements/inspect.js";
import {dateOrder} from "./options.js";
import {CliError, note, printJson, printTable} from "./output.js";

/** `tearsheet inspect`: parses without storing. */
export async function inspect(
  file: string,
  {dateFormat, json}: {dateFormat?: string; json?: true}
): Promise<void> {
  await mustExist(file);
  const inspection = await inspectFile(file, fromFile(file), dateOrder(dateFormat));
  if (json) printJson(inspection);
  else show(inspection);
  if (inspection.errors.length) process.exitCode = 2;
}

/** Throws one sentence when a file cannot be read. */
export async function mustExist(file: string): Promise<void> {
  try {
    await access(file);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    throw new CliError(code === "ENOENT" ? `no such file: ${file}` : `cannot read ${file}: ${code}`, 2);
  }
}

function show({file, format, statements, warnings, errors}: Inspection): void {
  for (const {message, where} of errors) note(`${file}: ${message}${where && ` (${where})`}`);
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
  for (const {code, where, count} of warnings)
    note(`warning: ${code} ${where}${count > 1 ? ` (${count} times)` : ""}`);
}
