import {readFlexDate, type SlashDates} from "../../time/flex-date.js";
import {CsvRecords} from "../csv/records.js";
import {attributeKind, schemaOf} from "../flex-schema.js";
import {ambiguousDate, FlexValues, isNothing} from "../flex-values.js";
import type {StatementOptions, StatementScan} from "../parser.js";
import type {StatementError} from "../statement.js";
import {FlexCsvFrame, type FlexCsvTable} from "./frame.js";
import {readAccountHeading, readFileHeading, type FlexCsvHeading} from "./heading.js";

const EMPTY: FlexCsvHeading = {account: "", queryName: "", from: "", to: "", generated: ""};
const PERIOD = ["fromDate", "toDate"];

/** Tells whether a Flex query's CSV must be read as a whole before its rows: for slashes in dates, or for its period. */
export function needsFlexCsvScan(head: string): boolean {
  return !/^"?BOF"?,/m.test(head) || /(?:^|[",])\d\d?\/\d\d?\/\d\d/m.test(head);
}

/**
 * Reads a whole Flex query's CSV for which comes first in dates with slashes, month or day, and for the first and last
 * day that its rows of a period (change in NAV, cash report, interest accruals) say they cover.
 */
export class FlexCsvScan implements StatementScan {
  readonly #seen: SlashDates;
  readonly #csv: CsvRecords;
  readonly #frame: FlexCsvFrame;
  readonly #days = new Set<string>();
  readonly #dated = new Map<FlexCsvTable, {at: number; place: string; period: boolean}[]>();
  #open: StatementError | undefined;

  constructor({dateFormat}: StatementOptions = {}) {
    this.#seen = {order: dateFormat};
    const heading = ({from, to, generated}: FlexCsvHeading) => {
      for (const text of [from, to, generated]) this.#look(text, "BOF");
    };
    this.#frame = new FlexCsvFrame({
      file: (cells) => heading(readFileHeading(cells)),
      account: (cells) => heading(readAccountHeading(cells, EMPTY)),
      row: (table, cells) => this.#row(table, cells),
      begin() {},
      end() {},
      close() {},
      message() {}
    });
    this.#csv = new CsvRecords((cells, line) => this.#frame.record(cells, line));
  }

  write(text: string): void {
    this.#csv.write(text);
  }

  close(): StatementOptions {
    this.#csv.close();
    this.#frame.close();
    const {order} = this.#seen;
    if (this.#open && !order) throw this.#open;
    const values = new FlexValues(order, () => this.#frame.line);
    const days = [...this.#days].flatMap((day) => values.read("date", day, "", "") || []).toSorted();
    return {dateFormat: order, ...(days.length > 0 && {period: {from: days[0], to: days.at(-1)!}})};
  }

  #row(table: FlexCsvTable, cells: readonly string[]): void {
    for (const {at, place, period} of this.#dates(table)) {
      if (period && !isNothing(cells[at])) this.#days.add(cells[at]);
      this.#look(cells[at], place);
    }
  }

  #dates(table: FlexCsvTable): {at: number; place: string; period: boolean}[] {
    const known = this.#dated.get(table);
    if (known) return known;
    const element = table.section?.element ?? table.code;
    const schema = schemaOf(element);
    const dated = table.names.flatMap((name, at) => {
      const kind = attributeKind(schema, name);
      const place = `${element}@${name}`;
      return kind === "date" || kind === "time" ? [{at, place, period: PERIOD.includes(name)}] : [];
    });
    this.#dated.set(table, dated);
    return dated;
  }

  #look(text: string, place: string): void {
    if (!text.includes("/") || isNothing(text)) return;
    const reading = readFlexDate(text.trim(), this.#seen);
    if ("value" in reading || reading.fault === "unreadable") return;
    const error = ambiguousDate(reading.fault, place, text, this.#frame.line);
    if (reading.fault === "contradicts") throw error;
    this.#open ??= error;
  }
}
