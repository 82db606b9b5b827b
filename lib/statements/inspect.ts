import {readStatements, type OpenBytes} from "./read.js";
import {detectFormat} from "./detect.js";
import type {StatementOptions} from "./parser.js";
import {StatementInspector, type StatementInspection} from "./inspect-statement.js";
import {
  StatementError,
  type StatementFormat,
  type StatementHeader,
  type StatementProblem,
  type StatementRow,
  type StatementSink,
  type StatementWarning
} from "./statement.js";

export type {StatementInspection} from "./inspect-statement.js";

/** What a file says, without being stored: the answer of `tearsheet inspect --json`. Amounts are exact decimal texts. */
export interface Inspection {
  file: string;
  /** Null where the file was refused before its format was known. */
  format: StatementFormat | null;
  statements: StatementInspection[];
  warnings: StatementWarning[];
  errors: StatementProblem[];
}

const HEAD = 8192;

/** Collects what `inspect` tells of a file while it is read; holds groups and sums, no rows. */
export class Inspector implements StatementSink {
  readonly #statements: StatementInspector[] = [];

  statement(header: StatementHeader): void {
    this.#statements.push(new StatementInspector(header));
  }

  section(statement: number, section: string): void {
    this.#statements[statement].section(section);
  }

  row(row: StatementRow): void {
    this.#statements[row.statement].row(row);
  }

  /** Returns what was read, in file order. */
  inspect(): StatementInspection[] {
    return this.#statements.map((statement) => statement.inspect());
  }
}

/** Inspects a file; a refused one has no statements and the reason among its errors. */
export async function inspectFile(
  file: string,
  open: OpenBytes,
  options: StatementOptions = {}
): Promise<Inspection> {
  const inspector = new Inspector();
  let head = new Uint8Array(0);
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const chunk of open()) {
      if (head.length === 0) head = chunk.slice(0, HEAD);
      yield chunk;
    }
  }
  try {
    const {format, warnings} = await readStatements(watched, inspector, options);
    return {file, format, statements: inspector.inspect(), warnings, errors: []};
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return {file, format: detectFormat(head).format, statements: [], warnings: [], errors: [error.problem]};
  }
}
