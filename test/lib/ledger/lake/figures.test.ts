import {expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import type {LakeRows} from "../../../../lib/ledger/lake/lake-rows.js";
import type {LedgerTables} from "../../../../lib/ledger/tables.js";
import {twoCurrencies} from "../attribution/two-currencies.js";
import {CONTEXT, ledgerOf, navRows} from "../tables.js";

const LAKE: LakeRows = {marks: [], rates: [], benchmarks: [], names: []};
const figuresOf = (ledger: LedgerTables, lake: Partial<LakeRows> | null) =>
  createFigures(ledger, {...CONTEXT, ...(lake && {lake: {...LAKE, ...lake}})});
const euroFixings = (...rates: [string, number][]) => ({
  base: "EUR",
  quote: "USD",
  source: "ECB fixing",
  rates
});
const closesOf = (symbol: string, currency: string, ...closes: [string, number][]) => ({
  symbol,
  currency,
  source: "Yahoo Finance close",
  closes
});

/** Dollars, of which no statement has a rate. */
const dollars = () => ledgerOf({nav: navRows({"2026-01-02": "1200", "2026-01-05": "1250"})});

it("values are told in a currency that no statement has a rate of, by the fixing of their day", () => {
  expect(figuresOf(dollars(), null).summary({currency: "EUR"}).nav.value).toBeNull();
  const rates = [euroFixings(["2026-01-02", 1.2], ["2026-01-05", 1.25])];
  const {nav, scope} = figuresOf(dollars(), {rates}).summary({currency: "EUR"});
  expect(nav).toEqual({value: "1000"});
  expect(scope.lake).toEqual([
    {
      source: "ECB fixing",
      sentence:
        "rate of USD/EUR on 2 days, 2026-01-02 to 2026-01-05, by the ECB fixing, at most 0 days old: no statement says it"
    }
  ]);
});

it("a view names only what its own days take from the lake, and how old it is", () => {
  const rates = [euroFixings(["2026-01-01", 1.2])];
  const query = {currency: "EUR", range: "custom", from: "2026-01-02", to: "2026-01-02"} as const;
  expect(figuresOf(dollars(), {rates}).summary(query).scope.lake).toEqual([
    {
      source: "ECB fixing",
      sentence: "rate of USD/EUR on 2026-01-02 by the ECB fixing of 2026-01-01: no statement says it"
    }
  ]);
  expect(figuresOf(dollars(), {rates}).summary({}).scope).not.toHaveProperty("lake");
});

it("only views that translate cash by currency name the rates of it", () => {
  const balance = {day: "2026-01-02", currency: "EUR", fromDate: "2026-01-02", endingCash: "5"};
  const ledger = {...dollars(), cash_balances: ledgerOf({cash_balances: [balance]}).cash_balances};
  const rates = [euroFixings(["2026-01-02", 1.2], ["2026-01-05", 1.25])];
  const figures = figuresOf(ledger, {rates});
  expect(figures.summary({}).scope).not.toHaveProperty("lake");
  expect(figures.attribution({by: "position"}).scope.lake).toEqual([
    {
      source: "ECB fixing",
      sentence: "rate of EUR/USD on 2026-01-02 by the ECB fixing of 2026-01-02: no statement says it"
    }
  ]);
});

it("the health list tells what the lake stands in for, in place of what cannot be told", () => {
  const money = {...dollars(), ...pick(ledgerOf({cash: [deposit]}), "cash")};
  const codes = (lake: Partial<LakeRows> | null) =>
    figuresOf(money, lake)
      .health({currency: "EUR"})
      .findings.map(({code, severity}) => `${code} ${severity}`);
  expect(codes(null)).toContain("no-rate warning");
  const rates = [euroFixings(["2026-01-02", 1.2], ["2026-01-05", 1.25])];
  expect(codes({rates})).not.toContain("no-rate warning");
  expect(codes({rates})).toContain("from-lake info");
});

const deposit = {
  day: "2026-01-05",
  type: "Deposits & Withdrawals",
  currency: "USD",
  amount: "10",
  fxRateToBase: "1"
};
const pick = (ledger: LedgerTables, table: "cash") => ({[table]: ledger[table]});

const ACME = {conid: "1", symbol: "ACME", assetCategory: "STK", currency: "USD", fxRateToBase: "1"};
const held = () =>
  ledgerOf({
    nav: navRows({"2026-01-05": "1000"}),
    positions: [{...ACME, day: "2026-01-05", position: "10", costBasisMoney: "900"}],
    trades: [
      {
        ...ACME,
        day: "2026-01-05",
        quantity: "4",
        tradePrice: "101",
        proceeds: "-404",
        ibCommission: "-1",
        ibCommissionCurrency: "USD"
      }
    ]
  });

it("a position without a price has the lake's, and says so; its day is against the close of the session before", () => {
  const without = figuresOf(held(), null).positions({}).rows[0];
  expect([without.price, without.value.value, without.dayBase.value]).toEqual([null, null, null]);
  const marks = [closesOf("ACME", "USD", ["2026-01-01", 99], ["2026-01-02", 98], ["2026-01-05", 103.5])];
  const {rows, scope} = figuresOf(held(), {marks}).positions({});
  // 10 x 103.5 now, 6 x 98 on Friday, 404 and a commission of 1 paid for 4.
  expect(rows[0]).toMatchObject({
    price: "103.5",
    value: {value: "1035"},
    dayBase: {value: "42"},
    spark: [
      ["2026-01-01", 99],
      ["2026-01-02", 98],
      ["2026-01-05", 103.5]
    ],
    lake: [
      "price: Yahoo Finance close of 2026-01-05",
      "price of the day before: Yahoo Finance close of 2026-01-02"
    ]
  });
  expect(scope.lake?.map(({sentence}) => sentence)).toEqual([
    "price of ACME on 2026-01-05 by the Yahoo Finance close of 2026-01-05: no statement says it"
  ]);
});

it("a position is never priced in another currency, nor by a close with a session since", () => {
  const value = (currency: string, day: string) =>
    figuresOf(held(), {marks: [closesOf("ACME", currency, [day, 103.5])]}).positions({}).rows[0].value.value;
  expect(value("USD", "2026-01-05")).toBe("1035");
  expect(value("EUR", "2026-01-05")).toBeNull();
  expect(value("USD", "2026-01-02")).toBeNull();
});

it("IBKR's own price and value stay, whatever the lake says", () => {
  const own = ledgerOf({
    nav: navRows({"2026-01-05": "1000"}),
    positions: [{...ACME, day: "2026-01-05", position: "10", markPrice: "100", positionValue: "1000"}]
  });
  const marks = [closesOf("ACME", "USD", ["2026-01-05", 103.5])];
  const [row] = figuresOf(own, {marks}).positions({}).rows;
  expect(row).toMatchObject({price: "100", value: {value: "1000"}});
  expect(row).not.toHaveProperty("lake");
});

it("attribution knows the days that no statement lists positions of, by closes", () => {
  const whole = twoCurrencies();
  const ledger = {...whole, positions: whole.positions.filter(({day}) => day !== "2026-01-05")};
  const marks = [
    closesOf("ACME", "EUR", ["2026-01-02", 1], ["2026-01-05", 104], ["2026-01-06", 1]),
    closesOf("BETA", "USD", ["2026-01-05", 41], ["2026-01-06", 1])
  ];
  const days = (view: ReturnType<ReturnType<typeof figuresOf>["attribution"]>) =>
    view.marks.map(({source, days: count}) => `${source} ${count}`);
  const without = figuresOf(ledger, null).attribution({by: "position"});
  expect(days(without)).toEqual(["OpenPositions 2", "none 1"]);
  expect(without.total.contribution.value).not.toBeNull();
  expect(without.rows[0].contribution.value).toBeNull();
  const withIt = figuresOf(ledger, {marks}).attribution({by: "position"});
  expect(days(withIt)).toEqual(["OpenPositions 2", "Yahoo Finance close 1"]);
  const told = figuresOf(whole, null).attribution({by: "position"});
  expect(withIt.rows).toEqual(told.rows);
  expect(withIt.total).toEqual(told.total);
});

it("a day is not made of closes where one of its holdings has none", () => {
  const whole = twoCurrencies();
  const ledger = {...whole, positions: whole.positions.filter(({day}) => day !== "2026-01-05")};
  const marks = [closesOf("ACME", "EUR", ["2026-01-05", 104])];
  expect(figuresOf(ledger, {marks}).attribution({by: "position"})).toEqual(
    figuresOf(ledger, null).attribution({by: "position"})
  );
});

const SPY = {
  name: "SPY (Yahoo Finance)",
  kind: "total return" as const,
  currency: "USD",
  closes: [
    ["2026-01-02", 500],
    ["2026-01-05", 510]
  ] as const
};
const POINTS = {...SPY, name: "^GSPC (Yahoo Finance)", kind: "price return" as const, currency: ""};

it("a symbol of the lake is compared with by name and in a blend, and says what it is", () => {
  const lake = {benchmarks: [SPY, POINTS], names: [SPY.name, POINTS.name, "AGG (Yahoo Finance)"]};
  const figures = figuresOf(dollars(), lake);
  const single = figures.performance({benchmark: SPY.name});
  expect(single.benchmark).toMatchObject({name: SPY.name, kind: "total return", currency: "USD"});
  expect(single.benchmarks).toEqual(lake.names);
  const blend = figures.performance({benchmark: `60% ${SPY.name} / 40% ${POINTS.name}`});
  expect(blend.benchmark).toMatchObject({
    name: `60% ${SPY.name} / 40% ${POINTS.name}, rebalanced daily`,
    kind: "blend of price and total returns"
  });
  expect(figuresOf(dollars(), lake).performance({}).benchmark).toBeNull();
});

it("an index in points is compared as it is in any currency", () => {
  const rates = [euroFixings(["2026-01-02", 1.2], ["2026-01-05", 1.25])];
  const growth = (name: string) =>
    figuresOf(dollars(), {rates, benchmarks: [SPY, POINTS]}).performance({benchmark: name, currency: "EUR"})
      .growth.benchmark;
  const growths = [growth(POINTS.name), growth(SPY.name)].map((values) => values.at(-1));
  expect(growths[0]).toBeCloseTo(102, 10);
  expect(growths[1]).toBeCloseTo(102 * (1.2 / 1.25), 10);
});
