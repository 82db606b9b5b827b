import * as fc from "fast-check";
import {expect, it} from "vitest";
import {cashCost} from "../../../../lib/ledger/costs/cost-rows.js";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {parseAmount} from "../../../../lib/money/amount.js";
import {long} from "../../../long.js";
import {randomContext, randomLedger, randomQuery} from "../random-ledger.js";
import {A, CONTEXT, ledgerOf, navRows} from "../tables.js";

const usd = {currency: "USD", fxRateToBase: "1"};
const costs = (lists: Parameters<typeof ledgerOf>[0], query = {}) =>
  createFigures(
    ledgerOf({nav: navRows({"2026-01-02": "9000", "2026-01-05": "11000"}), ...lists}),
    CONTEXT
  ).costs(query);
const amounts = (groups: readonly {name: string; amount: {value: string | null}}[]) =>
  Object.fromEntries(groups.map(({name, amount}) => [name, amount.value]));

it("costs adds commissions and taxes of trades, fees and interest, each once, by kind", () => {
  const view = costs({
    trades: [
      {day: "2026-01-05", symbol: "ACME", assetCategory: "STK", ...usd, ibCommission: "-1.5", taxes: "-0.25"},
      {day: "2026-01-05", symbol: "BETA", assetCategory: "OPT", ...usd, ibCommission: "0.1"}
    ],
    cash: [
      {day: "2026-01-05", ...usd, type: "Broker Interest Paid", description: "USD DEBIT INT", amount: "-10"},
      {
        day: "2026-02-04",
        ...usd,
        type: "Broker Interest Received",
        description: "USD CREDIT INT",
        amount: "3"
      },
      {day: "2026-02-04", ...usd, type: "Withholding Tax", symbol: "ACME", amount: "-0.9"},
      {day: "2026-02-04", ...usd, type: "Advisor Fees", amount: "-4"},
      {day: "2026-02-04", ...usd, type: "Deposits & Withdrawals", amount: "-500"}
    ],
    charges: [
      {day: "2026-02-04", ...usd, element: "SalesTax", text: "VAT", amount: "-0.2"},
      {day: "2026-02-04", ...usd, element: "DebitCardActivity", amount: "-50"}
    ]
  });
  expect(amounts(view.byKind)).toEqual({
    financing: "-10",
    advisor: "-4",
    commission: "-1.4",
    withholding: "-0.9",
    tax: "-0.45"
  });
  expect(view.total).toEqual({name: "total", amount: {value: "-16.75"}, bps: {value: -16.75}, count: 7});
  expect(amounts(view.byMonth)).toEqual({"2026-01": "-11.65", "2026-02": "-5.1"});
  expect(amounts(view.bySymbol)).toEqual({"": "-14.2", ACME: "-2.65", BETA: "0.1"});
  expect(view.averageNav.value).toBe("10000");
});

it("costs converts a commission in another currency at the day's rate, and is n/a without one", () => {
  const trade = {day: "2026-01-05", symbol: "ACME", ...usd, ibCommission: "-2", ibCommissionCurrency: "EUR"};
  const rates = [{day: "2026-01-05", fromCurrency: "EUR", toCurrency: "USD", rate: "1.1"}];
  expect(costs({trades: [trade], rates}).total.amount.value).toBe("-2.2");
  const {total, rows} = costs({trades: [trade]});
  expect(total.amount).toEqual({value: null, reason: "no rate EUR/USD on 2026-01-05"});
  expect(total.bps.value).toBeNull();
  expect(rows[0].amount).toBe("-2");
});

it("costs estimates a conversion against the day's rate, apart from what was booked", () => {
  const trade = {
    day: "2026-01-05",
    symbol: "EUR.USD",
    assetCategory: "CASH",
    ...usd,
    quantity: "1000",
    tradePrice: "1.1005",
    ibCommission: "-2"
  };
  const rates = [{day: "2026-01-05", fromCurrency: "EUR", toCurrency: "USD", rate: "1.1"}];
  const bought = costs({trades: [trade], rates});
  expect(bought.conversion.amount.value).toBe("-0.5");
  expect(bought.total.amount.value).toBe("-2");
  const sold = costs({trades: [{...trade, quantity: "-1000"}], rates});
  expect(sold.conversion.amount.value).toBe("0.5");
  const unknown = costs({trades: [trade]});
  expect(unknown.conversion.amount.reason).toContain("no conversion rate EUR/USD of 2026-01-05");
  expect(unknown.total.amount.value).toBe("-2");
});

it("costs counts a transaction tax once, though trade and charge both say it", () => {
  const trade = {day: "2026-01-05", symbol: "ACME", conid: "1", tradeID: "9", ...usd, taxes: "-3"};
  const charge = {day: "2026-01-05", ...usd, element: "TransactionTax", tradeID: "9", amount: "-3"};
  expect(costs({trades: [trade], charges: [charge]}).total.amount.value).toBe("-3");
});

it("cashCost(row) tells borrowing from financing and data from other fees by IBKR's own words", () => {
  const kind = (type: string, description: string, conid: string | null = null) =>
    cashCost({type, description, conid});
  expect(kind("Broker Interest Paid", "USD DEBIT INT FOR DEC-2025")).toBe("financing");
  expect(kind("Broker Interest Paid", "USD SHORT STOCK BORROW FEES FOR DEC-2025")).toBe("borrow");
  expect(kind("Other Fees", "R******01:OPRA NP L1 FOR MAR 2025")).toBe("data");
  expect(kind("Other Fees", "R******01:NYSE (CTA TAPE A) LEVEL I FOR MAR 2025")).toBe("data");
  expect(kind("Other Fees", "SGN(US0000) CASH DIVIDEND USD 0.1 PER SHARE - FEE", "1")).toBe("fee");
  expect(kind("871(m) Withholding", "")).toBe("withholding");
  expect(kind("Dividends", "")).toBeNull();
});

it("costs by month, by kind, by symbol and by class each sum to the total, to the last decimal", () => {
  fc.assert(
    fc.property(randomLedger, randomContext, randomQuery, (ledger, context, query) => {
      const {total, byMonth, byKind, bySymbol, byClass, rows} = createFigures(ledger, context).costs(query);
      if (total.amount.value === null) {
        expect(rows.some(({base}) => base.value === null)).toBe(true);
        return;
      }
      for (const groups of [byMonth, byKind, bySymbol, byClass]) {
        const sum = groups.reduce((all, {amount}) => all + parseAmount(amount.value as string), 0n);
        expect(sum).toBe(parseAmount(total.amount.value));
        expect(groups.reduce((all, {count}) => all + count, 0)).toBe(total.count);
      }
      for (const {kinds, amount} of byMonth) {
        const sum = kinds.reduce((all, one) => all + parseAmount(one.amount.value as string), 0n);
        expect(sum).toBe(parseAmount(amount.value as string));
      }
    }),
    {numRuns: long(2000)}
  );
});

it("costs keeps to the accounts and days that are asked for", () => {
  const trades = [
    {day: "2026-01-05", symbol: "ACME", ...usd, ibCommission: "-1"},
    {day: "2026-01-06", symbol: "ACME", ...usd, ibCommission: "-2"},
    {account: "U2", day: "2026-01-06", symbol: "ACME", ...usd, ibCommission: "-4"}
  ];
  const query = {accounts: [A], range: "custom" as const, from: "2026-01-06", to: "2026-01-06"};
  expect(costs({trades}, query).total.amount.value).toBe("-2");
});
