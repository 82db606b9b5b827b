import type {StatementFormat, StatementProblem} from "./statement.js";
import {FORBIDDEN} from "./xml-characters.js";

/** What the first bytes of a file say it is: a statement, or why it is none that can be read. */
export type Detection = {format: StatementFormat; problem: null} | {format: null; problem: StatementProblem};

const HEAD = 4096;

/** Formats that are told by how the file starts. */
const CSV: readonly {format: StatementFormat; start: RegExp}[] = [
  {
    format: "flex-csv",
    start:
      /^(?:"?MSG"?,[^\n]*\n)*(?:"?BO[FAS]"?,|^"?[A-Z]{4}"?,"?BOS"?,|^"?(?:HEADER|DATA)"?,"?[A-Z]{4}"?,|^"?(?:ClientAccountID|AccountAlias|CurrencyPrimary)"?,)/
  },
  {
    format: "portfolio-analyst-csv",
    // in another language the first line has other names, and as many
    start: /^"?Introduction"?,"?Header"?,|^(?:"[^"\n]*"|[^",\n]+),"?Header"?(?:,[^,\n]+){7}\r?(?:\n|$)/
  },
  {
    format: "transaction-history-csv",
    start: /^"?Statement"?,"?(?:Header|Data)"?,(?=[^]*^"?(?:Transaction History|Summary)"?,"?Header)/m
  },
  {
    format: "mtm-csv",
    start:
      /^"?Statement"?,"?(?:Header|Data)"?,(?=[^]*^"?Statement"?,"?Data"?,"?Title"?,"?(?:MTM|Mark-to-Market)[^]*)/m
  },
  {
    format: "activity-csv",
    // in another language the section has another name, and Header and Data stay
    start: /^"?Statement"?,"?(?:Header|Data)"?,|^("?[^",\n]+"?),"?Header"?,[^\n]*\n\1,"?Data"?,/
  }
];

const NAMES: Readonly<Record<StatementFormat, string>> = {
  "flex-xml": "a Flex query in XML",
  "flex-csv": "a Flex query in CSV",
  "activity-csv": "an Activity Statement",
  "transaction-history-csv": "a Transaction History",
  "portfolio-analyst-csv": "a PortfolioAnalyst report",
  "mtm-csv": "an MTM Summary"
};

/** Returns the name of a format for people. */
export function formatName(format: StatementFormat): string {
  return NAMES[format];
}

function refused(code: string, message: string): Detection {
  return {format: null, problem: {code, message, where: ""}};
}

/**
 * Tells by content, never by name, what a file is.
 * @param head its first bytes or characters, some thousands if there are as many
 */
export function detectFormat(head: Uint8Array | string): Detection {
  const text = typeof head === "string" ? head.slice(0, HEAD) : latin(head);
  if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006"))
    return refused("zip", "the file is a zip archive: unpack it and import the statement inside");
  if (text.startsWith("\u001f\u008b"))
    return refused("zip", "the file is a gzip archive: unpack it and import the statement inside");
  if (text.startsWith("%PDF"))
    return refused("not-flex", "the file is a PDF: run the Flex query again with the format XML");
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff|<\0|\0<)/.test(text))
    return refused("encoding", "the file is UTF-16 text: save it as UTF-8, or download the statement again");
  const start = text.replace(/^(?:\u00ef\u00bb\u00bf|\ufeff)/, "").trimStart();
  if (!start) return refused("empty", "the file is empty: download the statement again");
  if (
    /^<!doctype\s+html|^<html[\s>]|^<head[\s>]/i.test(start) ||
    /^<\?xml[^>]*>\s*<!doctype\s+html|^<\?xml[^>]*>\s*<html[\s>]/i.test(start)
  )
    return refused(
      "html",
      "the file is a web page, perhaps one that asks to log in: download the statement again"
    );
  if (start.startsWith("<")) return {format: "flex-xml", problem: null};
  const csv = CSV.find((known) => known.start.test(start));
  if (csv) return {format: csv.format, problem: null};
  if (FORBIDDEN.test(start))
    return refused("not-flex", "the file is no text: import a statement of IBKR's, in XML or CSV");
  if (/^(?:[^\n,;\t]*[,;\t]){2}/.test(start))
    return refused(
      "csv",
      "the file is CSV, but none that IBKR gives: import a Flex query (XML, or CSV with commas), an Activity Statement, a Transaction History, an MTM Summary or a PortfolioAnalyst report"
    );
  return refused(
    "not-flex",
    "the file is neither XML nor CSV: import the XML that a Flex query of IBKR gives"
  );
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes.subarray(0, HEAD)) text += String.fromCharCode(byte);
  return text;
}
