import {expect, it} from "vitest";
import {accountFlows} from "../../../lib/ledger/account-flows.js";
import {bookedFlows} from "../../../lib/ledger/flows.js";
import {formatAmount} from "../../../lib/money/amount.js";
import {A, ledgerOf, navRows} from "./tables.js";

const B = "U7000002";
const D = "2026-01-06";
type Lists = Parameters<typeof ledgerOf>[0];

const booked = (lists: Lists) =>
  bookedFlows(ledgerOf(lists)).map(({amount}) => (amount === null ? null : formatAmount(amount)));
const flowsOf = (lists: Lists, account = A) => {
  const {flows = [], gaps = [], undated = []} = accountFlows(ledgerOf(lists)).get(account) ?? {};
  return {
    flows: flows.map(({day, amount, counterparty}) => [day, amount && formatAmount(amount), counterparty]),
    gaps: gaps.map(({booked: ours, said}) => [formatAmount(ours), formatAmount(said)]),
    undated: undated.map(({from, to}) => [from, to])
  };
};
const bookedAmounts = (lists: Lists) =>
  accountFlows(ledgerOf(lists))
    .get(A)
    ?.flows.map(({amount}) => formatAmount(amount ?? -1n));
const cash = (type: string, amount: string, more: Record<string, string | undefined> = {}) => ({
  day: D,
  type,
  amount,
  currency: "USD",
  fxRateToBase: "1",
  ...more
});
const transfer = (direction: string | undefined, more: Record<string, string | undefined>) => ({
  day: D,
  type: "INTERNAL",
  direction,
  currency: "USD",
  fxRateToBase: "1",
  counterparty: B,
  ...more
});
const bridge = (parts: Record<string, string>, from = D, to = D) =>
  Object.entries(parts).map(([part, amount]) => ({day: to, fromDate: from, toDate: to, part, amount}));

it("bookedFlows(ledger) counts deposits and withdrawals, no dividend, interest, fee or tax (R7)", () => {
  const types = [
    "Dividends",
    "Payment In Lieu Of Dividends",
    "Withholding Tax",
    "Broker Interest Paid",
    "Other Fees"
  ];
  expect(
    booked({
      cash: [
        cash("Deposits & Withdrawals", "100"),
        cash("Deposits & Withdrawals", "-30"),
        ...types.map((type) => cash(type, "5"))
      ]
    })
  ).toEqual(["100", "-30"]);
});

it("bookedFlows(ledger) is in base: by the row's own rate, else by the day's, else unknown", () => {
  const euros = (fxRateToBase?: string) =>
    cash("Deposits & Withdrawals", "100", {currency: "EUR", fxRateToBase});
  const rates = [{day: D, fromCurrency: "EUR", toCurrency: "USD", rate: "1.2"}];
  expect(booked({cash: [euros("1.1"), euros(), euros("0"), euros("-1")], rates})).toEqual([
    "110",
    "120",
    "120",
    "120"
  ]);
  expect(booked({cash: [euros()]})).toEqual([null]);
});

it("bookedFlows(ledger) takes cash and securities of a transfer with the sign that IBKR prints", () => {
  expect(
    booked({
      transfers: [
        transfer("IN", {cashTransfer: "400"}),
        transfer("OUT", {cashTransfer: "-400"}),
        transfer("IN", {quantity: "10", positionAmount: "50", cashTransfer: "0"}),
        transfer("IN", {quantity: "-10", positionAmount: "-50"}), // a short position comes in: a liability
        transfer("IN", {cashTransfer: "-7"}), // a debit balance
        transfer(undefined, {cashTransfer: "-8"})
      ]
    })
  ).toEqual(["400", "-400", "50", "-50", "-7", "-8"]);
});

it("bookedFlows(ledger) lets the direction say it where what goes out is printed without a sign", () => {
  expect(
    booked({transfers: [transfer("OUT", {cashTransfer: "400"}), transfer("out", {positionAmount: "9"})]})
  ).toEqual(["-400", "-9"]);
});

it("bookedFlows(ledger) values securities in base as printed there, else at the row's rate, else at the day's mark", () => {
  const euros = {currency: "EUR", fxRateToBase: "1.5", quantity: "4", conid: "1"};
  const positions = [
    {day: D, conid: "1", assetCategory: "STK", position: "4", markPrice: "25", currency: "EUR"}
  ];
  expect(
    booked({
      transfers: [
        transfer("IN", {...euros, positionAmount: "100", positionAmountInBase: "151"}),
        transfer("IN", {...euros, positionAmount: "100"}),
        transfer("IN", euros)
      ],
      positions
    })
  ).toEqual(["151", "150", "150"]);
  expect(booked({transfers: [transfer("IN", euros)]})).toEqual([null]);
});

it("bookedFlows(ledger) moves nothing with a future: its value is settled every day (R18)", () => {
  const future = {assetCategory: "FUT", quantity: "1", positionAmount: "5000", positionAmountInBase: "5000"};
  expect(booked({transfers: [transfer("IN", future)]})).toEqual([]);
});

it("accountFlows(ledger) adds what Change in NAV of the day has beyond the rows: card payments, grants", () => {
  const lists = {
    nav: navRows({"2026-01-05": "100", [D]: "150"}),
    cash: [cash("Deposits & Withdrawals", "60")],
    change_in_nav: bridge({
      startingValue: "100",
      depositsWithdrawals: "60",
      debitCardActivity: "-12",
      endingValue: "148"
    })
  };
  expect(flowsOf(lists)).toEqual({
    flows: [
      [D, "60", null],
      [D, "-12", null]
    ],
    gaps: [],
    undated: []
  });
});

it("accountFlows(ledger) takes deposits from Change in NAV where Cash Transactions are not ticked, and says so", () => {
  const lists = {
    nav: navRows({"2026-01-05": "100", [D]: "160"}),
    change_in_nav: bridge({startingValue: "100", depositsWithdrawals: "60", endingValue: "160"})
  };
  expect(flowsOf(lists)).toEqual({flows: [[D, "60", null]], gaps: [["0", "60"]], undated: []});
});

it("accountFlows(ledger) finds the value of a flow without a rate in the Change in NAV of its day", () => {
  const lists = {
    nav: navRows({"2026-01-05": "100", [D]: "160"}),
    cash: [cash("Deposits & Withdrawals", "50", {currency: "EUR", fxRateToBase: undefined})],
    change_in_nav: bridge({startingValue: "100", depositsWithdrawals: "55", endingValue: "160"})
  };
  expect(flowsOf(lists)).toEqual({flows: [[D, "55", null]], gaps: [], undated: []});
});

it("accountFlows(ledger) turns a transfer back where Change in NAV says that a liability went out", () => {
  const lists = {
    nav: navRows({"2026-01-05": "100", [D]: "150"}),
    transfers: [transfer("OUT", {quantity: "10", positionAmount: "50"})],
    change_in_nav: bridge({startingValue: "100", assetTransfers: "50", endingValue: "150"})
  };
  expect(flowsOf(lists).flows).toEqual([[D, "50", B]]);
  expect(flowsOf({...lists, change_in_nav: []}).flows).toEqual([[D, "-50", B]]);
});

it("accountFlows(ledger) counts what goes with a transfer, as accruals, as a transfer to the same account", () => {
  const lists = {
    nav: navRows({"2026-01-05": "1000", [D]: "0"}),
    transfers: [
      transfer("OUT", {cashTransfer: "-900"}),
      transfer("OUT", {positionAmount: "-95", quantity: "-1"})
    ],
    change_in_nav: bridge({
      startingValue: "1000",
      internalCashTransfers: "-900",
      assetTransfers: "-100",
      endingValue: "0"
    })
  };
  expect(flowsOf(lists)).toEqual({
    flows: [
      [D, "-900", B],
      [D, "-95", B],
      [D, "-5", B]
    ],
    gaps: [],
    undated: []
  });
});

it("accountFlows(ledger) leaves the cents alone that printed rates make of a foreign deposit", () => {
  const lists = {
    nav: navRows({"2026-01-05": "1000", [D]: "2000"}),
    cash: [cash("Deposits & Withdrawals", "1000", {currency: "EUR", fxRateToBase: "1.0853"})],
    change_in_nav: bridge({startingValue: "1000", depositsWithdrawals: "1085.33", endingValue: "2085.33"})
  };
  expect(flowsOf(lists)).toEqual({
    flows: [
      [D, "1085.3", null],
      [D, "0.03", null]
    ],
    gaps: [],
    undated: []
  });
});

it("accountFlows(ledger) does not know the days of a month whose flows are not all booked", () => {
  const lists = {
    nav: navRows({"2026-01-05": "100", [D]: "100", "2026-01-30": "150"}),
    change_in_nav: bridge(
      {startingValue: "100", depositsWithdrawals: "50", endingValue: "150"},
      "2026-01-02",
      "2026-01-30"
    )
  };
  expect(flowsOf(lists)).toEqual({flows: [], gaps: [["0", "50"]], undated: [["2026-01-02", "2026-01-30"]]});
});

it("accountFlows(ledger) puts less than 1 % of the value on the last day of its month", () => {
  const lists = {
    nav: navRows({"2026-01-05": "10000", [D]: "10000", "2026-01-30": "9980"}),
    change_in_nav: bridge(
      {startingValue: "10000", billPay: "-20", endingValue: "9980"},
      "2026-01-02",
      "2026-01-30"
    )
  };
  expect(flowsOf(lists)).toEqual({flows: [["2026-01-30", "-20", null]], gaps: [], undated: []});
});

it("accountFlows(ledger) counts a month's flows once where its days tell them too", () => {
  const lists = {
    nav: navRows({"2026-01-05": "100", [D]: "150", "2026-01-07": "150"}),
    change_in_nav: [
      ...bridge({startingValue: "100", depositsWithdrawals: "50", endingValue: "150"}),
      ...bridge(
        {startingValue: "100", depositsWithdrawals: "50", endingValue: "150"},
        "2026-01-02",
        "2026-01-30"
      )
    ]
  };
  expect(flowsOf(lists).flows).toEqual([[D, "50", null]]);
});

it("accountFlows(ledger) finds the value of two flows without rates together, if they are with the same other side", () => {
  const euros = cash("Deposits & Withdrawals", "50", {currency: "EUR", fxRateToBase: undefined});
  const lists = {
    nav: navRows({"2026-01-05": "100", [D]: "210"}),
    cash: [euros, euros],
    change_in_nav: bridge({startingValue: "100", depositsWithdrawals: "110", endingValue: "210"})
  };
  expect(bookedAmounts(lists)).toEqual(["110", "0"]);
});

it("accountFlows(ledger) knows the other side of a transfer whose row only the other account has", () => {
  const lists = {
    nav: [...navRows({"2026-01-05": "100", [D]: "60"}), ...navRows({"2026-01-05": "10", [D]: "50"}, B)],
    transfers: [transfer("OUT", {cashTransfer: "-40"})],
    change_in_nav: bridge({startingValue: "10", internalCashTransfers: "40", endingValue: "50"}).map(
      (row) => ({
        ...row,
        account: B
      })
    )
  };
  expect(flowsOf(lists, B).flows).toEqual([[D, "40", A]]);
  expect(flowsOf(lists, A).flows).toEqual([[D, "-40", B]]);
});

it("accountFlows(ledger) lets shares from another broker come from outside, though cash came from an own account that day (R7)", () => {
  const acats = transfer("IN", {
    type: "ACATS",
    counterparty: undefined,
    positionAmount: "200",
    positionAmountInBase: "200"
  });
  const transfers = [
    acats,
    transfer("IN", {cashTransfer: "10"}),
    {...transfer("OUT", {cashTransfer: "-10", counterparty: A}), account: B}
  ];
  expect(flowsOf({transfers}).flows).toEqual([
    [D, "200", null],
    [D, "10", B]
  ]);
});
