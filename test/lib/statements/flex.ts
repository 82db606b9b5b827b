import {FlexXmlParser} from "../../../lib/statements/flex-xml.js";
import type {StatementOptions} from "../../../lib/statements/parser.js";
import {
  StatementError,
  type StatementHeader,
  type StatementProblem,
  type StatementRow,
  type StatementWarning
} from "../../../lib/statements/statement.js";

export const HEADER =
  'accountId="U1" fromDate="20250101" toDate="20250131" period="Custom" whenGenerated="20250201;063000"';

/** Returns a Flex file with one statement that holds the given sections. */
export function flex(sections: string, header = HEADER): string {
  return file(`<FlexStatement ${header}>\n${sections}\n</FlexStatement>`);
}

/** Returns a Flex file around some statements. */
export function file(statements: string, count = 1): string {
  return `<FlexQueryResponse queryName="all" type="AF">\n<FlexStatements count="${count}">\n${statements}\n</FlexStatements>\n</FlexQueryResponse>\n`;
}

export interface Parsed {
  headers: StatementHeader[];
  sections: string[];
  rows: StatementRow[];
  warnings: StatementWarning[];
}

/** Parses a file, given whole or in pieces. */
export function parse(xml: string | readonly string[], options?: StatementOptions): Parsed {
  const parsed: Parsed = {headers: [], sections: [], rows: [], warnings: []};
  const parser = new FlexXmlParser(
    {
      statement: (header) => parsed.headers.push(header),
      section: (_, section) => parsed.sections.push(section),
      row: (row) => parsed.rows.push(row)
    },
    options
  );
  for (const chunk of typeof xml === "string" ? [xml] : xml) parser.write(chunk);
  parsed.warnings = parser.close().warnings;
  return parsed;
}

/** Returns the one row of a file whose statement holds the given section. */
export function rowOf(section: string, options?: StatementOptions): StatementRow {
  return parse(flex(section), options).rows[0];
}

/** Returns why a file is refused. */
export function problemOf(xml: string | readonly string[], options?: StatementOptions): StatementProblem {
  try {
    parse(xml, options);
  } catch (error) {
    if (error instanceof StatementError) return error.problem;
    throw error;
  }
  throw new Error("the file was not refused");
}
