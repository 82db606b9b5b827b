import * as fc from "fast-check";
import {expect, it} from "vitest";
import {StatementError} from "../../../lib/statements/statement.js";
import {file, flex, HEADER, parse, problemOf} from "./flex.js";

const XML = flex(`<AccountInformation accountId="U1" currency="USD"/>
  <Trades><Trade symbol="A" quantity="1" reportDate="20250102"/></Trades>`);

/** Every refusal says what is wrong, in one sentence, and what to do. */
function expectRefusal(xml: string, code: string, said: string): void {
  const problem = problemOf(xml);
  expect(problem.code).toBe(code);
  expect(problem.message).toContain(said);
  expect(problem.message).toMatch(
    /^(?:[a-z]|\w+@\w+ ).*: .*(?:download|run|import|fetch|unpack|set|check|say|save)/
  );
  expect(problem.message).not.toContain("\n");
}

it("a file that is cut off anywhere is refused", () => {
  for (let end = 0; end < XML.trimEnd().length; ++end) {
    expect(["truncated", "malformed", "empty"]).toContain(problemOf(XML.slice(0, end)).code);
  }
  expectRefusal(XML.slice(0, 200), "truncated", "the file ends before its end");
});

it("a file that announces more statements than it holds is refused", () => {
  expectRefusal(
    file(`<FlexStatement ${HEADER}/>`, 2),
    "truncated",
    "the file announces 2 statements but holds 1"
  );
});

it("a document type and the entities in it are refused", () => {
  expectRefusal(`<!DOCTYPE x [<!ENTITY a "b">]>${XML}`, "doctype", "document type");
});

it("XML that is not well-formed is refused with its line", () => {
  expectRefusal(XML.replace('symbol="A"', "symbol=A"), "malformed", "is not quoted (line 5)");
  expectRefusal(`${XML}<again/>`, "malformed", "follows the end");
});

it("a file that is something else is refused as what it is", () => {
  expectRefusal("", "empty", "the file is empty");
  expectRefusal(" \n", "empty", "the file is empty");
  expectRefusal("PK\u0003\u0004\u0014", "zip", "the file is a zip archive");
  expectRefusal("<!DOCTYPE html>\n<html><body>Log in", "html", "web page");
  expectRefusal("Statement,Header,Field Name,Field Value\n", "csv", "Activity Statement (activity-csv)");
  expectRefusal("a,b,c\n1,2,3\n", "csv", "none that IBKR gives");
  expectRefusal("hello", "not-flex", "neither XML nor CSV");
  expectRefusal("<rss/>", "not-flex", "first element is <rss>");
});

it("an answer of IBKR's that is no statement is refused with its code and message", () => {
  const answer = (inside: string) =>
    `<FlexStatementResponse timestamp="28 August, 2012 10:37 AM EDT">${inside}</FlexStatementResponse>`;
  expectRefusal(
    answer(
      "<Status>Warn</Status>\n<ErrorCode>1019</ErrorCode>\n<ErrorMessage>Statement generation in progress. Please try again shortly.</ErrorMessage>"
    ),
    "flex-error",
    "IBKR's error 1019, not a statement: Statement generation in progress. Please try again shortly: fetch"
  );
  expectRefusal(answer("<Status>Success</Status><ReferenceCode>1</ReferenceCode>"), "flex-error", "receipt");
});

it("a statement without account or period is refused, as is a file without a statement", () => {
  expectRefusal(flex("", HEADER.replace("U1", "")), "missing-account", "no accountId");
  expectRefusal(flex("", HEADER.replace("U1", "-")), "missing-account", "no accountId");
  expectRefusal(flex("", HEADER.replace('fromDate="20250101"', "")), "missing-period", "no fromDate");
  expectRefusal(flex("", HEADER.replace("20250131", "")), "missing-period", "no toDate");
  expectRefusal(
    flex("", HEADER.replace("20250131", "20241231")),
    "bad-period",
    "ends 2024-12-31, before it starts 2025-01-01"
  );
  expectRefusal(
    flex("", HEADER.replace("20250131", "20250132")),
    "bad-date",
    "FlexStatement@toDate is no date: 20250132"
  );
  expectRefusal(file("", 0), "no-statement", "holds no statement");
});

it("numbers that are none are refused with their element, attribute and line", () => {
  for (const value of ["NaN", "Infinity", "-Infinity", "1,5", "12abc", "1E999"]) {
    const problem = problemOf(flex(`<Trades>\n<Trade quantity="1"/>\n<Trade quantity="${value}"/></Trades>`));
    expect(problem).toEqual({
      code: "bad-number",
      message: `Trade@quantity is no number: ${value} (line 6): download the statement again`,
      where: "Trade@quantity, line 6"
    });
  }
});

it("numbers beyond what the ledger can hold are refused with their element, attribute and line", () => {
  for (const value of ["1E26", "-1E30", "1".repeat(27), `${"9".repeat(26)}.${"9".repeat(13)}`]) {
    const problem = problemOf(flex(`<Trades>\n<Trade quantity="${value}"/></Trades>`));
    expect(problem).toEqual({
      code: "bad-number",
      message: `Trade@quantity has more than 26 digits before its point: ${value.length > 40 ? `${value.slice(0, 40)}…` : value} (line 5): download the statement again`,
      where: "Trade@quantity, line 5"
    });
  }
});

it("a row whose own day is no date is refused", () => {
  expectRefusal(
    flex('<Trades><Trade reportDate="20250231"/></Trades>'),
    "bad-date",
    "Trade@reportDate is no date: 20250231 (line 4)"
  );
});

it("a base currency that is no currency is refused", () => {
  for (const currency of ["DOLLARS", "usd", "ZZZ", "U$D", "BASE_SUMMARY"])
    expectRefusal(
      flex(`<AccountInformation currency="${currency}"/>`),
      "bad-currency",
      `AccountInformation@currency is no currency: ${currency}`
    );
  expectRefusal(
    flex(
      '<ConversionRates><ConversionRate reportDate="20250102" fromCurrency="EUR" toCurrency="XX" rate="1"/></ConversionRates>'
    ),
    "bad-currency",
    "ConversionRate@toCurrency"
  );
  for (const currency of ["USD", "CNH", "ILS", ""])
    parse(flex(`<AccountInformation currency="${currency}"/>`));
});

const slashed = (from: string, to: string, day: string) =>
  flex(
    `<Trades><Trade reportDate="${day}" dateTime="${day};093000"/></Trades>`,
    `accountId="U1" fromDate="${from}" toDate="${to}" whenGenerated=""`
  );

it("slash dates that can be read both ways are refused unless the order is said", () => {
  const xml = slashed("03/04/2025", "05/04/2025", "04/04/2025");
  expectRefusal(xml, "ambiguous-date", "--date-format mdy or --date-format dmy");
  expect(parse(xml, {dateFormat: "mdy"}).headers[0]).toMatchObject({from: "2025-03-04", to: "2025-05-04"});
  expect(parse(xml, {dateFormat: "dmy"}).headers[0]).toMatchObject({from: "2025-04-03", to: "2025-04-05"});
});

it("slash dates that can be read in one way only are read so", () => {
  expect(parse(slashed("01/01/25", "01/31/25", "02/01/25")).rows[0]).toMatchObject({
    day: "2025-02-01",
    fields: {dateTime: "2025-02-01T09:30:00"}
  });
  expect(parse(slashed("31/01/2025", "28/02/2025", "02/01/2025")).rows[0].day).toBe("2025-01-02");
});

it("slash dates that contradict each other, or what was said, are refused", () => {
  expectRefusal(
    slashed("01/01/2025", "01/31/2025", "31/01/2025"),
    "ambiguous-date",
    "does not fit the order"
  );
  expect(problemOf(slashed("01/01/2025", "01/31/2025", "01/31/2025"), {dateFormat: "dmy"}).code).toBe(
    "ambiguous-date"
  );
});

it("damage of any kind ends in rows or in a refusal, never in another error", () => {
  const change = fc.record({
    at: fc.nat(XML.length),
    length: fc.nat(20),
    text: fc.string({unit: "binary", maxLength: 8})
  });
  const outcome = (xml: string) => {
    try {
      return parse(xml).rows.length;
    } catch (error) {
      expect(error).toBeInstanceOf(StatementError);
      return -1;
    }
  };
  fc.assert(
    fc.property(fc.array(change, {minLength: 1, maxLength: 4}), (changes) => {
      let xml = XML;
      for (const {at, length, text} of changes) xml = xml.slice(0, at) + text + xml.slice(at + length);
      outcome(xml);
    }),
    {numRuns: 1000}
  );
  fc.assert(fc.property(fc.string({unit: "binary"}), (text) => void outcome(text)));
});
