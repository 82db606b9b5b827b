import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {inspectFile} from "../../../lib/statements/inspect.js";
import {file, flex, HEADER} from "./flex.js";

async function inspect(xml: string, options?: {dateFormat?: "mdy" | "dmy"}) {
  async function* open(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(xml);
  }
  return inspectFile("statement.xml", open, options);
}

const one = async (sections: string, header = HEADER) =>
  (await inspect(flex(sections, header))).statements[0];

it("inspectFile(file) tells nothing of sections that are not there", async () => {
  expect(await inspect(flex(""))).toEqual({
    file: "statement.xml",
    format: "flex-xml",
    statements: [
      {
        account: "U1",
        base: null,
        from: "2025-01-01",
        to: "2025-01-31",
        generated: "2025-02-01T06:30:00",
        trades: [],
        cash: [],
        counts: {}
      }
    ],
    warnings: [],
    errors: []
  });
});

it("inspectFile(file) groups executions by currency and category, cancels with their sign, forex too", async () => {
  const {trades, counts} = await one(`<Trades>
    <Trade currency="USD" assetCategory="STK" quantity="10" proceeds="-1,000.10" ibCommission="-1" netCash="-1001.10" fifoPnlRealized="0" levelOfDetail="EXECUTION"/>
    <Trade currency="USD" assetCategory="STK" quantity="-10" proceeds="1000.10" ibCommission="1" netCash="1001.10" fifoPnlRealized="0" buySell="BUY (Ca.)"/>
    <Trade currency="USD" assetCategory="STK" quantity="0.0000000000000001" levelOfDetail="EXECUTION"/>
    <Trade currency="EUR" assetCategory="CASH" quantity="-133" proceeds="140.9268" levelOfDetail="EXECUTION"/>
    <Trade currency="USD" assetCategory="STK" quantity="999" levelOfDetail="ORDER"/>
    <Order currency="USD" assetCategory="STK" quantity="999"/>
    <Lot currency="USD" assetCategory="STK" quantity="999"/></Trades>`);
  expect(trades).toEqual([
    {currency: "EUR", category: "CASH", count: 1, quantity: "-133", proceeds: "140.9268"},
    {
      currency: "USD",
      category: "STK",
      count: 3,
      quantity: "0.0000000000000001",
      proceeds: "0",
      commission: "0",
      netCash: "0",
      realized: "0"
    }
  ]);
  expect(counts).toEqual({trades: 7});
});

it("inspectFile(file) groups cash by currency and present type, without summaries", async () => {
  const {cash} = await one(`<CashTransactions>
    <CashTransaction currency="USD" type="Deposits/Withdrawals" amount="100.1" levelOfDetail="DETAIL"/>
    <CashTransaction currency="USD" type="Deposits &amp; Withdrawals" amount="-0.2"/>
    <CashTransaction currency="USD" type="Dividends" levelOfDetail="DETAIL"/>
    <CashTransaction currency="USD" type="Dividends" amount="9" levelOfDetail="SUMMARY"/></CashTransactions>`);
  expect(cash).toEqual([
    {currency: "USD", type: "Deposits & Withdrawals", count: 2, sum: "99.9"},
    {currency: "USD", type: "Dividends", count: 1}
  ]);
});

it("inspectFile(file) sums positions in base, without lots", async () => {
  const {positions} = await one(`<OpenPositions>
    <OpenPosition fxRateToBase="1" positionValue="10" costBasisMoney="8" fifoPnlUnrealized="2" levelOfDetail="SUMMARY"/>
    <OpenPosition fxRateToBase="0.9" positionValue="-100.05" costBasisMoney="-90" fifoPnlUnrealized="-10.05"/>
    <OpenPosition fxRateToBase="1" positionValue="10" levelOfDetail="LOT"/></OpenPositions>`);
  expect(positions).toEqual({count: 2, value: "-80.045", cost: "-73", unrealized: "-7.045"});
});

it("inspectFile(file) leaves a sum of positions out where a rate is missing", async () => {
  const rate = (attribute: string) =>
    one(
      `<OpenPositions><OpenPosition fxRateToBase="1" positionValue="10"/><OpenPosition ${attribute} positionValue="5"/></OpenPositions>`
    );
  expect((await rate("")).positions).toEqual({count: 2});
  expect((await rate('fxRateToBase="-1"')).positions).toEqual({count: 2});
  expect((await rate('fxRateToBase="2"')).positions).toEqual({count: 2, value: "20"});
  expect((await one("<OpenPositions/>")).positions).toEqual({count: 0});
});

it("inspectFile(file) gives the change in NAV with every numeric part, known or new", async () => {
  const {nav} = await one(
    '<ChangeInNAV accountId="123" model="7" fromDate="20250101" toDate="20250131" startingValue="100" mtm="1.50" realized="0" newPart="-0.5" endingValue="101" twr="1.5"/>'
  );
  expect(nav).toEqual({
    start: "100",
    end: "101",
    twr: "1.5",
    parts: {mtm: "1.5", realized: "0", newPart: "-0.5"}
  });
});

it("inspectFile(file) takes of several changes in NAV the one of the whole account and period", async () => {
  const rows = (...rest: string[]) => rest.map((attributes) => `<ChangeInNAV ${attributes}/>`).join("");
  const daily = [
    'fromDate="20250101" toDate="20250101" endingValue="1"',
    'fromDate="20250102" toDate="20250131" endingValue="2"'
  ];
  const whole = 'fromDate="20250101" toDate="20250131" endingValue="3"';
  expect((await one(rows(...daily, whole, `${whole} model="M"`, `${whole} currency="EUR"`))).nav).toEqual({
    end: "3",
    parts: {}
  });
  expect((await one(rows(...daily))).nav).toBeUndefined();
});

it("inspectFile(file) lists the cash report with its base summary", async () => {
  const {cashReport} = await one(`<CashReport>
    <CashReportCurrency currency="BASE_SUMMARY" levelOfDetail="BaseCurrency" startingCash="1.10" endingCash="2"/>
    <CashReportCurrency currency="USD" endingCash="-0.000001655"/></CashReport>`);
  expect(cashReport).toEqual([
    {currency: "BASE_SUMMARY", start: "1.1", end: "2"},
    {currency: "USD", end: "-0.000001655"}
  ]);
});

it("inspectFile(file) tells the base from account information, else from rates, else not", async () => {
  const rates =
    '<ConversionRates><ConversionRate fromCurrency="USD" toCurrency="CHF" rate="0.9"/></ConversionRates>';
  expect((await one(`${rates}<AccountInformation currency="EUR"/>`)).base).toBe("EUR");
  expect((await one(`${rates}<AccountInformation accountId="U1"/>`)).base).toBe("CHF");
  expect((await one("")).base).toBeNull();
});

it("inspectFile(file) counts the rows of each section under a short name, also where there is none", async () => {
  const {counts} = await one(`<CorporateActions><CorporateAction actionID="1"/></CorporateActions><Transfers/>
    <SecuritiesInfo><SecurityInfo symbol="A"/><SecurityInfo symbol="B"/></SecuritiesInfo><SLBFees/><MTMPerformanceSummaryInBase/>
    <OptionEAE/><AccountInformation currency="USD"/><ConversionRates/>`);
  expect(counts).toEqual({
    corporateActions: 1,
    transfers: 0,
    securities: 2,
    slbFees: 0,
    mtmPerformanceSummaryInBase: 0,
    optionEAE: 0,
    accountInformation: 1,
    conversionRates: 0
  });
});

it("inspectFile(file) counts rows in the statement that holds them, whatever their account", async () => {
  const statement = (account: string) =>
    `<FlexStatement ${HEADER.replace("U1", account)}><CashTransactions><CashTransaction accountId="U2" currency="USD" type="Dividends" amount="1"/></CashTransactions></FlexStatement>`;
  const {statements, warnings} = await inspect(file(statement("U1") + statement("U2"), 2));
  expect(statements.map(({account, cash}) => [account, cash[0].sum])).toEqual([
    ["U1", "1"],
    ["U2", "1"]
  ]);
  expect(warnings).toEqual([{code: "other-account", where: "CashTransaction", count: 1}]);
});

it("inspectFile(file) of a refused file has no statements and one error", async () => {
  expect(await inspect(flex("").slice(0, -30))).toMatchObject({
    format: "flex-xml",
    statements: [],
    warnings: [],
    errors: [{code: "truncated"}]
  });
  expect(await inspect("Statement,Header,Field Name,Field Value\n")).toMatchObject({
    format: "activity-csv",
    errors: [{code: "missing-period"}]
  });
  expect(await inspect("")).toMatchObject({
    format: null,
    statements: [],
    errors: [{code: "empty", where: ""}]
  });
});

it("inspectFile(file, {dateFormat}) reads slash dates as told", async () => {
  const xml = flex("", 'accountId="U1" fromDate="01/02/2025" toDate="03/02/2025" whenGenerated=""');
  expect((await inspect(xml)).errors[0].code).toBe("ambiguous-date");
  expect((await inspect(xml, {dateFormat: "dmy"})).statements[0]).toMatchObject({
    from: "2025-02-01",
    to: "2025-02-03",
    generated: ""
  });
});

it("inspectFile(file) says the same of a query's statements in XML and in CSV", async () => {
  const data = (path: string) => readFileSync(new URL(`../../data/${path}`, import.meta.url), "utf8");
  const [xml, csv] = await Promise.all(
    ["flex/activity.xml", "csv/flex.csv"].map((path) => inspect(data(path)))
  );
  expect([xml.format, csv.format]).toEqual(["flex-xml", "flex-csv"]);
  expect(csv.statements).toEqual(xml.statements);
  expect(csv.statements).toHaveLength(2);
  expect(csv.errors).toEqual([]);
});
