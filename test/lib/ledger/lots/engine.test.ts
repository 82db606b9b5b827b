import {expect, it} from "vitest";
import {parseAmount} from "../../../../lib/money/amount.js";
import {A} from "../tables.js";
import {closed, held, lots, option, trade} from "./trades.js";

const END = "2029-12-31";

const BOUGHT = [
  trade("2025-01-02", "10", "100", {ibCommission: "-1"}),
  trade("2025-01-03", "10", "130"),
  trade("2025-01-06", "10", "90")
];
const SOLD = [...BOUGHT, trade("2025-01-07", "-15", "120", {ibCommission: "-3"})];

it("first in first out closes the oldest lots, each its share of proceeds and cost, commissions in both", () => {
  const {disposals, open} = lots({trades: SOLD});
  expect(closed(disposals)).toEqual(["10: 1198 - 1001 = 197", "5: 599 - 650 = -51"]);
  expect(held(open(A, END))).toEqual(["5 @ 650", "10 @ 900"]);
  expect(held(open(A, "2025-01-06"))).toEqual(["10 @ 1001", "10 @ 1300", "10 @ 900"]);
});

it("last in first out closes the newest lots", () => {
  const {disposals, open} = lots({trades: SOLD}, "lifo");
  expect(closed(disposals)).toEqual(["10: 1198 - 900 = 298", "5: 599 - 650 = -51"]);
  expect(held(open(A, END))).toEqual(["10 @ 1001", "5 @ 650"]);
});

it("highest in first out closes what cost most, by unit", () => {
  const {disposals, open} = lots({trades: SOLD}, "hifo");
  expect(closed(disposals)).toEqual(["10: 1198 - 1300 = -102", "5: 599 - 500.5 = 98.5"]);
  expect(held(open(A, END))).toEqual(["5 @ 500.5", "10 @ 900"]);
});

it("average cost closes at the average of all lots, and dates by the oldest", () => {
  const {disposals, open} = lots({trades: SOLD}, "average");
  expect(closed(disposals)).toEqual(["10: 1198 - 1067 = 131", "5: 599 - 533.5 = 65.5"]);
  expect(held(open(A, END))).toEqual(["5 @ 533.5", "10 @ 1067"]);
  expect(disposals.map(({opened}) => opened)).toEqual(["2025-01-02", "2025-01-03"]);
  expect(held(open(A, "2025-01-03"))).toEqual(["10 @ 1150.5", "10 @ 1150.5"]);
});

it("specific identification closes the lots named, then first in first out, and says so", () => {
  const choice = {close: "trades-3", lots: [{open: "trades-2", quantity: "8"}]};
  const {disposals, open, problems} = lots({trades: SOLD}, "specific", [choice]);
  expect(closed(disposals)).toEqual(["8: 958.4 - 720 = 238.4", "7: 838.6 - 700.7 = 137.9"]);
  expect(disposals.map(({by}) => by)).toEqual(["specific", "fifo"]);
  expect(held(open(A, END))).toEqual(["3 @ 300.3", "10 @ 1300", "2 @ 180"]);
  expect(problems).toEqual([]);
});

it("specific identification lists a choice of lots that are not there", () => {
  const choice = {close: "trades-3", lots: [{open: "trades-9", quantity: "8"}]};
  const {disposals, problems} = lots({trades: SOLD}, "specific", [choice]);
  expect(disposals.map(({by}) => by)).toEqual(["fifo", "fifo"]);
  expect(problems.map(({code}) => code)).toEqual(["unknown-choice"]);
});

it("booked closes what IBKR's closed lots say, at their cost and gain", () => {
  const closedLots = [
    {
      conid: "1",
      symbol: "ACME",
      currency: "USD",
      day: "2025-01-07",
      dateTime: "2025-01-07T10:00:00",
      buySell: "SELL",
      levelOfDetail: "CLOSED_LOT",
      openDateTime: "2025-01-03T10:00:00",
      quantity: "10",
      cost: "1300",
      fifoPnlRealized: "-102"
    }
  ];
  const {disposals, open} = lots({trades: SOLD, closed_lots: closedLots}, "booked");
  expect(closed(disposals)).toEqual(["10: 1198 - 1300 = -102", "5: 599 - 500.5 = 98.5"]);
  expect(disposals.map(({by}) => by)).toEqual(["booked", "fifo"]);
  expect(held(open(A, END))).toEqual(["5 @ 500.5", "10 @ 900"]);
});

it("booked without closed lots is first in first out, and says which box to tick", () => {
  const {disposals, problems} = lots({trades: SOLD}, "booked");
  expect(disposals.map(({by}) => by)).toEqual(["fifo", "fifo"]);
  expect(problems[0].sentence).toContain("tick Closed Lots");
});

it("a wash sale keeps IBKR's disallowed loss beside our gain, and moves it to the lot it names", () => {
  const wash = {
    conid: "1",
    symbol: "ACME",
    currency: "USD",
    day: "2025-01-07",
    dateTime: "2025-01-07T10:00:00",
    buySell: "SELL",
    levelOfDetail: "WASH_SALE",
    quantity: "10",
    fifoPnlRealized: "250",
    whenReopened: "2025-01-09T10:00:00",
    holdingPeriodDateTime: "2025-01-07T10:00:00"
  };
  const trades = [
    trade("2025-01-06", "10", "100"),
    trade("2025-01-07", "-10", "75"),
    trade("2025-01-09", "10", "80")
  ];
  const ours = lots({trades, closed_lots: [wash]});
  expect(closed(ours.disposals)).toEqual(["10: 750 - 1000 = -250"]);
  expect(ours.disposals[0].washSale).toBe(parseAmount("250"));
  const [again] = ours.open(A, END);
  expect([again.washSale, again.cost, again.heldSince]).toEqual([
    parseAmount("250"),
    parseAmount("800"),
    "2025-01-07"
  ]);
  expect(held(lots({trades, closed_lots: [wash]}, "booked").open(A, END))).toEqual(["10 @ 1050"]);
});

it("a short position is opened by its sale and closed by its purchase", () => {
  const trades = [
    trade("2025-01-02", "-10", "100", {openCloseIndicator: "O", ibCommission: "-1"}),
    trade("2025-01-03", "4", "80", {openCloseIndicator: "C", ibCommission: "-1"})
  ];
  const {disposals, open} = lots({trades});
  expect(closed(disposals)).toEqual(["-4: 399.6 - 321 = 78.6"]);
  expect(held(open(A, END))).toEqual(["-6 @ -599.4"]);
});

it("a trade that crosses zero closes, then opens, and divides its commission", () => {
  const trades = [
    trade("2025-01-02", "10", "100", {openCloseIndicator: "O"}),
    trade("2025-01-03", "-15", "120", {openCloseIndicator: "C;O", ibCommission: "-3"})
  ];
  const {disposals, open} = lots({trades});
  expect(closed(disposals)).toEqual(["10: 1198 - 1000 = 198"]);
  expect(held(open(A, END))).toEqual(["-5 @ -599"]);
});

it("a sale without any purchase has no cost: never zero", () => {
  const {disposals, open, problems} = lots({trades: [trade("2025-01-02", "-10", "100")]});
  expect(closed(disposals)).toEqual(["10: 1000 - null = null"]);
  expect(disposals[0]).toMatchObject({basis: "unknown", term: null, open: null});
  expect(problems.map(({code}) => code)).toEqual(["no-purchase"]);
  expect(open(A, END)).toEqual([]);
});

it("V5: a cancel undoes the lot, the commission stays with what was booked again", () => {
  const order = {ibOrderID: "7", tradeID: "70"};
  const trades = [
    trade("2025-01-02", "5000", "0.32", {...order, ibCommission: "-6", transactionID: "1"}),
    trade("2025-01-02", "-5000", "0.32", {
      ...order,
      transactionType: "TradeCancel",
      buySell: "BUY (Ca.)",
      origTransactionID: "1"
    }),
    trade("2025-01-02", "5000", "0.32", order)
  ];
  const {disposals, open, problems} = lots({trades});
  expect(held(open(A, END))).toEqual(["5000 @ 1606"]);
  expect([disposals, problems]).toEqual([[], []]);
});

it("a trade cancelled on a later day stands until then, and what it is replaced by keeps its place", () => {
  const trades = [
    trade("2025-01-02", "10", "100", {transactionID: "1", ibOrderID: "7"}),
    trade("2025-01-03", "10", "110"),
    trade("2025-01-06", "-5", "120"),
    trade("2025-01-07", "-10", "100", {
      dateTime: "2025-01-02T10:00:00",
      tradeDate: "2025-01-02",
      transactionType: "TradeCancel",
      buySell: "BUY (Ca.)",
      origTransactionID: "1",
      ibOrderID: "7"
    }),
    trade("2025-01-07", "10", "101", {
      dateTime: "2025-01-02T10:00:00",
      tradeDate: "2025-01-02",
      transactionType: "TradeCorrect",
      ibOrderID: "7"
    })
  ];
  const {disposals, open} = lots({trades});
  expect(held(open(A, "2025-01-06"))).toEqual(["5 @ 500", "10 @ 1100"]);
  expect(held(open(A, "2025-01-07"))).toEqual(["5 @ 505", "10 @ 1100"]);
  expect(closed(disposals)).toEqual(["5: 600 - 505 = 95"]);
});

it("the cancel of a sale gives the lots back", () => {
  const trades = [
    trade("2025-01-02", "10", "100"),
    trade("2025-01-03", "-10", "120", {transactionID: "2"}),
    trade("2025-01-06", "10", "120", {
      transactionType: "TradeCancel",
      buySell: "SELL (Ca.)",
      origTransactionID: "2"
    })
  ];
  const {disposals, open} = lots({trades});
  expect(open(A, "2025-01-03")).toEqual([]);
  expect(held(open(A, "2025-01-06"))).toEqual(["10 @ 1000"]);
  expect(disposals).toEqual([]);
});

it("the cancel of a trade that no statement has is on the work list", () => {
  const cancel = {transactionType: "TradeCancel", buySell: "BUY (Ca.)", origTransactionID: "9"};
  const {disposals, problems} = lots({trades: [trade("2025-01-02", "-10", "100", cancel)]});
  expect(problems.map(({code}) => code)).toEqual(["unmatched-cancel"]);
  expect(disposals).toEqual([]);
});

it("fractional shares are exact: thirds sum to the whole", () => {
  const trades = [
    trade("2025-01-02", "1", "100"),
    ...["2025-01-03", "2025-01-06"].map((day) => trade(day, "-0.333333333333", "90")),
    trade("2025-01-07", "-0.333333333334", "90")
  ];
  const {disposals, open} = lots({trades});
  expect(disposals.reduce((sum, {cost}) => sum + (cost ?? 0n), 0n)).toBe(parseAmount("100"));
  expect(open(A, END)).toEqual([]);
});

const ENDED = {transactionType: "BookTrade", openCloseIndicator: "C"};
const put = option("P", "95");
const call = option("C", "105");

it("an option that expires is a gain of its premium", () => {
  const trades = [
    trade("2025-01-02", "-1", "2", {...put, openCloseIndicator: "O", ibCommission: "-1"}),
    trade("2025-01-17", "1", "0", {...put, ...ENDED, notes: "Ep"})
  ];
  expect(closed(lots({trades}).disposals)).toEqual(["-1: 199 - 0 = 199"]);
});

it("an assigned put lowers the cost of the shares by its premium, and realizes nothing", () => {
  const trades = [
    trade("2025-01-02", "-1", "2", {...put, openCloseIndicator: "O", ibCommission: "-1"}),
    trade("2025-01-17", "1", "0", {...put, ...ENDED, notes: "A"}),
    trade("2025-01-17", "100", "95", {...ENDED, openCloseIndicator: "O", notes: "A"})
  ];
  const {disposals, open} = lots({trades});
  expect(disposals).toEqual([]);
  const [lot] = open(A, END);
  expect(held([lot])).toEqual(["100 @ 9301"]);
  expect(lot.premium).toBe(parseAmount("-199"));
  const sold = lots({trades: [...trades, trade("2025-01-20", "-100", "96")]});
  expect(closed(sold.disposals)).toEqual(["100: 9600 - 9301 = 299"]);
  expect(sold.disposals[0].premium).toBe(parseAmount("199"));
});

it("an exercised call raises the cost of the shares by what it had cost", () => {
  const trades = [
    trade("2025-01-02", "1", "3", {...call, openCloseIndicator: "O"}),
    trade("2025-01-17", "-1", "0", {...call, ...ENDED, notes: "Ex"}),
    trade("2025-01-17", "100", "105", {...ENDED, openCloseIndicator: "O", notes: "Ex"})
  ];
  const {disposals, open} = lots({trades});
  expect(disposals).toEqual([]);
  expect(held(open(A, END))).toEqual(["100 @ 10800"]);
});

it("an assigned call adds its premium to the proceeds of the shares it takes", () => {
  const trades = [
    trade("2025-01-02", "100", "100"),
    trade("2025-01-03", "-1", "3", {...call, openCloseIndicator: "O"}),
    trade("2025-01-17", "1", "0", {...call, ...ENDED, notes: "A"}),
    trade("2025-01-17", "-100", "105", {...ENDED, notes: "A"})
  ];
  const {disposals} = lots({trades});
  expect(closed(disposals)).toEqual(["100: 10800 - 10000 = 800"]);
  expect(disposals[0].premium).toBe(parseAmount("300"));
});

it("an exercised put takes what it had cost from the proceeds, and two strikes of a day stay apart", () => {
  const high = option("P", "110", "3");
  const trades = [
    trade("2025-01-02", "200", "100"),
    trade("2025-01-03", "1", "4", put),
    trade("2025-01-03", "1", "12", high),
    trade("2025-01-17", "-1", "0", {...put, ...ENDED, notes: "Ex"}),
    trade("2025-01-17", "-1", "0", {...high, ...ENDED, notes: "Ex"}),
    trade("2025-01-17", "-100", "110", {...ENDED, notes: "Ex"}),
    trade("2025-01-17", "-100", "95", {...ENDED, notes: "Ex"})
  ];
  expect(closed(lots({trades}).disposals)).toEqual(["100: 9800 - 10000 = -200", "100: 9100 - 10000 = -900"]);
});

it("an exercise that only OptionEAE tells of moves the premium all the same", () => {
  const trades = [
    trade("2025-01-02", "1", "3", call),
    trade("2025-01-17", "-1", "0", {...call, ...ENDED}),
    trade("2025-01-17", "100", "105", {...ENDED, openCloseIndicator: "O"})
  ];
  const events = [{...call, currency: "USD", day: "2025-01-17", transactionType: "Exercise"}];
  expect(held(lots({trades, option_events: events}).open(A, END))).toEqual(["100 @ 10800"]);
});

it("an index option settled in cash realizes on the option", () => {
  const index = {...put, underlyingConid: "99", symbol: "SPX P95"};
  const trades = [
    trade("2025-01-02", "-1", "2", {...index, openCloseIndicator: "O"}),
    trade("2025-01-17", "1", "5", {...index, ...ENDED, notes: "A"})
  ];
  expect(closed(lots({trades}).disposals)).toEqual(["-1: 200 - 500 = -300"]);
});

it("a future gains the difference of its prices times the multiplier", () => {
  const future = {conid: "5", symbol: "MESM5", assetCategory: "FUT", multiplier: "5", isin: undefined};
  const trades = [
    trade("2025-01-02", "2", "5000", {...future, ibCommission: "-1"}),
    trade("2025-01-06", "-2", "5010", {...future, ibCommission: "-1"})
  ];
  expect(closed(lots({trades}).disposals)).toEqual(["2: 50099 - 50001 = 98"]);
});

it("a bond's accrued interest is no part of its cost", () => {
  const bond = {conid: "6", symbol: "T 4", assetCategory: "BOND", isin: "US0000000006"};
  const trades = [
    {...trade("2025-01-02", "10000", "99", bond), proceeds: "-9900", netCash: "-9950"},
    {...trade("2025-02-03", "-10000", "100", bond), proceeds: "10000", netCash: "10080"}
  ];
  expect(closed(lots({trades}).disposals)).toEqual(["10000: 10000 - 9900 = 100"]);
});

it("held for more than a year is long: the day a year after is not", () => {
  const trades = [
    trade("2024-02-29", "3", "100"),
    trade("2025-02-28", "-1", "100"),
    trade("2025-03-01", "-1", "100")
  ];
  expect(lots({trades}).disposals.map(({term}) => term)).toEqual(["short", "long"]);
});

it("a commission in a currency without a rate leaves the cost unknown", () => {
  const trades = [
    trade("2025-01-02", "10", "100", {ibCommission: "-1", ibCommissionCurrency: "SEK"}),
    trade("2025-01-03", "-10", "110")
  ];
  expect(closed(lots({trades}).disposals)).toEqual(["10: 1100 - null = null"]);
});
