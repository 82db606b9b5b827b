import {expect, it} from "vitest";
import type {StatementRow} from "../../../../lib/statements/statement.js";
import {readText, refusalOf} from "../collect.js";

const HEADER =
  "Transaction History,Header,Date,Account,Description,Transaction Type,Symbol,Quantity,Price,Price Currency,Gross Amount ,Commission,Net Amount";

function history(rows: string, {header = HEADER, cash = ["1000", "1000"]} = {}): string {
  return `Statement,Header,Field Name,Field Value
Statement,Data,Title,Transaction History
Statement,Data,Period,"July 7, 2026 - August 7, 2026"
Statement,Data,WhenGenerated,"2026-08-08, 00:01:00 EDT"
Summary,Header,Field Name,Field Value
Summary,Data,Base Currency,CHF
Summary,Data,Starting Cash,${cash[0]}
Summary,Data,Ending Cash,${cash[1]}
${header}
${rows}
`;
}

const of = (rows: readonly StatementRow[], element: string) => rows.filter((row) => row.element === element);
const row = (...cells: string[]) => `Transaction History,Data,2026-08-07,U***00001,${cells.join(",")}`;

it("trades are booked in base currency, under the account as it is printed", async () => {
  const {format, headers, rows, warnings} = await readText(
    history(row("QQQ TRUST", "Buy", "QQQ", "1.5", "100", "CHF", "-150", "-0.35", "-150.35"))
  );
  expect(format).toBe("transaction-history-csv");
  expect(headers).toMatchObject([
    {account: "U***00001", from: "2026-07-07", to: "2026-08-07", generated: "2026-08-08T00:01:00"}
  ]);
  expect(of(rows, "Trade")).toMatchObject([
    {
      section: "Trades",
      day: "2026-08-07",
      level: "",
      fields: {
        currency: "CHF",
        symbol: "QQQ",
        quantity: "1.5",
        tradePrice: "100",
        proceeds: "-150",
        ibCommission: "-0.35",
        ibCommissionCurrency: "CHF",
        netCash: "-150.35",
        buySell: "BUY"
      }
    }
  ]);
  expect(warnings).toEqual([
    {code: "masked-account", where: "Transaction History@Account", count: 1},
    {code: "in-base-currency", where: "Transaction History", count: 1},
    {code: "contradiction", where: "Transaction History/Change in Cash", count: 1}
  ]);
});

it("a price in another currency is not the price of amounts in base", async () => {
  const {rows} = await readText(
    history(row("APPLE INC", "Sell", "AAPL", "-1", "200", "USD", "160", "-1", "159"))
  );
  const [{fields}] = of(rows, "Trade");
  expect(fields).toMatchObject({price: "200", priceCurrency: "USD", proceeds: "160", buySell: "SELL"});
  expect(fields).not.toHaveProperty("tradePrice");
});

it("options are told by their symbol, futures by an amount that is notional", async () => {
  const {rows} = await readText(
    history(
      [
        row("SPY 18SEP26 500 C", "Assignment", "SPY   260918C00500000", "1.0", "0", "CHF", "0", "-", "0"),
        row("MNQ 18SEP26", "Buy", "MNQU6", "1.0", "29717.0", "USD", "-48022.672(1)", "-0.49288", "189.79112"),
        'Transaction History,Notes,"1. Values shown are in notional terms."'
      ].join("\n")
    )
  );
  expect(of(rows, "Trade")).toMatchObject([
    {
      kind: "OPT",
      fields: {strike: "500", expiry: "2026-09-18", putCall: "C", transactionType: "BookTrade", notes: "A"}
    },
    {kind: "FUT", fields: {proceeds: "-48022.672", netCash: "189.79112"}}
  ]);
});

it("cash has Flex's types; one that Flex does not have keeps its own, with a warning", async () => {
  const cash = (type: string, net: string) => row("words", type, "-", "-", "-", "-", net, "-", net);
  const {rows, warnings} = await readText(
    history(
      [
        cash("Deposit", "100"),
        cash("Withdrawal", "-40"),
        cash("Dividend", "5"),
        cash("Payment in Lieu", "4"),
        cash("Foreign Tax Withholding", "-1"),
        cash("Credit Interest", "3"),
        cash("Debit Interest", "-2"),
        cash("Other Fee", "-10"),
        cash("Adjustment", "-3.763192093151087")
      ].join("\n"),
      {cash: ["0", "55.236807906848913"]}
    )
  );
  expect(of(rows, "CashTransaction").map(({kind, fields}) => [kind, fields.amount])).toEqual([
    ["Deposits & Withdrawals", "100"],
    ["Deposits & Withdrawals", "-40"],
    ["Dividends", "5"],
    ["Payment In Lieu Of Dividends", "4"],
    ["Withholding Tax", "-1"],
    ["Broker Interest Received", "3"],
    ["Broker Interest Paid", "-2"],
    ["Other Fees", "-10"],
    ["Adjustment", "-3.763192093151087"]
  ]);
  expect(warnings.map(({code, where}) => [code, where])).toEqual([
    ["masked-account", "Transaction History@Account"],
    ["in-base-currency", "Transaction History"],
    ["unknown-type", "Transaction History/Adjustment"]
  ]);
  expect(of(rows, "CashReportCurrency")).toMatchObject([
    {fields: {currency: "BASE_SUMMARY", startingCash: "0", endingCash: "55.236807906848913"}}
  ]);
  expect(of(rows, "Total").map(({fields}) => fields)).toEqual([
    {
      of: "Transaction History",
      item: "Change in Cash",
      attribute: "netAmount",
      stated: "55.236807906848913",
      added: "55.236807906848913"
    }
  ]);
});

it("the account that is given stands for the hidden one, if its digits fit", async () => {
  const text = history(row("QQQ TRUST", "Buy", "QQQ", "1", "100", "CHF", "-100", "-", "-100"));
  const {headers, rows, warnings} = await readText(text, {account: "U1200001"});
  expect(headers.map(({account}) => account)).toEqual(["U1200001"]);
  expect(new Set(rows.map(({account}) => account))).toEqual(new Set(["U1200001"]));
  expect(warnings.map(({code}) => code)).not.toContain("masked-account");
  expect(await refusalOf(text, {account: "U1200002"})).toMatchObject({code: "other-account"});
});

it("several accounts give a statement each", async () => {
  const one = row("QQQ TRUST", "Buy", "QQQ", "1", "100", "CHF", "-100", "-", "-100");
  const {headers, rows} = await readText(history([one, one.replace("U***00001", "U7654321")].join("\n")));
  expect(headers.map(({account}) => account)).toEqual(["U***00001", "U7654321"]);
  expect(of(rows, "Trade").map(({statement, account}) => [statement, account])).toEqual([
    [0, "U***00001"],
    [1, "U7654321"]
  ]);
});

it("dates in the future, 1e-9 and 1e12 are read; a number that is none is refused with its line", async () => {
  const trade = (quantity: string) =>
    row("X", "Buy", "X", quantity, "1", "CHF", "-1", "-", "-1").replace("2026-08-07", "2099-08-07");
  const {rows} = await readText(history([trade("0.000000001"), trade('"1,000,000,000,000"')].join("\n")));
  expect(of(rows, "Trade").map(({day, fields}) => [day, fields.quantity])).toEqual([
    ["2099-08-07", "0.000000001"],
    ["2099-08-07", "1000000000000"]
  ]);
  expect(await refusalOf(history(trade("1x")))).toMatchObject({
    code: "bad-number",
    where: "Transaction History@Quantity, line 10"
  });
  expect(await refusalOf(history("Transaction History,Data,2026-08-07,U1,X"))).toMatchObject({
    code: "bad-columns"
  });
  expect(await refusalOf(history(trade("1")).slice(0, -20))).toMatchObject({code: "truncated"});
});

it("a file in another language is refused with the names that are not known", async () => {
  const text = `Statement,Header,域名称,域值
Statement,Data,Title,Transaction History
总结,Header,域名称,域值
总结,Data,基础货币,USD
Transaction History,Header,日期,账户,说明,交易类型,代码,数量,价格,Price Currency,总额,佣金,净额
`;
  const {code, message} = await refusalOf(text);
  expect(code).toBe("language");
  expect(message).toContain('"总结"');
});

it("an unknown column or section is told, and the rest is read", async () => {
  const header = `${HEADER},Brand New`;
  const text = history(`${row("X", "Buy", "X", "1", "1", "CHF", "-1", "-", "-1")},7`, {header});
  const {rows, warnings} = await readText(`${text}Extra,Header,A\nExtra,Data,1\n`);
  expect(of(rows, "Trade")[0].fields).toMatchObject({brandNew: "7"});
  expect(warnings.map(({code, where}) => `${code} ${where}`)).toEqual(
    expect.arrayContaining(["unknown-attribute Transaction History@Brand New", "unknown-element Extra"])
  );
});
