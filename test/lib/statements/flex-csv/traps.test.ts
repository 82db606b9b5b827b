import * as fc from "fast-check";
import {expect, it} from "vitest";
import {FlexCsvParser} from "../../../../lib/statements/flex-csv/flex-csv.js";
import {StatementError} from "../../../../lib/statements/statement.js";
import {parseWith, readText, refusalOf} from "../collect.js";

// The traps of Flex CSV, sentence by sentence of reference/ibkr.md 2.2.

const BOF = '"BOF","U1","all","2","20250101","20250131","20250201;063000","100","100"';
const TRADES = `"ClientAccountID","CurrencyPrimary","AssetClass","Symbol","Date/Time","Quantity","TradePrice","TradeMoney","IBCommission","Buy/Sell","Notes/Codes","CostBasis","TransactionID","LevelOfDetail"
"U1","USD","STK","ACME","20250102;103000","10","5","50","-1","BUY","P","51","7","EXECUTION"
"U1","USD","STK","ACME","20250103;103000","-10","6","-60","-1","SELL","","","8","EXECUTION"`;

/** A file with its records around some sections. */
const framed = (...sections: string[]) =>
  `${BOF}\n"BOA","U1"\n${sections.join("\n")}\n"EOA","U1"\n"EOF","U1"\n`;
const trades = (end = '"EOS","TRNT","2","-10"', start = '"BOS","TRNT","Trades; trade date basis"') =>
  `${start}\n${TRADES}\n${end}`;

it("BOF says account, query name, period and moment", async () => {
  expect((await readText(framed(trades()))).headers).toEqual([
    {
      ordinal: 0,
      format: "flex-csv",
      account: "U1",
      from: "2025-01-01",
      to: "2025-01-31",
      generated: "2025-02-01T06:30:00",
      queryName: "all",
      queryType: "AF"
    }
  ]);
});

it("BOF as IBKR's guide has it, without a query name, is read too", async () => {
  const guide = '"BOF","U1","2","20250101","20250131","20250201;063000","100","100"';
  const {headers} = await readText(framed(trades()).replace(BOF, guide));
  expect(headers).toMatchObject([{queryName: "", from: "2025-01-01", to: "2025-01-31", account: "U1"}]);
});

it("BOA with days of its own is a statement of those days: the query is broken out by day", async () => {
  const day = (on: string) => `"BOA","U1",${on},${on}\n"BOS","TRNT","Trades"\n"EOS","TRNT","0","0"`;
  const {headers, sections} = await readText(`${BOF}\n${day("20250102")}\n${day("20250103")}\n"EOF"\n`);
  expect(headers.map(({from, to}) => [from, to])).toEqual([
    ["2025-01-02", "2025-01-02"],
    ["2025-01-03", "2025-01-03"]
  ]);
  expect(sections).toEqual([
    [0, "Trades"],
    [1, "Trades"]
  ]);
});

it("BOS and EOS may stand before the code or behind it", async () => {
  const files = [trades(), trades('"TRNT","EOS","2","-10"', '"TRNT","BOS","Trades"')];
  const [before, behind] = await Promise.all(files.map((one) => readText(framed(one))));
  expect(behind).toEqual(before);
  expect(before.rows).toHaveLength(2);
});

it("HEADER and DATA with the section's code may start each row", async () => {
  const described = TRADES.split("\n")
    .map((row, n) => `"${n ? "DATA" : "HEADER"}","TRNT",${row}`)
    .join("\n");
  const bare = await readText(framed(trades()));
  expect(await readText(framed(trades().replace(TRADES, described)))).toEqual(bare);
});

it("columns are XML's attributes under other names, values canonical as XML's", async () => {
  const {rows, warnings} = await readText(framed(trades()));
  expect(warnings).toEqual([]);
  expect(rows[0]).toMatchObject({section: "Trades", element: "Trade", day: "2025-01-02", kind: "STK"});
  expect(rows[0].fields).toEqual({
    accountId: "U1",
    currency: "USD",
    assetCategory: "STK",
    symbol: "ACME",
    dateTime: "2025-01-02T10:30:00",
    quantity: "10",
    tradePrice: "5",
    tradeMoney: "50",
    ibCommission: "-1",
    buySell: "BUY",
    notes: "P",
    cost: "51",
    transactionID: "7",
    levelOfDetail: "EXECUTION"
  });
});

it("columns that differ by section: quantity of a position, long names of gains, segments of the cash report", async () => {
  const sections = [
    '"BOS","POST","Open Positions"\n"ClientAccountID","Conid","Quantity","PositionValue","ReportDate"\n"U1","9","3","30","20250131"\n"EOS","POST","1","30"',
    '"BOS","FIFO","Performance"\n"ClientAccountID","Conid","RealizedShortTermProfit","TotalRealizedPnl"\n"U1","9","1","1"\n"EOS","FIFO","1","0"',
    '"BOS","MTMP","MTM"\n"ClientAccountID","Conid","PreviousCloseQuantity","TransactionMtmPnl"\n"U1","9","3","1"\n"EOS","MTMP","1","0"',
    '"BOS","CRTT","Cash"\n"ClientAccountID","CurrencyPrimary","StartingCash","StartingCashSecurities","Deposit/WithdrawalsCommodities"\n"U1","USD","5","5","0"\n"EOS","CRTT","1","0"',
    '"BOS","RATE","Rates"\n"Date/Time","FromCurrency","ToCurrency","Rate"\n"20250131","EUR","USD","1.1"\n"EOS","RATE","1","0"'
  ];
  const {rows, warnings} = await readText(framed(...sections));
  expect(warnings).toEqual([]);
  expect(rows.map(({element, fields}) => [element, {...fields, accountId: undefined}])).toEqual([
    ["OpenPosition", {conid: "9", position: "3", positionValue: "30", reportDate: "2025-01-31"}],
    ["FIFOPerformanceSummaryUnderlying", {conid: "9", realizedSTProfit: "1", totalRealizedPnl: "1"}],
    ["MTMPerformanceSummaryUnderlying", {conid: "9", prevCloseQuantity: "3", transactionMtm: "1"}],
    [
      "CashReportCurrency",
      {currency: "USD", startingCash: "5", startingCashSec: "5", depositWithdrawalsCom: "0"}
    ],
    ["ConversionRate", {reportDate: "2025-01-31", fromCurrency: "EUR", toCurrency: "USD", rate: "1.1"}]
  ]);
});

it("one section of CSV holds what XML tells apart by name: the level of detail says which", async () => {
  const levels = ["EXECUTION", "ORDER", "CLOSED_LOT", "WASH_SALE", "SYMBOL_SUMMARY", "ASSET_SUMMARY"];
  const rows = levels.map((level) => `"U1","1","2","${level}"`).join("\n");
  const section = `"BOS","TRNT","Trades"\n"ClientAccountID","Quantity","TradePrice","LevelOfDetail"\n${rows}\n"EOS","TRNT","6","0"`;
  const {rows: read} = await readText(framed(section));
  expect(read.map(({element}) => element)).toEqual([
    "Trade",
    "Order",
    "Lot",
    "WashSale",
    "SymbolSummary",
    "AssetSummary"
  ]);
});

it("without header records repeated rows of column names mark sections, known by their columns", async () => {
  const nav = `"ClientAccountID","CurrencyPrimary","FromDate","ToDate","StartingValue","Mtm","EndingValue"
"U1","USD","20250101","20250131","100","5","105"`;
  const {headers, sections, rows} = await readText(`${TRADES}\n${nav}\n`);
  expect(headers).toMatchObject([
    {account: "U1", from: "2025-01-01", to: "2025-01-31", queryName: "", generated: ""}
  ]);
  expect(sections.map(([, section]) => section)).toEqual(["Trades", "ChangeInNAV"]);
  expect(rows.map(({element, day, from}) => [element, day, from])).toEqual([
    ["Trade", "2025-01-02", ""],
    ["Trade", "2025-01-03", ""],
    ["ChangeInNAV", "", "2025-01-01"]
  ]);
});

it("without header records a file that says no period is refused with the box to tick", async () => {
  const problem = await refusalOf(`${TRADES}\n`);
  expect(problem).toMatchObject({code: "missing-period", where: "line 2"});
  expect(problem.message).toContain('tick "Include header and trailer records"');
});

it("without header records rows are of their own account's statement; without accounts the file is refused", async () => {
  const cash = `"ClientAccountID","CurrencyPrimary","FromDate","ToDate","StartingCash","EndingCash"
"U1","USD","2025-01-01","2025-01-31","1","2"
"U2","USD","2025-01-01","2025-01-31","3","4"
"U1","EUR","2025-01-01","2025-01-31","5","6"`;
  const {headers, rows} = await readText(cash);
  expect(headers.map(({account}) => account)).toEqual(["U1", "U2"]);
  expect(rows.map(({statement, fields}) => [statement, fields.startingCash])).toEqual([
    [0, "1"],
    [1, "3"],
    [0, "5"]
  ]);
  const anonymous = '"CurrencyPrimary","FromDate","ToDate","StartingCash"\n"USD","20250101","20250131","1"\n';
  expect(await refusalOf(anonymous)).toMatchObject({code: "missing-account"});
});

it("several accounts and several files in one are read one after the other", async () => {
  const second = framed(trades()).replaceAll("U1", "U2");
  const {headers, rows} = await readText(framed(trades()) + second);
  expect(headers.map(({account}) => account)).toEqual(["U1", "U2"]);
  expect(rows.map(({account}) => account)).toEqual(["U1", "U1", "U2", "U2"]);
});

it("EOS with another count than there are rows is a file cut short", async () => {
  for (const count of ["1", "3"])
    expect(await refusalOf(framed(trades(`"EOS","TRNT","${count}","-10"`)))).toMatchObject({
      code: "truncated",
      message: `section TRNT announces ${count} rows but holds 2 (line 7): download the statement again`
    });
});

it("a file that ends before EOF or EOS is cut short, wherever it is cut", async () => {
  const text = framed(trades());
  for (let end = text.indexOf('"BOA"'); end < text.indexOf('"EOF"'); ++end)
    expect(["truncated", "bad-columns", "malformed"]).toContain((await refusalOf(text.slice(0, end))).code);
  expect(await refusalOf(text.replace('"EOF","U1"\n', ""))).toMatchObject({code: "truncated"});
  expect(await refusalOf(framed(trades("")))).toMatchObject({code: "truncated"});
});

it("EOS without count and amount checks nothing", async () => {
  expect((await readText(framed(trades('"EOS","TRNT"')))).warnings).toEqual([]);
});

it("EOS with another amount than the rows come to is a contradiction, told beside what they add up to", async () => {
  const {rows, warnings} = await readText(framed(trades('"EOS","TRNT","2","-11"')));
  expect(warnings).toEqual([{code: "contradiction", where: "Trades@tradeMoney", count: 1}]);
  expect(rows.at(-1)).toEqual({
    statement: 0,
    section: "Totals",
    element: "Total",
    account: "U1",
    day: "",
    from: "2025-01-01",
    to: "2025-01-31",
    level: "",
    kind: "",
    fields: {of: "Trades", attribute: "tradeMoney", stated: "-11", added: "-10"}
  });
});

it("EOS's amount is of all rows or of those that count, to the last digit printed, and zero elsewhere", async () => {
  const positions = (amount: string, code = "POST") =>
    framed(`"BOS","${code}","x"\n"ClientAccountID","Conid","Quantity","PositionValue","ReportDate","LevelOfDetail"
"U1","9","3","30.126","20250131","SUMMARY"\n"U1","9","3","30.126","20250131","LOT"\n"EOS","${code}","2","${amount}"`);
  for (const amount of ["60.252", "30.126", "30.13", "60.25"])
    expect((await readText(positions(amount))).warnings).toEqual([]);
  for (const amount of ["60", "60.27", "0"])
    expect((await readText(positions(amount))).warnings).toMatchObject([{code: "contradiction"}]);
  expect((await readText(positions("1", "NETP"))).warnings).toContainEqual({
    code: "contradiction",
    where: "NetStockPositionSummary@amount",
    count: 1
  });
});

it("a row with another number of cells than there are columns is refused with its line", async () => {
  const text = framed(trades()).replace('"7","EXECUTION"', '"7"');
  expect(await refusalOf(text)).toEqual({
    code: "bad-columns",
    message: "Trade has 13 cells under 14 columns (line 5): download the statement again",
    where: "line 5"
  });
});

it("a section without column names is refused with the box to tick", async () => {
  const bare = framed(trades()).replace(`${TRADES.split("\n")[0]}\n`, "");
  const problem = await refusalOf(bare);
  expect(problem.code).toBe("bad-columns");
  expect(problem.message).toContain('"Include column headers?" to Yes');
});

it("numbers and days that are none are refused with column and line", async () => {
  expect(await refusalOf(framed(trades()).replace('"10","5"', '"ten","5"'))).toEqual({
    code: "bad-number",
    message: "Trade@quantity is no number: ten (line 5): download the statement again",
    where: "Trade@quantity, line 5"
  });
  expect((await refusalOf(framed(trades()).replace("20250102;", "20250231;"))).code).toBe("bad-date");
  expect((await refusalOf(framed(trades()).replace("20250131", "20241231"))).code).toBe("bad-period");
});

it("dates with slashes are read in the order that any date of the file tells", async () => {
  const slashed = (last: string) =>
    framed(trades()).replace("20250102;103000", "01/02/2025;103000").replace("20250103;103000", last);
  expect((await readText(slashed("01/13/2025;103000"))).rows[0].day).toBe("2025-01-02");
  expect((await readText(slashed("13/01/2025;103000"))).rows[0].day).toBe("2025-02-01");
  expect((await refusalOf(slashed("02/03/2025"))).code).toBe("ambiguous-date");
  expect((await readText(slashed("02/03/2025"), {dateFormat: "dmy"})).rows[0].day).toBe("2025-02-01");
});

it("a section or column that nobody knows is kept as it is printed, with a warning", async () => {
  const section =
    '"BOS","ZZZZ","New Things"\n"ClientAccountID","Shine","Color"\n"U1","5","red"\n"EOS","ZZZZ","1","0"';
  const text = framed(section, trades()).replaceAll('"Buy/Sell"', '"Sparkle"');
  const {rows, warnings} = await readText(text);
  expect(rows[0]).toMatchObject({
    section: "ZZZZ",
    element: "ZZZZ",
    fields: {accountId: "U1", Shine: "5"}
  });
  expect(rows[1].fields.Sparkle).toBe("BUY");
  expect(warnings).toEqual([
    {code: "unknown-element", where: "ZZZZ", count: 1},
    {code: "unknown-attribute", where: "Trade@Sparkle", count: 2}
  ]);
});

it("a section whose rows nobody knows is kept under XML's name of it, with a warning", async () => {
  const section =
    '"BOS","XXXX","Complex Positions"\n"ClientAccountID","Shine"\n"U1","5"\n"EOS","XXXX","1","0"';
  const {rows, warnings} = await readText(framed(section));
  expect(rows).toMatchObject([
    {section: "ComplexPositions", element: "ComplexPositions", account: "U1", fields: {Shine: "5"}}
  ]);
  expect(warnings).toEqual([{code: "unknown-element", where: "ComplexPositions", count: 1}]);
});

it("a section is known by its name where its code is new, by its columns where both are", async () => {
  const named = trades('"EOS","QQQQ","2","-10"', '"BOS","QQQQ","Trades; trade date basis"');
  const nameless = trades('"EOS","QQQQ","2","-10"', '"BOS","QQQQ","x"');
  for (const section of [named, nameless])
    expect((await readText(framed(section))).rows.map(({section}) => section)).toEqual(["Trades", "Trades"]);
});

it("what looks like a record is a row where it has the section's columns: EOS and DATA may be symbols", async () => {
  const section =
    '"BOS","TRNT","x"\n"Symbol","Quantity","TradePrice"\n"EOS","1","2"\n"BOF","1","2"\n"DATA","1","2"\n"EOS","TRNT","3","0"';
  expect((await readText(framed(section))).rows.map(({fields}) => fields.symbol)).toEqual([
    "EOS",
    "BOF",
    "DATA"
  ]);
});

it("a remark of IBKR's before the rows is passed over with a warning", async () => {
  const remark = '"MSG","Realized P/L is not ready and has been disabled for this statement."\n';
  expect((await readText(remark + framed(trades()))).warnings).toEqual([
    {code: "message", where: "MSG", count: 1}
  ]);
});

it("the person's name, alias and address are dropped", async () => {
  const section =
    '"BOS","ACCT","x"\n"ClientAccountID","AccountAlias","CurrencyPrimary","Name","AccountType","Street","Favorite Color"\n"U1","Pet","USD","Perdita","Individual","1 Lane","red"\n"EOS","ACCT","1","0"';
  const {rows} = await readText(framed(section));
  expect(rows[0].fields).toEqual({accountId: "U1", currency: "USD", accountType: "Individual"});
});

it("empty, header only and no statement are refused", async () => {
  expect((await refusalOf('"ClientAccountID","Symbol"\n')).code).toBe("no-statement");
  expect((await refusalOf(`${BOF}\n"EOF","U1"\n`)).code).toBe("no-statement");
  expect((await refusalOf('"BOF","U1"\n"BOA","U1"\n"EOF"\n')).code).toBe("missing-period");
  expect((await readText(`${BOF}\n"BOA","U1"\n"EOF","U1"\n`)).headers).toHaveLength(1);
});

it("damage of any kind ends in rows or in a refusal, never in another error", () => {
  const text = framed(trades());
  const change = fc.record({at: fc.nat(text.length), length: fc.nat(20), text: fc.string({maxLength: 8})});
  fc.assert(
    fc.property(fc.array(change, {minLength: 1, maxLength: 4}), (changes) => {
      let damaged = text;
      for (const {at, length, text: by} of changes)
        damaged = damaged.slice(0, at) + by + damaged.slice(at + length);
      try {
        parseWith(FlexCsvParser, damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(StatementError);
      }
    }),
    {numRuns: 1000}
  );
});
