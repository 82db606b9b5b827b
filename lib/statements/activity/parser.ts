import {refusal} from "../refusal.js";
import type {StatementHeader} from "../statement.js";
import {isCashSection, readCash} from "./cash.js";
import type {Context} from "./context.js";
import {isEventSection, readEvents} from "./events.js";
import {attributeName, FieldReader, named} from "./fields.js";
import {readHead, type Head} from "./head.js";
import {readForexBalances, readPositions} from "./holdings.js";
import {Instruments} from "./instruments.js";
import {readCashReport, readChangeInNav, readInterestAccruals, readNetAssetValue} from "./nav.js";
import {isPerformanceSection, readPerformance} from "./performance.js";
import {readRates} from "./rates.js";
import {SectionedParser} from "./sectioned-parser.js";
import {cell, type Sections, type Section} from "./sections.js";
import {TradeTaxes} from "./trade-taxes.js";
import {readTrades} from "./trades.js";
import {RowWriter} from "./writer.js";

/** Flex's names of the sections that are read. */
const CONTAINERS: Readonly<Record<string, string>> = {
  "Account Information": "AccountInformation",
  "Net Asset Value": "EquitySummaryInBase",
  "Change in NAV": "ChangeInNAV",
  "Cash Report": "CashReport",
  "Open Positions": "OpenPositions",
  "Long Open Positions": "OpenPositions",
  "Short Open Positions": "OpenPositions",
  "Forex Balances": "FxPositions",
  Trades: "Trades",
  "Transaction Fees": "TransactionTaxes",
  "Corporate Actions": "CorporateActions",
  Transfers: "Transfers",
  "Change in Dividend Accruals": "ChangeInDividendAccruals",
  "Open Dividend Accruals": "OpenDividendAccruals",
  "Interest Accruals": "InterestAccruals",
  "Mark-to-Market Performance Summary": "MTMPerformanceSummaryInBase",
  "Positions and Mark-to-Market Profit and Loss": "MTMPerformanceSummaryInBase",
  "Realized & Unrealized Performance Summary": "FIFOPerformanceSummaryInBase",
  "Month & Year to Date Performance Summary": "MTDYTDPerformanceSummary",
  "Financial Instrument Information": "SecuritiesInfo"
};

/** Sections that hold nothing to book. */
const PASSED = new Set(["Statement", "Codes", "Notes/Legal Notes", "Base Currency Exchange Rate"]);

/** Lines of Account Information that are kept, as Flex names them; what else stands there may be the person's. */
const ACCOUNT: Readonly<Record<string, string>> = {
  "Account Type": "accountType",
  "Customer Type": "customerType",
  "Account Capabilities": "accountCapabilities",
  "Trading Permissions": "tradingPermissions",
  "Base Currency": "currency"
};

/**
 * Reads an Activity Statement in CSV, or one of its kin (MTM Summary, Realized Summary): rows as a Flex query would give
 * them, without IBKR's numbers, which such a statement does not print.
 *
 * The file is held until its end, since the instruments and rates that its rows need stand there. A file of several
 * accounts gives one statement for each, of the rows that name it. Its totals become rows of `Totals`; where one is not
 * what its rows add up to, the warning `contradiction` says so, and the statement is imported all the same.
 *
 * @throws StatementError from `write` or `close` if the file is refused
 */
export class ActivityCsvParser extends SectionedParser {
  protected override read(): void {
    const head = readHead(this.sections, "Account Information", isKnown);
    const {base, from, to} = head;
    const writer = new RowWriter(this.sink, this.warnings, headersOf(head, accountsOf(head, this.sections)));
    const reader = new FieldReader(this.warnings, this.order);
    const instruments = new Instruments(this.sections.get("Financial Instrument Information"), reader);
    const rates = readRates(this.sections, reader, base);
    const context = {reader, writer, warnings: this.warnings, instruments, base, from, to, rates};
    this.#account(head, context);
    this.#rows(context);
    if (rates.size > 0) writer.section("ConversionRates");
    for (const [fromCurrency, rate] of rates) {
      writer.shared({
        section: "ConversionRates",
        element: "ConversionRate",
        day: to,
        fields: {fromCurrency, toCurrency: base ?? "", rate}
      });
    }
  }

  #account({account}: Head, {writer, reader}: Context): void {
    writer.section("AccountInformation");
    const lines = this.sections.get("Account Information")?.lines ?? [];
    const fields = Object.fromEntries(
      lines.flatMap((line) => {
        const name = cell(line, "Field Name");
        const attribute = named(ACCOUNT, name);
        if (attribute === undefined || !account.get(name)) return [];
        const printed = cell(line, "Field Value");
        return [
          [
            attribute,
            reader.value(line, "Account Information", name, "AccountInformation", attribute, printed)
          ]
        ];
      })
    );
    if (lines.length > 0)
      writer.shared({section: "AccountInformation", element: "AccountInformation", fields});
  }

  #rows(context: Context): void {
    const {writer, instruments} = context;
    const taxes = new TradeTaxes(this.sections.get("Transaction Fees"), context);
    let twr: string | undefined;
    for (const section of this.sections) {
      const {name} = section;
      const container = isCashSection(name) ? "CashTransactions" : named(CONTAINERS, name);
      if (container !== undefined && name !== "Account Information") writer.section(container);
      if (isCashSection(name)) readCash(section, context);
      else if (isEventSection(name)) readEvents(section, context);
      else if (isPerformanceSection(name)) readPerformance(section, context);
      else if (name === "Net Asset Value") twr = readNetAssetValue(section, context);
      else if (name === "Cash Report") readCashReport(section, context);
      else if (name === "Interest Accruals") readInterestAccruals(section, context);
      else if (name.endsWith("Open Positions")) readPositions(section, context);
      else if (name === "Forex Balances") readForexBalances(section, context);
      else if (name === "Trades") readTrades(section, context, taxes);
      else if (!isKnown(name)) readUnknown(section, context);
    }
    readChangeInNav(this.sections.get("Change in NAV"), twr, context);
    for (const fields of instruments.rows) {
      writer.shared({
        section: "SecuritiesInfo",
        element: "SecurityInfo",
        kind: fields.assetCategory ?? "",
        fields
      });
    }
  }
}

function isKnown(section: string): boolean {
  return Object.hasOwn(CONTAINERS, section) || isCashSection(section) || PASSED.has(section);
}

/** Keeps the rows of a section that is not known among the raw rows, under its own name and those of its columns. */
function readUnknown({name, lines}: Section, {reader, writer, warnings}: Context): void {
  warnings.count("unknown-element", name);
  const section = attributeName(name);
  writer.section(section);
  for (const line of lines) {
    const columns = Object.fromEntries(line.columns.names.map((column) => [column, attributeName(column)]));
    const fields = reader.read(line, name, section, columns);
    writer.row({
      section,
      element: section,
      account: cell(line, "Account"),
      level: line.kind === "Data" ? "" : "TOTAL",
      fields
    });
  }
}

/** The accounts of a file: those that it says are included, else its own, and of a consolidated one those of its rows. */
function accountsOf({account}: Head, sections: Sections): string[] {
  const printed = account.get("Account") ?? "";
  const included = account.get("Accounts Included")?.split(/,\s*/).filter(Boolean) ?? [];
  if (included.length > 0) return [...new Set(included)];
  const own = printed.replace(/\s*\(.*\)$/, "");
  const named = new Set<string>();
  for (const {lines} of sections) {
    for (const line of lines) if (line.kind === "Data") named.add(cell(line, "Account"));
  }
  named.delete("");
  if (own !== printed && named.size > 0) return [...named];
  const single = own || (named.size === 1 ? [...named][0] : "");
  if (!single)
    throw refusal(
      "missing-account",
      "the statement does not say its account: download it again with the section Account Information",
      "Account Information"
    );
  return [single];
}

function headersOf({title, from, to, generated}: Head, accounts: readonly string[]): StatementHeader[] {
  const format = /^(?:MTM|Mark-to-Market)/.test(title) ? "mtm-csv" : "activity-csv";
  return accounts.map((account, ordinal) => ({
    ordinal,
    format,
    account,
    from,
    to,
    generated,
    queryName: "",
    queryType: ""
  }));
}
