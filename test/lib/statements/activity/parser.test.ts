import {expect, it} from "vitest";
import {ActivityCsvParser} from "../../../../lib/statements/activity/parser.js";
import type {StatementRow} from "../../../../lib/statements/statement.js";
import {inspectFile} from "../../../../lib/statements/inspect.js";
import {parseWith, readText, refusalOf, type Collected} from "../collect.js";
import {INSTRUMENT_HEADER, statement, STOCK_HEADER} from "./fixture.js";

const parse = (sections: string, options?: Parameters<typeof statement>[1]): Collected =>
  parseWith(ActivityCsvParser, statement(sections, options));
const of = ({rows}: Collected, element: string): StatementRow[] =>
  rows.filter((row) => row.element === element);
const fieldsOf = (collected: Collected, element: string) => of(collected, element).map(({fields}) => fields);

it("an Activity Statement says its account, period, time and base currency, and nothing of the owner", () => {
  const {headers, rows, warnings} = parse("");
  expect(headers).toEqual([
    {
      ordinal: 0,
      format: "activity-csv",
      account: "U1234567",
      from: "2025-01-01",
      to: "2025-12-31",
      generated: "2026-01-04T11:14:16",
      queryName: "",
      queryType: ""
    }
  ]);
  expect(rows.map(({fields}) => fields)).toEqual([{accountType: "Individual", currency: "USD"}]);
  expect(warnings).toEqual([]);
});

it("a statement of one day, or of a month, has its period", () => {
  const period = (text: string) => {
    const [{from, to}] = parse("", {period: text}).headers;
    return [from, to];
  };
  expect(period("September 18, 2026")).toEqual(["2026-09-18", "2026-09-18"]);
  expect(period("February 2024")).toEqual(["2024-02-01", "2024-02-29"]);
  expect(period("December 31, 2099 - January 1, 2100")).toEqual(["2099-12-31", "2100-01-01"]);
});

it("a new header in a section binds the lines below it, be its columns blank or repeated", () => {
  const parsed = parse(`${STOCK_HEADER}
Trades,Data,Order,Stocks,EUR,ENB,"2025-03-03, 10:12:44","1,154",51.5,51.6,"-59,431",-1.5,59432.5,0,115.4,O
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,,Proceeds,Comm in USD,,,MTM in USD,Code
Trades,Data,Order,Forex,AUD,EUR.AUD,"2025-12-15, 12:18:41",-77,1.63815,,126.13755,-1.83912,,,-0.130516,
Forex Balances,Header,Asset Class,Currency,Currency,Quantity,Cost Price,Cost Basis,Close Price,Value
Forex Balances,Data,Forex,CAD,AUD,1,0,0,0.684,0.68`);
  const [stock, forex] = of(parsed, "Trade");
  expect(stock).toMatchObject({
    section: "Trades",
    day: "2025-03-03",
    from: "",
    level: "",
    kind: "STK",
    fields: {
      quantity: "1154",
      proceeds: "-59431",
      ibCommission: "-1.5",
      ibCommissionCurrency: "EUR",
      cost: "59432.5",
      dateTime: "2025-03-03T10:12:44",
      tradeDate: "2025-03-03",
      buySell: "BUY",
      openCloseIndicator: "O"
    }
  });
  expect(forex).toMatchObject({
    kind: "CASH",
    fields: {
      symbol: "EUR.AUD",
      currency: "AUD",
      ibCommission: "-1.83912",
      ibCommissionCurrency: "USD",
      mtmPnlInBase: "-0.130516"
    }
  });
  expect(forex.fields).not.toHaveProperty("cost");
  expect(fieldsOf(parsed, "FxLot")).toMatchObject([
    {functionalCurrency: "CAD", quantity: "1", closePrice: "0.684"}
  ]);
  expect(parsed.warnings).toEqual([{code: "unknown-attribute", where: "Forex Balances@Currency", count: 1}]);
});

it("orders count; their fills stand by under another level; closed lots are lots", () => {
  const parsed = parse(`${STOCK_HEADER}
Trades,Data,Order,Stocks,USD,AAPL,"2025-03-02, 09:35:10",100,187.40,187.55,-18740,-1,18741,0,15,O
Trades,Data,Trade,Stocks,USD,AAPL,"2025-03-02, 09:35:10",60,187.40,187.55,-11244,-0.6,11244.6,0,9,O
Trades,Data,Trade,Stocks,USD,AAPL,"2025-03-02, 09:35:10",40,187.40,187.55,-7496,-0.4,7496.4,0,6,O
Trades,Data,Order,Stocks,USD,AAPL,"2025-03-03, 10:12:44",-100,189.10,189.00,18910,-1.02,-18741,167.98,-10,C;P
Trades,Data,ClosedLot,Stocks,USD,AAPL,"2025-03-02, 09:35:10",100,187.41,,,,18741,167.98,,ST
Trades,SubTotal,,Stocks,USD,AAPL,,0,,,170,-2.02,0,167.98,5,`);
  expect(of(parsed, "Trade").map(({level, fields}) => [level, fields.quantity])).toEqual([
    ["", "100"],
    ["FILL", "60"],
    ["FILL", "40"],
    ["", "-100"]
  ]);
  expect(of(parsed, "Lot")).toMatchObject([
    {
      level: "CLOSED_LOT",
      day: "2025-03-03",
      fields: {
        openDateTime: "2025-03-02T09:35:10",
        dateTime: "2025-03-03T10:12:44",
        buySell: "SELL",
        quantity: "100",
        tradePrice: "187.41",
        cost: "18741",
        fifoPnlRealized: "167.98",
        notes: "ST"
      }
    }
  ]);
  expect(parsed.warnings).toEqual([]);
});

it("fills count where a file has no orders", () => {
  const parsed = parse(`${STOCK_HEADER}
Trades,Data,Trade,Stocks,USD,AAPL,"2025-03-03, 09:35:10",60,187.40,187.55,-11244,-0.6,11244.6,0,9,O`);
  expect(of(parsed, "Trade").map(({level}) => level)).toEqual([""]);
});

it("cancels, corrections, assignments and expiries are told by their codes", () => {
  const parsed = parse(`${STOCK_HEADER}
Trades,Data,Order,Stocks,USD,A,"2025-03-03, 09:35:10",-50,1,1,50,0,-50,0,0,Ca
Trades,Data,Order,Stocks,USD,A,"2025-03-03, 09:35:11",50,1,1,-50,0,50,0,0,Co;O
Trades,Data,Order,Equity and Index Options,USD,A 20JAN23 150 C,"2025-03-03, 16:20:00",1,0,0,0,0,0,0,0,A;C`);
  expect(fieldsOf(parsed, "Trade").map(({buySell, transactionType}) => [buySell, transactionType])).toEqual([
    ["BUY (Ca.)", "TradeCancel"],
    ["BUY", "TradeCorrect"],
    ["BUY", "BookTrade"]
  ]);
});

it("AAPL 20JAN23 150 C and AAPL  230120C00150000 are the same option", () => {
  const parsed = parse(`${STOCK_HEADER}
Trades,Data,Order,Equity and Index Options,USD,AAPL 20JAN23 150 C,"2023-01-03, 10:00:00",1,2,2,-200,-1,201,0,0,O
Trades,Data,Order,Equity and Index Options,USD,AAPL  230120C00150000,"2023-01-03, 10:00:00",1,2,2,-200,-1,201,0,0,O
Trades,Data,Order,Equity and Index Options,USD,BRKB 21DEC29 28.5 P,"2023-01-03, 10:00:00",1,2,2,-200,-1,201,0,0,O
Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Underlying,Listing Exch,Multiplier,Expiry,Delivery Month,Type,Strike,Code
Financial Instrument Information,Data,Equity and Index Options,AAPL 20JAN23 150 C,AAPL 20JAN23 150 C,77,AAPL,CBOE,100,2023-01-20,JAN23,C,150,`);
  const [now, old, other] = fieldsOf(parsed, "Trade");
  const terms = {underlyingSymbol: "AAPL", strike: "150", expiry: "2023-01-20", putCall: "C", conid: "77"};
  expect(now).toMatchObject(terms);
  expect(old).toMatchObject(terms);
  expect(other).toMatchObject({underlyingSymbol: "BRKB", strike: "28.5", expiry: "2029-12-21", putCall: "P"});
});

it("rows get conid and multiplier from Financial Instrument Information, wherever it stands", () => {
  const parsed = parse(`Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2025-03-31,VTI(US9229087690) Cash Dividend USD 0.5 per Share (Ordinary Dividend),5
Dividends,Data,USD,2025-03-31,NEW(US9229087690) Cash Dividend USD 0.5 per Share (Ordinary Dividend),5
${STOCK_HEADER}
Trades,Data,Order,Stocks,USD,OLD,"2025-03-03, 10:00:00",1,2,2,-2,-1,3,0,0,O
Trades,Data,Order,Stocks,USD,TWO,"2025-03-03, 10:00:00",1,2,2,-2,-1,3,0,0,O
${INSTRUMENT_HEADER}
Financial Instrument Information,Data,Stocks,"VTI, OLD",VANGUARD TOTAL STOCK MKT ETF,12340041,US9229087690,VTI,ARCA,1,ETF,
Financial Instrument Information,Data,Stocks,TWO,TWO INC,1,US0000000001,TWO,NYSE,1,COMMON,
Financial Instrument Information,Data,Stocks,TWO,TWO PLC,2,GB0000000002,TWO,LSE,1,COMMON,
Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Underlying,Listing Exch,Multiplier,Expiry,Delivery Month,Type,Strike,Code
Financial Instrument Information,Data,Equity and Index Options,VTI 20JAN23 150 P,VTI 20JAN23 150 P,77,VTI,CBOE,100,2023-01-20,JAN23,P,150,`);
  const byDescription = fieldsOf(parsed, "CashTransaction");
  expect(byDescription).toMatchObject([
    {symbol: "VTI", isin: "US9229087690", conid: "12340041", assetCategory: "STK"},
    {symbol: "NEW", conid: "12340041"}
  ]);
  const [renamed, ambiguous] = fieldsOf(parsed, "Trade");
  expect(renamed).toMatchObject({symbol: "OLD", conid: "12340041", multiplier: "1"});
  expect(ambiguous).not.toHaveProperty("conid");
  expect(of(parsed, "SecurityInfo")).toMatchObject([
    {
      day: "",
      kind: "STK",
      fields: {symbol: "VTI", subCategory: "ETF", isin: "US9229087690", listingExchange: "ARCA"}
    },
    {fields: {conid: "1"}},
    {fields: {conid: "2"}},
    {
      kind: "OPT",
      fields: {underlyingSymbol: "VTI", multiplier: "100", strike: "150", putCall: "P", expiry: "2023-01-20"}
    }
  ]);
});

it("the net asset value of the session before the first day stands beside that of the last", () => {
  const parsed =
    parse(`Net Asset Value,Header,Asset Class,Prior Total,Current Long,Current Short,Current Total,Change
Net Asset Value,Data,Cash ,100,120.5,0,120.5,20.5
Net Asset Value,Data,Stock,200,310,-10,300,100
Net Asset Value,Data,Total,300,430.5,-10,420.5,120.5
Net Asset Value,Header,Time Weighted Rate of Return
Net Asset Value,Data,-6.271549897%
Change in NAV,Header,Field Name,Field Value
Change in NAV,Data,Starting Value,300
Change in NAV,Data,Mark-to-Market,110.5
Change in NAV,Data,Deposits & Withdrawals,"1,011"
Change in NAV,Data,Other FX Translations,-1
Change in NAV,Data,Brand New Part,-1000
Change in NAV,Data,Ending Value,420.5
Change in NAV,Header,Field Name,Field Value
Change in NAV,Data,Starting Value,0
Change in NAV,Data,Ending Value,0`);
  expect(of(parsed, "EquitySummaryByReportDateInBase").map(({day, fields}) => [day, fields])).toEqual([
    ["2024-12-31", {cash: "100", stock: "200", total: "300"}],
    ["2025-12-31", {cash: "120.5", stock: "300", total: "420.5"}]
  ]);
  expect(of(parsed, "ChangeInNAV")).toMatchObject([{day: "", from: "2025-01-01", to: "2025-12-31"}]);
  expect(fieldsOf(parsed, "ChangeInNAV")).toEqual([
    {
      startingValue: "300",
      mtm: "110.5",
      depositsWithdrawals: "1011",
      fxTranslation: "-1",
      brandNewPart: "-1000",
      endingValue: "420.5",
      twr: "-6.271549897"
    }
  ]);
  expect(parsed.warnings).toEqual([
    {code: "unknown-attribute", where: "Change in NAV@Brand New Part", count: 1}
  ]);
});

it("the Cash Report has a row for each currency, and one of all in base", () => {
  const parsed =
    parse(`Cash Report,Header,Currency Summary,Currency,Total,Securities,Futures,Month to Date,Year to Date,
Cash Report,Data,Starting Cash,Base Currency Summary,10,8,2,,,
Cash Report,Data,Broker Interest Paid and Received,Base Currency Summary,0.5,0.5,0,0.1,0.5,
Cash Report,Data,Net Trades (Purchase),Base Currency Summary,-3,-3,0,,,
Cash Report,Data,Ending Cash,Base Currency Summary,7.5,5.5,2,,,
Cash Report,Data,Starting Cash,EUR,10,8,2,,,
Cash Report,Data,Ending Cash,EUR,7.5,5.5,2,,,`);
  expect(of(parsed, "CashReportCurrency").map(({level, fields}) => [level, fields])).toMatchObject([
    [
      "BASECURRENCY",
      {
        currency: "BASE_SUMMARY",
        startingCash: "10",
        startingCashSec: "8",
        startingCashCom: "2",
        brokerInterestMTD: "0.1",
        netTradesPurchases: "-3",
        endingCash: "7.5"
      }
    ],
    ["CURRENCY", {currency: "EUR", startingCash: "10", endingCash: "7.5"}]
  ]);
  expect(parsed.warnings).toEqual([]);
});

it("cash has Flex's types: payments in lieu and interest by their words, the rest by their section", () => {
  const parsed = parse(`Deposits & Withdrawals,Header,Currency,Settle Date,Description,Amount
Deposits & Withdrawals,Data,USD,2025-02-23,Electronic Fund Transfer,"50,000"
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2025-03-31,F(US3453708600) Payment in Lieu of Dividend (Ordinary Dividend),4.5
Dividends,Data,USD,2025-03-31,F(US3453708600) Cash Dividend USD 0.15 per Share (Ordinary Dividend),-0.7
Interest,Header,Currency,Date,Description,Amount
Interest,Data,USD,2025-04-03,USD Debit Interest for Mar-2025,0.4
Interest,Data,USD,2025-04-03,USD Credit Interest for Mar-2025,3.21
Interest,Data,USD,2025-04-03,USD Borrow Fees for Mar-2025,-1
Interest,Data,USD,2025-04-03,Bond Coupon Payment (T 1 3/8 08/15/50),11
Fees,Header,Subtitle,Currency,Date,Description,Amount
Fees,Data,Other Fees,USD,2025-02-03,M******IN:OPRA NP L1 for Feb 2025,-1.5
Fees,Data,Advisor Fees,USD,2025-02-03,Fee,-2
Withholding Tax,Header,Currency,Date,Description,Amount,Code
Withholding Tax,Data,USD,2025-03-31,F(US3453708600) Cash Dividend - US Tax,-0.11,Re`);
  expect(
    of(parsed, "CashTransaction").map(({kind, day, fields}) => [kind, day, fields.settleDate, fields.amount])
  ).toEqual([
    ["Deposits & Withdrawals", "2025-02-24", "2025-02-23", "50000"],
    ["Payment In Lieu Of Dividends", "2025-03-31", "2025-03-31", "4.5"],
    ["Dividends", "2025-03-31", "2025-03-31", "-0.7"],
    ["Broker Interest Paid", "2025-04-03", "2025-04-03", "0.4"],
    ["Broker Interest Received", "2025-04-03", "2025-04-03", "3.21"],
    ["Broker Interest Paid", "2025-04-03", "2025-04-03", "-1"],
    ["Bond Interest Received", "2025-04-03", "2025-04-03", "11"],
    ["Other Fees", "2025-02-03", "2025-02-03", "-1.5"],
    ["Advisor Fees", "2025-02-03", "2025-02-03", "-2"],
    ["Withholding Tax", "2025-03-31", "2025-03-31", "-0.11"]
  ]);
});

it("corporate actions have Flex's types where their words are certain, and the instrument that stands last", () => {
  const header =
    "Corporate Actions,Header,Asset Category,Currency,Report Date,Date/Time,Description,Quantity,Proceeds,Value,Realized P/L,Code";
  const action = (text: string) =>
    `Corporate Actions,Data,Stocks,USD,2025-06-18,"2025-06-17, 20:25:00","${text}",9,0,0,0,`;
  const parsed = parse(
    [
      header,
      action("IBKR(US45841N1072) Split 4 for 1 (IBKR, INTERACTIVE BROKERS GRO-CL A, US45841N1072)"),
      action("GRTS(US9990000202) Split 1 for 10 (GRTS, GRITSTONE BIO INC, US9990000202)"),
      action("WBD(US9344231041) Spinoff  1 for 10 (VNT, VONTIER CORP, US92917K1043)"),
      action(
        "MRO(US5658491064) Merged(Acquisition) WITH US20825C1045 255 for 1000 (COP, CONOCOPHILLIPS, US20825C1045)"
      ),
      action("Something new (ABC, ABC INC, US0000000001)")
    ].join("\n")
  );
  expect(
    of(parsed, "CorporateAction").map(({day, fields}) => [day, fields.type, fields.symbol, fields.isin])
  ).toEqual([
    ["2025-06-18", "FS", "IBKR", "US45841N1072"],
    ["2025-06-18", "RS", "GRTS", "US9990000202"],
    ["2025-06-18", "SO", "VNT", "US92917K1043"],
    ["2025-06-18", "TC", "COP", "US20825C1045"],
    ["2025-06-18", undefined, "ABC", "US0000000001"]
  ]);
});

it("transfers move positions and cash, each with the other account", () => {
  const parsed =
    parse(`Transfers,Header,Asset Category,Currency,Symbol,Date,Type,Direction,Xfer Company,Xfer Account,Qty,Xfer Price,Market Value,Realized P/L,Cash Amount,Code
Transfers,Data,Stocks,USD,MDA,2025-09-01,Inter-Company,Out,--,U7069264,-383,--,"-11,064.87",0.00,0.00,
Transfers,Data,Cash,USD,CASH.USD,2025-09-01,ACATS,In,--,--,,,,,500,
Transfers,Data,Total,,,,,,,,,,"-11,064.87",0,500,
Transfers,Data,Total in USD,,,,,,,,,,"-11,064.87",0,500,`);
  expect(of(parsed, "Transfer")).toMatchObject([
    {
      day: "2025-09-01",
      fields: {
        type: "INTERCOMPANY",
        direction: "OUT",
        account: "U7069264",
        quantity: "-383",
        positionAmount: "-11064.87"
      }
    },
    {kind: "", fields: {type: "ACATS", direction: "IN", cashTransfer: "500"}}
  ]);
  expect(of(parsed, "Transfer")[1].fields).not.toHaveProperty("symbol");
  expect(parsed.warnings).toEqual([]);
});

it("accruals are events, their opening and closing balances are none", () => {
  const parsed =
    parse(`Change in Dividend Accruals,Header,Asset Category,Currency,Symbol,Date,Ex Date,Pay Date,Quantity,Tax,Fee,Gross Rate,Gross Amount,Net Amount,Code
Change in Dividend Accruals,Data,Starting Dividend Accruals in USD,,,,,,,,,,,0,
Change in Dividend Accruals,Data,Stocks,USD,ACME,2025-03-01,2025-03-02,2025-03-10,100,0,0,0.5,50,50,Po
Change in Dividend Accruals,Data,Total,,,,,,,,,,50,50,
Change in Dividend Accruals,Data,Ending Dividend Accruals in USD,,,,,,,,,,,50,
Interest Accruals,Header,Currency,Field Name,Field Value
Interest Accruals,Data,Base Currency Summary,Starting Accrual Balance,0
Interest Accruals,Data,Base Currency Summary,Interest Accrued,-6.03
Interest Accruals,Data,Base Currency Summary,Ending Accrual Balance,-6.03
Interest Accruals,Data,EUR,Ending Accrual Balance,-5
Interest Accruals,Data,EUR,Ending Accrual Balance in USD,-6.03`);
  expect(of(parsed, "ChangeInDividendAccrual")).toMatchObject([
    {
      day: "2025-03-03",
      fields: {date: "2025-03-01", exDate: "2025-03-02", payDate: "2025-03-10", netAmount: "50", code: "Po"}
    }
  ]);
  expect(fieldsOf(parsed, "InterestAccrualsCurrency")).toEqual([
    {
      currency: "BASE_SUMMARY",
      startingAccrualBalance: "0",
      interestAccrued: "-6.03",
      endingAccrualBalance: "-6.03"
    },
    {currency: "EUR", endingAccrualBalance: "-5"}
  ]);
  expect(parsed.warnings).toEqual([]);
});

it("taxes inside Comm/Fee are the trade's taxes, and are told once more by their own rows", () => {
  const fees = `Transaction Fees,Header,Asset Category,Currency,Date/Time,Symbol,Description,Quantity,Trade Price,Amount,Code
Transaction Fees,Data,Stocks,GBP,"2025-03-28, 09:06:18",AWE,UK Stamp Tax,"8,900",0.988,-43.966,
Transaction Fees,Data,Stocks,GBP,"2025-03-28, 09:06:18",AWE,UK Stamp Tax,"1,100",0.988,-5.434,
Transaction Fees,Data,Stocks,GBP,"2025-03-29, 09:06:18",XXX,UK Stamp Tax,"1,100",0.988,-5.434,`;
  const parsed = parse(`${STOCK_HEADER}
Trades,Data,Order,Stocks,GBP,AWE,"2025-03-28, 09:06:18","10,000",0.988,0.99,-9880,-54.34,9934.34,0,20,O;P
${fees}`);
  expect(fieldsOf(parsed, "Trade")).toMatchObject([{ibCommission: "-4.94", taxes: "-49.4"}]);
  expect(of(parsed, "TransactionTax").map(({level, fields}) => [level, fields.taxAmount])).toEqual([
    ["IN_COMMISSION", "-43.966"],
    ["IN_COMMISSION", "-5.434"],
    ["IN_COMMISSION", "-5.434"]
  ]);
});

it("positions are of the last day, at the rate that the statement says; lots stand apart, each by itself", () => {
  const parsed =
    parse(`Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Open,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Unrealized P/L %,Code
Open Positions,Data,Summary,Stocks,EUR,ENB,-,30,1,50,1500,49,1470,-30,-2,
Open Positions,Data,Lot,Stocks,EUR,ENB,"2023-07-07, 15:39:46",10,,50,500,49,490,-10,-2,LT
Open Positions,Data,Lot,Stocks,EUR,ENB,"2023-07-07, 15:39:46",10,,50,500,49,490,-10,-2,LT
Open Positions,Data,Lot,Stocks,EUR,ENB,2024-11-28 (Vesting: 2025-11-28),10,,50,500,49,490,-10,-2,Un;ST
Open Positions,Total,,Stocks,EUR,,,,,,1500,,1470,-30,,
Open Positions,Total,,Stocks,USD,,,,,,1650,,1617,-33,,
Base Currency Exchange Rate,Header,Currency,Rate
Base Currency Exchange Rate,Data,EUR,1.1
Base Currency Exchange Rate,Data,HKD,0`);
  expect(of(parsed, "OpenPosition")).toMatchObject([
    {
      day: "2025-12-31",
      level: "",
      kind: "STK",
      fields: {position: "30", markPrice: "49", costBasisMoney: "1500", fxRateToBase: "1.1", side: "Long"}
    },
    {level: "LOT", fields: {openDateTime: "2023-07-07T15:39:46"}},
    {level: "LOT", fields: {openDateTime: "2023-07-07T15:39:46", originatingTransactionID: "#2"}},
    {level: "LOT", fields: {openDateTime: "2024-11-28", vestingDate: "2025-11-28", code: "Un;ST"}}
  ]);
  expect(of(parsed, "ConversionRate").map(({day, fields}) => [day, fields])).toEqual([
    ["2025-12-31", {fromCurrency: "EUR", toCurrency: "USD", rate: "1.1"}]
  ]);
  expect(parsed.warnings).toEqual([]);
});

it("a total that its rows do not add up to is kept beside their sum, and warned of", () => {
  const parsed = parse(`${STOCK_HEADER}
Trades,Data,Order,Stocks,USD,AAPL,"2025-03-03, 09:35:10",100,187.40,187.55,-18740.25,-1,18741.25,0,15,O
Trades,Data,Order,Stocks,USD,AAPL,"2025-03-04, 09:35:10",1,180,187.55,-180,-1,181,0,15,O
Trades,SubTotal,,Stocks,USD,AAPL,,101,,,-18920.25,-2,18922.25,0,30,
Trades,Total,,Stocks,USD,,,,,,-18920.25,-2.5,18922.26,0,30,
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,EUR,2025-03-31,A,5
Dividends,Data,Total,,,5
Dividends,Data,Total in USD,,,5.5
Dividends,Data,USD,2025-03-31,B,7
Dividends,Data,Total,,,7
Dividends,Data,Total Dividends in USD,,,13.5`);
  const totals = of(parsed, "Total");
  expect(totals[0]).toMatchObject({
    section: "Totals",
    day: "",
    from: "2025-01-01",
    to: "2025-12-31",
    level: ""
  });
  const found = totals.map(({fields: {of: section, item, attribute, stated, added}}) => [
    section,
    item,
    attribute,
    stated,
    added
  ]);
  expect(found).toContainEqual(["Trades", "Stocks/USD/AAPL", "quantity", "101", "101"]);
  expect(found).toContainEqual(["Trades", "Stocks/USD", "ibCommission", "-2.5", "-2"]);
  expect(found).toContainEqual(["Trades", "Stocks/USD", "cost", "18922.26", "18922.25"]);
  expect(found).toContainEqual(["Dividends", "EUR", "amount", "5", "5"]);
  expect(found).toContainEqual(["Dividends", "Total Dividends in USD", "amount", "13.5", "12.5"]);
  expect(parsed.warnings).toEqual([
    {code: "contradiction", where: "Trades/Stocks/USD", count: 1},
    {code: "contradiction", where: "Dividends/Total Dividends in USD", count: 1}
  ]);
  expect(of(parsed, "CashTransaction")).toHaveLength(2);
});

it("a consolidated statement gives one statement an account, of the rows that name it", () => {
  const header = STOCK_HEADER.replace("Currency,", "Currency,Account,");
  const parsed = parse(
    `Account Information,Data,Accounts Included,"U23432652, U23432845"
Net Asset Value,Header,Asset Class,Prior Total,Current Long,Current Short,Current Total,Change
Net Asset Value,Data,Total,300,430.5,-10,420.5,120.5
${header}
Trades,Data,Order,Stocks,CAD,U23432845,VCN,"2025-04-17, 11:23:59",836,69.78,69.87,-58336.08,-8.36,58344.44,0,75.24,O;P
Trades,Data,ClosedLot,Stocks,CAD,,VCN,"2025-04-16, 11:23:59",836,69.78,,,,58344.44,0,,ST
Trades,Data,Order,Stocks,CAD,U23432652,VCN,"2025-04-17, 11:23:59",1,69.78,69.87,-69.78,-1,70.78,0,0.09,O
Trades,SubTotal,,Stocks,CAD,,VCN,,837,,,-58405.86,-9.36,58415.22,0,75.33,
${INSTRUMENT_HEADER}
Financial Instrument Information,Data,Stocks,VCN,VANGUARD FTSE CANADA,1,CA92206B1058,VCN,TSE,1,ETF,`,
    {account: "U23432652 (Custom Consolidated)"}
  );
  expect(parsed.headers.map(({ordinal, account}) => [ordinal, account])).toEqual([
    [0, "U23432652"],
    [1, "U23432845"]
  ]);
  expect(of(parsed, "Trade").map(({statement: n, account, fields}) => [n, account, fields.quantity])).toEqual(
    [
      [1, "U23432845", "836"],
      [0, "U23432652", "1"]
    ]
  );
  expect(of(parsed, "Lot").map(({account}) => account)).toEqual(["U23432845"]);
  expect(of(parsed, "SecurityInfo").map(({account}) => account)).toEqual(["U23432652", "U23432845"]);
  expect(of(parsed, "EquitySummaryByReportDateInBase")).toEqual([]);
  expect(parsed.warnings.map(({code, where}) => [code, where])).toContainEqual([
    "no-account",
    "EquitySummaryByReportDateInBase"
  ]);
  expect(parsed.warnings.map(({code}) => code)).not.toContain("contradiction");
});

it("what instruments earned is told by category, with the rows that no instrument has", () => {
  const parsed =
    parse(`Mark-to-Market Performance Summary,Header,Asset Category,Symbol,Prior Quantity,Current Quantity,Prior Price,Current Price,Mark-to-Market P/L Position,Mark-to-Market P/L Transaction,Mark-to-Market P/L Commissions,Mark-to-Market P/L Other,Mark-to-Market P/L Total,Code
Mark-to-Market Performance Summary,Data,Stocks,IBKR,0.8847,43.9033,176.6700,64.3100,-120.2959,-13.720535,-2.00516057,3.65,-132.37159557,
Mark-to-Market Performance Summary,Data,Total,,,,,,-120.2959,-13.720535,-2.00516057,3.65,-132.37159557,
Mark-to-Market Performance Summary,Data,Forex,HKD,100,100,0.127,0.128,0.1,0,0,0,0.1,
Mark-to-Market Performance Summary,Data,Total,,,,,,0.1,0,0,0,0.1,
Mark-to-Market Performance Summary,Data,Total (All Assets),,,,,,-120.1959,-13.720535,-2.00516057,3.65,-132.27159557,
Mark-to-Market Performance Summary,Data,Other Fees,,,,,,0,0,0,-1,-1,
Mark-to-Market Performance Summary,Data,Total P/L for Statement Period,,,,,,-120.1959,-13.720535,-2.00516057,2.65,-133.27159557,`);
  const rows = of(parsed, "MTMPerformanceSummaryUnderlying");
  expect(rows.map(({kind, fields}) => [kind, fields.symbol, fields.description, fields.total])).toEqual([
    ["STK", "IBKR", undefined, "-132.37159557"],
    ["CASH", "HKD", undefined, "0.1"],
    ["", undefined, "Total (All Assets)", "-132.27159557"],
    ["", undefined, "Other Fees", "-1"]
  ]);
  expect(rows[0].fields).toMatchObject({
    prevCloseQuantity: "0.8847",
    closeQuantity: "43.9033",
    prevClosePrice: "176.67",
    priorOpenMtm: "-120.2959"
  });
  expect(fieldsOf(parsed, "ConversionRate")).toEqual([
    {fromCurrency: "HKD", toCurrency: "USD", rate: "0.128"}
  ]);
  expect(parsed.warnings).toEqual([]);
});

it("an MTM Summary in its older form is read too", async () => {
  const text =
    statement(`Positions and Mark-to-Market Profit and Loss,Header,Asset Class,Currency,Symbol,Description,Prior Quantity,Quantity,Prior Price,Price,Prior Market Value,Market Value,Position,Trading,Comm.,Other,Total
Positions and Mark-to-Market Profit and Loss,Data,Stocks,USD,ACWF,ISHARES MSCI GLOBAL MULTIFAC,123,124,32.24,32.25,3965.52,3999,1.23,0,-1,0,0.23
Positions and Mark-to-Market Profit and Loss,Data,Total,USD,,,,,,,3965.52,3999,1.23,0,-1,0,0.23`).replace(
      "Activity Statement",
      "MTM Summary"
    );
  const {format, headers, rows} = await readText(text);
  expect([format, headers[0].format]).toEqual(["mtm-csv", "mtm-csv"]);
  expect(rows.filter(({element}) => element.startsWith("MTM"))).toMatchObject([
    {
      kind: "STK",
      from: "2025-01-01",
      fields: {
        closeQuantity: "124",
        priorOpenMtm: "1.23",
        transactionMtm: "0",
        commissions: "-1",
        total: "0.23"
      }
    }
  ]);
});

it("inspect tells an Activity Statement as it tells Flex", async () => {
  const text =
    statement(`Net Asset Value,Header,Asset Class,Prior Total,Current Long,Current Short,Current Total,Change
Net Asset Value,Data,Total,300,420.5,0,420.5,120.5
Change in NAV,Header,Field Name,Field Value
Change in NAV,Data,Starting Value,300
Change in NAV,Data,Mark-to-Market,120.5
Change in NAV,Data,Ending Value,420.5
Cash Report,Header,Currency Summary,Currency,Total,Securities,Futures,
Cash Report,Data,Starting Cash,Base Currency Summary,1,1,0,
Cash Report,Data,Ending Cash,Base Currency Summary,2,2,0,
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,USD,ENB,154,1,51.8,7982.39,49.35,7599.9,-382.49,
${STOCK_HEADER}
Trades,Data,Order,Stocks,USD,AAPL,"2025-03-03, 10:12:44",-100,189.10,189.00,18910,-1.02,-18741,167.98,-10,C
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2025-03-31,VTI(US9229087690) Cash Dividend,5`);
  async function* open(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new TextEncoder().encode(text));
  }
  const {format, statements, warnings, errors} = await inspectFile("a.csv", open);
  expect({format, warnings, errors}).toEqual({format: "activity-csv", warnings: [], errors: []});
  expect(statements).toEqual([
    {
      account: "U1234567",
      base: "USD",
      from: "2025-01-01",
      to: "2025-12-31",
      generated: "2026-01-04T11:14:16",
      trades: [
        {
          currency: "USD",
          category: "STK",
          count: 1,
          quantity: "-100",
          proceeds: "18910",
          commission: "-1.02",
          realized: "167.98"
        }
      ],
      cash: [{currency: "USD", type: "Dividends", count: 1, sum: "5"}],
      positions: {count: 1, value: "7599.9", cost: "7982.39", unrealized: "-382.49"},
      nav: {start: "300", end: "420.5", parts: {mtm: "120.5"}},
      cashReport: [{currency: "BASE_SUMMARY", start: "1", end: "2"}],
      counts: {
        accountInformation: 1,
        equitySummaryInBase: 2,
        changeInNAV: 1,
        cashReport: 1,
        openPositions: 1,
        trades: 1,
        cashTransactions: 1
      }
    }
  ]);
  expect(await refusalOf(text.replace("7599.9,", "75x,"))).toMatchObject({code: "bad-number"});
});
