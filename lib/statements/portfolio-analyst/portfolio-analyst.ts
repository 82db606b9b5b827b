import {englishName, unknownLanguage} from "../csv/dictionary.js";
import {CsvRecords} from "../csv/records.js";
import {FlexValues, isNothing} from "../flex-values.js";
import type {StatementParser} from "../parser.js";
import {refusal, shorten} from "../refusal.js";
import type {StatementError, StatementHeader, StatementSink, StatementWarning} from "../statement.js";
import {Warnings} from "../warnings.js";
import {INTRODUCTION, isReportSection, reportColumns, type ReportColumns} from "./columns.js";
import {readReportDay, readReportPeriod} from "./period.js";

const SECTION = "PortfolioAnalyst";
/** A name of so many letters is looked for inside texts too. */
const LONG_NAME = 4;
const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** What the first two lines say; the owner's name and alias are kept to leave them out. */
interface Introduction {
  header: StatementHeader;
  base: string;
  measure: string;
  /** The owner's name and alias. */
  own: readonly string[];
}

/**
 * Reads a PortfolioAnalyst report as it comes: each figure is a row of its own, under the report's name of section,
 * item and column; percent stay percent. They are what IBKR reports, to compare with, and book nothing.
 *
 * Rows of totals are passed over. The owner's name and alias are dropped wherever they stand. A section that nobody knows
 * is kept, with a warning; a report in another language is refused.
 */
export class PortfolioAnalystParser implements StatementParser {
  readonly #sink: StatementSink;
  readonly #warnings = new Warnings();
  readonly #csv: CsvRecords;
  readonly #values: FlexValues;
  #line = 1;
  #started = false;
  #introduction: Introduction | undefined;
  /** The latest header of each section. */
  readonly #columns = new Map<string, ReportColumns>();
  /** How often a figure was named, to tell rows of one name apart. */
  readonly #named = new Map<string, number>();

  constructor(sink: StatementSink) {
    this.#sink = sink;
    this.#values = new FlexValues("mdy", () => this.#line);
    this.#csv = new CsvRecords((cells, line) => this.#record(cells, line));
  }

  write(text: string): void {
    this.#csv.write(text);
  }

  close(): {warnings: StatementWarning[]} {
    this.#csv.close();
    if (!this.#introduction)
      throw refusal(
        "no-statement",
        "the report ends before it says whose it is: download it from PortfolioAnalyst again, with all its sections"
      );
    return {warnings: this.#warnings.list()};
  }

  #record(cells: string[], line: number): void {
    this.#line = line;
    const [section, kind, ...values] = cells;
    if (!this.#started) this.#first(section, kind, values);
    const of = englishName(section);
    if (kind === "Header") this.#header(of, values);
    else if (kind === "Data") this.#data(of, values);
    else if (kind !== "MetaInfo")
      throw this.#refuse(
        "malformed",
        `there is a row that is neither Header, Data nor MetaInfo: ${shorten(kind ?? "")}`
      );
  }

  /** The first line is known to the letter: in another language all its names are others. */
  #first(section: string, kind: string | undefined, names: readonly string[]): void {
    this.#started = true;
    const english = names.map(englishName);
    const unknown = names.filter((_, i) => !INTRODUCTION.some((name) => name === english[i]));
    if (englishName(section) !== "Introduction") unknown.unshift(section);
    if (unknown.length > 1) throw unknownLanguage(unknown, this.#line);
    if (kind !== "Header" || !english.includes("Account") || !english.includes("AnalysisPeriod"))
      throw this.#refuse("malformed", "the first line does not name account and period");
  }

  #header(section: string, names: readonly string[]): void {
    if (!isReportSection(section)) this.#warnings.count("unknown-element", section);
    this.#columns.set(section, reportColumns(names.map(englishName)));
  }

  #data(section: string, cells: readonly string[]): void {
    const columns = this.#columns.get(section);
    if (!columns) throw this.#refuse("bad-columns", `section ${shorten(section)} has no column names`);
    if (/^Total(?: |$)/.test(cells[0] ?? "")) return;
    if (cells.slice(columns.names.length).some((cell) => cell.trim() !== ""))
      throw this.#refuse(
        "bad-columns",
        `${shorten(section)} has ${cells.length} cells under ${columns.names.length} columns`
      );
    if (section === "Introduction") this.#introduce(columns.names, cells);
    else this.#figures(section, columns, cells);
  }

  #introduce(names: readonly string[], cells: readonly string[]): void {
    const of = (name: (typeof INTRODUCTION)[number]) => {
      const text = cells[names.indexOf(name)] ?? "";
      return isNothing(text) ? "" : text.trim();
    };
    if (this.#introduction)
      throw this.#refuse(
        "several-accounts",
        "the report is of several accounts together",
        "run PortfolioAnalyst for one account at a time"
      );
    const account = of("Account");
    if (!account) throw this.#refuse("missing-account", "the report does not say whose account it is");
    const period = readReportPeriod(of("AnalysisPeriod"));
    if (!period)
      throw this.#refuse("missing-period", `the report's period is none: ${shorten(of("AnalysisPeriod"))}`);
    const base = this.#values.read("base", of("BaseCurrency"), "Introduction", "BaseCurrency") ?? "";
    const said = {generated: "", queryName: "", queryType: ""};
    const header = {ordinal: 0, format: "portfolio-analyst-csv" as const, account, ...period, ...said};
    const own = [of("Name"), of("Alias")].filter((name) => name !== "" && name !== account);
    this.#introduction = {header, base, measure: of("PerformanceMeasure"), own};
    this.#sink.statement(header);
    this.#sink.section?.(0, "AccountInformation");
    const fields = {accountId: account, ...(base && {currency: base})};
    this.#send("AccountInformation", "AccountInformation", "", fields);
    this.#sink.section?.(0, SECTION);
  }

  #figures(section: string, columns: ReportColumns, cells: readonly string[]): void {
    if (!this.#introduction) throw this.#refuse("missing-account", "there are figures before the account");
    const {base, measure} = this.#introduction;
    const cell = (at: number | undefined) => this.#clean(cells[at ?? -1]);
    const printed = cell(columns.day);
    const day = printed && (readReportDay(printed) ?? this.#period(printed));
    const name = columns.item.map(cell).filter(Boolean).join("/") || (day ? "" : printed);
    const item = this.#numbered([section, ...columns.names, day, name], name);
    const currency = cell(columns.currency) || base;
    const send = (of: string, figure: string, text: string, isDay = false) => {
      if (text === "") return;
      const value = isDay
        ? text
        : (this.#values.read("open", text.replace(/^(-?[\d.,]+) ?%$/, "$1"), "", "") ?? text);
      this.#send(SECTION, "ReportedFigure", day, {
        of: section,
        ...(of && {item: of}),
        figure,
        ...(measure && {measure}),
        ...(currency && {currency}),
        ...(!isDay && DECIMAL.test(value) ? {value} : {text: isDay ? (readReportDay(text) ?? text) : value})
      });
    };
    for (const [at, value] of columns.pairs) send(cell(at), "Return", cell(value));
    for (const {at, name: figure, isDay} of columns.figures) send(item, figure, cell(at), isDay);
  }

  /** A row of a year or a quarter names it where others have their day: `2025`, `2025 Q1`; what looks like a day is one. */
  #period(printed: string): string {
    if (/^\d{8}$|\//.test(printed))
      throw this.#refuse("bad-date", `there is no such day: ${shorten(printed)}`);
    return "";
  }

  /** Tells rows of one name apart: two deposits of one day are `Deposit` and `Deposit (2)`. */
  #numbered(place: readonly string[], name: string): string {
    const key = place.join("\u0001");
    const count = (this.#named.get(key) ?? 0) + 1;
    this.#named.set(key, count);
    return count > 1 ? `${name} (${count})`.trim() : name;
  }

  /** Returns a cell's text; nothing where it says nothing or holds the owner's name. */
  #clean(cell = ""): string {
    if (isNothing(cell)) return "";
    const text = cell.trim();
    const isOwn = (name: string) => text === name || (name.length >= LONG_NAME && text.includes(name));
    return this.#introduction?.own.some(isOwn) ? "" : text;
  }

  #send(section: string, element: string, day: string, fields: Record<string, string>): void {
    const {account, from, to} = this.#introduction!.header; // it was read before any figure
    const period = day ? {from: "", to: ""} : {from, to};
    this.#sink.row({statement: 0, section, element, account, day, ...period, level: "", kind: "", fields});
  }

  #refuse(code: string, what: string, remedy = "download the report again"): StatementError {
    return refusal(code, `${what} (line ${this.#line}): ${remedy}`, `line ${this.#line}`);
  }
}
