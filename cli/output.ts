import {ConfigError} from "../config.js";

/** Ends a command with a sentence and an exit code, without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
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
  "CommanderError"
]);

/** Tells what went wrong on stderr, one sentence where it was foreseen, and sets the exit code. */
export function fail(error: unknown): void {
  if (error instanceof CliError) {
    note(error.message);
    process.exitCode = error.exitCode;
  } else if (error instanceof ConfigError || (error instanceof Error && FOR_PEOPLE.has(error.name))) {
    note(error.message);
    process.exitCode = 1;
  } else {
    console.error(error);
    process.exitCode = 70;
  }
}

/** Writes a line for a person to stderr: data alone goes to stdout. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
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
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Shows one line of progress on stderr, in place on a terminal; silent where it is not one. */
export function progressLine(): {update(text: string): void; end(): void} {
  const live = process.stderr.isTTY;
  let shown = 0;
  return {
    update(text) {
      if (!live || Date.now() - shown < 100) return;
      shown = Date.now();
      process.stderr.write(`\r\u001b[2K${text}`);
    },
    end() {
      if (live && shown) process.stderr.write("\r\u001b[2K");
    }
  };
}
