import * as fc from "fast-check";
import {expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {parseAmount} from "../../../../lib/money/amount.js";
import {long} from "../../../long.js";
import {randomContext, randomLedger, randomQuery} from "../random-ledger.js";
import {CONTEXT, ledgerOf, navRows} from "../tables.js";

const acme = {symbol: "ACME", conid: "1", currency: "USD", fxRateToBase: "1"};
const due = {settleDate: "2026-01-15", actionID: "77"};
const dividend = {day: "2026-01-15", ...acme, ...due, type: "Dividends", amount: "100"};
const tax = {
  day: "2026-01-15",
  ...acme,
  ...due,
  type: "Withholding Tax",
  description: "ACME(US1) CASH DIVIDEND USD 1 PER SHARE - US TAX",
  amount: "-15"
};
const nav = navRows({"2026-01-02": "10000", "2026-01-30": "10000"});

type Lists = Parameters<typeof ledgerOf>[0];
const income = (lists: Lists, query = {}) => createFigures(ledgerOf({nav, ...lists}), CONTEXT).income(query);

it("income nets a payment of what was withheld of it, by month and security", () => {
  const {payments, grid, total, unmatched} = income({cash: [dividend, tax]});
  expect(payments).toHaveLength(1);
  expect(payments[0]).toMatchObject({
    gross: "100",
    withheld: "-15",
    net: "85",
    payDate: "2026-01-15",
    reversed: false
  });
  expect(grid.months).toEqual(["2026-01"]);
  expect(grid.rows).toHaveLength(1);
  expect(grid.rows[0].cells[0]).toEqual({
    month: "2026-01",
    gross: {value: "100"},
    withheld: {value: "-15"},
    net: {value: "85"}
  });
  expect(total.net.value).toBe("85");
  expect(unmatched).toEqual([]);
});

it("income matches withholding by action, never by amount (PP #4062)", () => {
  const special = {...dividend, actionID: "78", amount: "40"};
  const {payments, unmatched} = income({
    cash: [dividend, special, {...tax, amount: "-6"}, {...tax, actionID: "78", amount: "-15"}]
  });
  expect(new Map(payments.map(({gross, withheld}) => [gross, withheld]))).toEqual(
    new Map([
      ["100", "-6"],
      ["40", "-15"]
    ])
  );
  expect(unmatched).toEqual([]);
});

it("income lists a withholding that no payment or more than one may be meant by", () => {
  const nameless = {...tax, actionID: undefined};
  const two = income({cash: [dividend, {...dividend, actionID: "78", amount: "40"}, nameless]});
  expect(two.unmatched).toHaveLength(1);
  expect(two.unmatched[0].reason).toContain("2 payments of that day");
  expect(two.total.withheld.value).toBe("-15");
  const none = income({cash: [{...tax, conid: "2", symbol: "BETA"}]});
  expect(none.unmatched[0].reason).toContain("no payment");
  expect(none.grid.rows.map(({name, total}) => [name, total.net.value])).toEqual([["BETA", "-15"]]);
  const one = income({cash: [dividend, nameless]});
  expect(one.unmatched).toEqual([]);
});

it("income keeps a payment in lieu apart from the dividend of the same action", () => {
  const inLieu = {...dividend, type: "Payment In Lieu Of Dividends", amount: "30"};
  const inLieuTax = {...tax, description: "ACME(US1) PAYMENT IN LIEU OF DIVIDEND - US TAX", amount: "-4.5"};
  const {byKind, payments} = income({cash: [dividend, tax, inLieu, inLieuTax]});
  expect(byKind.map(({kind, net}) => [kind, net.value])).toEqual([
    ["dividend", "85"],
    ["payment-in-lieu", "25.5"]
  ]);
  expect(payments).toHaveLength(2);
});

it("income keeps the sign of a reversal and its re-issue (PP #5930)", () => {
  const row = (amount: string) => ({...dividend, day: "2026-01-20", amount});
  const {payments, total} = income({
    cash: [{...dividend, amount: "0.70"}, row("-0.70"), row("0.76"), row("-0.06")]
  });
  expect(total.gross.value).toBe("0.7");
  expect(payments).toHaveLength(1);
  expect(payments[0]).toMatchObject({gross: "0.7", reversed: true});
});

it("income puts a correction of last year's tax with its payment, in the month that it was booked", () => {
  const old = {settleDate: "2025-12-15", actionID: "70"};
  const {payments, grid} = income(
    {
      cash: [
        {...dividend, ...old, day: "2025-12-15"},
        {...tax, ...old, day: "2026-01-20", amount: "5"}
      ]
    },
    {range: "custom", from: "2026-01-01"}
  );
  expect(grid.months).toEqual(["2026-01"]);
  expect(payments[0]).toMatchObject({payDate: "2025-12-15", gross: "0", withheld: "5", net: "5"});
});

it("income takes each row at its own day's rate", () => {
  const eur = {...acme, currency: "EUR"};
  const {byCurrency, total} = income({
    cash: [
      {...dividend, ...eur, fxRateToBase: "1.1"},
      {...tax, ...eur, day: "2026-01-20", fxRateToBase: "1.2", amount: "-10"}
    ]
  });
  expect(byCurrency).toMatchObject([{currency: "EUR", gross: "100", withheld: "-10", net: "90"}]);
  expect(total.net.value).toBe("98");
});

const accrual = {day: "2026-01-30", ...acme, quantity: "100", tax: "15", fee: "0", grossRate: "1"};

it("income expects what the last statement has accrued, and nothing that an older one had", () => {
  const {expected, expectedNet} = income({
    dividend_accruals: [
      {...accrual, exDate: "2026-01-28", payDate: "2026-02-10", grossAmount: "100", netAmount: "85"},
      {
        ...accrual,
        day: "2026-01-02",
        exDate: "2025-12-30",
        payDate: "2026-01-15",
        grossAmount: "9",
        netAmount: "9"
      }
    ]
  });
  expect(expected.map(({status, payDate, net}) => [status, payDate, net])).toEqual([
    ["expected", "2026-02-10", "85"]
  ]);
  expect(expectedNet.value).toBe("85");
});

it("income forecasts last year's dividends on what is held now, but for those that are accrued", () => {
  const positions = [{day: "2026-01-30", ...acme, position: "150", markPrice: "10", positionValue: "1500"}];
  const paid = (payDate: string, actionID: string) => [
    {...dividend, day: payDate, settleDate: payDate, actionID},
    {...tax, day: payDate, settleDate: payDate, actionID}
  ];
  const changes = ["2025-02-12", "2025-05-12"].map((payDate) => ({
    ...accrual,
    day: payDate,
    exDate: `${payDate.slice(0, 8)}01`,
    payDate
  }));
  const lists: Lists = {
    positions,
    cash: [...paid("2025-02-12", "1"), ...paid("2025-05-12", "2"), ...paid("2024-12-12", "3")],
    dividend_changes: changes
  };
  const {forecast} = income(lists);
  expect(
    forecast.map(({payDate, exDate, gross, withheld, net}) => [payDate, exDate, gross, withheld, net])
  ).toEqual([
    ["2026-02-12", "2026-02-01", "150", "-22.5", "127.5"],
    ["2026-05-12", "2026-05-01", "150", "-22.5", "127.5"]
  ]);
  expect(forecast.every(({status}) => status === "forecast")).toBe(true);
  const accrued = {
    ...accrual,
    exDate: "2026-01-28",
    payDate: "2026-02-10",
    grossAmount: "100",
    netAmount: "85"
  };
  expect(income({...lists, dividend_accruals: [accrued]}).forecast.map(({payDate}) => payDate)).toEqual([
    "2026-05-12"
  ]);
  expect(income({...lists, positions: []}).forecast).toEqual([]);
});

const TYPES = new Set([
  "Dividends",
  "Payment In Lieu Of Dividends",
  "Withholding Tax",
  "871(m) Withholding",
  "Bond Interest Received",
  "Bond Interest Paid",
  "Broker Interest Received"
]);

it("the income grid sums to the cash rows of its types, in each currency and in all", () => {
  fc.assert(
    fc.property(randomLedger, randomContext, randomQuery, (ledger, context, query) => {
      const figures = createFigures(ledger, context);
      const all = figures.income({...query, range: "ALL"});
      const accounts = new Set(all.scope.accounts);
      const rows = ledger.cash.filter(({type, account}) => TYPES.has(type ?? "") && accounts.has(account));
      for (const {currency, net} of all.byCurrency) {
        const own = rows.filter((row) => (row.currency ?? "") === currency);
        expect(parseAmount(net)).toBe(own.reduce((sum, {amount}) => sum + (amount ?? 0n), 0n));
      }
      const cells = all.grid.rows.flatMap((row) => row.cells);
      if (all.total.net.value === null) return;
      expect(cells.reduce((sum, {net}) => sum + parseAmount(net.value as string), 0n)).toBe(
        parseAmount(all.total.net.value)
      );
      const count = all.payments.reduce((sum, one) => sum + one.rows.length, 0) + all.unmatched.length;
      expect(count).toBe(rows.filter(({amount}) => amount).length);
    }),
    {numRuns: long(2000)}
  );
});
