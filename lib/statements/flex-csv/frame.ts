import {refusal, shorten} from "../refusal.js";
import type {StatementError} from "../statement.js";
import {attributeOf, isColumnRow, sectionOf} from "./columns.js";
import {sectionNamed, type FlexSection} from "./sections.js";

/** Rows that have the same columns. */
export interface FlexCsvTable {
  /** IBKR's code of the section; empty where the file has none. */
  code: string;
  /** Undefined for a section that nobody knows. */
  section: FlexSection | undefined;
  /** XML's name of each column, the column's own where nobody knows it; the same array for the same columns. */
  names: readonly string[];
}

/** What a frame calls, in file order. */
export interface FlexCsvHandler {
  /** `BOF`, `BOA`: a file and an account begin. */
  file(cells: readonly string[]): void;
  account(cells: readonly string[]): void;
  /** A section begins, be it without rows. */
  begin(code: string, section: FlexSection | undefined): void;
  row(table: FlexCsvTable, cells: string[]): void;
  /** `EOS`: as it is printed; empty where it says nothing. */
  end(code: string, count: string, amount: string): void;
  /** `EOA` or `EOF`. */
  close(): void;
  /** `MSG`: a remark of IBKR's about the report. */
  message(): void;
}

interface OpenSection {
  code: string;
  /** Whether `begin` was called. */
  begun: boolean;
  section: FlexSection | undefined;
  table: FlexCsvTable | undefined;
  /** Whether it begins with `BOS`, and so ends with `EOS`. */
  framed: boolean;
  /** Whether its rows start with `HEADER` or `DATA`. */
  described: boolean;
}

const NONE: OpenSection = {code: "", begun: false, section: undefined, table: undefined, framed: false, described: false}; // prettier-ignore
const AROUND = new Set(["BOF", "BOA", "EOA", "EOF", "MSG"]);
const CODE = /^[A-Z0-9]{2,6}$/;
const MAX_TABLES = 1000;

/**
 * Tells apart what stands in a Flex query's CSV: records that begin and end file, account and section, rows of column
 * names, rows of values; with header and trailer records or without, with line descriptors or without.
 */
export class FlexCsvFrame {
  readonly #handler: FlexCsvHandler;
  readonly #tables = new Map<string, FlexCsvTable>();
  #open = NONE;
  #files = 0;
  #ended = 0;
  #last = 0;

  constructor(handler: FlexCsvHandler) {
    this.#handler = handler;
  }

  /** Line of the record that is being read. */
  get line(): number {
    return this.#last;
  }

  record(cells: string[], line: number): void {
    this.#last = line;
    const {table, framed, code, described} = this.#open;
    if (framed && this.#isEnd(cells, code)) return this.#end(cells);
    if (isColumnRow(cells, framed && !table)) return this.#columns(cells, framed ? code : "", false);
    const fits = table !== undefined && !described && cells.length === table.names.length;
    if (fits && !this.#isAround(cells)) return this.#handler.row(table, cells);
    if (cells[0] === "HEADER" && cells.length > 2) return this.#columns(cells.slice(2), cells[1], true);
    if (cells[0] === "DATA" && cells.length > 2) return this.#described(cells);
    this.#marker(cells);
  }

  /** @throws StatementError `truncated` if what has begun has not ended */
  close(): void {
    if (this.#open.framed) throw this.#cut(`section ${this.#open.code} has no end record`);
    if (this.#ended < this.#files) throw this.#cut("its end record (EOF) is missing");
  }

  #isEnd(cells: readonly string[], code: string): boolean {
    return (cells[0] === "EOS" && cells[1] === code) || (cells[1] === "EOS" && cells[0] === code);
  }

  /** A row as long as the table's may look like a record around sections only where none is framed. */
  #isAround(cells: readonly string[]): boolean {
    return !this.#open.framed && AROUND.has(cells[0]);
  }

  #described(cells: string[]): void {
    const {table} = this.#open;
    if (table?.code !== cells[1]) throw this.#noColumns(cells[1]);
    if (cells.length - 2 !== table.names.length) throw this.#wrongCount(table, cells.length - 2);
    this.#handler.row(table, cells.slice(2));
  }

  #marker(cells: string[]): void {
    const [first = "", second = ""] = cells;
    const begins = first === "BOS" ? second : second === "BOS" ? first : "";
    if (!AROUND.has(first) && !CODE.test(begins)) {
      const {table, framed, code} = this.#open;
      if (table) throw this.#wrongCount(table, cells.length);
      throw framed ? this.#noColumns(code) : this.#unexpected(cells);
    }
    if (first === "MSG") return this.#handler.message();
    if (this.#open.framed) throw this.#cut(`section ${this.#open.code} has no end record`);
    if (this.#ended === this.#files && this.#files > 0 && first !== "BOF") throw this.#unexpected(cells);
    this.#open = NONE;
    if (begins) {
      const section = sectionNamed(begins, cells[2]);
      this.#open = {...NONE, code: begins, section, framed: true};
    } else if (first === "BOF") {
      ++this.#files;
      this.#handler.file(cells);
    } else if (first === "BOA") this.#handler.account(cells);
    else {
      if (first === "EOF") ++this.#ended;
      this.#handler.close();
    }
  }

  #columns(columns: string[], code: string, described: boolean): void {
    const framed = this.#open.framed && this.#open.code === code;
    const named = framed ? this.#open.section : sectionNamed(code);
    const section = named ?? sectionOf(columns);
    const table = this.#table(code, section, columns);
    if (this.#open.framed && !framed) throw this.#cut(`section ${this.#open.code} has no end record`);
    const begun = framed && this.#open.begun;
    this.#open = {...this.#open, code, section, table, framed, described, begun: true};
    if (!begun) this.#handler.begin(code, section);
  }

  #table(code: string, section: FlexSection | undefined, columns: readonly string[]): FlexCsvTable {
    const key = [code, section?.container ?? "", ...columns].join("\u0001");
    const known = this.#tables.get(key);
    if (known) return known;
    const names = columns.map((column) => attributeOf(section?.element ?? "", column) ?? column);
    const table = {code, section, names};
    if (this.#tables.size > MAX_TABLES) this.#tables.clear();
    this.#tables.set(key, table);
    return table;
  }

  #end(cells: readonly string[]): void {
    const {code, section, begun} = this.#open;
    if (!begun) this.#handler.begin(code, section);
    this.#handler.end(code, cells[2] ?? "", cells[3] ?? "");
    this.#open = NONE;
  }

  #wrongCount({code, section, names}: FlexCsvTable, count: number): StatementError {
    const place = section?.element ?? (code || "a row");
    return this.#refuse(
      "bad-columns",
      `${place} has ${count} cells under ${names.length} columns (line ${this.#last}): download the statement again`
    );
  }

  #noColumns(code: string): StatementError {
    return this.#refuse(
      "bad-columns",
      `section ${shorten(code)} has no column names (line ${this.#last}): set "Include column headers?" to Yes in the query's delivery configuration and run it again`
    );
  }

  #unexpected(cells: readonly string[]): StatementError {
    return this.#refuse(
      "malformed",
      `there is a record of ${cells.length} cells where none is expected (line ${this.#last}): download the statement again`
    );
  }

  #cut(what: string): StatementError {
    return this.#refuse(
      "truncated",
      `the file ends before its end: ${what} (line ${this.#last}): the download was cut off, download the statement again`
    );
  }

  #refuse(code: string, message: string): StatementError {
    return refusal(code, message, `line ${this.#last}`);
  }
}
