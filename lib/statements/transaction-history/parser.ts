import {addDecimals, formatDecimal, parseDecimal} from "../../money/decimal.js";
import type {Context} from "../activity/context.js";
import {FieldReader, named, type ColumnNames, type Fields} from "../activity/fields.js";
import {readHead, type Head} from "../activity/head.js";
import {Instruments} from "../activity/instruments.js";
import {reportDay} from "../activity/period.js";
import {SectionedParser} from "../activity/sectioned-parser.js";
import {cell, type Line, type Section} from "../activity/sections.js";
import {SectionTotals} from "../activity/totals.js";
import {RowWriter} from "../activity/writer.js";
import type {StatementOptions} from "../parser.js";
import {refusal} from "../refusal.js";
import type {StatementSink} from "../statement.js";

const SECTION = "Transaction History";
const PASSED = new Set(["Statement", "Summary", SECTION]);

const COLUMNS: ColumnNames = {
  Date: "dateTime",
  Account: "",
  Description: "description",
  "Transaction Type": "type",
  Symbol: "symbol",
  Quantity: "quantity",
  Price: "price",
  "Price Currency": "priceCurrency",
  Currency: "priceCurrency",
  "Gross Amount": "",
  Commission: "ibCommission",
  "Net Amount": "netAmount",
  "Exchange Rate": "exchangeRate"
};

/** An account in full. */
const NUMBER = /^[A-Z]{1,3}\d{4,}$/;

/** What changes a holding, and IBKR's code for it where no market was in between. */
const TRADES: Readonly<Record<string, string>> = {
  Buy: "",
  Sell: "",
  Assignment: "A",
  Exercise: "Ex",
  Expiration: "Ep"
};

/** Flex's cash types for what a Transaction History calls otherwise. */
const CASH: Readonly<Record<string, string>> = {
  Deposit: "Deposits & Withdrawals",
  Withdrawal: "Deposits & Withdrawals",
  "Electronic Fund Transfer": "Deposits & Withdrawals",
  Dividend: "Dividends",
  "Payment in Lieu": "Payment In Lieu Of Dividends",
  "Foreign Tax Withholding": "Withholding Tax",
  "Withholding Tax": "Withholding Tax",
  "Credit Interest": "Broker Interest Received",
  "Debit Interest": "Broker Interest Paid",
  "Other Fee": "Other Fees"
};

/** `-48022.672(1)`: the note says that the amount is the notional of a future, which is no cash. */
const NOTIONAL = /\s*\(\d+\)$/;

/**
 * Reads a Transaction History: trades and cash of one account, all amounts in base currency. The account is printed with
 * most of its digits hidden (`U***00000`); it is the given one instead, where one is given.
 * @throws StatementError from `write` or `close` if the file is refused
 */
export class TransactionHistoryParser extends SectionedParser {
  readonly #account: string | undefined;

  constructor(sink: StatementSink, {account, ...options}: StatementOptions = {}) {
    super(sink, options);
    this.#account = account;
  }

  protected override read(): void {
    const head = readHead(this.sections, "Summary", (name) => PASSED.has(name));
    const section = this.sections.get(SECTION) ?? {name: SECTION, blocks: [], lines: []};
    const {base, from, to, generated} = head;
    if (base === undefined)
      throw refusal(
        "bad-currency",
        "the Summary does not say the base currency: download the file again",
        "Summary"
      );
    const printed = [
      ...new Set(section.lines.map((line) => cell(line, "Account")).filter((name) => !isNone(name)))
    ];
    const names = this.#named(printed);
    const headers = [...new Set(names.values())].map((account, ordinal) => ({
      ordinal,
      format: "transaction-history-csv" as const,
      account,
      from,
      to,
      generated,
      queryName: "",
      queryType: ""
    }));
    this.warnings.count("in-base-currency", SECTION);
    const writer = new RowWriter(this.sink, this.warnings, headers);
    const reader = new FieldReader(this.warnings, this.order);
    const instruments = new Instruments(undefined, reader);
    const context = {reader, writer, warnings: this.warnings, instruments, base, from, to, rates: new Map()};
    writer.section("AccountInformation");
    writer.shared({section: "AccountInformation", element: "AccountInformation", fields: {currency: base}});
    for (const {name} of this.sections) if (!PASSED.has(name)) this.warnings.count("unknown-element", name);
    readTransactions(section, names, base, context);
    readSummary(head, section, context);
  }

  /** Returns the account for each name that is printed. */
  #named(printed: readonly string[]): ReadonlyMap<string, string> {
    const account = this.#account;
    if (printed.length === 0 && account !== undefined) return new Map([["", account]]);
    if (printed.length === 0)
      throw refusal("missing-account", "the file does not say its account: give it with --account", SECTION);
    const hidden = printed.filter((name) => !NUMBER.test(name));
    if (account !== undefined && hidden.length === 1 && fits(account, hidden[0]))
      return new Map(printed.map((name) => [name, name === hidden[0] ? account : name]));
    if (account !== undefined && hidden.length > 0)
      throw refusal(
        "other-account",
        `the file is of ${hidden.join(", ")}, which is not ${account}: give the account that it is of with --account`,
        SECTION
      );
    if (hidden.length > 0) this.warnings.count("masked-account", `${SECTION}@Account`, hidden.length);
    return new Map(printed.map((name) => [name, name]));
  }
}

function readTransactions(
  section: Section,
  names: ReadonlyMap<string, string>,
  base: string,
  context: Context
): void {
  const {reader, writer, instruments} = context;
  writer.section("Trades");
  writer.section("CashTransactions");
  for (const line of section.lines) {
    if (line.kind !== "Data") continue;
    const element = Object.hasOwn(TRADES, cell(line, "Transaction Type")) ? "Trade" : "CashTransaction";
    const {type = "", dateTime, netAmount, ...rest} = reader.read(line, SECTION, element, COLUMNS);
    const day = dateTime === undefined ? context.to : reportDay(dateTime.slice(0, 10));
    const account = names.get(cell(line, "Account")) ?? "";
    const fields: Fields = {...rest, currency: base, ...(dateTime && {dateTime})};
    if (element === "CashTransaction") {
      const kind = named(CASH, type) ?? type;
      if (named(CASH, type) === undefined) context.warnings.count("unknown-type", `${SECTION}/${type}`);
      const {ibCommission: _, ...cash} = fields;
      const amount = netAmount === undefined ? {} : {amount: netAmount};
      writer.row({
        section: "CashTransactions",
        element,
        account,
        day,
        kind,
        fields: {...cash, type: kind, ...amount}
      });
      continue;
    }
    completeTrade(fields, line, type, base, context);
    if (netAmount !== undefined) fields.netCash = netAmount;
    instruments.identify(fields);
    if (fields.putCall) fields.assetCategory = "OPT";
    writer.row({section: "Trades", element, account, day, kind: fields.assetCategory ?? "", fields});
  }
}

/** Amounts of a trade are in base; its price is not, where it says another currency: then it stays `price`. */
function completeTrade(fields: Fields, line: Line, type: string, base: string, {reader}: Context): void {
  const gross = cell(line, "Gross Amount");
  const proceeds = reader.value(
    line,
    SECTION,
    "Gross Amount",
    "Trade",
    "proceeds",
    gross.replace(NOTIONAL, "")
  );
  if (proceeds !== "") fields.proceeds = proceeds;
  if (NOTIONAL.test(gross)) fields.assetCategory = "FUT";
  if (fields.price !== undefined && (fields.priceCurrency ?? base) === base) {
    fields.tradePrice = fields.price;
    delete fields.price;
    delete fields.priceCurrency;
  }
  if (fields.dateTime) fields.tradeDate = fields.dateTime;
  if (fields.quantity) fields.buySell = fields.quantity.startsWith("-") ? "SELL" : "BUY";
  if (fields.ibCommission !== undefined) fields.ibCommissionCurrency = base;
  const code = TRADES[type];
  if (code) Object.assign(fields, {notes: code, transactionType: "BookTrade"});
  else if (fields.description && !fields.symbol) fields.symbol = fields.description;
}

/** The Summary's cash at start and end, and whether the rows lead from one to the other. */
function readSummary({account}: Head, section: Section, {reader, writer, warnings}: Context): void {
  const line: Line = {kind: "Data", line: 1, block: 0, columns: section.blocks[0], cells: []};
  const figure = (name: string, attribute: string): string =>
    reader.value(line, "Summary", name, "CashReportCurrency", attribute, account.get(name) ?? "");
  const startingCash = figure("Starting Cash", "startingCash");
  const endingCash = figure("Ending Cash", "endingCash");
  writer.section("CashReport");
  if (startingCash === "" && endingCash === "") return;
  const fields: Fields = {currency: "BASE_SUMMARY", levelOfDetail: "BaseCurrency"};
  if (startingCash !== "") fields.startingCash = startingCash;
  if (endingCash !== "") fields.endingCash = endingCash;
  writer.row({section: "CashReport", element: "CashReportCurrency", level: "BASECURRENCY", fields});
  if (startingCash === "" || endingCash === "") return;
  const {units, scale} = parseDecimal(startingCash);
  const stated = formatDecimal(addDecimals(parseDecimal(endingCash), {units: -units, scale}));
  const parts = section.lines.flatMap((row) => {
    const value = reader.value(row, SECTION, "Net Amount", "Trade", "netCash", cell(row, "Net Amount"));
    return value === "" ? [] : [{netAmount: value}];
  });
  new SectionTotals(SECTION, writer, warnings).compare("Change in Cash", {netAmount: stated}, parts);
}

/** Tells whether an account may be the one that is printed with stars for some of its digits. */
function fits(account: string, printed: string): boolean {
  if (!printed.includes("*")) return true;
  const [start, ...rest] = printed.split(/\*+/);
  return account.startsWith(start) && account.endsWith(rest.at(-1) ?? "");
}

function isNone(name: string): boolean {
  return name === "" || name === "-";
}
