import {expect, it} from "vitest";
import {parseAmount} from "../../../../lib/money/amount.js";
import {A} from "../tables.js";
import {action, closed, held, lots, trade} from "./trades.js";

const END = "2029-12-31";
const CHILD = {conid: "8", symbol: "KID", isin: "US0000000008"};
const BOUGHT = [trade("2025-01-02", "60", "10"), trade("2025-01-03", "40", "20")];

it("a split multiplies the lots and keeps their cost and days", () => {
  const split = action("2025-02-03", "FS", "200");
  const {open, disposals} = lots({trades: BOUGHT, corporate_actions: [split]});
  expect(held(open(A, "2025-02-02"))).toEqual(["60 @ 600", "40 @ 800"]);
  expect(held(open(A, END))).toEqual(["180 @ 600", "120 @ 800"]);
  expect(open(A, END).map(({opened}) => opened)).toEqual(["2025-01-02", "2025-01-03"]);
  expect(open(A, END)[0].path).toEqual([{table: "corporate_actions", id: "corporate_actions-0"}]);
  expect(disposals).toEqual([]);
});

it("a reverse split to a new conid carries the lots on, and its fraction is sold", () => {
  const reverse = [
    action("2025-02-03", "RS", "-100", {actionID: "9", symbol: "ACME.OLD"}),
    action("2025-02-03", "RS", "33.3333", {actionID: "9", ...CHILD})
  ];
  const fraction = trade("2025-02-05", "-0.3333", "60", {...CHILD, transactionType: "FracShare"});
  const {open, disposals} = lots({trades: [...BOUGHT, fraction], corporate_actions: reverse});
  expect(held(open(A, "2025-02-04"))).toEqual(["19.99998 @ 600", "13.33332 @ 800"]);
  expect(closed(disposals)).toEqual(["0.3333: 19.998 - 9.99900999901 = 9.99899000099"]);
  expect(disposals[0].opened).toBe("2025-01-02");
});

it("cash in lieu that is a row of its own gains what IBKR booked", () => {
  const reverse = [
    action("2025-02-03", "RS", "-100", {actionID: "9", symbol: "ACME.OLD"}),
    action("2025-02-03", "RS", "33", {actionID: "9", ...CHILD}),
    action("2025-02-03", "RS", "0", {actionID: "9", ...CHILD, proceeds: "20", fifoPnlRealized: "8"})
  ];
  const {disposals, problems} = lots({trades: BOUGHT, corporate_actions: reverse});
  expect(closed(disposals)).toEqual(["0: 20 - 12 = 8"]);
  expect(problems).toEqual([]);
});

it("cash in lieu of which nothing is booked has no cost", () => {
  const reverse = [
    action("2025-02-03", "RS", "-90", {actionID: "9"}),
    action("2025-02-03", "RS", "0", {actionID: "9", proceeds: "20"})
  ];
  const {disposals, problems} = lots({trades: BOUGHT, corporate_actions: reverse});
  expect(closed(disposals)).toEqual(["0: 20 - null = null"]);
  expect(problems.map(({code}) => code)).toEqual(["no-values"]);
});

const SPIN = action("2025-02-03", "SO", "20", {
  ...CHILD,
  value: "500",
  actionDescription: "ACME(US0000000001) SPINOFF 1 FOR 5 (KID, KID CORP, US0000000008)"
});
const PARENT = {day: "2025-02-03", conid: "1", symbol: "ACME", isin: "US0000000001", currency: "USD"};

it("a spin-off divides each lot's cost by the values at the close, and counts from the parent's days", () => {
  const positions = [
    {...PARENT, position: "100", markPrice: "20", costBasisMoney: "1120"},
    {day: "2025-02-03", ...CHILD, position: "20", markPrice: "25"}
  ];
  const {open, problems} = lots({trades: BOUGHT, corporate_actions: [SPIN], positions});
  expect(held(open(A, END))).toEqual(["60 @ 480", "40 @ 640", "12 @ 120", "8 @ 160"]);
  expect(open(A, END)[2]).toMatchObject({holding: "8", opened: "2025-02-03", heldSince: "2025-01-02"});
  expect(problems).toEqual([]);
});

it("a spin-off without values is divided as IBKR booked the child's cost", () => {
  const positions = [
    {...PARENT, position: "100", costBasisMoney: "1050"},
    {day: "2025-02-03", ...CHILD, position: "20", costBasisMoney: "350"}
  ];
  const {open} = lots({trades: BOUGHT, corporate_actions: [SPIN], positions});
  expect(held(open(A, END))).toEqual(["60 @ 450", "40 @ 600", "12 @ 150", "8 @ 200"]);
});

it("a spin-off of which nothing tells the division leaves both costs unknown, on the work list", () => {
  const {open, problems} = lots({trades: BOUGHT, corporate_actions: [SPIN]});
  expect(held(open(A, END))).toEqual(["60 @ null", "40 @ null", "12 @ null", "8 @ null"]);
  expect(problems.map(({code}) => code)).toEqual(["no-values"]);
});

it("a merger for shares carries lots, cost and days on", () => {
  const merger = [
    action("2025-02-03", "TC", "-100", {actionID: "9", value: "-1500", proceeds: "0", fifoPnlRealized: "0"}),
    action("2025-02-03", "TC", "50", {actionID: "9", ...CHILD, value: "1500", proceeds: "0"})
  ];
  const {open, disposals} = lots({trades: BOUGHT, corporate_actions: merger});
  expect(held(open(A, END))).toEqual(["30 @ 600", "20 @ 800"]);
  expect(open(A, END)[0]).toMatchObject({holding: "8", opened: "2025-01-02", heldSince: "2025-01-02"});
  expect(disposals).toEqual([]);
});

it("a merger for cash sells all", () => {
  const merger = [action("2025-02-03", "TC", "-100", {proceeds: "1500", value: "-1490"})];
  const {open, disposals} = lots({trades: BOUGHT, corporate_actions: merger});
  expect(closed(disposals)).toEqual(["60: 900 - 600 = 300", "40: 600 - 800 = -200"]);
  expect(open(A, END)).toEqual([]);
});

it("a merger for cash and shares of which IBKR booked the whole gain begins anew at the value", () => {
  const merger = [
    action("2025-02-03", "TC", "-100", {actionID: "9", proceeds: "500", fifoPnlRealized: "100"}),
    action("2025-02-03", "TC", "50", {actionID: "9", ...CHILD, value: "1000"})
  ];
  for (const method of ["fifo", "lifo", "average"] as const) {
    const {open, disposals} = lots({trades: BOUGHT, corporate_actions: merger}, method);
    expect(disposals.reduce((sum, {gain}) => sum + (gain ?? 0n), 0n)).toBe(parseAmount("100"));
    expect(held(open(A, END))).toEqual(["50 @ 1000"]);
    expect(open(A, END)[0].heldSince).toBe("2025-02-03");
  }
});

it("a merger for cash and shares of which IBKR booked a part gains that part, and carries the rest of the cost", () => {
  const merger = [
    action("2025-02-03", "TC", "-100", {actionID: "9", proceeds: "500", fifoPnlRealized: "50"}),
    action("2025-02-03", "TC", "50", {actionID: "9", ...CHILD, value: "1000"})
  ];
  const {open, disposals} = lots({trades: BOUGHT, corporate_actions: merger});
  expect(closed(disposals)).toEqual(["0: 300 - 270 = 30", "0: 200 - 180 = 20"]);
  expect(held(open(A, END))).toEqual(["30 @ 330", "20 @ 620"]);
});

it("a merger for cash and shares of which nothing is booked divides the cost by money and value", () => {
  const merger = [
    action("2025-02-03", "TC", "-100", {actionID: "9", proceeds: "500"}),
    action("2025-02-03", "TC", "50", {actionID: "9", ...CHILD, value: "1500"})
  ];
  const {open, disposals} = lots({trades: BOUGHT, corporate_actions: merger});
  expect(closed(disposals)).toEqual(["0: 300 - 150 = 150", "0: 200 - 200 = 0"]);
  expect(held(open(A, END))).toEqual(["30 @ 450", "20 @ 600"]);
});

it("shares that become several things divide their cost by what those are worth", () => {
  const other = {conid: "9", symbol: "WARR", isin: "US0000000009"};
  const unit = [
    action("2025-02-03", "TC", "-100", {actionID: "9"}),
    action("2025-02-03", "TC", "100", {actionID: "9", ...CHILD, value: "900"}),
    action("2025-02-03", "TC", "50", {actionID: "9", ...other, value: "100"})
  ];
  const {open} = lots({trades: BOUGHT, corporate_actions: unit});
  expect(held(open(A, END))).toEqual(["60 @ 540", "40 @ 720", "30 @ 60", "20 @ 80"]);
});

it("a tendered share waits as what IBKR calls it, and is then paid", () => {
  const tender = [
    action("2025-02-03", "TO", "-100", {actionID: "9"}),
    action("2025-02-03", "TO", "100", {actionID: "9", ...CHILD}),
    action("2025-02-10", "TC", "-100", {...CHILD, actionID: "10", proceeds: "1500"})
  ];
  const {disposals} = lots({trades: BOUGHT, corporate_actions: tender});
  expect(closed(disposals)).toEqual(["60: 900 - 600 = 300", "40: 600 - 800 = -200"]);
  expect(disposals[0].opened).toBe("2025-01-02");
});

it("rights cost what the statement says, and shares subscribed by them that and the money paid", () => {
  const rights = {conid: "9", symbol: "ACME.RTS", isin: "US0000000009"};
  const actions = [
    action("2025-02-03", "RI", "100", {...rights, actionID: "9"}),
    action("2025-02-10", "OR", "-100", {...rights, actionID: "10", proceeds: "-400"}),
    action("2025-02-10", "OR", "50", {...CHILD, actionID: "10"})
  ];
  const positions = [
    {...PARENT, position: "100"},
    {day: "2025-02-03", ...rights, position: "100", costBasisMoney: "25"}
  ];
  const {open, problems} = lots({trades: BOUGHT, corporate_actions: actions, positions});
  expect(held(open(A, END))).toEqual(["60 @ 600", "40 @ 800", "50 @ 425"]);
  expect(problems).toEqual([]);
});

it("rights of which nothing tells the cost have none, on the work list", () => {
  const rights = action("2025-02-03", "RI", "100", {...CHILD, actionID: "9"});
  const {open, problems} = lots({trades: BOUGHT, corporate_actions: [rights]});
  expect(held(open(A, END)).at(-1)).toBe("100 @ null");
  expect(problems.map(({code}) => code)).toEqual(["no-values"]);
});

it("worthless shares are lost", () => {
  const {disposals} = lots({trades: BOUGHT, corporate_actions: [action("2025-02-03", "DW", "-100")]});
  expect(closed(disposals)).toEqual(["60: 0 - 600 = -600", "40: 0 - 800 = -800"]);
});

it("shares that went and for which nothing came are no loss: they are on the work list", () => {
  const {disposals, problems} = lots({
    trades: BOUGHT,
    corporate_actions: [action("2025-02-03", "TC", "-100")]
  });
  expect(closed(disposals)).toEqual(["60: null - 600 = null", "40: null - 800 = null"]);
  expect(problems.map(({code}) => code)).toEqual(["no-counterpart"]);
});

it("a short position goes through a split and a merger for cash as well", () => {
  const trades = [trade("2025-01-02", "-10", "100", {openCloseIndicator: "O"})];
  const actions = [action("2025-02-03", "FS", "-10"), action("2025-02-10", "TC", "20", {proceeds: "-1200"})];
  const {disposals, open} = lots({trades, corporate_actions: actions});
  expect(held(open(A, "2025-02-03"))).toEqual(["-20 @ -1000"]);
  expect(closed(disposals)).toEqual(["-20: 1000 - 1200 = -200"]);
});

const SOLD = [trade("2025-01-02", "-100", "20", {openCloseIndicator: "O"})];

it.each(["TC", "IC", "RS"])(
  "what comes for a short position by %s is short, and owes what it was sold for",
  (type) => {
    const exchanged = [
      action("2025-02-03", type, "-50", {actionID: "9", ...CHILD}),
      action("2025-02-03", type, "100", {actionID: "9"})
    ];
    const {open, disposals, problems} = lots({trades: SOLD, corporate_actions: exchanged});
    expect(held(open(A, END))).toEqual(["-50 @ -2000"]);
    expect(open(A, END)[0]).toMatchObject({holding: "8", opened: "2025-01-02"});
    expect([disposals, problems]).toEqual([[], []]);
  }
);

it("a merger for cash and shares of a short position gains on the money alone", () => {
  const merger = [
    action("2025-02-03", "TC", "100", {actionID: "9", proceeds: "-300"}),
    action("2025-02-03", "TC", "-30", {actionID: "9", ...CHILD, value: "-900"})
  ];
  const {open, disposals} = lots({trades: SOLD, corporate_actions: merger});
  expect(closed(disposals)).toEqual(["0: 500 - 300 = 200"]);
  expect(held(open(A, END))).toEqual(["-30 @ -1500"]);
});

it("a spin-off of a short position is short, with its part of what that was sold for", () => {
  const positions = [
    {...PARENT, position: "-100", markPrice: "15", costBasisMoney: "-1500"},
    {...PARENT, ...CHILD, position: "-20", markPrice: "25", costBasisMoney: "-500"}
  ];
  const spun = {...SPIN, quantity: "-20", value: "-500"};
  const {open, disposals} = lots({trades: SOLD, corporate_actions: [spun], positions});
  expect(held(open(A, END))).toEqual(["-100 @ -1500", "-20 @ -500"]);
  expect(disposals).toEqual([]);
});
