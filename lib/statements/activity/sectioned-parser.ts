import type {DateOrder} from "../../time/flex-date.js";
import {CsvRecords} from "../csv/records.js";
import type {StatementOptions, StatementParser} from "../parser.js";
import type {StatementSink, StatementWarning} from "../statement.js";
import {Warnings} from "../warnings.js";
import {Sections} from "./sections.js";

/**
 * Reads a CSV file of sections, `Section,Header|Data|Total,…`, and holds it until its end: what rows need may stand last.
 * @throws StatementError from `write` or `close` if the file is refused
 */
export abstract class SectionedParser implements StatementParser {
  protected readonly sink: StatementSink;
  protected readonly order: DateOrder | undefined;
  protected readonly warnings = new Warnings();
  protected readonly sections = new Sections(this.warnings);
  readonly #records = new CsvRecords((cells, line) => this.sections.add(cells, line, this.#ended));
  /** Whether the file has ended: a record that comes then did not end its line. */
  #ended = false;

  constructor(sink: StatementSink, {dateFormat}: StatementOptions = {}) {
    this.sink = sink;
    this.order = dateFormat;
  }

  write(text: string): void {
    this.#records.write(text);
  }

  close(): {warnings: StatementWarning[]} {
    this.#ended = true;
    this.#records.close();
    this.read();
    return {warnings: this.warnings.list()};
  }

  /** Tells the sink what the sections say. */
  protected abstract read(): void;
}
