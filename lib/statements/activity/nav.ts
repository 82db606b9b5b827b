import {sessionBefore} from "../../time/calendar.js";
import {schemaOf} from "../flex-schema.js";
import {totalsOf, type Context} from "./context.js";
import {attributeName, named, type Fields} from "./fields.js";
import {cell, type Line, type Section} from "./sections.js";

/** Lines of each section that Flex calls otherwise, by their letters. */
const ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ChangeInNAV: {
    marktomarket: "mtm",
    realizedpl: "realized",
    changeinunrealizedpl: "changeInUnrealized",
    positiontransfers: "assetTransfers",
    internaltransfers: "internalCashTransfers",
    otherfxtranslations: "fxTranslation",
    transactionfees: "transactionTax",
    transferredpladjustments: "transferredPnlAdjustments"
  },
  CashReportCurrency: {
    brokerinterestpaidandreceived: "brokerInterest",
    bondinterestpaidandreceived: "bondInterest",
    nettradespurchase: "netTradesPurchases",
    cashfxtranslationgainloss: "fxTranslationGainLoss",
    paymentinlieuofdividends: "paymentInLieu",
    transactionfees: "transactionTax",
    depositswithdrawals: "depositWithdrawals"
  },
  InterestAccrualsCurrency: {},
  EquitySummaryByReportDateInBase: {cfdunrealizedpl: "cfdUnrealizedPl", stocks: "stock"}
};

const BASE = "Base Currency Summary";

/** Flex's attribute for a line of a list; a line that no list knows keeps its name, with a warning. */
function lineAttribute(label: string, element: string, section: string, {warnings}: Context): string {
  const letters = label.toLowerCase().replace(/[^a-z0-9]/g, "");
  const alias = named(ALIASES[element], letters);
  if (alias !== undefined) return alias;
  for (const known of schemaOf(element).kinds.keys()) if (known.toLowerCase() === letters) return known;
  warnings.count("unknown-attribute", `${section}@${label}`);
  return attributeName(label);
}

function currencyOf(printed: string): string {
  return printed === BASE ? "BASE_SUMMARY" : printed;
}

/**
 * Reads Net Asset Value: the close of the last day, and of the session before the first, by asset class.
 * @returns the time-weighted return in percent; undefined where the section does not say it
 */
export function readNetAssetValue(section: Section, context: Context): string | undefined {
  const {reader, writer, from, to} = context;
  const element = "EquitySummaryByReportDateInBase";
  const navs: Record<"Prior Total" | "Current Total", Fields> = {"Prior Total": {}, "Current Total": {}};
  let twr: string | undefined;
  for (const line of section.lines) {
    const label = cell(line, "Asset Class");
    if (line.columns.place("Time Weighted Rate of Return") !== undefined) {
      twr ??= reader.value(
        line,
        section.name,
        "Time Weighted Rate of Return",
        "ChangeInNAV",
        "twr",
        cell(line, "Time Weighted Rate of Return")
      );
    } else if (label) {
      const attribute = lineAttribute(label, element, section.name, context);
      for (const column of ["Prior Total", "Current Total"] as const) {
        const value = reader.value(line, section.name, column, element, attribute, cell(line, column));
        if (value !== "") navs[column][attribute] ??= value;
      }
    }
  }
  const totals = totalsOf(section, context);
  const days = {"Prior Total": sessionBefore(from), "Current Total": to};
  for (const column of ["Prior Total", "Current Total"] as const) {
    const {total, ...parts} = navs[column];
    const values = Object.values(parts);
    if (total === undefined && values.length === 0) continue;
    if (total !== undefined && values.length > 0)
      totals.compare(
        column,
        {total},
        values.map((part) => ({total: part}))
      );
    writer.row({section: "EquitySummaryInBase", element, day: days[column], fields: navs[column]});
  }
  return twr;
}

/**
 * Reads Change in NAV, one row over the period. Statements of several currencies print a second list, of zeros: the
 * first counts.
 */
export function readChangeInNav(
  section: Section | undefined,
  twr: string | undefined,
  context: Context
): void {
  const fields: Fields = {};
  const first = section?.lines[0]?.block;
  for (const line of section?.lines ?? []) {
    if (line.block !== first) continue;
    const label = cell(line, "Field Name");
    if (!label) continue;
    const attribute = lineAttribute(label, "ChangeInNAV", "Change in NAV", context);
    const value = context.reader.value(
      line,
      "Change in NAV",
      label,
      "ChangeInNAV",
      attribute,
      cell(line, "Field Value")
    );
    if (value !== "") fields[attribute] = value;
  }
  if (twr) fields.twr = twr;
  if (Object.keys(fields).length > 0)
    context.writer.row({section: "ChangeInNAV", element: "ChangeInNAV", fields});
}

/** Endings of Flex's attributes for the columns of the Cash Report. */
const CASH_COLUMNS: Readonly<Record<string, string>> = {
  Total: "",
  Securities: "Sec",
  Futures: "Com",
  "Month to Date": "MTD",
  "Year to Date": "YTD",
  Paxos: "Paxos",
  "IB UKL": "IBUKL",
  IBUKL: "IBUKL"
};

/** Reads the Cash Report: one row a currency, and one of all in base. */
export function readCashReport(section: Section, context: Context): void {
  const rows = new Map<string, Fields>();
  const element = "CashReportCurrency";
  for (const line of section.lines) {
    const label = cell(line, "Currency Summary");
    const currency = currencyOf(cell(line, "Currency"));
    if (!label || !currency) continue;
    const fields = rowOf(rows, currency, {
      currency,
      levelOfDetail: currency === "BASE_SUMMARY" ? "BaseCurrency" : "Currency"
    });
    const attribute = lineAttribute(label, element, section.name, context);
    for (const column of line.columns.names) {
      const ending = named(CASH_COLUMNS, column);
      if (ending === undefined) {
        if (column && column !== "Currency Summary" && column !== "Currency" && column !== "Account")
          context.warnings.count("unknown-attribute", `${section.name}@${column}`);
        continue;
      }
      const name = `${attribute}${ending}`;
      const value = context.reader.value(line, section.name, column, element, name, cell(line, column));
      if (value !== "") fields[name] = value;
    }
  }
  for (const fields of rows.values()) {
    const level = fields.levelOfDetail.toUpperCase();
    context.writer.row({section: "CashReport", element, level, fields});
  }
}

/** Reads Interest Accruals: one row a currency, and one of all in base. */
export function readInterestAccruals(section: Section, context: Context): void {
  const rows = new Map<string, Fields>();
  const element = "InterestAccrualsCurrency";
  for (const line of section.lines) {
    const label = cell(line, "Field Name");
    const currency = currencyOf(cell(line, "Currency"));
    if (!label || !currency || / in [A-Z]{3}$/.test(label)) continue;
    const attribute = lineAttribute(label, element, section.name, context);
    const value = valueOf(line, section.name, element, attribute, context);
    if (value !== "") rowOf(rows, currency, {currency})[attribute] = value;
  }
  for (const fields of rows.values()) context.writer.row({section: "InterestAccruals", element, fields});
}

function valueOf(line: Line, section: string, element: string, attribute: string, {reader}: Context): string {
  return reader.value(line, section, "Field Value", element, attribute, cell(line, "Field Value"));
}

function rowOf(rows: Map<string, Fields>, currency: string, start: Fields): Fields {
  const row = rows.get(currency) ?? start;
  rows.set(currency, row);
  return row;
}
