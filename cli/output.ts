import {ConfigError} from "../config.js";
import type {StatementWarning} from "../lib/statements/statement.js";
import {EXIT} from "./exit.js";

/** Ends a command with a sentence and an exit code, without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Errors whose sentence was written for the person at the terminal. */
const FOR_PEOPLE = new Set([
  "StatementError",
  "StoreError",
  "FlexError",
  "ListenError",
  "SqlError",
  "LakeError",
  "PullError",
  "PaperFileError"
]);

/** Tells whether an error's message is a sentence for the person at the terminal. */
export function isForPeople(error: unknown): error is Error {
  return error instanceof ConfigError || (error instanceof Error && FOR_PEOPLE.has(error.name));
}

/** Tells what went wrong on stderr, one sentence where it was foreseen, and sets the exit code. */
export function fail(error: unknown): void {
  if (error instanceof CliError) {
    if (error.message) note(error.message);
    process.exitCode = error.exitCode;
  } else if (isForPeople(error)) {
    note(error.message);
    process.exitCode = EXIT.failed;
  } else {
    console.error(error);
    process.exitCode = EXIT.fault;
  }
}

/** Returns a signal that the first Ctrl-C sets off, with what is true then; the second ends the process. */
export function cancelledBy(sentence: string): AbortSignal {
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort(new CliError(sentence, EXIT.cancelled)));
  return abort.signal;
}

const CLEAR_LINE = "\r\u001b[2K";

/** Writes a line for a person to stderr: data alone goes to stdout. */
export function note(line: string): void {
  process.stderr.write(`${process.stderr.isTTY ? CLEAR_LINE : ""}${line}\n`);
}

/** Notes what was odd in a file that was read all the same. */
export function noteWarnings(warnings: readonly StatementWarning[]): void {
  for (const {code, where, count} of warnings)
    note(`warning: ${code.replaceAll("-", " ")} ${where}${count > 1 ? ` (${count} times)` : ""}`);
}

/** Writes data to stdout as JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Writes rows to stdout as a table with aligned columns; numbers to the right. */
export function printTable(rows: readonly Record<string, unknown>[]): void {
  if (!rows.length) {
    note("no rows");
    return;
  }
  const names = Object.keys(rows[0]);
  const cells = rows.map((row) => names.map((name) => show(row[name])));
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i].length)));
  const right = names.map((_, i) => cells.every((row) => row[i] === "" || /^-?[\d,.]+%?$/.test(row[i])));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join("  ")
      .trimEnd();
  process.stdout.write(
    `${[line(names), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n")}\n`
  );
}

function show(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The part of a terminal that progress is shown on. */
type Terminal = Pick<NodeJS.WriteStream, "isTTY" | "write">;

interface ProgressLine {
  update(text: string): void;
  end(): void;
}

/** Shows progress on stderr: one line in place on a terminal, a line now and then in a log. */
export function progressLine(terminal: Terminal = process.stderr, now = Date.now): ProgressLine {
  const everyMs = terminal.isTTY ? 100 : 30_000;
  let shown = terminal.isTTY ? 0 : now();
  let open = false;
  return {
    update(text) {
      if (now() - shown < everyMs) return;
      shown = now();
      open = terminal.isTTY;
      terminal.write(open ? `${CLEAR_LINE}${text}` : `${text}\n`);
    },
    end() {
      if (open) terminal.write(CLEAR_LINE);
      open = false;
    }
  };
}
