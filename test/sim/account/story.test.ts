import {expect, it} from "vitest";
import {parseAmount} from "../../../lib/money/amount.js";
import {demoBooks, flexXml} from "../../../sim/account/index.js";
import {elementsOf, type Element} from "./xml.js";

const books = demoBooks({now: new Date("2026-11-22T11:00:00Z")});
const last = books.days.at(-1)!;
const {elements} = elementsOf(flexXml(books, {from: books.days[0], to: last, query: "Activity"}));
const compact = (day: string): string => day.replaceAll("-", "");

type Match = Record<string, string | RegExp>;

/** The rows of a name whose attributes are, or match, what is asked. */
function rows(name: string, match: Match = {}): Element[] {
  const fits = (row: Element): boolean =>
    Object.entries(match).every(([attribute, wanted]) => {
      const value = row.get(attribute);
      return typeof wanted === "string" ? value === wanted : wanted.test(value);
    });
  return elements.filter((row) => row.name === name && fits(row));
}
const amount = (row: Element, attribute: string): bigint => parseAmount(row.get(attribute) || "0");
const position = {levelOfDetail: "SUMMARY"};
const execution = {levelOfDetail: "EXECUTION"};
const detail = {levelOfDetail: "DETAIL"};
const SHORT = /^-/;

it.each<[what: string, name: string, match: Match, atLeast: number]>([
  ["funds", "OpenPosition", {...position, symbol: "VQTM"}, 700],
  ["London shares in pounds", "OpenPosition", {...position, currency: "GBP", markPrice: /^\d\d?\./}, 1000],
  ["shares in euros", "OpenPosition", {...position, currency: "EUR", assetCategory: "STK"}, 1000],
  ["shares in yen", "OpenPosition", {...position, currency: "JPY", assetCategory: "STK"}, 1000],
  ["stamp duty", "Trade", {...execution, currency: "GBP", taxes: SHORT}, 5],
  ["forex trades", "Trade", {...execution, assetCategory: "CASH", symbol: "EUR.USD", netCash: "0"}, 3],
  ["forex of a currency quoted in dollars", "Trade", {...execution, symbol: "USD.JPY"}, 1],
  ["a yen loan", "CashReportCurrency", {currency: "JPY", endingCash: SHORT}, 200],
  [
    "interest on it",
    "CashTransaction",
    {type: "Broker Interest Paid", currency: "JPY", description: /DEBIT INT/},
    10
  ],
  ["interest received", "CashTransaction", {type: "Broker Interest Received", currency: "USD"}, 5],
  ["a short stock", "OpenPosition", {...position, assetCategory: "STK", side: "Short"}, 300],
  ["its borrow fee", "CashTransaction", {type: "Broker Interest Paid", description: /BORROW FEES/}, 12],
  ["payment in lieu", "CashTransaction", {...detail, type: "Payment In Lieu Of Dividends", amount: SHORT}, 3],
  ["fees", "CashTransaction", {...detail, type: "Other Fees"}, 36],
  ["deposits", "CashTransaction", {...detail, type: "Deposits & Withdrawals", amount: /^\d/}, 4],
  ["withdrawals", "CashTransaction", {...detail, type: "Deposits & Withdrawals", amount: SHORT}, 2],
  ["withholding tax", "CashTransaction", {...detail, type: "Withholding Tax", actionID: /\d/}, 50],
  ["rows of both levels", "CashTransaction", {levelOfDetail: "SUMMARY"}, 10],
  ["orders above their fills", "Order", {levelOfDetail: "ORDER"}, 100],
  ["closed lots", "Lot", {levelOfDetail: "CLOSED_LOT"}, 100],
  ["a CFD", "OpenPosition", {...position, assetCategory: "CFD"}, 100],
  ["futures", "OpenPosition", {...position, assetCategory: "FUT"}, 100],
  ["their settlement in cash", "CashReportCurrency", {cashSettlingMtm: /\d/}, 100],
  ["a treasury bill", "OpenPosition", {...position, assetCategory: "BILL", multiplier: "0.01"}, 50],
  ["its maturity", "CorporateAction", {type: "TM", proceeds: "20000"}, 1],
  ["a forward split", "CorporateAction", {type: "FS", symbol: "LKMQ"}, 1],
  ["another symbol and ISIN", "CorporateAction", {type: "IC"}, 2],
  ["a spin-off", "CorporateAction", {type: "SO", symbol: "TNDQ"}, 1],
  ["its fraction sold", "Trade", {...execution, transactionType: "FracShare", quantity: "-0.5"}, 1],
  ["a merger for cash and stock", "CorporateAction", {type: "TC"}, 3],
  ["reinvested fractions", "Trade", {...execution, notes: "R", quantity: /\.\d/}, 8],
  [
    "a cancelled trade",
    "Trade",
    {transactionType: "TradeCancel", buySell: "BUY (Ca.)", origTransactionID: /\d/},
    1
  ],
  ["expired options", "Trade", {transactionType: "BookTrade", notes: "Ep", tradePrice: "0"}, 2],
  [
    "positions moved",
    "Transfer",
    {type: "INTERNAL", direction: "OUT", account: "U7000002", quantity: SHORT},
    5
  ],
  [
    "cash moved",
    "Transfer",
    {type: "INTERNAL", direction: "IN", account: "U7000001", cashTransfer: /^\d/},
    1
  ],
  ["dividend accruals", "OpenDividendAccrual", {}, 500],
  ["their reversals", "ChangeInDividendAccrual", {code: "Re", netAmount: SHORT}, 50],
  ["cash in other currencies", "FxLot", {levelOfDetail: "SUMMARY"}, 1000],
  ["currencies without a rate", "ConversionRate", {fromCurrency: "CNH", rate: "-1"}, 1000]
])("the demo has %s", (_, name, match, atLeast) => {
  expect(rows(name, match).length).toBeGreaterThanOrEqual(atLeast);
});

it("a covered call is rolled twice and assigned: nothing realized on it, its premium in the shares' result", () => {
  const calls = rows("Trade", {assetCategory: "OPT", underlyingSymbol: "QLMR", ...execution});
  expect(calls.map((row) => [row.get("buySell"), row.get("openCloseIndicator"), row.get("notes")])).toEqual([
    ["SELL", "O", ""],
    ["BUY", "C", ""],
    ["SELL", "O", ""],
    ["BUY", "C", ""],
    ["SELL", "O", ""],
    ["BUY", "C", "A"]
  ]);
  const [sold, assigned] = calls.slice(-2);
  const [shares] = rows("Trade", {
    assetCategory: "STK",
    symbol: "QLMR",
    notes: "A",
    transactionType: "BookTrade"
  });
  expect(assigned.get("tradePrice")).toBe("0");
  expect(assigned.get("fifoPnlRealized")).toBe("0");
  expect(shares.get("tradePrice")).toBe(assigned.get("strike"));
  expect(shares.get("quantity")).toBe("-200");
  const lots = rows("Lot", {symbol: "QLMR", dateTime: shares.get("dateTime")});
  const basis = lots.reduce((sum, lot) => sum + amount(lot, "cost"), 0n);
  const premium = amount(sold, "netCash");
  expect(amount(shares, "fifoPnlRealized")).toBe(amount(shares, "netCash") - basis + premium);
});

it("an index spread is settled in cash and realized on the options", () => {
  const legs = rows("Trade", {underlyingSymbol: "DMX", assetCategory: "OPT", transactionType: "BookTrade"});
  expect(legs.map((row) => row.get("notes"))).toEqual(["A", "Ep"]);
  expect(amount(legs[0], "proceeds")).toBeLessThan(0n);
  expect(amount(legs[0], "fifoPnlRealized")).not.toBe(0n);
  expect(rows("Trade", {symbol: "DMX"})).toEqual([]);
});

it("a dividend of December is taken back in January and paid again", () => {
  const [reversed] = rows("CashTransaction", {type: "Dividends", amount: SHORT, code: "Re"});
  const month = (text: string): string => text.slice(0, 6);
  expect(month(reversed.get("settleDate"))).toBe("202512");
  expect(month(reversed.day)).toBe("202601");
  const match = {actionID: reversed.get("actionID"), ...detail};
  const paid = rows("CashTransaction", {...match, type: "Dividends"}).map((row) => amount(row, "amount"));
  expect(paid).toEqual([paid[0], -paid[0], paid[0]]);
  const taxes = rows("CashTransaction", {...match, type: "Withholding Tax"}).map((row) =>
    amount(row, "amount")
  );
  expect(taxes[0] + taxes[1]).toBe(0n);
  expect(taxes[2]).toBeGreaterThan(taxes[0]);
});

it("a cancelled trade is booked again the same day, at another price and without commission", () => {
  const [cancelled] = rows("Trade", {transactionType: "TradeCancel"});
  const [again] = rows("Trade", {transactionType: "TradeCorrect"});
  const [original] = rows("Trade", {transactionID: cancelled.get("origTransactionID")});
  expect(amount(cancelled, "quantity")).toBe(-amount(original, "quantity"));
  expect(amount(cancelled, "proceeds")).toBe(-amount(original, "proceeds"));
  expect(again.get("quantity")).toBe(original.get("quantity"));
  expect(again.day).toBe(cancelled.day);
  expect(original.day < again.day).toBe(true);
  expect(original.get("ibCommission")).toBe("-1");
  expect(again.get("ibCommission")).toBe("0");
});

it("the account number is migrated on one day: what goes out of the one comes into the other", () => {
  const out = rows("Transfer", {account: "U7000002", direction: "OUT"}).filter(
    ({account}) => account === "U6000009"
  );
  const into = rows("Transfer", {account: "U6000009", direction: "IN"});
  const moved = (row: Element): unknown[] => [
    row.day,
    row.get("conid"),
    amount(row, "quantity"),
    amount(row, "cashTransfer")
  ];
  expect(into.map(moved)).toEqual(
    out.map((row) => [row.day, row.get("conid"), -amount(row, "quantity"), -amount(row, "cashTransfer")])
  );
  expect(out.length).toBeGreaterThan(3);
});

it("a future is rolled: one contract, never none, from the first to the last day", () => {
  const open = rows("OpenPosition", {...position, assetCategory: "FUT"});
  const first = open[0].day;
  expect(open.map((row) => row.day)).toEqual(books.days.map(compact).filter((day) => day >= first));
  expect(new Set(open.map((row) => row.get("symbol"))).size).toBeGreaterThan(3);
});

it("something is due within seven days of now: a short call in the money, a long option, ex-dates, payments", () => {
  const today = books.days.at(-1)!;
  const week = compact(new Date(Date.parse(books.today) + 7 * 86_400_000).toISOString().slice(0, 10));
  const ends = (row: Element): boolean =>
    row.get("expiry") >= compact(books.today) && row.get("expiry") <= week;
  const options = rows("OpenPosition", {...position, assetCategory: "OPT"}).filter(
    (row) => row.day === compact(today) && ends(row)
  );
  expect(options.map((row) => row.get("side")).sort()).toEqual(["Long", "Short"]);
  const call = options.find((row) => row.get("side") === "Short")!;
  expect(call.get("putCall")).toBe("C");
  const [shares] = rows("OpenPosition", {...position, symbol: call.get("underlyingSymbol")}).filter(
    (row) => row.day === compact(today)
  );
  expect(amount(shares, "markPrice")).toBeGreaterThanOrEqual(amount(call, "strike"));
  const accruals = rows("OpenDividendAccrual").filter((row) => row.day === compact(today));
  for (const attribute of ["exDate", "payDate"]) {
    const due = accruals.filter(
      (row) => row.get(attribute) >= compact(books.today) && row.get(attribute) <= week
    );
    expect(due.length).toBeGreaterThanOrEqual(2);
  }
});

it("books.story names what happened, each on a day of the history", () => {
  for (const {day} of books.story) expect(books.days).toContain(day);
  expect(new Set(books.story.map(({what}) => what)).size).toBeGreaterThan(25);
});
