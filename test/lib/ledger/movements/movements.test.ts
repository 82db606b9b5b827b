import {describe, expect, it} from "vitest";
import {unresolvedActions} from "../../../../lib/ledger/movements/corporate-actions.js";
import type {Movement} from "../../../../lib/ledger/movements/movement.js";
import {movementsOf} from "../../../../lib/ledger/movements/movements.js";
import {formatAmount} from "../../../../lib/money/amount.js";
import {A, ledgerOf} from "../tables.js";

type Lists = Parameters<typeof ledgerOf>[0];

/** What an account's movements say, amounts as texts. */
function told(lists: Lists, account = A) {
  return (movementsOf(ledgerOf(lists)).get(account) ?? []).map(short);
}

function short({kind, holding, quantity, proceeds, costs, cash}: Movement) {
  return {
    kind,
    holding,
    quantity: formatAmount(quantity),
    proceeds: proceeds === null ? null : formatAmount(proceeds),
    costs: costs === null ? null : formatAmount(costs),
    cash: cash.map((leg) => `${formatAmount(leg.amount)} ${leg.currency} ${leg.kind}`)
  };
}

const sum = (movements: ReturnType<typeof told>) =>
  movements
    .flatMap(({cash}) => cash.map((leg) => Number(leg.split(" ")[0])))
    .reduce((total, amount) => total + amount, 0);

const DAY = "2026-01-05";
const share = {day: DAY, conid: "1", symbol: "ACME", assetCategory: "STK", currency: "USD", multiplier: "1"};

describe("movementsOf(ledger), trades", () => {
  it("books a purchase: shares in, proceeds, commission and tax out", () => {
    const row = {
      ...share,
      quantity: "10",
      tradePrice: "20",
      proceeds: "-200",
      ibCommission: "-1",
      taxes: "-0.5"
    };
    expect(told({trades: [row]})).toEqual([
      {
        kind: "trade",
        holding: "1",
        quantity: "10",
        proceeds: "-200",
        costs: "-1.5",
        cash: ["-200 USD proceeds", "-1 USD commission", "-0.5 USD tax"]
      }
    ]);
  });

  it("keeps fractions of a share exact", () => {
    const [{quantity}] = told({trades: [{...share, quantity: "0.0001", proceeds: "-0.02"}]});
    expect(quantity).toBe("0.0001");
  });

  it("V5, PP #5915: buy, cancel and rebooking leave 5000 shares, 1606 paid, 6 of them commission", () => {
    const row = {...share, dateTime: `${DAY}T10:00:00`};
    const moved = told({
      trades: [
        {...row, quantity: "5000", proceeds: "-1600", ibCommission: "-6"},
        {
          ...row,
          quantity: "-5000",
          proceeds: "1600",
          buySell: "BUY (Ca.)",
          transactionType: "TradeCancel",
          notes: "Ca"
        },
        {
          ...row,
          quantity: "5000",
          proceeds: "-1600",
          buySell: "BUY",
          transactionType: "TradeCorrect",
          notes: "Co"
        }
      ]
    });
    expect(moved.reduce((total, {quantity}) => total + Number(quantity), 0)).toBe(5000);
    expect(sum(moved)).toBe(-1606);
    expect(moved.map(({quantity}) => quantity)).toEqual(["5000", "-5000", "5000"]);
  });

  it("V10: keeps two identical fills of the same second", () => {
    const row = {...share, dateTime: `${DAY}T10:00:00`, quantity: "5", proceeds: "-100"};
    expect(
      told({
        trades: [
          {...row, transactionID: "11"},
          {...row, transactionID: "12"}
        ]
      })
    ).toHaveLength(2);
  });

  it("moves two currencies by a forex trade, and no holding", () => {
    const row = {
      day: DAY,
      conid: "12087792",
      symbol: "EUR.USD",
      assetCategory: "CASH",
      currency: "USD",
      quantity: "-133",
      proceeds: "140.9268",
      ibCommission: "-2",
      ibCommissionCurrency: "EUR"
    };
    expect(told({trades: [row]})).toEqual([
      {
        kind: "trade",
        holding: null,
        quantity: "0",
        proceeds: "0",
        costs: null,
        cash: ["-133 EUR proceeds", "140.9268 USD proceeds", "-2 EUR commission"]
      }
    ]);
  });

  it("converts a commission in another currency by the day's rate", () => {
    const row = {...share, quantity: "1", proceeds: "-10", ibCommission: "-2", ibCommissionCurrency: "EUR"};
    const rates = [{day: DAY, fromCurrency: "EUR", toCurrency: "USD", rate: "1.1"}];
    const [{costs, cash}] = told({trades: [row], rates});
    expect(costs).toBe("-2.2");
    expect(cash).toContain("-2 EUR commission");
  });

  it("a future's notional is no cash; its commission is", () => {
    const row = {
      ...share,
      assetCategory: "FUT",
      multiplier: "50",
      quantity: "1",
      tradePrice: "4000",
      proceeds: "-200000",
      ibCommission: "-2"
    };
    expect(told({trades: [row]})).toMatchObject([{proceeds: "-200000", cash: ["-2 USD commission"]}]);
  });

  it("an option on a future moves its premium, but not one that is margined like a future", () => {
    const row = {...share, multiplier: "50", quantity: "1", tradePrice: "10", proceeds: "-500"};
    const trades = [
      {...row, assetCategory: "FOP"},
      {...row, assetCategory: "FSFOP"}
    ];
    expect(told({trades}).map(({cash}) => cash)).toEqual([["-500 USD proceeds"], []]);
  });

  it("a CFD settles in cash what it gained, first in first out, when it is closed", () => {
    const row = {...share, assetCategory: "CFD"};
    const trades = [
      {...row, day: "2026-01-05", quantity: "10", proceeds: "-1000", ibCommission: "-1"},
      {...row, day: "2026-01-06", quantity: "10", proceeds: "-1200"},
      {...row, day: "2026-01-07", quantity: "-15", proceeds: "1950"},
      {...row, day: "2026-01-08", quantity: "-5", proceeds: "600"}
    ];
    expect(told({trades}).map(({cash}) => cash)).toEqual([
      ["-1 USD commission"],
      [],
      ["350 USD settlement"],
      []
    ]);
  });

  it("tells assignment, exercise and expiry by IBKR's codes", () => {
    const row = {
      ...share,
      assetCategory: "OPT",
      multiplier: "100",
      transactionType: "BookTrade",
      quantity: "1",
      tradePrice: "0",
      proceeds: "0"
    };
    const trades = ["A", "Ex", "Ep", "C;Ep"].map((notes, i) => ({...row, notes, day: `2026-01-0${i + 5}`}));
    const moved = told({trades});
    expect(moved.map(({kind}) => kind)).toEqual(["assignment", "exercise", "expiry", "expiry"]);
    expect(moved.flatMap(({cash}) => cash)).toEqual([]);
  });

  it("books a bond's and a bill's proceeds in percent of nominal where IBKR states none, and accrued interest that netCash has", () => {
    const bond = {
      ...share,
      assetCategory: "BOND",
      quantity: "10000",
      tradePrice: "98.5",
      ibCommission: "-5",
      netCash: "-9876"
    };
    const bill = {...share, conid: "2", assetCategory: "BILL", quantity: "1000", tradePrice: "99"};
    expect(told({trades: [bond, bill]}).map(({cash}) => cash)).toEqual([
      ["-9850 USD proceeds", "-5 USD commission", "-21 USD bond-interest"],
      ["-990 USD proceeds"]
    ]);
  });

  it.each(["WAR", "IOPT", "FUND", "CRYPTO", "CMDTY"])("a %s moves its price in cash", (assetCategory) => {
    const row = {...share, assetCategory, quantity: "2", tradePrice: "7", proceeds: "-14"};
    expect(told({trades: [row]})).toMatchObject([{quantity: "2", cash: ["-14 USD proceeds"]}]);
  });
});

describe("movementsOf(ledger), cash", () => {
  it("V6, PP #5930: reversal and re-issue keep their signs and sum to nothing", () => {
    const row = {day: DAY, currency: "USD", type: "Dividends", conid: "1"};
    const cash = ["-0.70", "0.76", "-0.06"].map((amount) => ({...row, amount}));
    expect(sum(told({cash}))).toBeCloseTo(0, 12);
  });

  it.each([
    ["Deposits & Withdrawals", "deposit"],
    ["Payment In Lieu Of Dividends", "payment-in-lieu"],
    ["871(m) Withholding", "withholding"],
    ["Broker Interest Received", "interest"],
    ["Bond Interest Paid", "bond-interest"],
    ["Advisor Fees", "fee"],
    ["Commission Adjustments", "commission"],
    ["Something New", "other"]
  ])("%s is %s", (type, kind) => {
    expect(told({cash: [{day: DAY, currency: "USD", type, amount: "3"}]})[0].cash).toEqual([`3 USD ${kind}`]);
  });

  it("a sales tax moves cash beside the fee that it taxes; one that stands among the cash transactions does not", () => {
    const lists = {
      cash: [{day: DAY, currency: "USD", type: "Other Fees", amount: "-1.5", transactionID: "100"}],
      charges: [
        {
          day: DAY,
          currency: "USD",
          element: "SalesTax",
          amount: "-0.3",
          tradeID: "100",
          transactionID: "101"
        },
        {day: DAY, currency: "USD", element: "CFDCharge", amount: "-1.5", transactionID: "100"}
      ]
    };
    expect(
      told(lists)
        .flatMap(({cash}) => cash)
        .toSorted()
    ).toEqual(["-0.3 USD tax", "-1.5 USD fee"]);
  });

  it("a transaction tax that a trade has in its taxes counts once", () => {
    const tax = {day: DAY, currency: "USD", element: "TransactionTax", conid: "1", amount: "-3"};
    const trade = {...share, quantity: "1", proceeds: "-10", taxes: "-3", tradeID: "7"};
    const charges = [
      {...tax, tradeID: "7"},
      {...tax, tradeID: "8"}
    ];
    expect(sum(told({trades: [trade], charges}))).toBe(-16);
  });
});

describe("movementsOf(ledger), corporate actions and transfers", () => {
  const action = {...share, actionID: "9"};

  it("books a split, a symbol change, a spin-off by their deltas, without cash", () => {
    const corporate_actions = [
      {...action, type: "FS", quantity: "10"},
      {...action, type: "IC", conid: "1", quantity: "-20", actionID: "10"},
      {...action, type: "IC", conid: "2", quantity: "20", actionID: "10"},
      {...action, type: "SO", conid: "3", quantity: "5", value: "50", actionID: "11"}
    ];
    const moved = told({corporate_actions});
    expect(moved.map(({holding, quantity}) => `${holding} ${quantity}`)).toEqual([
      "1 10",
      "1 -20",
      "2 20",
      "3 5"
    ]);
    expect(moved.flatMap(({cash}) => cash)).toEqual([]);
    expect(moved[3].proceeds).toBe("-50");
  });

  it("books a merger's money once, also where a cash transaction has it", () => {
    const merger = {...action, type: "TC", quantity: "-367", proceeds: "405.42", amount: "-405.42"};
    const coupon = {...action, type: "CP", quantity: "0", proceeds: "12", amount: "-12", actionID: "12"};
    const cash = [{day: DAY, currency: "USD", type: "Bond Interest Received", amount: "12", actionID: "12"}];
    expect(sum(told({corporate_actions: [merger, coupon], cash}))).toBeCloseTo(417.42, 12);
  });

  it("a bill's maturity takes its nominal and brings its money", () => {
    const row = {...action, assetCategory: "BILL", type: "TM", quantity: "-1000", proceeds: "1000"};
    expect(told({corporate_actions: [row]})).toMatchObject([
      {quantity: "-1000", cash: ["1000 USD corporate-action"]}
    ]);
  });

  it("moves what goes OUT with a minus, however IBKR prints it", () => {
    const transfers = [
      {...share, direction: "OUT", type: "INTERNAL", quantity: "10", positionAmount: "500"},
      {...share, direction: "IN", type: "ACATS", quantity: "4", positionAmount: "200"},
      {day: DAY, currency: "USD", direction: "OUT", type: "INTERNAL", cashTransfer: "25", quantity: "0"}
    ];
    expect(
      told({transfers}).map(({holding, quantity, proceeds, cash}) => ({holding, quantity, proceeds, cash}))
    ).toEqual([
      {holding: "1", quantity: "4", proceeds: "-200", cash: []},
      {holding: "1", quantity: "-10", proceeds: "500", cash: []},
      {holding: null, quantity: "0", proceeds: "0", cash: ["-25 USD transfer"]}
    ]);
  });

  it("buys back the short position that moves out, printed with a plus: by what is held then, or by what the other account gets", () => {
    const sold = {...share, dateTime: `${DAY}T10:00:00`, quantity: "-100", proceeds: "2000"};
    const out = {...share, direction: "OUT", type: "FOP", quantity: "100", positionAmount: "2000"};
    const came = {...out, account: "U7000002", direction: "IN", quantity: "-100", positionAmount: "-2000"};
    const moved = (lists: Lists) =>
      told(lists)
        .slice(-1)
        .map(({quantity, proceeds}) => [quantity, proceeds]);
    expect(moved({trades: [sold], transfers: [out]})).toEqual([["100", "-2000"]]);
    expect(moved({transfers: [{...out, counterparty: "U7000002"}, came]})).toEqual([["100", "-2000"]]);
    expect(moved({trades: [{...sold, quantity: "-99"}], transfers: [out]})).toEqual([["-100", "2000"]]);
  });

  it("moves a transfer at its printed time; without one, in before the day's trades and out after them", () => {
    const sold = {...share, dateTime: `${DAY}T10:00:00`, quantity: "-1", proceeds: "20"};
    const transfers = [
      {...share, direction: "OUT", quantity: "-2"},
      {...share, direction: "OUT", quantity: "-3", dateTime: `${DAY}T09:00:00`},
      {...share, direction: "IN", quantity: "4", dateTime: `${DAY}T20:25:00`},
      {...share, direction: "IN", quantity: "5"}
    ];
    expect(told({trades: [sold], transfers}).map(({quantity}) => quantity)).toEqual([
      "5",
      "-3",
      "-1",
      "4",
      "-2"
    ]);
  });

  it("a transfer that says no value has none, not zero", () => {
    expect(told({transfers: [{...share, direction: "IN", quantity: "4"}]})[0].proceeds).toBeNull();
  });

  it("unresolvedActions(ledger) lists what its rows do not tell", () => {
    const corporate_actions = [
      {...action, type: "TC", quantity: "-10", actionID: "20"},
      {...action, type: "TC", quantity: "-10", actionID: "21"},
      {...action, type: "TC", quantity: "4", conid: "2", actionID: "21"},
      {...action, type: "DW", quantity: "-10", actionID: "22"},
      {...action, type: "XX", quantity: "0", actionID: "23"},
      {day: DAY, type: "SO", quantity: "3", actionID: "24"}
    ];
    expect(unresolvedActions(ledgerOf({corporate_actions})).map(({reason}) => reason)).toEqual([
      "shares went, and neither shares nor money came for them: import the statement that has the rest",
      "it says neither shares nor money: compare the position before and after it",
      "it names no instrument: tick Conid and Symbol in Corporate Actions"
    ]);
  });
});
