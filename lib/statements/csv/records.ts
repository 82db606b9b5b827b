import {refusal} from "../refusal.js";
import type {StatementError} from "../statement.js";
import {FORBIDDEN} from "../xml-characters.js";

const QUOTE = 34;
const COMMA = 44;
const NEWLINE = 10;
const RETURN = 13;
const MAX_RECORD = 1 << 20;

/** Where the reader stands: before a cell, in a bare or a quoted one, or behind a quote that ends it or is doubled. */
const START = 0;
const BARE = 1;
const QUOTED = 2;
const BEHIND = 3;

/**
 * Reads CSV as it comes: RFC 4180, with lines that end in CRLF, LF or CR, and a byte order mark or none. A quote inside a
 * cell that does not start with one is a character like any other. Empty lines are passed over. Memory is bounded: one
 * record, of a million characters at most.
 *
 * @throws StatementError from `write` or `close`: `truncated` where a quote is not closed, `malformed` for text behind a
 *   closing quote, a control character or a record without end
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export class CsvRecords {
  readonly #onRecord: (cells: string[], line: number) => void;
  #state = START;
  #cells: string[] = [];
  #cell = "";
  #length = 0;
  #begun = false;
  #line = 1;
  /** Line on which the record starts. */
  #start = 1;
  /** Whether the last character ended a line by CR: a newline that follows is of the same end. */
  #returned = false;

  /** @param onRecord called with the cells of each record, an array of their own, and the line on which it starts */
  constructor(onRecord: (cells: string[], line: number) => void) {
    this.#onRecord = onRecord;
  }

  /** Line that is being read, from 1. */
  get line(): number {
    return this.#line;
  }

  /** Reads on; chunks may be split anywhere. */
  write(chunk: string): void {
    if (!chunk) return;
    let at = !this.#begun && chunk.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.#begun = true;
    if (FORBIDDEN.test(chunk)) throw this.#malformed("there is a control character");
    while (at < chunk.length) {
      if (this.#state === QUOTED) at = this.#quoted(chunk, at);
      else if (this.#state === BEHIND) at = this.#behind(chunk, at);
      else at = this.#bare(chunk, at);
    }
  }

  /** Ends the file; a last record need not end its line. */
  close(): void {
    if (this.#state === QUOTED)
      throw refusal(
        "truncated",
        `the file ends inside a quoted cell (line ${this.#start}): the download was cut off, download the statement again`,
        `line ${this.#start}`
      );
    if (this.#state !== START || this.#cells.length > 0) this.#endRecord();
  }

  #bare(chunk: string, at: number): number {
    let code = chunk.charCodeAt(at);
    if (this.#state === START) {
      if (code === NEWLINE && this.#returned) {
        this.#returned = false;
        return at + 1;
      }
      this.#returned = false;
      if (code === QUOTE) {
        this.#state = QUOTED;
        return at + 1;
      }
    }
    const start = at;
    while (code !== COMMA && code !== NEWLINE && code !== RETURN && ++at < chunk.length)
      code = chunk.charCodeAt(at);
    if (at > start) {
      this.#take(chunk, start, at);
      this.#state = BARE;
    }
    return at < chunk.length ? this.#delimiter(code, at) : at;
  }

  #quoted(chunk: string, at: number): number {
    const found = chunk.indexOf('"', at);
    const end = found < 0 ? chunk.length : found;
    this.#take(chunk, at, end);
    this.#countLines(chunk, at, end);
    if (found >= 0) this.#state = BEHIND;
    return end + 1;
  }

  #behind(chunk: string, at: number): number {
    const code = chunk.charCodeAt(at);
    if (code === QUOTE) {
      this.#cell += '"';
      this.#state = QUOTED;
      return at + 1;
    }
    if (code !== COMMA && code !== NEWLINE && code !== RETURN)
      throw this.#malformed("there is text behind a closing quote");
    return this.#delimiter(code, at);
  }

  #take(chunk: string, from: number, to: number): void {
    const text = chunk.slice(from, to);
    this.#cell = this.#cell ? this.#cell + text : text;
    this.#length += text.length + 1;
    if (this.#length > MAX_RECORD) throw this.#malformed("a record is longer than a million characters");
  }

  /** Ends the cell, and the record where its line ends; an empty line is no record. */
  #delimiter(code: number, at: number): number {
    if (code === COMMA) {
      this.#cells.push(this.#cell);
      this.#cell = "";
      this.#state = START;
      if (++this.#length > MAX_RECORD) throw this.#malformed("a record is longer than a million characters");
      return at + 1;
    }
    const empty = this.#state === START && this.#cells.length === 0;
    if (!empty) this.#endRecord();
    this.#returned = code === RETURN;
    this.#start = ++this.#line;
    return at + 1;
  }

  #endRecord(): void {
    this.#cells.push(this.#cell);
    const cells = this.#cells;
    this.#cells = [];
    this.#cell = "";
    this.#length = 0;
    this.#state = START;
    this.#onRecord(cells, this.#start);
  }

  /** Counts the lines that end inside a quoted cell. */
  #countLines(chunk: string, from: number, to: number): void {
    for (let i = from; i < to; ++i) {
      const code = chunk.charCodeAt(i);
      if (code === RETURN || (code === NEWLINE && !this.#returned)) ++this.#line;
      this.#returned = code === RETURN;
    }
    if (to < chunk.length) this.#returned = false;
  }

  #malformed(what: string): StatementError {
    return refusal(
      "malformed",
      `the file is not well-formed CSV: ${what} (line ${this.#line}): download the statement again`,
      `line ${this.#line}`
    );
  }
}
