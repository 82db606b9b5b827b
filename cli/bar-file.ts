import {readFileSync} from "node:fs";
import {basename} from "node:path";
import type {Bars} from "../lib/backtest/bars.js";
import {BarFileError, readBars} from "../lib/backtest/read-bars.js";
import {EXIT} from "./exit.js";
import {CliError} from "./output.js";

/** Returns the bars of a CSV file, named by it. @throws CliError that says which line cannot be, or why it cannot be read */
export function readBarFile(file: string): {bars: Bars; warnings: string[]} {
  try {
    return readBars(readFileSync(file, "utf8"), {symbol: basename(file).replace(/\.[^.]*$/, "")});
  } catch (error) {
    if (error instanceof BarFileError) throw new CliError(`${file}: ${error.message}`, EXIT.refused);
    const {code, message} = error as NodeJS.ErrnoException; // of readFileSync
    throw new CliError(code === "ENOENT" ? `no such file: ${file}` : `${file} cannot be read: ${message}`);
  }
}
