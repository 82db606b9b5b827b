import {expect, it} from "vitest";
import {cashByCurrency, totalCash} from "../../../lib/ledger/cash.js";
import {A, ledgerOf} from "./tables.js";

const B = "U7000002";
const D = "2026-01-06";
type Lists = Parameters<typeof ledgerOf>[0];

const balance = (currency: string, endingCash: string, more: Record<string, string> = {}) => ({
  day: D,
  fromDate: D,
  toDate: D,
  currency,
  endingCash,
  ...more
});
const rates = [
  {day: D, fromCurrency: "EUR", toCurrency: "USD", rate: "1.2"},
  {day: D, fromCurrency: "JPY", toCurrency: "USD", rate: "0.01"}
];
const cash = (lists: Lists, currency: string | null = "USD") =>
  cashByCurrency(ledgerOf(lists), [A, B], currency).map(({currency: code, amount, base, asOf}) => [
    code,
    amount,
    base.value ?? base.reason,
    asOf
  ]);
const total = (lists: Lists) => {
  const ledger = ledgerOf(lists);
  return totalCash(ledger, [A, B], "USD", cashByCurrency(ledger, [A, B], "USD"));
};

it("cashByCurrency(ledger) is each currency's ending cash, largest first, those below zero last; not the base summary", () => {
  expect(
    cash({
      cash_balances: [
        balance("JPY", "-5000"),
        balance("USD", "100"),
        balance("EUR", "200"),
        balance("CHF", "0"),
        balance("BASE_SUMMARY", "290")
      ],
      rates
    })
  ).toEqual([
    ["EUR", "200", "240", D],
    ["USD", "100", "100", D],
    ["JPY", "-5000", "-50", D]
  ]);
});

it("cashByCurrency(ledger) takes the base summary where the report has nothing else", () => {
  expect(cash({cash_balances: [balance("BASE_SUMMARY", "57.51")]})).toEqual([["USD", "57.51", "57.51", D]]);
});

it("cashByCurrency(ledger) sums accounts and says the older day", () => {
  const earlier = {account: B, day: "2026-01-05", fromDate: "2026-01-05", toDate: "2026-01-05"};
  expect(cash({cash_balances: [balance("USD", "100"), balance("USD", "11", earlier)]})).toEqual([
    ["USD", "111", "111", "2026-01-05"]
  ]);
});

it("cashByCurrency(ledger) counts one report of those that end on the last day: the shortest", () => {
  expect(
    cash({
      cash_balances: [balance("USD", "100"), balance("USD", "100", {fromDate: "2026-01-01"})]
    })
  ).toEqual([["USD", "100", "100", D]]);
});

it("cashByCurrency(ledger) has no base value where the rate is missing", () => {
  expect(cash({cash_balances: [balance("EUR", "100")]})).toEqual([
    ["EUR", "100", "no rate EUR/USD on 2026-01-06", D]
  ]);
  expect(cash({cash_balances: [balance("EUR", "100")]}, null)[0][2]).toContain("tick Account Information");
});

it("totalCash(ledger) is the cash in net asset value", () => {
  expect(total({nav: [{day: D, cash: "120"}], cash_balances: [balance("EUR", "100")], rates})).toEqual({
    value: "120"
  });
});

it("totalCash(ledger) is the sum of the Cash Report where net asset value has no cash column", () => {
  expect(
    total({
      nav: [{day: D, total: "500"}],
      cash_balances: [balance("EUR", "100"), balance("USD", "-7")],
      rates
    })
  ).toEqual({
    value: "113"
  });
});

it("totalCash(ledger) is n/a, never zero, where neither is there or a rate is missing", () => {
  expect(total({nav: [{day: D, total: "500"}]}).reason).toContain("tick Cash Report");
  expect(total({cash_balances: [balance("EUR", "100")]})).toEqual({
    value: null,
    reason: "no rate EUR/USD on 2026-01-06"
  });
});
