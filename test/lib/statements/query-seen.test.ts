import {expect, it} from "vitest";
import {QuerySeen} from "../../../lib/statements/query-seen.js";
import {readStatements} from "../../../lib/statements/read.js";
import {flex} from "./flex.js";

async function missing(sections: string, {type = "AF"} = {}) {
  const seen = new QuerySeen();
  const xml = flex(sections).replace('type="AF"', `type="${type}"`);
  async function* open(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(xml);
  }
  await readStatements(open, seen);
  return seen.missing();
}

const of = (gaps: Awaited<ReturnType<typeof missing>>, section: string) =>
  gaps.filter((gap) => gap.section === section).map(({box, severity}) => [box, severity]);

it("missing() names the fields that no row of an element has", async () => {
  const gaps = await missing(
    `<EquitySummaryInBase>
      <EquitySummaryByReportDateInBase reportDate="20250102" total="10" />
      <EquitySummaryByReportDateInBase reportDate="20250103" total="11" />
    </EquitySummaryInBase>`
  );
  expect(of(gaps, "Net Asset Value (NAV) in Base")).toEqual([["Cash", "needed"]]);
  expect(gaps.find(({box}) => box === "Cash")?.why).toBe(
    "these fields are not in the query: it is the account's value day by day, which every return and chart starts from"
  );
});

it("missing() takes a section for ticked that is there without a row", async () => {
  expect(of(await missing("<CorporateActions />"), "Corporate Actions")).toEqual([]);
  expect(of(await missing(""), "Corporate Actions")).toEqual([["Detail, Select All", "needed"]]);
});

it("missing() asks for the days apart where a statement is of more than one", async () => {
  const general = of(await missing("<ConversionRates />"), "General Configuration");
  expect(general).toEqual([["Breakout by Day? Yes", "advised"]]);
});

it("missing() asks nothing of trade confirmations", async () => {
  expect(await missing("", {type: "TCF"})).toEqual([]);
});

it("missing() asks nothing of what no Flex query gave", async () => {
  const seen = new QuerySeen();
  async function* open(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(
      'Introduction,Header,Name,Account,Alias,BaseCurrency,AccountType,AnalysisPeriod,PerformanceMeasure\nIntroduction,Data,A,U1,,USD,I,"January 1, 2026 to March 31, 2026",TWR\n'
    );
  }
  expect((await readStatements(open, seen)).format).toBe("portfolio-analyst-csv");
  expect(seen.missing()).toEqual([]);
});
