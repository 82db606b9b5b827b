import type {StatementHeader, StatementSink} from "../statement.js";
import type {Warnings} from "../warnings.js";
import type {Fields} from "./fields.js";

/** A row before it has its place among the statements. */
export interface NewRow {
  section: string;
  element: string;
  /** As its own column says; empty where the file has none. */
  account?: string;
  /** Report day; left out for a row of the statement's period. */
  day?: string;
  level?: string;
  kind?: string;
  fields: Fields;
}

/** Sends the rows of one file to its sink, each to its account's statement. */
export class RowWriter {
  readonly #sink: StatementSink;
  readonly #warnings: Warnings;
  readonly #headers: readonly StatementHeader[];
  readonly #sections = new Set<string>();

  constructor(sink: StatementSink, warnings: Warnings, headers: readonly StatementHeader[]) {
    this.#sink = sink;
    this.#warnings = warnings;
    this.#headers = headers;
    for (const header of headers) sink.statement(header);
  }

  /** Tells that the file has a section, be there rows in it or not; once, though several printed ones make it. */
  section(section: string): void {
    if (this.#sections.has(section)) return;
    this.#sections.add(section);
    for (const {ordinal} of this.#headers) this.#sink.section?.(ordinal, section);
  }

  /** Sends a row; one of a consolidated file that names no account speaks of all accounts at once and is left out. */
  row(row: NewRow): void {
    const {account = ""} = row;
    const own = this.#headers.find((header) => header.account === account);
    if (own) this.#send(own, own.account, row);
    else if (!account && this.#headers.length > 1) this.#warnings.count("no-account", row.element);
    else {
      if (account) this.#warnings.count("other-account", row.element);
      this.#send(this.#headers[0], account || this.#headers[0].account, row);
    }
  }

  /** Sends a row that holds for every account of the file. */
  shared(row: NewRow): void {
    for (const header of this.#headers) this.#send(header, header.account, row);
  }

  #send(
    header: StatementHeader,
    account: string,
    {section, element, day = "", level = "", kind = "", fields}: NewRow
  ) {
    this.#sink.row({
      statement: header.ordinal,
      section,
      element,
      account,
      day,
      from: day ? "" : header.from,
      to: day ? "" : header.to,
      level,
      kind,
      fields
    });
  }
}
