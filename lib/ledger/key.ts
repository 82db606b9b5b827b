import {sha256} from "@noble/hashes/sha2.js";
import {bytesToHex, utf8ToBytes} from "@noble/hashes/utils.js";
import type {StatementRow} from "../statements/statement.js";

/** Rows that IBKR numbers: these attributes, in this order of preference, are the key. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  Trade: ["transactionID", "tradeID", "ibExecID"],
  TradeConfirm: ["transactionID", "tradeID", "execID"],
  CashTransaction: ["transactionID"],
  CorporateAction: ["transactionID"],
  Transfer: ["transactionID"]
};

/**
 * Rows that say a state: what names the thing whose state it is, in this order of preference. One thing has one
 * state on a day. Only what each query has, or what tells two things apart, is in a name.
 */
const STATES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  OpenPosition: [
    ["conid", "model"],
    ["symbol", "currency", "model"]
  ],
  PriorPeriodPosition: [
    ["conid", "date"],
    ["symbol", "currency", "date"]
  ],
  EquitySummaryByReportDateInBase: [["model"]],
  CashReportCurrency: [["currency", "model"]],
  ChangeInNAV: [["currency", "model"]],
  MTMPerformanceSummaryUnderlying: [
    ["conid", "model"],
    ["assetCategory", "symbol", "description", "model"],
    ["description", "model"]
  ],
  FIFOPerformanceSummaryUnderlying: [
    ["conid", "model"],
    ["assetCategory", "symbol", "description", "model"],
    ["description", "model"]
  ],
  InterestAccrualsCurrency: [["currency", "model"]],
  Total: [["of", "item", "attribute"]],
  ReportedFigure: [["of", "item", "figure", "measure"]],
  ConversionRate: [["fromCurrency", "toCurrency"]],
  SecurityInfo: [["conid"], ["isin", "symbol", "currency"]],
  AccountInformation: [[]]
};

/** What tells the lots of one position apart. */
const LOT = ["openDateTime", "originatingOrderID", "originatingTransactionID"];

/** Levels that a query without the column Level of Detail has alone: the rows that count. */
const PLAIN = new Set(["EXECUTION", "DETAIL", "SUMMARY"]);

/** Elements of which the summary is not what counts. */
const DETAILED = new Set(["Trade", "CashTransaction", "CorporateAction", "Transfer"]);

/** Elements whose rows hold for as long as nobody says otherwise: neither a day nor a period limits them. */
const TIMELESS = new Set(["SecurityInfo"]);

/** Tells whether rows of an element hold whatever the day: the days of the statement they stand in say nothing of them. */
export function isTimeless(element: string): boolean {
  return TIMELESS.has(element);
}

/** Elements whose rows a statement has of the last of its days only. */
const AT_END = new Set(["OpenPosition", "NetStockPosition", "FxLot", "OpenDividendAccrual"]);

/** Tells whether a statement has rows of an element of the last of its days only: of the days before it says nothing. */
export function isAtEnd(element: string): boolean {
  return AT_END.has(element);
}

/**
 * Returns what makes a row the same row in another file: IBKR's own number, else the thing and the day it
 * speaks of, else its whole content. The key is unique within account and element.
 *
 * `numbered` says that one key is one row; else n equal rows of a file are n rows.
 */
export function rowKey(row: StatementRow, content: string): {key: string; numbered: boolean} {
  const {element, fields} = row;
  const level = levelOf(row);
  const ids = IDS[element];
  if (ids) {
    const name = ids.find((id) => fields[id] !== undefined && fields[id] !== "0");
    if (name) return {key: join([name === ids[0] ? "" : name, fields[name], level]), numbered: true};
  }
  const states = STATES[element];
  if (states) {
    const when = isTimeless(element) ? [] : row.day ? [row.day] : [row.from, row.to];
    const state =
      states.find(([first]) => first === undefined || fields[first] !== undefined) ??
      states[states.length - 1];
    const names = element === "OpenPosition" && row.level === "LOT" ? [...state, ...LOT] : state;
    return {key: join([...when, level, ...names.map((name) => fields[name] ?? "")]), numbered: true};
  }
  return {key: content, numbered: false};
}

/** The level as part of a name: empty for the level that counts, whether the query prints it or not. */
function levelOf({element, level}: StatementRow): string {
  if (element === "CashReportCurrency") return "";
  return PLAIN.has(level) && !(level === "SUMMARY" && DETAILED.has(element)) ? "" : level;
}

function join(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll("/", "%2F")).join("/");
}

/**
 * Returns a hash of the row's whole content, the same whatever the order of its attributes; 32 hex digits.
 * @param sha256 of a text in UTF-8, as hex: one's own where the platform has a faster
 */
export function rowContent(row: StatementRow, sha256: (text: string) => string = sha256Hex): string {
  const {section, element, account, fields} = row;
  const [day, from, to] = isTimeless(element) ? ["", "", ""] : [row.day, row.from, row.to];
  const names = Object.keys(fields).toSorted();
  let text = `${[section, element, account, day, from, to].join("\u0002")}\u0003`;
  for (const [i, name] of names.entries()) text += `${i ? "\u0002" : ""}${name}\u0001${fields[name]}`;
  return sha256(text).slice(0, 32);
}

function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
