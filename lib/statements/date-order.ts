import {readFlexDate, type SlashDates} from "../time/flex-date.js";
import {attributeKind, schemaOf} from "./flex-schema.js";
import {ambiguousDate, isNothing} from "./flex-values.js";
import type {StatementOptions, StatementScan} from "./parser.js";
import type {StatementError} from "./statement.js";
import type {XmlAttributes} from "./xml-attributes.js";
import {XmlScanner} from "./xml-scanner.js";

const HEADER = new Set(["fromDate", "toDate", "whenGenerated"]);

/** Tells whether the start of a Flex XML has dates with slashes: all dates of a file are written in one way. */
export function hasSlashDates(head: string): boolean {
  return /\b(?:fromDate|toDate|whenGenerated)\s*=\s*["']\d\d?\//.test(head);
}

/** Reads a whole Flex XML for nothing but its dates with slashes, to tell which comes first in them, month or day. */
export class DateOrderScan implements StatementScan {
  readonly #seen: SlashDates = {};
  readonly #scanner: XmlScanner;
  #open: StatementError | undefined;

  constructor() {
    this.#scanner = new XmlScanner({
      open: (name, attributes) => this.#look(name, attributes),
      close() {},
      text() {}
    });
  }

  write(chunk: string): void {
    this.#scanner.write(chunk);
  }

  /**
   * Ends the file.
   * @returns no order where it does not matter
   * @throws StatementError `ambiguous-date` if every date can be read both ways, or they contradict each other
   */
  close(): StatementOptions {
    this.#scanner.close();
    if (this.#open && !this.#seen.order) throw this.#open;
    return {dateFormat: this.#seen.order};
  }

  #look(element: string, {names, values, count}: XmlAttributes): void {
    const schema = schemaOf(element);
    for (let i = 0; i < count; ++i) {
      if (!values[i].includes("/") || isNothing(values[i])) continue;
      const kind = HEADER.has(names[i]) ? "date" : attributeKind(schema, names[i]);
      if (kind !== "date" && kind !== "time") continue;
      const reading = readFlexDate(values[i].trim(), this.#seen);
      if ("value" in reading || reading.fault === "unreadable") continue;
      const error = ambiguousDate(reading.fault, `${element}@${names[i]}`, values[i], this.#scanner.line);
      if (reading.fault === "contradicts") throw error;
      this.#open ??= error;
    }
  }
}
