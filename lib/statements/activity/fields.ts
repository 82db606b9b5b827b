import type {DateOrder} from "../../time/flex-date.js";
import {attributeKind, isKnownElement, schemaOf} from "../flex-schema.js";
import {FlexValues, isNothing} from "../flex-values.js";
import {refusal, shorten} from "../refusal.js";
import type {Warnings} from "../warnings.js";
import type {Line} from "./sections.js";

/** Canonical values of one row under Flex's attribute names. */
export type Fields = Record<string, string>;

/** Flex's attribute for each column of a section; "" for a column that is known and not kept. */
export type ColumnNames = Readonly<Record<string, string>>;

/** Columns whose date places the row: it must be one. */
const PLACING = new Set(["Date", "Date/Time", "Report Date", "Settle Date"]);

/** Attributes of these rows that Flex does not have, and that are numbers. */
const NUMBERS = new Set(["mtmPnlInBase", "exchangeRate", "price", "netAmount"]);

/** Reads the lines of one file into fields: canonical values, as Flex's rows have them. */
export class FieldReader {
  readonly #warnings: Warnings;
  readonly #values: FlexValues;
  #line = 0;

  /** @param order which comes first in dates with slashes, if it is known */
  constructor(warnings: Warnings, order?: DateOrder) {
    this.#warnings = warnings;
    this.#values = new FlexValues(order, () => this.#line);
  }

  /** @throws StatementError if a number, or a date that places the row, is none */
  read(line: Line, section: string, element: string, columns: ColumnNames): Fields {
    const fields: Fields = {};
    const seen = new Set<string>();
    for (const [i, column] of line.columns.names.entries()) {
      if (column === "") continue;
      const repeated = seen.has(column);
      seen.add(column);
      const known = named(columns, column);
      if (known === "") continue;
      if (known === undefined || repeated) this.#warnings.count("unknown-attribute", `${section}@${column}`);
      if (repeated) continue;
      const name = known ?? attributeName(column);
      const value = this.value(line, section, column, element, name, line.cells[i + 2] ?? "");
      if (value !== "") fields[name] = value;
    }
    return fields;
  }

  /** Returns the canonical form of one printed value; "" for none. */
  value(line: Line, section: string, column: string, element: string, name: string, printed: string): string {
    const raw = printed.trim();
    if (isNothing(raw)) return "";
    this.#line = line.line;
    const kind = NUMBERS.has(name) ? "decimal" : attributeKind(schemaOf(element), name);
    const known = kind === "text" && !isKnownElement(element) ? "open" : kind;
    const value = this.#values.read(
      known,
      known === "decimal" ? raw.replace(/%$/, "") : raw,
      section,
      column
    );
    if (value !== undefined) return value;
    if (!PLACING.has(column)) {
      this.#warnings.count("unreadable-date", `${section}@${column}`);
      return raw;
    }
    throw refusal(
      "bad-date",
      `${section}@${column} is no date: ${shorten(raw)} (line ${line.line}): download the statement again`,
      `${section}@${column}, line ${line.line}`
    );
  }
}

/** Returns what a list has under a name that stands in a file; undefined if it has none. */
export function named<T>(list: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(list, name) ? list[name] : undefined;
}

/** Returns the name of a line or column as Flex would write it: `Grant Activity` is `grantActivity`; what has no letters stays. */
export function attributeName(text: string): string {
  const words = text.match(/[A-Za-z0-9]+/g) ?? [text];
  return words
    .map((word, i) => (i ? word.charAt(0).toUpperCase() : word.charAt(0).toLowerCase()) + word.slice(1))
    .join("");
}
