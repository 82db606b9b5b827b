/** Files that are no statement, or a broken one, and the sentence with which each is refused. */
import {readFileSync} from "node:fs";
import {gzipSync} from "node:zlib";
import {ACTIVITY} from "./terminal.js";

export interface BadFile {
  what: string;
  content: string | Uint8Array;
  code: string;
  sentence: string;
  where?: string;
  /** More words of the command. */
  words?: string[];
}

/** The invented statement as it is. */
const GOOD = readFileSync(ACTIVITY, "utf8");
const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The good statement with one thing changed, which must be in it. */
export function changed(from: string | RegExp, to: string): string {
  const text = GOOD.replace(from, to);
  if (text === GOOD) throw new RangeError(`not in ${ACTIVITY}: ${String(from)}`);
  return text;
}

const upTo = (end: string): string => GOOD.slice(0, GOOD.indexOf(end));
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A statement of one trade whose dates are all of one form. */
export function dated(from: string, to: string, trade: string): string {
  return `<FlexQueryResponse queryName="q" type="AF"><FlexStatements count="1">
<FlexStatement accountId="U1000042" fromDate="${from}" toDate="${to}" period="" whenGenerated="${to}">
<Trades>
<Trade accountId="U1000042" currency="USD" assetCategory="STK" symbol="ALFA" tradeID="1" transactionID="2" reportDate="${trade}" tradeDate="${trade}" quantity="1" netCash="-10" levelOfDetail="EXECUTION" />
</Trades>
</FlexStatement></FlexStatements></FlexQueryResponse>
`;
}

const LAUGHS = Array.from({length: 9}, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("\n");

export const BAD_FILES: readonly BadFile[] = [
  // truncated
  {
    what: "ends between two sections",
    content: upTo("<Trades>"),
    code: "truncated",
    sentence:
      "the file ends before its end, inside <FlexStatement> (line 22): the download was cut off, download the statement again",
    where: "line 22"
  },
  {
    what: "ends inside a tag",
    content: upTo(' symbol="BETA"'),
    code: "truncated",
    sentence:
      "the file ends before its end (line 19): the download was cut off, download the statement again",
    where: "line 19"
  },
  {
    what: "announces more statements than it holds",
    content: changed('count="2"', 'count="3"'),
    code: "truncated",
    sentence: "the file announces 3 statements but holds 2: download it again",
    where: "FlexStatements@count"
  },
  // encoding
  {
    what: "is UTF-16 with a mark",
    content: Buffer.from(`\ufeff${GOOD}`, "utf16le"),
    code: "encoding",
    sentence: "the file is UTF-16 text: save it as UTF-8, or download the statement again"
  },
  {
    what: "is UTF-16 without one",
    content: Buffer.from(GOOD, "utf16le"),
    code: "encoding",
    sentence: "the file is UTF-16 text: save it as UTF-8, or download the statement again"
  },
  {
    what: "is Latin-1 that says nothing",
    content: bytes(changed(PROLOG, "").replace("SOEHNE", "S\u00d6HNE")),
    code: "encoding",
    sentence:
      "the file is not UTF-8 text (within the first 12164 bytes): save it as UTF-8, or download the statement again"
  },
  {
    what: "is Latin-1 that says UTF-8",
    content: bytes(changed("SOEHNE", "S\u00d6HNE")),
    code: "encoding",
    sentence:
      "the file is not UTF-8 text (within the first 12203 bytes): save it as UTF-8, or download the statement again"
  },
  {
    what: "says an encoding that is not read",
    content: changed('encoding="UTF-8"', 'encoding="EBCDIC-CP-US"'),
    code: "encoding",
    sentence: "the file says that it is ebcdic-cp-us text: save it as UTF-8, or download the statement again"
  },
  // entities
  {
    what: "has a DOCTYPE",
    content: changed(PROLOG, `${PROLOG}<!DOCTYPE FlexQueryResponse>\n`),
    code: "doctype",
    sentence:
      "the file has a document type declaration (line 2), which a statement from IBKR never has: download the statement again",
    where: "line 2"
  },
  {
    what: "is a bomb of entities",
    content: changed(PROLOG, `${PROLOG}<!DOCTYPE lolz [<!ENTITY l0 "lol">\n${LAUGHS}]>\n`).replace(
      "ALFA TOOLS INC",
      "&l9;"
    ),
    code: "doctype",
    sentence:
      "the file has a document type declaration (line 2), which a statement from IBKR never has: download the statement again",
    where: "line 2"
  },
  {
    what: "asks for a file by an entity",
    content: changed(PROLOG, `${PROLOG}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]>\n`).replace(
      "ALFA TOOLS INC",
      "&x;"
    ),
    code: "doctype",
    sentence:
      "the file has a document type declaration (line 2), which a statement from IBKR never has: download the statement again",
    where: "line 2"
  },
  {
    what: "has an entity of its own",
    content: changed("ALFA TOOLS INC", "&alfa;"),
    code: "malformed",
    sentence:
      'the file is not well-formed XML: "&alfa;" is not one of XML\'s own entities (line 17): download the statement again',
    where: "line 17"
  },
  // not XML
  {
    what: "is a Flex query's CSV that ends before its end record",
    content: '"BOF","U1000042","Activity","2","20250101","20250331"\n"BOA","U1000042"\n',
    code: "truncated",
    sentence:
      "the file ends before its end: its end record (EOF) is missing (line 2): the download was cut off, download the statement again",
    where: "line 2"
  },
  {
    what: "is a Flex query's CSV without its period",
    content:
      '"ClientAccountID","CurrencyPrimary","Symbol","TradePrice","TradeDate"\n"U1000042","USD","ALFA","1","20250102"\n',
    code: "missing-period",
    sentence:
      'the file does not say which days it covers (line 2): tick "Include header and trailer records" in the query\'s delivery configuration and run it again',
    where: "line 2"
  },
  {
    what: "is a Flex query's CSV with a row too short",
    content:
      '"BOF","U1000042","Activity","1","20250101","20250331"\n"BOS","TRNT","Trades"\n"ClientAccountID","Symbol","Quantity"\n"U1000042","ALFA"\n',
    code: "bad-columns",
    sentence: "Trade has 2 cells under 3 columns (line 4): download the statement again",
    where: "line 4"
  },
  {
    what: "is a Flex query's CSV with fewer rows than it says",
    content:
      '"BOF","U1000042","Activity","1","20250101","20250331"\n"BOS","TRNT","Trades"\n"ClientAccountID","Symbol","Quantity"\n"EOS","TRNT","1","0"\n"EOF"\n',
    code: "truncated",
    sentence: "section TRNT announces 1 rows but holds 0 (line 4): download the statement again",
    where: "line 4"
  },
  {
    what: "is a PortfolioAnalyst report in another language",
    content: "Xintro,Header,Xname,Xaccount,Xalias,Xbase,Xtype,Xperiod,Xmeasure\n",
    code: "language",
    sentence:
      'the file is in a language that is not read, or its names are new: "Xintro", "Xname", "Xaccount", "Xalias", "Xbase", "Xtype", "Xperiod", "Xmeasure": set the statement language to English and download it again',
    where: "line 1"
  },
  {
    what: "is CSV with a control character",
    content: '"BOF","U1000042"\n\u0001\u0002,\n',
    code: "malformed",
    sentence:
      "the file is not well-formed CSV: there is a control character (line 1): download the statement again",
    where: "line 1"
  },
  {
    what: "is an Activity Statement without its period",
    content: "\ufeffStatement,Header,Field Name,Field Value\nStatement,Data,BrokerName,Invented\n",
    code: "missing-period",
    sentence: "the statement does not say its period: download the statement again, in English",
    where: "Statement"
  },
  {
    what: "is another program's CSV",
    content: "date;symbol;quantity\n2025-01-02;ALFA;1\n",
    code: "csv",
    sentence:
      "the file is CSV, but none that IBKR gives: import a Flex query (XML, or CSV with commas), an Activity Statement, a Transaction History, an MTM Summary or a PortfolioAnalyst report"
  },
  {what: "is empty", content: "", code: "empty", sentence: "the file is empty: download the statement again"},
  {
    what: "is white space",
    content: "\n \n",
    code: "empty",
    sentence: "the file is empty: download the statement again"
  },
  {
    what: "is a zip archive",
    content: bytes("PK\u0003\u0004\u0014\u0000\u0000\u0000"),
    code: "zip",
    sentence: "the file is a zip archive: unpack it and import the statement inside"
  },
  {
    what: "is gzipped",
    content: gzipSync(GOOD),
    code: "zip",
    sentence: "the file is a gzip archive: unpack it and import the statement inside"
  },
  {
    what: "is a web page",
    content: "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body></body></html>\n",
    code: "html",
    sentence: "the file is a web page, perhaps one that asks to log in: download the statement again"
  },
  {
    what: "is a PDF",
    content: "%PDF-1.7\n",
    code: "not-flex",
    sentence: "the file is a PDF: run the Flex query again with the format XML"
  },
  {
    what: "is a letter",
    content: "Dear Jo,\nplease find enclosed nothing.\n",
    code: "not-flex",
    sentence: "the file is neither XML nor CSV: import the XML that a Flex query of IBKR gives"
  },
  // XML, but no statement
  {
    what: "is IBKR's error",
    content:
      "<FlexStatementResponse timestamp='02 April, 2025 04:30 AM EDT'>\n<Status>Warn</Status>\n<ErrorCode>1019</ErrorCode>\n<ErrorMessage>Statement generation in progress. Please try again shortly.</ErrorMessage>\n</FlexStatementResponse>\n",
    code: "flex-error",
    sentence:
      "the file is IBKR's error 1019, not a statement: Statement generation in progress. Please try again shortly: fetch the statement again",
    where: "ErrorCode 1019"
  },
  {
    what: "is other XML",
    content: "<rss><channel /></rss>\n",
    code: "not-flex",
    sentence:
      "the file's first element is <rss>, not <FlexQueryResponse>: import the XML that a Flex query of IBKR gives"
  },
  {
    what: "holds no statement",
    content:
      '<FlexQueryResponse queryName="q" type="AF"><FlexStatements count="0"></FlexStatements></FlexQueryResponse>\n',
    code: "no-statement",
    sentence: "the file holds no statement: check the query's accounts and period, and run it again"
  },
  {
    what: "has a statement without an account",
    content: changed('FlexStatement accountId="U1000042"', 'FlexStatement accountId=""'),
    code: "missing-account",
    sentence: "a statement has no accountId (line 4): run the Flex query again",
    where: "FlexStatement, line 4"
  },
  {
    what: "has a statement without days",
    content: changed(' fromDate="20250101" toDate="20250331" period=""', ' period=""'),
    code: "missing-period",
    sentence: "a statement has no fromDate (line 4): run the Flex query again",
    where: "FlexStatement, line 4"
  },
  {
    what: "is not well formed",
    content: changed("</CashReport>", "</CashReports>"),
    code: "malformed",
    sentence:
      "the file is not well-formed XML: <CashReport> is closed by </CashReports> (line 15): download the statement again",
    where: "line 15"
  },
  // values
  {
    what: "has NaN for an amount",
    content: changed('netCash="439.995"', 'netCash="NaN"'),
    code: "bad-number",
    sentence: "Trade@netCash is no number: NaN (line 25): download the statement again",
    where: "Trade@netCash, line 25"
  },
  {
    what: "has Infinity for an amount",
    content: changed('netCash="439.995"', 'netCash="Infinity"'),
    code: "bad-number",
    sentence: "Trade@netCash is no number: Infinity (line 25): download the statement again",
    where: "Trade@netCash, line 25"
  },
  {
    what: "has -INF for an amount",
    content: changed('netCash="439.995"', 'netCash="-INF"'),
    code: "bad-number",
    sentence: "Trade@netCash is no number: -INF (line 25): download the statement again",
    where: "Trade@netCash, line 25"
  },
  {
    what: "has an exponent beyond all money",
    content: changed('netCash="439.995"', 'netCash="1E999"'),
    code: "bad-number",
    sentence: "Trade@netCash is no number: 1E999 (line 25): download the statement again",
    where: "Trade@netCash, line 25"
  },
  {
    what: "has a base currency that is none",
    content: changed('accountType="Individual" currency="USD"', 'accountType="Individual" currency="QQQ"'),
    code: "bad-currency",
    sentence: "AccountInformation@currency is no currency: QQQ (line 5): download the statement again",
    where: "AccountInformation@currency, line 5"
  },
  {
    what: "has a report day that is none",
    content: changed('reportDate="20250210"', 'reportDate="20250230"'),
    code: "bad-date",
    sentence: "Trade@reportDate is no date: 20250230 (line 25): download the statement again",
    where: "Trade@reportDate, line 25"
  },
  {
    what: "has dates whose day and month cannot be told apart",
    content: dated("01/02/2025", "03/04/2025", "02/03/2025"),
    code: "ambiguous-date",
    sentence:
      "day and month cannot be told apart in FlexStatement@fromDate: 01/02/2025 (line 2): say which comes first with --date-format mdy or --date-format dmy",
    where: "FlexStatement@fromDate, line 2"
  },
  {
    what: "has dates of both orders",
    content: dated("01/02/2025", "25/04/2025", "02/28/2025"),
    code: "ambiguous-date",
    sentence:
      "Trade@reportDate does not fit the order of day and month in the other dates: 02/28/2025 (line 4): set the query's date format to yyyy-MM-dd and run it again, or give the --date-format (mdy or dmy) that fits",
    where: "Trade@reportDate, line 4"
  },
  {
    what: "has dates against --date-format",
    content: dated("01/02/2025", "03/25/2025", "02/03/2025"),
    words: ["--date-format", "dmy"],
    code: "ambiguous-date",
    sentence:
      "FlexStatement@toDate does not fit the order of day and month in the other dates: 03/25/2025 (line 2): set the query's date format to yyyy-MM-dd and run it again, or give the --date-format (mdy or dmy) that fits",
    where: "FlexStatement@toDate, line 2"
  }
];
