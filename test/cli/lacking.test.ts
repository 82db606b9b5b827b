/** What a statement merely lacks is never refused: it is kept, with a warning where it is odd. */
import {expect, it} from "vitest";
import {changed} from "./bad-files.js";
import {desk} from "./terminal.js";

const quarter = (currency: string, from: string, to: string, generated: string): string =>
  `<FlexStatement accountId="U1000050" fromDate="${from}" toDate="${to}" period="" whenGenerated="${generated};043000">
<AccountInformation accountId="U1000050" currency="${currency}" />
<EquitySummaryInBase>
<EquitySummaryByReportDateInBase accountId="U1000050" reportDate="${from}" cash="100" total="100" />
<EquitySummaryByReportDateInBase accountId="U1000050" reportDate="${to}" cash="100" total="100" />
</EquitySummaryInBase>
</FlexStatement>`;

const response = (count: number, ...statements: string[]): string =>
  `<FlexQueryResponse queryName="q" type="AF"><FlexStatements count="${count}">\n${statements.join("\n")}\n</FlexStatements></FlexQueryResponse>\n`;

const information = /<AccountInformation .*\/>\n/;
const rates = /<ConversionRates>[^]*<\/ConversionRates>\n/;

it("without AccountInformation the base currency is the one that ConversionRate leads to", async () => {
  const {run, write} = desk();
  const file = write("no-information.xml", changed(information, ""));
  const {code, json} = await run(["import", file, "--json"]);
  expect(code).toBe(0);
  expect(json()[0].statements[0]).toMatchObject({account: "U1000042", base: "USD"});
});

it("without rates either the base currency is unknown, and doctor says which box to tick", async () => {
  const {run, write} = desk();
  const file = write("no-base.xml", changed(information, "").replace(rates, ""));
  const {code, json} = await run(["import", file, "--json"]);
  expect(code).toBe(0);
  expect(json()[0].statements[0]).toMatchObject({account: "U1000042", base: null});
  const {checks} = (await run(["doctor", "--json"])).json();
  expect(checks).toContainEqual({
    what: "data",
    status: "warning",
    sentence:
      "no statement says the base currency of U1000042: tick Account Information (Currency) in the Flex query"
  });
});

it("without a rate of a position's currency the sums in base are left out", async () => {
  const {run, write} = desk();
  const file = write("no-rate.xml", changed(/(<OpenPosition [^>]*EUR" )fxRateToBase="1.08"/, "$1"));
  const {code, json} = await run(["inspect", file, "--json"]);
  expect(code).toBe(0);
  expect(json().statements[0].positions).toEqual({count: 3});
});

it("rows of another account count in their statement, are stored under their own and warned of", async () => {
  const {run, write} = desk();
  const file = write(
    "other.xml",
    changed(/<Trade accountId="U1000042"(.*transactionID="80002")/, '<Trade accountId="U1000044"$1')
  );
  const {code, json} = await run(["import", file, "--json"]);
  expect(code).toBe(0);
  const [{statements, warnings}] = json();
  expect(warnings).toContainEqual({code: "other-account", where: "Trade", count: 1});
  expect(statements[0].trades[3]).toMatchObject({category: "STK", currency: "USD", count: 2});
  const select =
    "select account, count(*)::int n from trades where currency = 'USD' group by all order by all";
  expect((await run(["sql", select, "--json"])).json()).toEqual([
    {account: "U1000042", n: 3},
    {account: "U1000044", n: 1}
  ]);
});

it("rows outside the period are stored and warned of", async () => {
  const {run, write} = desk();
  const file = write(
    "outside.xml",
    changed(
      'reportDate="20250106" tradeDate="20250106"',
      'reportDate="20241230" tradeDate="20241230"'
    ).replace('reportDate="20250210"', 'reportDate="20241231"')
  );
  const {code, json} = await run(["import", file, "--json"]);
  expect(code).toBe(0);
  expect(json()[0].warnings).toContainEqual({code: "outside-period", where: "Trade", count: 2});
  const select = "select count(*)::int n from trades where day = '2024-12-31'";
  expect((await run(["sql", select, "--json"])).json()).toEqual([{n: 1}]);
});

it("a base currency belongs to an account's days, not to the account", async () => {
  const {run, write} = desk();
  const file = write(
    "moved.xml",
    response(
      2,
      quarter("EUR", "20240102", "20240328", "20240401"),
      quarter("USD", "20240401", "20240628", "20240701")
    )
  );
  const {code, json} = await run(["import", file, "--json"]);
  expect(code).toBe(0);
  expect(json()[0].statements).toMatchObject([{base: "EUR"}, {base: "USD"}]);
  const select = "select from_day, to_day, base from coverage order by from_day";
  expect((await run(["sql", select, "--json"])).json()).toEqual([
    {from_day: "2024-01-02", to_day: "2024-03-28", base: "EUR"},
    {from_day: "2024-04-01", to_day: "2024-06-28", base: "USD"}
  ]);
});

it("more statements than announced are all read, with a warning", async () => {
  const {run, write} = desk();
  const statements = [
    quarter("USD", "20240102", "20240328", "20240401"),
    quarter("USD", "20240401", "20240628", "20240701")
  ];
  const {code, json} = await run(["inspect", write("more.xml", response(1, ...statements)), "--json"]);
  expect(code).toBe(0);
  expect(json().statements).toHaveLength(2);
  expect(json().warnings).toEqual([{code: "fewer-declared", where: "FlexStatements@count", count: 1}]);
});

it("a byte order mark and Latin-1 that says so are read", async () => {
  const {run, write} = desk();
  const marked = write("marked.xml", `\ufeff${changed("SOEHNE", "SÖHNE")}`);
  const latin = write(
    "latin.xml",
    Buffer.from(changed("SOEHNE", "SÖHNE").replace('encoding="UTF-8"', 'encoding="ISO-8859-1"'), "latin1")
  );
  const {code, json} = await run(["import", marked, latin, "--json"]);
  expect(code).toBe(0);
  expect(json()).toMatchObject([{new: 32}, {new: 0, same: 32, changed: 0}]);
  const select = "select description from positions where symbol = 'BETA'";
  expect((await run(["sql", select, "--json"])).json()).toEqual([{description: "BETA & SÖHNE AG"}]);
});
