import type {StatementFormat, StatementProblem} from "./statement.js";

/** What the first bytes of a file say it is: a format, or why it is none that can be read. */
export type Detection = {format: StatementFormat} | {problem: StatementProblem};

const HEAD = 4096;

/** Formats that are told by how the file starts, with their names for people. */
const CSV: readonly {format: StatementFormat; name: string; start: RegExp}[] = [
  {
    format: "flex-csv",
    name: "a Flex query in CSV",
    start:
      /^"?BO[FAS]"?,|^"?(?:HEADER|DATA)"?,"?[A-Z]{4}"?,|^"?(?:ClientAccountID|AccountAlias|CurrencyPrimary)"?,/
  },
  {
    format: "portfolio-analyst-csv",
    name: "a PortfolioAnalyst report",
    start: /^"?Introduction"?,"?Header"?,/
  },
  {
    format: "transaction-history-csv",
    name: "a Transaction History",
    start: /^"?Statement"?,"?(?:Header|Data)"?,(?=[^]*^"?(?:Transaction History|Summary)"?,"?Header)/m
  },
  {
    format: "mtm-csv",
    name: "an MTM Summary",
    start:
      /^"?Statement"?,"?(?:Header|Data)"?,(?=[^]*^"?Statement"?,"?Data"?,"?Title"?,"?(?:MTM|Mark-to-Market)[^]*)/m
  },
  {format: "activity-csv", name: "an Activity Statement", start: /^"?Statement"?,"?(?:Header|Data)"?,/}
];

const problem = (code: string, message: string): Detection => ({problem: {code, message, where: ""}});

/**
 * Tells by content, never by name, what a file is.
 * @param head its first bytes or characters, some thousands if there are as many
 * @returns `flex-xml`, the one format that is read now, or the reason why the file is refused
 */
export function detectFormat(head: Uint8Array | string): Detection {
  const text = typeof head === "string" ? head.slice(0, HEAD) : latin(head);
  if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006"))
    return problem("zip", "the file is a zip archive: unpack it and import the statement inside");
  if (text.startsWith("\u001f\u008b"))
    return problem("zip", "the file is a gzip archive: unpack it and import the statement inside");
  if (text.startsWith("%PDF"))
    return problem("not-flex", "the file is a PDF: run the Flex query again with the format XML");
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff|<\0|\0<)/.test(text))
    return problem("encoding", "the file is UTF-16 text: save it as UTF-8, or download the statement again");
  const start = text.replace(/^(?:\u00ef\u00bb\u00bf|\ufeff)/, "").trimStart();
  if (!start) return problem("empty", "the file is empty: download the statement again");
  if (
    /^<!doctype\s+html|^<html[\s>]|^<head[\s>]/i.test(start) ||
    /^<\?xml[^>]*>\s*<!doctype\s+html|^<\?xml[^>]*>\s*<html[\s>]/i.test(start)
  )
    return problem(
      "html",
      "the file is a web page, perhaps one that asks to log in: download the statement again"
    );
  if (start.startsWith("<")) return {format: "flex-xml"};
  const csv = CSV.find((known) => known.start.test(start));
  if (csv) return problem("csv", `the file is ${csv.name} (${csv.format}), which cannot be read yet: run a Flex query with the format XML and import that`); // prettier-ignore
  if (/^(?:[^\n,;\t]*[,;\t]){2}/.test(start))
    return problem("csv", "the file looks like CSV, not XML: run the Flex query again with the format XML");
  return problem("not-flex", "the file is not XML: import the XML that a Flex query of IBKR gives");
}

/** Returns the format of a CSV that IBKR makes; undefined if it is none known. */
export function csvFormat(head: string): StatementFormat | undefined {
  const start = head.slice(0, HEAD).replace(/^\ufeff/, "").trimStart(); // prettier-ignore
  return CSV.find((known) => known.start.test(start))?.format;
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes.subarray(0, HEAD)) text += String.fromCharCode(byte);
  return text;
}
