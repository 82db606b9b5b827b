import {addDecimals, formatDecimal, parseDecimal, type Decimal} from "../../money/decimal.js";
import {CsvRecords} from "../csv/records.js";
import {FlexRows} from "../flex-rows.js";
import {isKnownElement} from "../flex-schema.js";
import {FlexValues} from "../flex-values.js";
import type {StatementOptions, StatementParser} from "../parser.js";
import {refusal, shorten} from "../refusal.js";
import type {
  StatementError,
  StatementHeader,
  StatementRow,
  StatementSink,
  StatementWarning
} from "../statement.js";
import {Warnings} from "../warnings.js";
import {FlexCsvFrame, type FlexCsvHandler, type FlexCsvTable} from "./frame.js";
import {readAccountHeading, readFileHeading, type FlexCsvHeading} from "./heading.js";
import type {FlexSection} from "./sections.js";

/** The columns that an end record's amount may be the sum of; of other sections it is zero. */
const SUMMED: Readonly<Record<string, readonly string[]>> = {
  Trades: ["netTradeMoney", "tradeMoney"],
  OpenPositions: ["positionValue"]
};
const ZERO = parseDecimal("0");
const COUNTED = new Set(["", "EXECUTION", "SUMMARY"]);
const HEADING: FlexCsvHeading = {account: "", queryName: "", from: "", to: "", generated: ""};
const TICK =
  'tick "Include header and trailer records" in the query\'s delivery configuration and run it again';

/** Rows of a section so far, and what their amounts come to: of all, and of those at the level that counts. */
interface Tally {
  container: string;
  rows: number;
  attribute: string | undefined;
  all: Decimal;
  counted: Decimal;
}

/**
 * Reads a Flex query's CSV as it comes and calls the sink with the rows that the query's XML would have.
 *
 * Sections that nobody knows are kept under their code, unknown columns under their name, both with a warning. A section
 * that has another number of rows than its end record says is refused; one whose amounts come to something else is
 * read, with a warning and a row of the section `Totals`. Without header records the accounts are those of the rows, and
 * the period is told by the caller, who can read the file twice (as `readStatements` does).
 */
export class FlexCsvParser implements StatementParser {
  readonly #sink: StatementSink;
  readonly #options: StatementOptions;
  readonly #warnings = new Warnings();
  readonly #values: FlexValues;
  readonly #rows: FlexRows;
  readonly #csv: CsvRecords;
  readonly #frame: FlexCsvFrame;
  #file = HEADING;
  /** What is said of the statement whose rows come; undefined without header records. */
  #heading: FlexCsvHeading | undefined;
  #header: StatementHeader | undefined;
  #ordinal = 0;
  /** Without header records: the statement of each account. */
  readonly #byAccount = new Map<string, StatementHeader>();
  #section: {code: string; section: FlexSection | undefined} | undefined;
  /** Statements to which the section in hand has been told. */
  readonly #told = new Set<number>();
  #tally: Tally | undefined;

  constructor(sink: StatementSink, options: StatementOptions = {}) {
    this.#sink = sink;
    this.#options = options;
    const line = () => this.#frame.line;
    this.#values = new FlexValues(options.dateFormat, line);
    this.#rows = new FlexRows(this.#values, this.#warnings, line);
    this.#frame = new FlexCsvFrame(this.#handler());
    this.#csv = new CsvRecords((cells, at) => this.#frame.record(cells, at));
  }

  write(text: string): void {
    this.#csv.write(text);
  }

  close(): {warnings: StatementWarning[]} {
    this.#csv.close();
    this.#frame.close();
    this.#begin();
    if (this.#ordinal === 0)
      throw refusal(
        "no-statement",
        "the file holds no statement: check the query's accounts and period, and run it again"
      );
    return {warnings: this.#warnings.list()};
  }

  #handler(): FlexCsvHandler {
    return {
      file: (cells) => {
        this.#file = readFileHeading(cells);
        this.#heading = undefined;
      },
      account: (cells) => {
        this.#begin();
        this.#heading = readAccountHeading(cells, this.#file);
        this.#header = undefined;
      },
      begin: (code, section) => this.#beginSection(code, section),
      row: (table, cells) => this.#row(table, cells),
      end: (code, count, amount) => this.#endSection(code, count, amount),
      close: () => {
        this.#begin();
        this.#heading = undefined;
        this.#header = undefined;
      },
      message: () => this.#warnings.count("message", "MSG")
    };
  }

  /** Sends the header of the account that has begun, if it has not been sent: at its first section, or at its end. */
  #begin(section?: FlexSection): void {
    if (this.#header || (!this.#heading && !(section && this.#file.account))) return;
    const {account, queryName, generated, ...days} = (this.#heading ??= this.#file);
    const {from, to} = days.from && days.to ? days : (this.#options.period ?? days);
    if (!account) throw this.#missingAccount();
    if (!from || !to) throw this.#missingPeriod();
    this.#header = this.#send({
      account,
      queryName,
      queryType: section?.container === "TradeConfirms" ? "TCF" : "AF",
      from: this.#day("fromDate", from),
      to: this.#day("toDate", to),
      generated: this.#moment(generated)
    });
  }

  #send(said: Omit<StatementHeader, "ordinal" | "format">): StatementHeader {
    const {account, from, to} = said;
    if (from > to)
      throw this.#refuse("bad-period", `the statement of ${account} ends ${to}, before it starts ${from}`);
    const header: StatementHeader = {ordinal: this.#ordinal++, format: "flex-csv", ...said};
    this.#sink.statement(header);
    return header;
  }

  #day(name: string, printed: string): string {
    const day = this.#values.read("date", printed, "BOF", name);
    if (!day) throw this.#refuse("bad-date", `BOF@${name} is no date: ${shorten(printed)}`);
    return day;
  }

  #moment(printed: string): string {
    const moment = this.#values.read("time", printed, "BOF", "whenGenerated");
    if (moment === undefined) this.#warnings.count("unreadable-date", "BOF@whenGenerated");
    return moment?.slice(0, 19) ?? "";
  }

  #beginSection(code: string, section: FlexSection | undefined): void {
    this.#begin(section ?? {container: code, element: code});
    this.#section = {code, section};
    this.#told.clear();
    if (!section) this.#warnings.count("unknown-element", code || "section without a known column");
    const container = section?.container ?? code;
    this.#tally = {container, rows: 0, attribute: undefined, all: ZERO, counted: ZERO};
    if (this.#header) this.#tell(this.#header);
    else for (const header of this.#byAccount.values()) this.#tell(header);
  }

  /** Tells a statement that it has the section in hand. */
  #tell({ordinal}: StatementHeader): void {
    if (!this.#section || this.#told.has(ordinal)) return;
    this.#told.add(ordinal);
    this.#sink.section?.(ordinal, this.#container());
  }

  #container(): string {
    const {code, section} = this.#section!; // rows stand in a section
    return section?.container ?? (code || "Unknown");
  }

  #row({section, names}: FlexCsvTable, cells: string[]): void {
    const header = this.#header ?? this.#headerOf(names, cells);
    this.#tell(header);
    const container = this.#container();
    const level = section?.levels && cells[names.indexOf("levelOfDetail")]?.toUpperCase();
    const element = (level && section?.levels?.[level]) ?? section?.element ?? container;
    if (section && !isKnownElement(element)) this.#warnings.count("unknown-element", element);
    const row = this.#rows.read(header, container, element, {names, values: cells, count: cells.length});
    this.#sink.row(row);
    this.#count(row, names);
  }

  /** Without header records a row is of its own account's statement; one that names no account, of the last one's. */
  #headerOf(names: readonly string[], cells: readonly string[]): StatementHeader {
    const own = this.#values.read("text", cells[names.indexOf("accountId")] ?? "", "", "");
    const account = own || [...this.#byAccount.keys()].at(-1);
    if (!account) throw this.#missingAccount();
    const known = this.#byAccount.get(account);
    if (known) return known;
    const {period} = this.#options;
    if (!period) throw this.#missingPeriod();
    const type = this.#section?.section?.container === "TradeConfirms" ? "TCF" : "AF";
    const header = this.#send({account, queryName: "", queryType: type, generated: "", ...period});
    this.#byAccount.set(account, header);
    return header;
  }

  #count({fields, level}: StatementRow, names: readonly string[]): void {
    const tally = this.#tally!; // made where the section began
    ++tally.rows;
    tally.attribute ??= SUMMED[tally.container]?.find((name) => names.includes(name));
    const text = tally.attribute && fields[tally.attribute];
    if (!text) return;
    const amount = parseDecimal(text);
    tally.all = addDecimals(tally.all, amount);
    if (COUNTED.has(level)) tally.counted = addDecimals(tally.counted, amount);
  }

  #endSection(code: string, count: string, amount: string): void {
    const {rows, container, attribute, all, counted} = this.#tally!; // sections end after they have begun
    if (/^\d+$/.test(count) && Number(count) !== rows)
      throw this.#refuse("truncated", `section ${code} announces ${count} rows but holds ${rows}`);
    const stated = this.#values.read("decimal", amount, "EOS", code);
    this.#section = undefined;
    if (!stated || (container in SUMMED && !attribute && rows > 0)) return;
    if (comesTo(all, stated, amount) || comesTo(counted, stated, amount)) return;
    this.#warnings.count("contradiction", `${container}@${attribute ?? "amount"}`);
    const header = this.#header ?? [...this.#byAccount.values()].at(-1);
    if (!header) return;
    const {ordinal, account, from, to} = header;
    const added = formatDecimal(all);
    const fields = {of: container, attribute: attribute ?? "amount", stated, added};
    const place = {section: "Totals", element: "Total", account, day: "", from, to, level: "", kind: ""};
    this.#sink.row({statement: ordinal, ...place, fields});
  }

  #missingAccount(): StatementError {
    return this.#refuse("missing-account", "the file does not say whose account it is", TICK);
  }

  #missingPeriod(): StatementError {
    return this.#refuse("missing-period", "the file does not say which days it covers", TICK);
  }

  #refuse(code: string, what: string, remedy = "download the statement again"): StatementError {
    const line = `line ${this.#frame.line}`;
    return refusal(code, `${what} (${line}): ${remedy}`, line);
  }
}

/** Tells whether a sum is what is printed: exactly, or to the last digit where cents or less are printed. */
function comesTo(sum: Decimal, stated: string, printed: string): boolean {
  const minus = parseDecimal(stated.startsWith("-") ? stated.slice(1) : `-${stated}`);
  const {units, scale} = addDecimals(minus, sum);
  const places = printed.trim().split(".")[1]?.length ?? 0;
  const last = places >= 2 && scale > places ? 10n ** BigInt(scale - places) : 1n;
  return (units < 0n ? -units : units) < last;
}
