import {expect, it} from "vitest";
import {runningCash} from "../../../lib/ledger/running-cash.js";
import {formatAmount} from "../../../lib/money/amount.js";
import {ledgerOf} from "./tables.js";

const usd = {currency: "USD", fxRateToBase: "1"};
const cash = (day: string, amount: string) => ({day, ...usd, type: "Deposits & Withdrawals", amount});
const report = (fromDate: string, toDate: string, startingCash: string, endingCash: string) => ({
  day: toDate,
  ...usd,
  fromDate,
  toDate,
  startingCash,
  endingCash
});

const balances = (lists: Parameters<typeof ledgerOf>[0]) =>
  Object.fromEntries([...runningCash(ledgerOf(lists))].map(([id, amount]) => [id, formatAmount(amount)]));

it("runningCash(ledger) adds each row to the starting cash of its period", () => {
  const lists = {
    cash: [cash("2026-01-05", "100"), cash("2026-01-06", "-30.5")],
    trades: [
      {
        day: "2026-01-06",
        dateTime: "2026-01-06T10:00:00",
        conid: "1",
        symbol: "ACME",
        ...usd,
        quantity: "1",
        proceeds: "-20",
        ibCommission: "-1"
      }
    ],
    cash_balances: [report("2026-01-01", "2026-01-31", "1000", "1048.5")]
  };
  expect(balances(lists)).toEqual({"cash-0": "1100", "cash-1": "1069.5", "trades-0": "1048.5"});
});

it("runningCash(ledger) is not known where the rows do not lead to the ending cash", () => {
  const lists = {
    cash: [cash("2026-01-05", "100"), cash("2026-02-05", "7")],
    cash_balances: [
      report("2026-01-01", "2026-01-31", "1000", "1099"),
      report("2026-02-01", "2026-02-28", "1099", "1106")
    ]
  };
  expect(balances(lists)).toEqual({"cash-1": "1106"});
  expect(balances({cash: lists.cash})).toEqual({});
});

it("runningCash(ledger) follows both currencies of a conversion", () => {
  const trade = {
    day: "2026-01-05",
    symbol: "EUR.USD",
    assetCategory: "CASH",
    ...usd,
    quantity: "100",
    tradePrice: "1.1",
    proceeds: "-110"
  };
  const lists = {
    trades: [trade],
    cash: [{day: "2026-01-06", currency: "EUR", type: "Other Fees", amount: "-1"}],
    cash_balances: [
      report("2026-01-01", "2026-01-31", "500", "390"),
      {...report("2026-01-01", "2026-01-31", "0", "99"), currency: "EUR"}
    ]
  };
  expect(balances(lists)).toEqual({"trades-0": "390", "cash-0": "99"});
});
