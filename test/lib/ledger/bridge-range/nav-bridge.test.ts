import {expect, it} from "vitest";
import {lineOf} from "../../../../lib/ledger/bridge-range/lines.js";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {parseAmount} from "../../../../lib/money/amount.js";
import {A, CONTEXT, ledgerOf, navRows} from "../tables.js";

type Parts = Record<string, string>;

const bridge = (fromDate: string, toDate: string, parts: Parts, account = A) =>
  Object.entries(parts).map(([part, amount]) => ({account, day: toDate, fromDate, toDate, part, amount}));

const view = (lists: Parameters<typeof ledgerOf>[0], query = {}) =>
  createFigures(ledgerOf(lists), CONTEXT).navBridge(query);

const amounts = ({lines}: ReturnType<typeof view>) =>
  Object.fromEntries(lines.flatMap(({line, amount}) => (amount.value === "0" ? [] : [[line, amount.value]])));

const nav = navRows({"2026-01-02": "1000", "2026-01-05": "1530", "2026-01-06": "1340"});
const first = {
  startingValue: "1000",
  mtm: "25.5",
  dividends: "10",
  withholdingTax: "-1.5",
  commissions: "-4",
  depositsWithdrawals: "500",
  endingValue: "1530"
};
const second = {
  startingValue: "1530",
  mtm: "10",
  fxTranslation: "0.25",
  changeInDividendAccruals: "-0.25",
  depositsWithdrawals: "-200",
  endingValue: "1340"
};

it("navBridge({}) chains the Change in NAV of each day, line by line, and closes", () => {
  const all = view({
    nav,
    change_in_nav: [
      ...bridge("2026-01-05", "2026-01-05", first),
      ...bridge("2026-01-06", "2026-01-06", second)
    ]
  });
  expect(amounts(all)).toEqual({
    deposits: "300",
    "mark-to-market": "35.5",
    dividends: "10",
    withholding: "-1.5",
    commissions: "-4",
    fx: "0.25",
    accruals: "-0.25"
  });
  expect([all.start.value, all.end.value, all.total.value, all.residual.value]).toEqual([
    "1000",
    "1340",
    "340",
    "0"
  ]);
  expect(all.segments).toEqual([{account: A, from: "2026-01-02", to: "2026-01-06", source: "ChangeInNAV"}]);
  expect([all.closes, all.notes]).toEqual([true, []]);
});

it("navBridge() prints what the lines do not explain, and that it is more than rounding", () => {
  const {residual, tolerance, closes} = view({
    nav,
    change_in_nav: [
      ...bridge("2026-01-05", "2026-01-05", {...first, mtm: "25"}),
      ...bridge("2026-01-06", "2026-01-06", second)
    ]
  });
  expect(residual.value).toBe("0.5");
  expect(closes).toBe(false);
  expect(tolerance).toBe("0.065"); // 13 figures, half a cent each
});

it("a day that no Change in NAV covers is told from rows, its mark-to-market by difference, and labelled", () => {
  const all = view({
    nav,
    change_in_nav: bridge("2026-01-06", "2026-01-06", second),
    cash: [
      {day: "2026-01-05", type: "Deposits & Withdrawals", amount: "500", currency: "USD", fxRateToBase: "1"},
      {day: "2026-01-05", type: "Dividends", amount: "10", currency: "USD", fxRateToBase: "1", symbol: "ACME"}
    ],
    trades: [
      {
        day: "2026-01-05",
        symbol: "ACME",
        currency: "USD",
        fxRateToBase: "1",
        ibCommission: "-4",
        ibCommissionCurrency: "USD",
        quantity: "1"
      }
    ]
  });
  expect(amounts(all)).toEqual({
    deposits: "300",
    "mark-to-market": "34", // 24 by difference
    dividends: "10",
    commissions: "-4",
    fx: "0.25",
    accruals: "-0.25"
  });
  expect(all.segments.map(({source}) => source)).toEqual(["rows", "ChangeInNAV"]);
  expect(all.notes[0]).toContain("Change in NAV");
  expect(all.lines.find(({line}) => line === "mark-to-market")?.names).toEqual([
    {name: "by difference", amount: "24"},
    {name: "mtm", amount: "10"}
  ]);
});

it.each([
  ["a fee", {cash: [{day: "2026-01-05", type: "Other Fees", amount: "-1000", currency: "JPY"}]}],
  ["a deposit", {cash: [{day: "2026-01-05", type: "Deposits & Withdrawals", amount: "9", currency: "JPY"}]}],
  [
    "a commission",
    {trades: [{day: "2026-01-05", currency: "USD", ibCommission: "-9", ibCommissionCurrency: "JPY"}]}
  ]
])("%s in a currency without a rate makes the bridge n/a, never a part of mark-to-market", (_, rows) => {
  const all = view({nav, ...rows});
  expect(all.lines).toEqual([]);
  expect(all.residual).toMatchObject({value: null, reason: expect.stringContaining("2026-01-05")});
  expect(all.closes).toBeNull();
});

it("a period longer than the range is not used: its end alone says nothing of the days inside", () => {
  const whole = {startingValue: "1000", mtm: "40", depositsWithdrawals: "300", endingValue: "1340"};
  const change_in_nav = bridge("2026-01-05", "2026-01-06", whole);
  expect(view({nav, change_in_nav}).segments).toEqual([
    {account: A, from: "2026-01-02", to: "2026-01-06", source: "ChangeInNAV"}
  ]);
  const last = view({nav, change_in_nav}, {range: "custom", from: "2026-01-06", to: "2026-01-06"});
  expect(last.segments).toEqual([{account: A, from: "2026-01-05", to: "2026-01-06", source: "rows"}]);
});

it("a transfer between two of the accounts cancels, an account that joins brings its opening value", () => {
  const other = "U7000002";
  const all = view({
    nav: [...nav, ...navRows({"2026-01-05": "700", "2026-01-06": "900"}, other)],
    change_in_nav: [
      ...bridge("2026-01-05", "2026-01-05", first),
      ...bridge("2026-01-06", "2026-01-06", {
        ...second,
        depositsWithdrawals: "0",
        internalCashTransfers: "-200"
      }),
      ...bridge(
        "2026-01-06",
        "2026-01-06",
        {startingValue: "700", internalCashTransfers: "200", endingValue: "900"},
        other
      )
    ]
  });
  expect(all.residual.value).toBe("0");
  expect(all.lines.find(({line}) => line === "transfers")).toMatchObject({
    amount: {value: "700"},
    names: [{name: "account joins", amount: "700"}]
  });
});

it("in another currency the start's own translation is a line of FX, and the bridge still closes", () => {
  const euro = (day: string, rate: string) => ({day, fromCurrency: "EUR", toCurrency: "USD", rate});
  const all = view(
    {
      nav,
      change_in_nav: [
        ...bridge("2026-01-05", "2026-01-05", first),
        ...bridge("2026-01-06", "2026-01-06", second)
      ],
      rates: [euro("2026-01-02", "1"), euro("2026-01-05", "1.25"), euro("2026-01-06", "1.25")]
    },
    {currency: "EUR"}
  );
  expect([all.start.value, all.end.value, all.residual.value]).toEqual(["1000", "1072", "0"]);
  expect(all.lines.find(({line}) => line === "fx")?.names).toEqual([
    {name: "reporting currency", amount: "-200"},
    {name: "fxTranslation", amount: "0.2"}
  ]);
});

it("a missing rate makes the whole n/a, with the day", () => {
  const change_in_nav = bridge("2026-01-05", "2026-01-05", first);
  const {lines, start, residual} = view({nav, change_in_nav}, {currency: "EUR"});
  expect(lines).toEqual([]);
  expect([start.value, residual.value]).toEqual([null, null]);
  expect(residual.reason).toContain("no rate");
});

it("lines and residual sum to the total exactly, and an unknown attribute stands under its name in other", () => {
  const all = view({
    nav,
    change_in_nav: [
      ...bridge("2026-01-05", "2026-01-05", {...first, newThing: "0.123456789"}),
      ...bridge("2026-01-06", "2026-01-06", second)
    ]
  });
  const sum = all.lines.reduce((total, {amount}) => total + parseAmount(amount.value ?? "NaN"), 0n);
  expect(sum + parseAmount(all.residual.value ?? "NaN")).toBe(parseAmount(all.total.value ?? "NaN"));
  expect(all.lines.at(-1)).toMatchObject({line: "other", names: [{name: "newThing", amount: "0.123456789"}]});
  expect(lineOf("newThing")).toBe("other");
});
