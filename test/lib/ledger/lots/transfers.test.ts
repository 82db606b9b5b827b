import {expect, it} from "vitest";
import {lotsOf} from "../../../../lib/ledger/lots/lots-of.js";
import {A, ledgerOf} from "../tables.js";
import {closed, held, lots, trade} from "./trades.js";

const END = "2029-12-31";
const B = "U7000002";
const SHARE = {conid: "1", symbol: "ACME", currency: "USD", assetCategory: "STK", multiplier: "1"};
const between = (day: string, quantity: string) => [
  {...SHARE, day, type: "INTERNAL", direction: "OUT", counterparty: B, quantity: `-${quantity}`},
  {...SHARE, day, account: B, type: "INTERNAL", direction: "IN", counterparty: A, quantity}
];

it("a transfer between own accounts carries lots, and the next sale there closes them", () => {
  const trades = [
    trade("2025-01-02", "10", "100"),
    trade("2025-01-03", "10", "120"),
    trade("2025-03-03", "-12", "150", {account: B})
  ];
  const {open, disposals, problems} = lots({trades, transfers: between("2025-02-03", "15")});
  expect(held(open(A, END))).toEqual(["5 @ 600"]);
  expect(held(open(B, "2025-02-03"))).toEqual(["10 @ 1000", "5 @ 600"]);
  expect(closed(disposals)).toEqual(["10: 1500 - 1000 = 500", "2: 300 - 240 = 60"]);
  expect(disposals[0]).toMatchObject({account: B, opened: "2025-01-02", open: {id: "trades-0"}});
  expect(disposals[0].path).toEqual([{table: "transfers", id: "transfers-1"}]);
  expect(problems).toEqual([]);
});

it("an account that goes on under a new number goes on with its lots, though the two sides are days apart", () => {
  const trades = [trade("2025-01-02", "10", "100"), trade("2025-03-03", "-10", "150", {account: B})];
  const [out, came] = between("2025-02-03", "10");
  const {disposals} = lots({trades, transfers: [{...out, day: "2025-02-05"}, came]});
  expect(closed(disposals)).toEqual(["10: 1500 - 1000 = 500"]);
});

it("what was bought on the day of a transfer goes with it, and what came is sold there that day", () => {
  const trades = [
    trade("2025-01-02", "10", "100"),
    {...trade("2025-02-03", "10", "120"), dateTime: "2025-02-03T10:30:00"},
    {...trade("2025-02-03", "-20", "150", {account: B}), dateTime: "2025-02-03T15:00:00"}
  ];
  const {open, disposals, problems} = lots({trades, transfers: between("2025-02-03", "20")});
  expect([open(A, END), open(B, END), problems]).toEqual([[], [], []]);
  expect(closed(disposals)).toEqual(["10: 1500 - 1000 = 500", "10: 1500 - 1200 = 300"]);
});

it("a transfer that says when it was booked moves what was held then", () => {
  const trades = [
    {...trade("2025-02-03", "10", "100", {account: B}), dateTime: "2025-02-03T10:00:00"},
    {...trade("2025-02-03", "-10", "110", {account: B}), dateTime: "2025-02-03T15:00:00"},
    trade("2025-01-02", "10", "50")
  ];
  const transfers = between("2025-02-03", "10").map((row) => ({...row, dateTime: "2025-02-03T20:25:00"}));
  const {open, disposals} = lots({trades, transfers});
  expect(closed(disposals)).toEqual(["10: 1100 - 1000 = 100"]);
  expect(held(open(B, END))).toEqual(["10 @ 500"]);
});

it("what was bought in the morning goes with its cost by a transfer that was booked that night", () => {
  const transfers = between("2025-02-03", "10").map((row) => ({...row, dateTime: "2025-02-03T20:25:00"}));
  const {open, problems} = lots({trades: [trade("2025-02-03", "10", "20")], transfers});
  expect([held(open(A, END)), held(open(B, END)), problems]).toEqual([[], ["10 @ 200"], []]);
});

it("a transfer at a printed time moves what was held then, though its account trades afterwards", () => {
  const trades = [
    trade("2025-01-02", "10", "50"),
    {...trade("2025-02-03", "10", "100"), dateTime: "2025-02-03T21:00:00"}
  ];
  const transfers = between("2025-02-03", "10").map((row) => ({...row, dateTime: "2025-02-03T20:25:00"}));
  const {open} = lots({trades, transfers});
  expect([held(open(A, END)), held(open(B, END))]).toEqual([["10 @ 1000"], ["10 @ 500"]]);
});

it("a short position that leaves as a plus goes to the other own account with what it was sold for", () => {
  const trades = [
    trade("2025-01-02", "-15", "100", {openCloseIndicator: "O"}),
    trade("2025-03-03", "15", "90", {account: B})
  ];
  const [out, came] = between("2025-02-03", "15");
  const transfers = [
    {...out, quantity: "15"},
    {...came, quantity: "-15"}
  ];
  const {open, disposals, problems} = lots({trades, transfers});
  expect([open(A, "2025-02-03"), problems]).toEqual([[], []]);
  expect(held(open(B, "2025-02-03"))).toEqual(["-15 @ -1500"]);
  expect(closed(disposals)).toEqual(["-15: 1500 - 1350 = 150"]);
});

const FROM = {...SHARE, day: "2025-02-03", type: "ACATS", direction: "IN", quantity: "10"};

it("a transfer from outside has the lots that the statement lists under it", () => {
  const listed = [
    {...FROM, quantity: "4", openDateTime: "2019-05-06T10:00:00", costBasis: "200"},
    {...FROM, quantity: "6", openDateTime: "2021-05-06T10:00:00", costBasis: "420"}
  ];
  const {open} = lots({transfers: [FROM], transfer_lots: listed});
  expect(held(open(A, END))).toEqual(["4 @ 200", "6 @ 420"]);
  expect(open(A, END)[0]).toMatchObject({heldSince: "2019-05-06", basis: "transfer"});
});

it("a transfer's price is the market's of its day: it is no cost", () => {
  const [lot] = lots({transfers: [{...FROM, transferPrice: "50"}]}).open(A, END);
  expect(held([lot])).toEqual(["10 @ null"]);
  expect(lot).toMatchObject({basis: "unknown", heldSince: null});
});

it("a transfer from outside that says nothing has no cost, and a sale of it no gain", () => {
  const trades = [trade("2025-03-03", "-10", "150")];
  const {open, disposals, problems} = lots({trades, transfers: [{...FROM, transferPrice: "0"}]});
  expect(held(open(A, "2025-02-03"))).toEqual(["10 @ null"]);
  expect(closed(disposals)).toEqual(["10: 1500 - null = null"]);
  expect(problems.map(({code}) => code)).toEqual(["unknown-basis", "unknown-basis"]);
});

it("a transfer to outside takes the oldest lots, and realizes nothing", () => {
  const trades = [trade("2025-01-02", "10", "100"), trade("2025-01-03", "10", "120")];
  const out = {...FROM, direction: "OUT", quantity: "-15"};
  const {open, disposals} = lots({trades, transfers: [out]});
  expect(held(open(A, END))).toEqual(["5 @ 600"]);
  expect(disposals).toEqual([]);
});

it("each account keeps its own method, and takes the lots that come as they are", () => {
  const trades = [
    trade("2025-01-02", "10", "100"),
    trade("2025-01-03", "10", "120"),
    trade("2025-01-06", "10", "110"),
    trade("2025-03-03", "-5", "150", {account: B})
  ];
  const transfers = between("2025-02-03", "20");
  const {open, disposals} = lotsOf(ledgerOf({trades, transfers}), {method: "fifo", methods: {[B]: "hifo"}});
  expect(held(open(A, END))).toEqual(["10 @ 1100"]);
  expect(closed(disposals)).toEqual(["5: 750 - 600 = 150"]);
});
