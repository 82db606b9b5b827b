import {expect, it} from "vitest";
import {navSeries} from "../../../lib/ledger/nav-series.js";
import {createFigures} from "../../../lib/ledger/figures.js";
import {formatAmount} from "../../../lib/money/amount.js";
import {A, CONTEXT, ledgerOf, navRows} from "./tables.js";

const B = "U7000002";
const texts = (amounts: readonly (bigint | null)[]) =>
  amounts.map((amount) => (amount === null ? null : formatAmount(amount)));
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
  expect(texts(navSeries(ledger, [], "EUR").nav)).toEqual(["100", "100"]); // 90 / 0.9, 91 / 0.91
});

it("navSeries(ledger, accounts, currency) leaves out a day without a rate: it is never 1", () => {
  const ledger = ledgerOf({nav: navRows({"2026-01-05": "90"})});
  expect(navSeries(ledger, [], "EUR")).toMatchObject({days: [], problems: ["no rate USD/EUR on 2026-01-05"]});
});

it("navSeries(ledger) has a currency where statements say one, with or without values", () => {
  const ledger = ledgerOf({trades: [{day: "2026-01-05"}]});
  expect(navSeries(ledger)).toMatchObject({accounts: [A], currency: "USD", days: []});
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

it("navSeries(ledger) begins at the session before the first period: the day before New Year, not the holiday", () => {
  const period = {day: "2026-01-02", fromDate: "2026-01-02", toDate: "2026-01-02"};
  const ledger = ledgerOf({
    nav: navRows({"2026-01-02": "105"}),
    change_in_nav: [{...period, part: "startingValue", amount: "100"}]
  });
  expect(navSeries(ledger).days).toEqual(["2025-12-31", "2026-01-02"]);
});

it("navSeries(ledger) keeps a day on which one account has no value, as unknown", () => {
  const days = {"2026-01-05": "100", "2026-01-06": "101", "2026-01-07": "102"};
  const ledger = ledgerOf({nav: [...navRows(days), ...navRows({"2026-01-05": "50", "2026-01-07": "50"}, B)]});
  const series = navSeries(ledger);
  expect(texts(series.nav)).toEqual(["150", null, "152"]);
  expect(series.reasons).toEqual([null, "no value of U7000002 on 2026-01-06", null]);
  expect(series.problems).toEqual(["no value of U7000002 on 2026-01-06"]);
});

it("navSeries(ledger) leaves out unknown days where an account has values on few days only", () => {
  const days = ["05", "06", "07", "08", "09", "12"].map((day) => [`2026-01-${day}`, "100"]);
  const ledger = ledgerOf({
    nav: [...navRows(Object.fromEntries(days)), ...navRows({"2026-01-05": "50", "2026-01-12": "50"}, B)]
  });
  expect(navSeries(ledger).days).toEqual(["2026-01-05", "2026-01-12"]);
  expect(navSeries(ledger).problems).toEqual(["no value of U7000002 on 4 days, 2026-01-06 to 2026-01-09"]);
});

it("navSeries(ledger, accounts, currency) keeps a day without a rate, as unknown", () => {
  const rate = (day: string) => ({day, fromCurrency: "EUR", toCurrency: "USD", rate: "0.5"});
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "10", "2026-01-06": "20", "2026-01-07": "30"}),
    rates: [rate("2026-01-05"), {...rate("2026-01-06"), rate: undefined}, rate("2026-01-07")]
  });
  const series = navSeries(ledger, [], "EUR");
  expect(texts(series.nav)).toEqual(["20", null, "60"]);
  expect(series.problems).toEqual(["no rate USD/EUR on 2026-01-06"]);
});

it("navSeries(ledger) carries the rate of Friday to a flow of Saturday", () => {
  const rate = (day: string, value: string) => ({day, fromCurrency: "EUR", toCurrency: "USD", rate: value});
  const ledger = ledgerOf({
    nav: navRows({"2026-01-09": "100", "2026-01-12": "210"}),
    cash: [{...deposit("2026-01-10", "100"), currency: "EUR", fxRateToBase: undefined}],
    rates: [rate("2026-01-09", "1.1"), rate("2026-01-12", "1.2")]
  });
  expect(texts(navSeries(ledger).inflow)).toEqual(["0", "110"]);
});

it("navSeries(ledger) makes the day of a flow without a rate unknown, never a flow of zero", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "210", "2026-01-07": "220"}),
    cash: [{...deposit("2026-01-06", "100"), currency: "EUR", fxRateToBase: "-1"}]
  });
  const series = navSeries(ledger);
  expect(texts(series.nav)).toEqual(["100", "210", "220"]);
  expect(texts(series.inflow)).toEqual(["0", null, "0"]);
  expect(series.reasons[1]).toBe("no rate or price for a flow of U7000001 on 2026-01-06");
});

it("navSeries(ledger) has no value where no statement says the base currency (R2)", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "100"}),
    coverage: [{account: A, from: "2026-01-05", to: "2026-01-05", base: null}]
  });
  expect(navSeries(ledger)).toMatchObject({currency: null, days: []});
  expect(navSeries(ledger).problems[0]).toContain("tick Account Information");
});

it("navSeries(ledger) takes each day in the base currency that it had", () => {
  const ledger = ledgerOf({
    nav: navRows({"2026-01-05": "100", "2026-01-06": "120"}),
    coverage: [
      {account: A, from: "2026-01-05", to: "2026-01-05", base: "EUR"},
      {account: A, from: "2026-01-06", to: "2026-01-06", base: "USD"}
    ],
    rates: [{day: "2026-01-05", fromCurrency: "EUR", toCurrency: "USD", rate: "1.2"}]
  });
  expect(navSeries(ledger)).toMatchObject({currency: "USD"});
  expect(texts(navSeries(ledger).nav)).toEqual(["120", "120"]);
});

it("navSeries(ledger) counts a transfer to an account whose values begin later as flows of both", () => {
  const move = {day: "2026-01-06", type: "INTERNAL", cashTransfer: "40", currency: "USD", fxRateToBase: "1"};
  const ledger = ledgerOf({
    nav: [
      ...navRows({"2026-01-05": "100", "2026-01-06": "60", "2026-01-07": "60"}),
      ...navRows({"2026-01-07": "41"}, B)
    ],
    transfers: [
      {...move, direction: "OUT", cashTransfer: "-40", counterparty: B},
      {...move, account: B, direction: "IN", counterparty: A}
    ]
  });
  const {nav, inflow, outflow} = navSeries(ledger);
  expect([texts(nav), texts(inflow), texts(outflow)]).toEqual([
    ["100", "60", "101"],
    ["0", "0", "41"],
    ["0", "40", "0"]
  ]);
});

it("navSeries(ledger) counts as a contribution only what an account brought beside a transfer on its first day", () => {
  const move = {day: "2026-01-06", type: "INTERNAL", cashTransfer: "40", currency: "USD", fxRateToBase: "1"};
  const ledger = ledgerOf({
    nav: [...navRows({"2026-01-05": "100", "2026-01-06": "60"}), ...navRows({"2026-01-06": "47"}, B)],
    transfers: [
      {...move, direction: "OUT", cashTransfer: "-40", counterparty: B},
      {...move, account: B, direction: "IN", counterparty: A}
    ]
  });
  expect(texts(navSeries(ledger).inflow)).toEqual(["0", "7"]);
  expect(texts(navSeries(ledger).outflow)).toEqual(["0", "0"]);
});

it("navSeries(ledger, accounts) ignores accounts that the ledger has not", () => {
  const ledger = ledgerOf({nav: navRows({"2026-01-05": "100"})});
  expect(navSeries(ledger, ["U999"])).toMatchObject({accounts: [], days: []});
});

it("navSeries(ledger, accounts, currency) is empty where only the zero before the first deposit needs no rate", () => {
  const ledger = ledgerOf({nav: navRows({"2026-01-05": "0", "2026-01-06": "100", "2026-01-07": "110"})});
  const {days, problems} = navSeries(ledger, [], "CHF");
  expect(days).toEqual([]);
  expect(problems[0]).toContain("no rate USD/CHF");
  const {nav} = createFigures(ledger, CONTEXT).summary({currency: "CHF"});
  expect(nav).toEqual({value: null, reason: expect.stringContaining("no rate USD/CHF")});
});
