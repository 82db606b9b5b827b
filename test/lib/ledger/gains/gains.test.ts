import {parse} from "csv-parse/sync";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {gainsCsv} from "../../../../lib/ledger/gains/gains-csv.js";
import type {GainsQuery} from "../../../../lib/ledger/gains/gains-view.js";
import {formatAmount, parseAmount} from "../../../../lib/money/amount.js";
import {A, CONTEXT, ledgerOf} from "../tables.js";
import {trade, type Row} from "../lots/trades.js";

const IN_EUR = [{account: A, from: "2024-01-01", to: "2026-12-31", base: "EUR"}];

/** Euros for a dollar. */
const rate = (day: string, euros: string) => ({day, fromCurrency: "USD", toCurrency: "EUR", rate: euros});

function gains(lists: Parameters<typeof ledgerOf>[0], query: GainsQuery = {}) {
  return createFigures(ledgerOf(lists), CONTEXT).gains(query);
}

it("V4: a gain in another currency is told apart in price and currency, at the opening day's rate", () => {
  const view = gains({
    coverage: IN_EUR,
    trades: [trade("2025-01-02", "2", "100"), trade("2025-06-02", "-2", "200")],
    rates: [rate("2025-01-02", "1"), rate("2025-06-02", "0.8")]
  });
  expect(view.rows[0]).toMatchObject({
    gain: {value: "200"},
    proceedsBase: {value: "320"},
    costBase: {value: "200"},
    gainBase: {value: "120"},
    priceBase: {value: "200"},
    fxBase: {value: "-80"}
  });
  expect(view.totals.all).toMatchObject({count: 1, unknown: 0, gainBase: {value: "120"}});
  expect(view.scope.currency).toBe("EUR");
});

it("a short sale's proceeds are at the opening day's rate, its cost at the closing day's", () => {
  const [row] = gains({
    coverage: IN_EUR,
    trades: [
      trade("2025-01-02", "-2", "200", {openCloseIndicator: "O"}),
      trade("2025-06-02", "2", "100", {openCloseIndicator: "C"})
    ],
    rates: [rate("2025-01-02", "1"), rate("2025-06-02", "0.8")]
  }).rows;
  expect(row).toMatchObject({
    proceedsBase: {value: "400"},
    costBase: {value: "160"},
    gainBase: {value: "240"},
    priceBase: {value: "200"},
    fxBase: {value: "40"}
  });
});

it("a row's own rate to base comes before the day's", () => {
  const [row] = gains({
    coverage: IN_EUR,
    trades: [
      trade("2025-01-02", "2", "100", {fxRateToBase: "0.5"}),
      trade("2025-06-02", "-2", "200", {fxRateToBase: "0.75"})
    ],
    rates: [rate("2025-01-02", "1"), rate("2025-06-02", "0.8")]
  }).rows;
  expect(row).toMatchObject({gainBase: {value: "200"}, priceBase: {value: "100"}, fxBase: {value: "100"}});
});

it("a future pays nothing when it is opened: no currency gain comes of its notional", () => {
  const future = {assetCategory: "FUT", multiplier: "50"};
  const [row] = gains({
    coverage: IN_EUR,
    trades: [trade("2025-01-02", "2", "100", future), trade("2025-06-02", "-2", "101", future)],
    rates: [rate("2025-01-02", "1"), rate("2025-06-02", "0.8")]
  }).rows;
  expect(row).toMatchObject({gainBase: {value: "80"}, priceBase: {value: "100"}, fxBase: {value: "-20"}});
});

it("a day without a rate makes the gain n/a, and says which day: never 1", () => {
  const view = gains({
    coverage: IN_EUR,
    trades: [
      trade("2025-01-02", "2", "100"),
      trade("2025-06-02", "-1", "200"),
      trade("2025-06-03", "-1", "200")
    ],
    rates: [rate("2025-01-02", "1"), rate("2025-06-02", "0.8")]
  });
  expect(view.rows[1].gainBase).toEqual({value: null, reason: "no rate USD/EUR on 2025-06-03"});
  expect(view.totals.all).toMatchObject({
    count: 2,
    unknown: 1,
    gainBase: {
      value: null,
      reason: "1 of 2 are not known: no rate USD/EUR on 2025-06-03 (ACME, 2025-06-03)"
    }
  });
  expect(view.totals.known).toBe("60");
});

const YEARS = [
  trade("2023-01-03", "3", "100"),
  trade("2024-12-31", "-1", "150", {day: "2024-12-31"}),
  trade("2025-01-02", "1", "140"),
  trade("2025-02-03", "-3", "160")
];

it("gains are of the year of the trade date, short and long term apart", () => {
  const view = gains({trades: YEARS});
  expect([view.year, view.years]).toEqual([2025, [2025, 2024]]);
  expect(view.totals).toMatchObject({
    short: {count: 1, gainBase: {value: "20"}},
    long: {count: 1, gainBase: {value: "120"}},
    undated: {count: 0, gainBase: {value: "0"}},
    all: {count: 2, proceedsBase: {value: "480"}, costBase: {value: "340"}, gainBase: {value: "140"}}
  });
  expect(gains({trades: YEARS}, {year: 2024}).totals.all.gainBase).toEqual({value: "50"});
  expect(gains({trades: YEARS}, {year: 2022}).totals.all).toMatchObject({
    count: 0,
    gainBase: {value: "0"}
  });
});

it("a sale of the last evening that IBKR reports in the new year is of the old one", () => {
  const late = {
    ...trade("2025-01-02", "-1", "150"),
    tradeDate: "2024-12-31",
    dateTime: "2024-12-31T20:00:00"
  };
  const view = gains({trades: [trade("2024-03-04", "1", "100"), late]});
  expect(view.rows[0]).toMatchObject({closed: "2025-01-02", taxDay: "2024-12-31", term: "short"});
  expect(view.year).toBe(2024);
});

it("a holding's gains stand beside what IBKR booked on the same rows, and the loss that it disallowed", () => {
  const wash = {
    conid: "1",
    symbol: "ACME",
    currency: "USD",
    day: "2025-06-02",
    dateTime: "2025-06-02T10:00:00",
    buySell: "SELL",
    levelOfDetail: "WASH_SALE",
    fifoPnlRealized: "40"
  };
  const trades = [
    trade("2025-01-02", "10", "100"),
    trade("2025-06-02", "-5", "90", {fifoPnlRealized: "-10"}),
    trade("2025-06-03", "-5", "120", {fifoPnlRealized: "100"})
  ];
  const [holding] = gains({trades, closed_lots: [wash]}).holdings;
  expect(holding.own).toEqual({gain: {value: "50"}, booked: {value: "90"}, washSale: "40"});
  const [silent] = gains({trades: trades.map((row) => ({...row, fifoPnlRealized: undefined}))}).holdings;
  expect(silent.own.booked.reason).toContain("tick Realized P/L");
});

it("gains in any currency sum from their rows, price and currency from each gain, exactly", () => {
  const days = ["2025-01-02", "2025-01-03", "2025-01-06", "2025-01-07", "2025-01-08", "2025-01-09"];
  const rates = fc.tuple(
    ...days.map((day) => fc.integer({min: 5000, max: 15000}).map((n) => rate(day, String(n / 10_000))))
  );
  const trades = fc
    .array(
      fc.tuple(fc.constantFrom(...days), fc.integer({min: -50, max: 50}), fc.integer({min: 1, max: 300})),
      {maxLength: 20}
    )
    .map((all) =>
      all
        .filter(([, n]) => n)
        .map(([day, n, price]): Row => trade(day, String(n), String(price), {openCloseIndicator: "C;O"}))
    );
  const sum = (texts: (string | null)[]) =>
    formatAmount(texts.reduce((total, text) => total + parseAmount(text ?? "NaN"), 0n));
  fc.assert(
    fc.property(rates, trades, fc.constantFrom("fifo", "lifo", "hifo", "average"), (quotes, rows, method) => {
      const {rows: made, holdings, totals} = gains({coverage: IN_EUR, trades: rows, rates: quotes}, {method});
      for (const {gainBase, proceedsBase, costBase, priceBase, fxBase} of made) {
        expect(gainBase.value).toBe(sum([priceBase.value, fxBase.value]));
        expect(sum([gainBase.value, costBase.value])).toBe(proceedsBase.value);
      }
      const {short, long, undated, all} = totals;
      expect(all.gainBase.value).toBe(sum(made.map(({gainBase}) => gainBase.value)));
      expect(all.gainBase.value).toBe(sum(holdings.map(({gainBase}) => gainBase.value)));
      expect(all.gainBase.value).toBe(sum([short, long, undated].map(({gainBase}) => gainBase.value)));
      expect(totals.known).toBe(all.gainBase.value);
    })
  );
});

it("gainsCsv(view) says above the rows how they were made, and is no tax advice", () => {
  const view = gains({trades: YEARS}, {method: "lifo"});
  const text = gainsCsv(view);
  const comments = text.split("\r\n").filter((line) => line.startsWith("# "));
  expect(comments.join("\n")).toContain("lots: last in, first out");
  expect(comments).toContain("# not tax advice");
  expect(comments.at(-1)).toBe("# short term 20, long term 120, all 140 USD");
  const rows: Record<string, string>[] = parse(text, {columns: true, comment: "#", recordDelimiter: "\r\n"});
  expect(rows.map(({quantity, closed, term, gain_base}) => [quantity, closed, term, gain_base])).toEqual([
    ["1", "2025-02-03", "short", "20"],
    ["2", "2025-02-03", "long", "120"]
  ]);
});

it("gainsCsv(view) leaves unknown cells empty with the reason at the end, and gives a spreadsheet no formula", () => {
  const sold = trade("2025-06-02", "-5", "90", {symbol: '=HYPERLINK("x")', description: "a, b"});
  const text = gainsCsv(gains({trades: [sold]}));
  const [row]: Record<string, string>[] = parse(text, {columns: true, comment: "#", recordDelimiter: "\r\n"});
  expect(row).toMatchObject({
    symbol: '\'=HYPERLINK("x")',
    description: "a, b",
    cost: "",
    gain: "",
    proceeds: "450",
    note: "no statement tells what it had cost"
  });
});
