import type {StatementOptions, StatementParserClass} from "../../../lib/statements/parser.js";
import {readStatements} from "../../../lib/statements/read.js";
import {
  StatementError,
  type StatementFormat,
  type StatementHeader,
  type StatementProblem,
  type StatementRow,
  type StatementSink,
  type StatementWarning
} from "../../../lib/statements/statement.js";

export interface Collected {
  headers: StatementHeader[];
  /** Ordinal of the statement and the section's container. */
  sections: [number, string][];
  rows: StatementRow[];
  warnings: StatementWarning[];
}

/** Returns what a parser of one format sends, given the file whole or in pieces. */
export function parseWith(
  Parser: StatementParserClass,
  text: string | Iterable<string>,
  options: StatementOptions = {}
): Collected {
  const {sink, collected} = collector();
  const parser = new Parser(sink, options);
  for (const chunk of typeof text === "string" ? [text] : text) parser.write(chunk);
  collected.warnings = parser.close().warnings;
  return collected;
}

/** Returns what a file is read as, by its content. */
export async function readText(
  text: string,
  options: StatementOptions = {}
): Promise<Collected & {format: StatementFormat}> {
  const {sink, collected} = collector();
  const {format, warnings} = await readStatements(chunked(new TextEncoder().encode(text)), sink, options);
  return {...collected, format, warnings};
}

/** Returns why a file is refused. */
export async function refusalOf(text: string, options: StatementOptions = {}): Promise<StatementProblem> {
  try {
    await readText(text, options);
  } catch (error) {
    if (error instanceof StatementError) return error.problem;
    throw error;
  }
  throw new Error("the file was not refused");
}

function collector(): {sink: StatementSink; collected: Collected} {
  const collected: Collected = {headers: [], sections: [], rows: [], warnings: []};
  return {
    collected,
    sink: {
      statement: (header) => collected.headers.push(header),
      section: (statement, section) => collected.sections.push([statement, section]),
      row: (row) => collected.rows.push(row)
    }
  };
}

function chunked(bytes: Uint8Array, size = 4096) {
  return async function* () {
    for (let at = 0; at < bytes.length; at += size)
      yield await Promise.resolve(bytes.subarray(at, at + size));
  };
}
