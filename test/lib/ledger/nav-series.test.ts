import {expect, it} from "vitest";
import {navSeries} from "../../../lib/ledger/nav-series.js";
import {createFigures} from "../../../lib/ledger/figures.js";
import {formatAmount} from "../../../lib/money/amount.js";
import {A, CONTEXT, ledgerOf, navRows} from "./tables.js";

const B = "U7000002";
const texts = (amounts: readonly bigint[]) => amounts.map(formatAmount);
const deposit = (day: string, amount: string, account = A) => ({
  account,
  day,
  type: "Deposits & Withdrawals",
  amount,
  currency: "USD",
  fxRateToBase: "1"
});

it("navSeries(ledger) puts a deposit and a withdrawal on their days (V1)", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "1000", "2026-01-06": "1530", "2026-01-07": "1340"}),
    cash: [deposit("2026-01-06", "500"), deposit("2026-01-07", "-200")]
  });
  const {days, inflow, outflow} = navSeries(ledger);
  expect(days).toEqual(["2026-01-05", "2026-01-06", "2026-01-07"]);
  expect(texts(inflow)).toEqual(["0", "500", "0"]);
  expect(texts(outflow)).toEqual(["0", "0", "200"]);
  const figures = createFigures(ledger, CONTEXT);
  expect(figures.performance({}).timeWeighted.return.value).toBeCloseTo(1540 / 1500 - 1, 12);
  expect(figures.performance({convention: "ibkr"}).timeWeighted.return.value).toBeCloseTo(
    1.03 * (1540 / 1530) - 1,
    12
  );
});

it("navSeries(ledger) moves a flow of the week-end to the next day with a value", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-09": "100", "2026-01-12": "150"}),
    cash: [deposit("2026-01-10", "50")]
  });
  expect(texts(navSeries(ledger).inflow)).toEqual(["0", "50"]);
});

it("navSeries(ledger) counts an account that joins as a contribution (V8)", () => {
  const ledger = ledgerOf({
    nav: [
      ...navRows({"2026-01-05": "100", "2026-01-06": "110", "2026-01-07": "110"}),
      ...navRows({"2026-01-06": "1000", "2026-01-07": "1000"}, B)
    ]
  });
  expect(texts(navSeries(ledger).nav)).toEqual(["100", "1110", "1110"]);
  expect(texts(navSeries(ledger).inflow)).toEqual(["0", "1000", "0"]);
  const {days} = createFigures(ledger, CONTEXT).pnl({});
  expect(days.map(({pnl}) => pnl.value)).toEqual(["10", "0"]);
});

it("navSeries(ledger) sees no flow in a transfer between two of its accounts, and one in each alone (R7)", () => {
  const transfer = {
    day: "2026-01-06",
    type: "INTERNAL",
    cashTransfer: "400",
    currency: "USD",
    fxRateToBase: "1"
  };
  const ledger = ledgerOf({
    nav: [
      ...navRows({"2026-01-05": "1000", "2026-01-06": "600"}),
      ...navRows({"2026-01-05": "200", "2026-01-06": "600"}, B)
    ],
    transfers: [
      {...transfer, direction: "OUT", counterparty: B},
      {...transfer, account: B, direction: "IN", counterparty: A}
    ]
  });
  const both = navSeries(ledger);
  expect([texts(both.nav), texts(both.inflow), texts(both.outflow)]).toEqual([
    ["1200", "1200"],
    ["0", "0"],
    ["0", "0"]
  ]);
  expect(texts(navSeries(ledger, [A]).outflow)).toEqual(["0", "400"]);
  expect(texts(navSeries(ledger, [B]).inflow)).toEqual(["0", "400"]);
});

it("navSeries(ledger) goes on without an account that ended at zero, and stops where one is missing", () => {
  const first = navRows({"2026-01-05": "100", "2026-01-06": "100", "2026-01-07": "100"});
  const ended = ledgerOf({nav: [...first, ...navRows({"2026-01-05": "50", "2026-01-06": "0"}, B)]});
  expect(navSeries(ended).days).toHaveLength(3);
  const stale = ledgerOf({nav: [...first, ...navRows({"2026-01-05": "50", "2026-01-06": "50"}, B)]});
  expect(navSeries(stale).days).toEqual(["2026-01-05", "2026-01-06"]);
  expect(navSeries(stale).problems[0]).toContain("statements of U7000002 end 2026-01-06");
});

it("navSeries(ledger, accounts, currency) converts each day at its own rate", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "90", "2026-01-06": "91"}),
    rates: [
      {day: "2026-01-05", fromCurrency: "EUR", toCurrency: "USD", rate: "0.9"},
      {day: "2026-01-06", fromCurrency: "EUR", toCurrency: "USD", rate: "0.91"}
    ]
  });
  expect(texts(navSeries(ledger, [], "EUR").nav).map((text) => Number(text).toFixed(9))).toEqual([
    "100.000000000",
    "100.000000000"
  ]);
});

it("navSeries(ledger, accounts, currency) leaves out a day without a rate: it is never 1", () => {
  const ledger = ledgerOf({nav: navRows({"2026-01-05": "90"})});
  expect(navSeries(ledger, [], "EUR")).toMatchObject({days: [], problems: ["no rate USD/EUR on 2026-01-05"]});
});

it("navSeries(ledger) is empty for a ledger without values", () => {
  expect(navSeries(ledgerOf({}))).toMatchObject({accounts: [], currency: null, days: [], nav: []});
});

it("navSeries(ledger) begins with the value that ChangeInNAV starts from", () => {
  const period = {day: "2026-01-06", fromDate: "2026-01-06", toDate: "2026-01-06"};
  const ledger = ledgerOf({
    nav: navRows({"2026-01-06": "105"}),
    change_in_nav: [{...period, part: "startingValue", amount: "100"}]
  });
  expect(navSeries(ledger).days).toEqual(["2026-01-05", "2026-01-06"]);
});
