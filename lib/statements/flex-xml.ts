import {detectFormat, formatName} from "./detect.js";
import {FlexRows} from "./flex-rows.js";
import {attributeKind, isKnownElement, isKnownSection, schemaOf} from "./flex-schema.js";
import {FlexResponse} from "./flex-response.js";
import {FlexValues, isNothing} from "./flex-values.js";
import type {StatementOptions, StatementParser} from "./parser.js";
import {refusal, shorten} from "./refusal.js";
import {
  StatementError,
  type StatementHeader,
  type StatementSink,
  type StatementWarning
} from "./statement.js";
import {Warnings} from "./warnings.js";
import type {XmlAttributes} from "./xml-attributes.js";
import {XmlScanner} from "./xml-scanner.js";

const HEAD = 1024;

/** Depths at which the elements of a Flex file stand. */
const ROOT = 0;
const STATEMENTS = 1;
const STATEMENT = 2;
const SECTION = 3;

/**
 * Reads a Flex query's XML as it comes and calls the sink with each statement's header and rows.
 *
 * Unknown elements and attributes are kept in rows, with a warning. What stands around the statements or in a
 * statement's own tag belongs to no row, and is left out with a warning; so is, as it may be the person's, what
 * AccountInformation has beyond its list.
 *
 * Memory is bounded: one tag, and what is counted. Dates with slashes are read in the order that the first one that
 * can be read in one way only tells; one before it that can be read in two ways is refused, so a caller who can read
 * the file twice decides beforehand by `scanDateOrder` (as `readStatements` does).
 *
 * @throws StatementError from `write` or `close` if the file is refused; rows sent before are then to be thrown away
 */
export class FlexXmlParser implements StatementParser {
  readonly #sink: StatementSink;
  readonly #scanner: XmlScanner;
  readonly #values: FlexValues;
  readonly #warnings = new Warnings();
  readonly #rows: FlexRows;
  #head: string | undefined = "";
  #response: FlexResponse | undefined;
  #depth = 0;
  /** Depth of an element whose inside is passed over; Infinity for none. */
  #skipped = Infinity;
  #queryName = "";
  #queryType = "";
  #declared: number | undefined;
  #counted = 0;
  #ordinal = 0;
  #header: StatementHeader | undefined;
  #section = "";

  constructor(sink: StatementSink, {dateFormat}: StatementOptions = {}) {
    this.#sink = sink;
    this.#scanner = new XmlScanner({
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => this.#close(name),
      text: (text) => this.#text(text)
    });
    this.#values = new FlexValues(dateFormat, () => this.#scanner.line);
    this.#rows = new FlexRows(this.#values, this.#warnings, () => this.#scanner.line);
  }

  /** Reads on; chunks may be split anywhere. */
  write(chunk: string): void {
    if (this.#head === undefined) this.#scanner.write(chunk);
    else if ((this.#head += chunk).length >= HEAD) this.#start(this.#head);
  }

  /** Ends the file. */
  close(): {warnings: StatementWarning[]} {
    if (this.#head !== undefined) this.#start(this.#head);
    this.#scanner.close();
    this.#response?.refuse();
    if (this.#ordinal === 0)
      throw refusal(
        "no-statement",
        "the file holds no statement: check the query's accounts and period, and run it again"
      );
    return {warnings: this.#warnings.list()};
  }

  #start(head: string): void {
    const {format, problem} = detectFormat(head);
    if (problem) throw new StatementError(problem);
    if (format !== "flex-xml")
      throw refusal(
        "csv",
        `the file is ${formatName(format)} (${format}), not Flex XML: import it as what it is`
      );
    this.#head = undefined;
    this.#scanner.write(head);
  }

  #open(name: string, attributes: XmlAttributes): void {
    const depth = this.#depth++;
    if (this.#response) this.#response.open(name);
    else if (depth > this.#skipped) return;
    else if (depth === ROOT) this.#root(name, attributes);
    else if (depth === STATEMENTS) this.#statements(name, attributes);
    else if (depth === STATEMENT) this.#statement(name, attributes);
    else if (depth === SECTION) {
      this.#section = name;
      this.#sink.section?.(this.#ordinal - 1, name);
      if (!isKnownSection(name)) this.#warnings.count("unknown-element", name);
      if (attributes.count > 0) this.#row(name, attributes);
    } else if (attributes.count > 0) {
      if (!isKnownElement(name)) this.#warnings.count("unknown-element", name);
      this.#row(name, attributes);
    } else if (!isKnownSection(name) && !isKnownElement(name)) this.#warnings.count("unknown-element", name);
  }

  #close(name: string): void {
    const depth = --this.#depth;
    if (this.#response) this.#response.close(name);
    else if (depth === this.#skipped) this.#skipped = Infinity;
    else if (depth === STATEMENTS) this.#compareCount();
    else if (depth === STATEMENT) this.#header = undefined;
  }

  #text(text: string): void {
    if (this.#response) this.#response.text(text);
    else this.#warnings.count("unexpected-text", this.#section);
  }

  #root(name: string, {names, values, count}: XmlAttributes): void {
    if (name === "FlexStatementResponse") {
      this.#response = new FlexResponse();
      return;
    }
    if (name !== "FlexQueryResponse")
      throw refusal(
        "not-flex",
        `the file's first element is <${name}>, not <FlexQueryResponse>: import the XML that a Flex query of IBKR gives`
      );
    for (let i = 0; i < count; ++i) {
      if (names[i] === "queryName") this.#queryName = values[i];
      else if (names[i] === "type") this.#queryType = values[i];
      else this.#unknownAttribute(name, names[i]);
    }
  }

  #statements(name: string, {names, values, count}: XmlAttributes): void {
    if (name !== "FlexStatements") return this.#skip(name);
    this.#counted = 0;
    this.#declared = undefined;
    for (let i = 0; i < count; ++i) {
      if (names[i] !== "count") this.#unknownAttribute(name, names[i]);
      else if (/^\d+$/.test(values[i])) this.#declared = Number(values[i]);
    }
  }

  #compareCount(): void {
    const declared = this.#declared ?? this.#counted;
    this.#declared = undefined;
    if (declared > this.#counted)
      throw refusal(
        "truncated",
        `the file announces ${declared} statements but holds ${this.#counted}: download it again`,
        "FlexStatements@count"
      );
    if (declared < this.#counted)
      this.#warnings.count("fewer-declared", "FlexStatements@count", this.#counted - declared);
  }

  #statement(name: string, {names, values, count}: XmlAttributes): void {
    if (name !== "FlexStatement") return this.#skip(name);
    const given = new Map<string, string>();
    for (let i = 0; i < count; ++i) {
      if (HEADER.has(names[i])) given.set(names[i], values[i]);
      else this.#unknownAttribute(name, names[i]);
    }
    const account = given.get("accountId") ?? "";
    if (isNothing(account)) throw this.#missing("accountId", "missing-account");
    const from = this.#headerDate("fromDate", given);
    const to = this.#headerDate("toDate", given);
    if (from > to)
      throw refusal(
        "bad-period",
        `the statement of ${account} ends ${to}, before it starts ${from}: download it again`,
        this.#where("FlexStatement")
      );
    const printed = given.get("whenGenerated") ?? "";
    const generated = this.#values.read("time", printed, "FlexStatement", "whenGenerated");
    if (generated === undefined) this.#warnings.count("unreadable-date", "FlexStatement@whenGenerated");
    this.#header = {
      ordinal: this.#ordinal++,
      format: "flex-xml",
      account,
      from,
      to,
      generated: generated?.slice(0, 19) ?? "",
      queryName: this.#queryName,
      queryType: this.#queryType
    };
    ++this.#counted;
    this.#section = name;
    this.#sink.statement(this.#header);
  }

  #headerDate(name: string, given: ReadonlyMap<string, string>): string {
    const printed = given.get(name) ?? "";
    if (isNothing(printed)) throw this.#missing(name, "missing-period");
    const day = this.#values.read("date", printed, "FlexStatement", name);
    if (!day)
      throw refusal(
        "bad-date",
        `FlexStatement@${name} is no date: ${shorten(printed)}: download the statement again`,
        this.#where("FlexStatement")
      );
    return day;
  }

  #missing(name: string, code: string): StatementError {
    return refusal(
      code,
      `a statement has no ${name} (line ${this.#scanner.line}): run the Flex query again`,
      this.#where("FlexStatement")
    );
  }

  /** Attributes of the elements around the rows are not kept; the person's own are not even named. */
  #unknownAttribute(element: string, name: string): void {
    if (attributeKind(schemaOf(element), name) !== "private")
      this.#warnings.count("unknown-attribute", `${element}@${name}`);
  }

  #skip(name: string): void {
    this.#warnings.count("unknown-element", name);
    this.#skipped = this.#depth - 1;
  }

  #row(element: string, attributes: XmlAttributes): void {
    const header = this.#header!; // rows stand inside a statement
    this.#sink.row(this.#rows.read(header, this.#section, element, attributes));
  }

  #where(place: string): string {
    return `${place}, line ${this.#scanner.line}`;
  }
}

const HEADER = new Set(["accountId", "fromDate", "toDate", "period", "whenGenerated"]);
