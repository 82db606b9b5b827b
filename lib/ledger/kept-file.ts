import {z} from "zod";
import {
  STATEMENT_FORMATS,
  StatementError,
  type StatementFormat,
  type StatementRow,
  type StatementWarning
} from "../statements/statement.js";
import type {FileOfSet} from "./intake.js";
import type {ImportedFile} from "./views.js";

/** A file of the set as it is kept: what the merge must know of it, what pages show of it; its rows beside it. */
export interface KeptFile extends FileOfSet {
  name: string;
  format: StatementFormat;
  /** Bytes of the file itself, which is not kept. */
  bytes: number;
  /** Rows that it had. */
  rows: number;
  /** ISO 8601 UTC. */
  importedAt: string;
  warnings: readonly StatementWarning[];
}

const Day = z.iso.date();

/** The same, read from outside. */
export const KeptFileSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  format: z.enum(STATEMENT_FORMATS),
  bytes: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  importedAt: z.iso.datetime(),
  warnings: z.array(z.strictObject({code: z.string(), where: z.string(), count: z.int()})),
  statements: z.array(
    z.strictObject({
      ordinal: z.int().nonnegative(),
      format: z.enum(STATEMENT_FORMATS),
      account: z.string().min(1),
      from: Day,
      to: Day,
      generated: z.string(),
      queryName: z.string(),
      queryType: z.string(),
      base: z.string().nullable()
    })
  ),
  presence: z.array(
    z.strictObject({
      account: z.string(),
      section: z.string(),
      element: z.string(),
      level: z.string(),
      kind: z.string()
    })
  )
}) satisfies z.ZodType<KeptFile>;

const Row = z.strictObject({
  statement: z.int().nonnegative(),
  section: z.string().min(1),
  element: z.string().min(1),
  account: z.string().min(1),
  day: z.string(),
  from: z.string(),
  to: z.string(),
  level: z.string(),
  kind: z.string(),
  fields: z.record(z.string(), z.string())
}) satisfies z.ZodType<StatementRow>;

/** Returns a row as a line of JSON, without its end; always the same for the same row. */
export function rowLine({
  statement,
  section,
  element,
  account,
  day,
  from,
  to,
  level,
  kind,
  fields
}: StatementRow): string {
  return JSON.stringify({statement, section, element, account, day, from, to, level, kind, fields});
}

/**
 * Returns the row that a line from outside says.
 * @param file the file that it is of
 * @throws StatementError `damaged` if it is no row of that file
 */
export function parseRowLine(line: string, file: KeptFile): StatementRow {
  const {success, data} = Row.safeParse(jsonOf(line));
  if (success && data.statement < file.statements.length) return data;
  throw new StatementError({
    code: "damaged",
    message: `the rows of ${file.name} are not what Tearsheet writes: export them once more`,
    where: file.sha256
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no row, as its schema says
  }
}

/** Returns a kept file as the list of imports shows it. */
export function importedFile({
  sha256,
  name,
  format,
  bytes,
  importedAt,
  statements,
  rows,
  warnings
}: KeptFile): ImportedFile {
  const days = statements.flatMap(({from, to}) => [from, to]).toSorted();
  return {
    sha256,
    name,
    format,
    bytes,
    importedAt,
    accounts: [...new Set(statements.map(({account}) => account))].toSorted(),
    from: days.at(0) || null,
    to: days.at(-1) || null,
    rows,
    warnings: warnings.reduce((sum, {count}) => sum + count, 0)
  };
}
