import {readFileSync} from "node:fs";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {PortfolioAnalystParser} from "../../../../lib/statements/portfolio-analyst/portfolio-analyst.js";
import {StatementError, type StatementRow} from "../../../../lib/statements/statement.js";
import {parseWith, readText, refusalOf} from "../collect.js";

const REPORT = readFileSync(new URL("../../../data/csv/portfolio-analyst.csv", import.meta.url), "utf8");
const INTRODUCTION = REPORT.split("\n").slice(0, 2).join("\n");

/** A report with some rows beside its introduction. */
const report = (...rows: string[]) => `${INTRODUCTION}\n${rows.join("\n")}\n`;

const {rows, headers, warnings} = parseWith(PortfolioAnalystParser, REPORT);
const figures = (of: string) => rows.filter(({fields}) => fields.of === of);
const brief = ({day, fields: {item = "", figure, value, text}}: StatementRow) => [
  day,
  item,
  figure,
  value ?? text
];

it("the introduction says account, period and base currency", async () => {
  expect(headers).toEqual([
    {
      ordinal: 0,
      format: "portfolio-analyst-csv",
      account: "U7000001",
      from: "2026-01-01",
      to: "2026-03-31",
      generated: "",
      queryName: "",
      queryType: ""
    }
  ]);
  expect(rows[0]).toMatchObject({
    element: "AccountInformation",
    fields: {accountId: "U7000001", currency: "USD"}
  });
  expect((await readText(REPORT)).format).toBe("portfolio-analyst-csv");
  expect(warnings).toEqual([]);
});

it("every other row is a figure that they report, no trade, cash or position", () => {
  const places = new Set(rows.slice(1).map(({section, element}) => `${section}/${element}`));
  expect([...places]).toEqual(["PortfolioAnalyst/ReportedFigure"]);
  expect(new Set(rows.slice(1).map(({fields}) => fields.measure))).toEqual(new Set(["TWR"]));
});

it("key statistics are figures of the whole account over the period, percent as they are", () => {
  const [first, , cumulative] = figures("Key Statistics");
  expect(first).toMatchObject({
    day: "",
    from: "2026-01-01",
    to: "2026-03-31",
    fields: {of: "Key Statistics", figure: "BeginningNAV", value: "100000", currency: "USD"}
  });
  expect(cumulative.fields).toMatchObject({figure: "CumulativeReturn", value: "5.25"});
  expect(figures("Key Statistics").map(brief)).toContainEqual(["", "", "BestReturnDate", "2026-02-06"]);
  expect(figures("Key Statistics").map(brief)).toContainEqual([
    "",
    "",
    "5DayReturnDateRange",
    "20260325 - 20260331"
  ]);
});

it("rows are read under the latest header of their section; what is `-` is not there", () => {
  expect(figures("Historical Performance Benchmark Comparison").map(brief)).toEqual([
    ["", "SPXTR", "MTD", "-0.51"],
    ["", "SPXTR", "QTD", "2.4"],
    ["", "SPXTR", "YTD", "2.4"],
    ["", "SPXTR", "Since Inception", "12.5"],
    ["", "U7000001", "MTD", "0.8"],
    ["", "U7000001", "QTD", "5.25"],
    ["", "U7000001", "YTD", "5.25"],
    ["", "U7000001", "Since Inception", "5.25"],
    ["2026-01-31", "SPXTR", "Return", "1.45"],
    ["2026-01-31", "VT", "Return", "3.11"],
    ["2026-01-31", "U7000001", "Return", "1.5"],
    ["2026-02-28", "SPXTR", "Return", "-0.75"],
    ["2026-02-28", "U7000001", "Return", "2.9"]
  ]);
});

it("days are read in all four forms", () => {
  expect(figures("Allocation by Asset Class").map(brief).slice(0, 3)).toEqual([
    ["2026-01-02", "", "Equities", "80000.5"],
    ["2026-01-02", "", "Cash", "20299.5"],
    ["2026-01-02", "", "NAV", "100300"]
  ]);
  expect(figures("Historical Performance Benchmark Comparison").at(-1)?.day).toBe("2026-02-28");
  expect(figures("Open Position Summary")[0].day).toBe("2026-03-31");
  expect(figures("Deposits And Withdrawals")[0].day).toBe("2026-01-15");
});

it("a row's own currency is its figures', else the base", () => {
  const currencies = figures("Open Position Summary").map(
    ({fields: {item, currency}}) => `${item} ${currency}`
  );
  expect(new Set(currencies)).toEqual(new Set(["ACME USD", "EUR EUR"]));
  expect(figures("Performance by Symbol")[0].fields.currency).toBe("USD");
});

it("rows of totals are passed over", () => {
  expect(rows.some(({fields}) => fields.item?.startsWith("Total"))).toBe(false);
  expect(figures("Deposits And Withdrawals").map(brief)).toEqual([
    ["2026-01-15", "Deposit", "Amount", "1000"],
    ["2026-01-15", "Deposit (2)", "Description", "Wire"],
    ["2026-01-15", "Deposit (2)", "Amount", "2000"]
  ]);
});

it("each section of the report has its figures, each under a name of its own", () => {
  const named = new Map(rows.slice(1).map(({fields}) => [fields.of, fields.item]));
  expect([...named.keys()]).toHaveLength(17);
  const keys = rows.slice(1).map(({day, fields: {of, item, figure}}) => [day, of, item, figure].join("|"));
  expect(new Set(keys).size).toBe(keys.length);
  expect(named.get("Concentration")).toBe("Holdings/ACME");
  expect(named.get("Performance Attribution vs. SPXTR")).toBe("Technology");
});

it("the owner's name and alias are nowhere", () => {
  expect(JSON.stringify(rows)).not.toMatch(/Perdita|Nowhere|Rainy/);
  expect(figures("Cumulative Performance Statistics").map(brief)).toEqual([
    ["2026-01-02", "", "Return", "0.3"],
    ["2026-01-05", "", "Return", "0.1"]
  ]);
});

it("a section that nobody knows is kept with a warning", () => {
  const odd = parseWith(
    PortfolioAnalystParser,
    report("Stardust,Header,Symbol,Shine", "Stardust,Data,ACME,3")
  );
  expect(odd.warnings).toEqual([{code: "unknown-element", where: "Stardust", count: 1}]);
  expect(odd.rows.slice(1).map(brief)).toEqual([["", "ACME", "Shine", "3"]]);
});

it("a report in another language is refused with the names that nobody knows", async () => {
  const local =
    "Xintro,Header,Xname,Xaccount,Xalias,Xbase,Xtype,Xperiod,Xmeasure\nXintro,Data,A,U1,,USD,I,P,TWR\n";
  const problem = await refusalOf(local);
  expect(problem.code).toBe("language");
  expect(problem.message).toContain('"Xintro", "Xname", "Xaccount"');
  expect(problem.message).toContain("set the statement language to English");
});

it("bad input is refused with its line", async () => {
  const cases: [string, string, string][] = [
    [report("ESG,Data,a,b"), "bad-columns", "section ESG has no column names (line 3)"],
    [report("ESG,Header,a", "ESG,Data,a,b"), "bad-columns", "ESG has 2 cells under 1 columns (line 4)"],
    [report("ESG,Foo,a"), "malformed", "neither Header, Data nor MetaInfo: Foo (line 3)"],
    [
      report("Dividends,Header,PayDate,Symbol,Amount", "Dividends,Data,20260231,ACME,1"),
      "bad-date",
      "20260231"
    ],
    [
      report("Dividends,Header,PayDate,Symbol,Amount", "Dividends,Data,13/02/2026,ACME,1"),
      "bad-date",
      "(line 4)"
    ],
    [INTRODUCTION.replace("U7000001", ""), "missing-account", "whose account"],
    [INTRODUCTION.replace("(Daily)", "").replace("January 1, 2026", "once"), "missing-period", "once"],
    [INTRODUCTION.replace("USD", "Dollars"), "bad-currency", "Introduction@BaseCurrency"],
    [`${INTRODUCTION}\n${INTRODUCTION.split("\n")[1]}`, "several-accounts", "one account at a time"],
    [INTRODUCTION.split("\n")[0], "no-statement", "before it says whose it is"],
    [report('ESG,Header,"a'), "truncated", "inside a quoted cell"]
  ];
  for (const [text, code, said] of cases) {
    const problem = await refusalOf(text);
    expect([problem.code, problem.message]).toEqual([code, expect.stringContaining(said)]);
  }
});

it("damage of any kind ends in rows or in a refusal, never in another error", () => {
  const change = fc.record({at: fc.nat(REPORT.length), length: fc.nat(20), text: fc.string({maxLength: 8})});
  fc.assert(
    fc.property(fc.array(change, {minLength: 1, maxLength: 4}), (changes) => {
      let damaged = REPORT;
      for (const {at, length, text} of changes)
        damaged = damaged.slice(0, at) + text + damaged.slice(at + length);
      try {
        parseWith(PortfolioAnalystParser, damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(StatementError);
      }
    }),
    {numRuns: 500}
  );
});
