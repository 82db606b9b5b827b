import {beforeAll, describe, expect, it} from "vitest";
import {createFigures, type Figures} from "../../../../lib/ledger/figures.js";
import type {LakeRows} from "../../../../lib/ledger/lake/lake-rows.js";
import {holdingsOf} from "../../../../lib/ledger/movements/holdings.js";
import {ratesOf} from "../../../../lib/ledger/rates.js";
import type {LedgerTables} from "../../../../lib/ledger/tables.js";
import type {ChangeSummary, ViewContext} from "../../../../lib/ledger/views.js";
import {parseAmount, toNumber} from "../../../../lib/money/amount.js";
import {addDays} from "../../../../lib/time/day.js";
import {booksAt, SPRING, wholeLedger} from "../../demo.js";
import {CONTEXT} from "../tables.js";

/** All that the demo's statements say, and what a lake of nonsense says of the same. */
let ledger: LedgerTables;
let changes: ChangeSummary[];
let context: ViewContext;
let nonsense: LakeRows;

beforeAll(() => {
  const books = booksAt(SPRING);
  const [first, last] = [books.days[0], books.days.at(-1)!]; // it has days
  ({ledger, changes} = wholeLedger());
  context = {...CONTEXT, now: SPRING.toISOString(), mode: "demo", changes};
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  const line = (level: number) => days.map((day, i) => [day, level + i / 1000] as const);
  nonsense = {
    marks: [...holdingsOf(ledger).values()].flatMap(({symbol, currency}) =>
      symbol && currency ? [{symbol, currency, source: "nonsense", closes: line(7)}] : []
    ),
    rates: ["USD", "GBP", "CHF", "JPY", "CAD", "SEK", "AUD", "HKD"].map((quote, i) => ({
      base: "EUR",
      quote,
      source: "nonsense",
      rates: line(3 + i)
    })),
    benchmarks: [],
    names: []
  };
}, 120_000);

const VIEWS = [
  "summary",
  "positions",
  "pnl",
  "pnlSeries",
  "performance",
  "trades",
  "activity",
  "attribution",
  "navBridge",
  "health",
  "costs",
  "income",
  "options",
  "campaigns",
  "twin",
  "lots",
  "gains",
  "reconciliation"
] as const satisfies readonly (keyof Figures)[];

/** The ledger with the rate that the demo lacks on purpose. */
function whole(): LedgerTables {
  const rates = ratesOf(ledger);
  const gaps = ledger.nav.flatMap(({account, day}) =>
    rates.find("JPY", "USD", day) === null
      ? [
          {
            account,
            day,
            id: `added/${day}`,
            fromCurrency: "JPY",
            toCurrency: "USD",
            rate: parseAmount("0.0067")
          }
        ]
      : []
  );
  expect(gaps.length).toBeGreaterThan(0);
  return {...ledger, rates: [...ledger.rates, ...gaps]};
}

it("a lake of nonsense changes no figure of statements that say all of it, in any currency", () => {
  const all = whole();
  const [without, withIt] = [createFigures(all, context), createFigures(all, {...context, lake: nonsense})];
  for (const query of [{}, {currency: "GBP"}, {range: "1Y"}] as const)
    for (const name of VIEWS) expect([name, withIt[name](query)]).toEqual([name, without[name](query)]);
}, 120_000);

it("an empty lake changes nothing at all", () => {
  const empty = {marks: [], rates: [], benchmarks: [], names: []};
  const [without, withIt] = [
    createFigures(ledger, context),
    createFigures(ledger, {...context, lake: empty})
  ];
  for (const name of VIEWS) expect([name, withIt[name]({})]).toEqual([name, without[name]({})]);
}, 120_000);

it("where a rate is missing the lake's is used for what lacks it, and nothing else moves", () => {
  const withIt = createFigures(ledger, {...context, lake: nonsense});
  const without = createFigures(ledger, context);
  const [missing] = without.health({}).findings.filter(({code}) => code === "missing-rate");
  const [told] = withIt.health({}).findings.filter(({code}) => code === "missing-rate");
  expect(told).toEqual({
    ...missing,
    sentence: `${missing.sentence}: the nonsense of the data lake stands in`
  });
  for (const name of ["positions", "pnl", "income", "gains", "lots"] as const) {
    const {scope: _, ...view} = withIt[name]({});
    expect(without[name]({})).toMatchObject(view);
  }
}, 120_000);

describe("reconciliation where a price is missing", () => {
  /** A day on which a holding of dollars is listed, is not traded, and its price. */
  function unpriced(): {rows: LedgerTables; symbol: string; currency: string; day: string; price: number} {
    const {symbol, currency, day, markPrice, conid} = ledger.positions.find(
      (row) =>
        row.assetCategory === "STK" &&
        row.currency === "USD" &&
        row.day > "2025-06-02" &&
        !ledger.trades.some((trade) => trade.conid === row.conid && trade.day === row.day)
    )!;
    const isIt = (row: {conid: string | null; day: string}) => row.conid === conid && row.day === day;
    const rows = {
      ...ledger,
      positions: ledger.positions.map((row) =>
        isIt(row) ? {...row, markPrice: null, positionValue: null} : row
      ),
      prior_positions: ledger.prior_positions.filter(
        (row) => row.conid !== conid || (row.date ?? row.day) !== day
      ),
      mtm: ledger.mtm.map((row) =>
        row.conid === conid
          ? {...row, ...(row.toDate === day && {closePrice: null}), prevClosePrice: null}
          : row
      )
    };
    return {rows, symbol: symbol!, currency: currency!, day, price: toNumber(markPrice!)};
  }
  const navOf = (rows: LedgerTables, day: string, lake?: LakeRows) =>
    createFigures(rows, {...context, ...(lake && {lake})})
      .reconciliation({})
      .checks.filter(({what}) => what === "nav")
      .flatMap(({lines}) => lines.filter((line) => line.day === day && line.of === "EquitySummary.total"));
  const closes = (symbol: string, currency: string, day: string, price: number): LakeRows => ({
    ...nonsense,
    marks: [{symbol, currency, source: "Yahoo Finance close", closes: [[day, price]]}]
  });

  it("net asset value agrees by the lake's close where that is IBKR's mark, and else is not given, with the close", () => {
    const {rows, symbol, currency, day, price} = unpriced();
    const [without] = navOf(rows, day);
    expect(without).toMatchObject({status: "not-given", reason: {code: "missing-price"}});
    expect(navOf(rows, day, closes(symbol, currency, day, price))).toEqual([]);
    const {checks} = createFigures(rows, {
      ...context,
      lake: closes(symbol, currency, day, price)
    }).reconciliation({});
    expect(checks.flatMap(({what, evidence}) => (what === "nav" ? evidence : [])).join()).toContain(
      `is by the Yahoo Finance close of ${symbol} of ${day}`
    );
    const [off] = navOf(rows, day, closes(symbol, currency, day, price + 1));
    expect(off).toMatchObject({status: "not-given", ours: null, reason: {code: "missing-price"}});
    expect(off.reason?.sentence).toContain(
      `${without.reason?.sentence}; by the Yahoo Finance close of ${symbol} of ${day} ours is `
    );
  }, 120_000);
});
