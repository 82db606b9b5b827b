import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {rowsOf, type Row} from "../../lib/lake/columns.js";
import {parseDatasetId, type DatasetId} from "../../lib/lake/dataset.js";
import type {LakeWanted} from "../../lib/ledger/lake/lake-rows.js";
import {openLake} from "../../loaders/lake/lake.js";
import {readLedgerRows} from "../../loaders/ledger-rows.js";
import {writeFeatures} from "../../loaders/pull/features.js";
import {VENDORS} from "../../loaders/vendors/index.js";

const WANTED: LakeWanted = {
  instruments: [],
  currencies: [],
  benchmarks: [],
  from: "2026-01-01",
  to: "2026-12-31"
};
const YAHOO = idOf("yahoo/bars/markets/1d", "bars");

function idOf<K extends DatasetId["kind"]>(name: string, kind: K): DatasetId & {kind: K} {
  return {...parseDatasetId(name), kind};
}

function openEmpty() {
  const dir = mkdtempSync(join(tmpdir(), "ledger-rows-"));
  const lake = openLake(dir, {now: () => new Date("2026-11-22T12:00:00Z"), vendors: VENDORS});
  onTestFinished(() => {
    lake.close();
    rmSync(dir, {recursive: true});
  });
  return lake;
}

const bar = (symbol: string, currency: string, day: string, close: number): Row<"bars"> => ({
  symbol,
  currency,
  day,
  time: Date.parse(`${day}T21:00:00Z`),
  close
});
const factsOf = (rows: readonly Row<"bars">[]) =>
  [...new Map(rows.map(({symbol, currency}) => [symbol!, currency!]))].map(([symbol, unit]) => ({
    symbol,
    name: "",
    unit
  }));

async function fill(...rows: Row<"bars">[]) {
  const lake = openEmpty();
  await lake.write("clean", YAHOO, rowsOf("bars", rows), factsOf(rows));
  return lake;
}

it("readLedgerRows(lake) gives closes by the symbol and currency of IBKR", async () => {
  const lake = await fill(
    bar("AAPL", "USD", "2026-01-05", 250),
    bar("AAPL", "USD", "2025-12-31", 1),
    bar("BRK-B", "USD", "2026-01-05", 480),
    bar("VOD.L", "GBP", "2026-01-05", 0.9),
    bar("SAP", "USD", "2026-01-05", 270),
    bar("SAP.DE", "EUR", "2026-01-05", 240)
  );
  const instruments = [
    {symbol: "VOD", currency: "GBP"},
    {symbol: "AAPL", currency: "USD"},
    {symbol: "BRK B", currency: "USD"},
    {symbol: "VOD", currency: "USD"},
    {symbol: "AAPL", currency: "CHF"},
    {symbol: "SAP", currency: "EUR"}
  ];
  const {marks} = await readLedgerRows(lake, {...WANTED, instruments});
  const source = "Yahoo Finance close";
  expect(marks).toEqual([
    {symbol: "VOD", currency: "GBP", source, closes: [["2026-01-05", 0.9]]},
    {symbol: "AAPL", currency: "USD", source, closes: [["2026-01-05", 250]]},
    {symbol: "BRK B", currency: "USD", source, closes: [["2026-01-05", 480]]}
  ]);
});

it("readLedgerRows(lake) takes no symbol for an instrument in another currency", async () => {
  const lake = await fill(bar("RIO", "EUR", "2026-01-05", 70), bar("NOVN.SW", "USD", "2026-01-05", 100));
  const instruments = [
    {symbol: "RIO", currency: "USD"},
    {symbol: "NOVN", currency: "CHF"}
  ];
  expect((await readLedgerRows(lake, {...WANTED, instruments})).marks).toEqual([]);
});

it("readLedgerRows(lake) asks Yahoo's closes before Polygon's and Stooq's", async () => {
  const lake = await fill(bar("AAPL", "USD", "2026-01-05", 250));
  const polygon = [bar("AAPL", "USD", "2026-01-05", 1), bar("BRK.B", "USD", "2026-01-05", 480)];
  const stooq = [bar("brk-b.us", "USD", "2026-01-05", 1), bar("msft.us", "USD", "2026-01-05", 500)];
  await lake.write("clean", idOf("polygon/bars/us/1d", "bars"), rowsOf("bars", polygon), factsOf(polygon));
  await lake.write("clean", idOf("stooq/bars/own/1d", "bars"), rowsOf("bars", stooq), factsOf(stooq));
  const instruments = ["AAPL", "BRK B", "MSFT"].map((symbol) => ({symbol, currency: "USD"}));
  const {marks} = await readLedgerRows(lake, {...WANTED, instruments});
  expect(marks.map(({symbol, source, closes}) => [symbol, source, closes[0][1]])).toEqual([
    ["AAPL", "Yahoo Finance close", 250],
    ["BRK B", "Polygon close", 480],
    ["MSFT", "Stooq close", 500]
  ]);
});

it("readLedgerRows(lake) gives the fixings of the currencies wanted, on the days wanted", async () => {
  const lake = openEmpty();
  const fix = (quote: string, day: string, rate: number) => ({base: "EUR", quote, day, rate});
  const rows = [fix("USD", "2025-12-31", 1.1), fix("USD", "2026-01-05", 1.2), fix("JPY", "2026-01-05", 180)];
  await lake.write("clean", idOf("ecb/fx/markets/1d", "fx"), rowsOf("fx", rows));
  expect((await readLedgerRows(lake, {...WANTED, currencies: ["EUR", "USD", "XXX"]})).rates).toEqual([
    {base: "EUR", quote: "USD", source: "ECB fixing", rates: [["2026-01-05", 1.2]]}
  ]);
});

it("readLedgerRows(lake) names every symbol, and gives one that is asked for adjusted for what happened to it", async () => {
  const days: [string, number][] = [
    ["2026-01-05", 100],
    ["2026-01-06", 50],
    ["2026-01-07", 49]
  ];
  const rows = ["SPLIT", "PAYS", "^GSPC"].flatMap((symbol) =>
    days.map(([day, close]) => bar(symbol, symbol === "^GSPC" ? "" : "USD", day, close))
  );
  const lake = await fill(...rows);
  const actions = [
    {symbol: "SPLIT", day: "2026-01-06", type: "split", value: 2},
    {symbol: "PAYS", day: "2026-01-07", type: "dividend", value: 1, currency: "USD"}
  ];
  await lake.write("clean", {...YAHOO, kind: "actions"}, rowsOf("actions", actions));
  await writeFeatures(lake, YAHOO, ["SPLIT", "PAYS", "^GSPC"], "2026-01-07");
  const names = ["PAYS (Yahoo Finance)", "SPLIT (Yahoo Finance)", "^GSPC (Yahoo Finance)"];
  const given = await readLedgerRows(lake, {...WANTED, benchmarks: [...names, "NOPE (Yahoo Finance)"]});
  expect(given.names).toEqual(names);
  const told = given.benchmarks.map(({closes, ...rest}) => ({
    ...rest,
    growth: closes.at(-1)![1] / closes[0][1]
  }));
  expect(told).toEqual([
    // 49 and a dividend of 1 on 50: what was lost from 50 to 49 has come back.
    {name: names[0], kind: "total return", currency: "USD", growth: expect.closeTo(0.5, 12) as number},
    {name: names[1], kind: "price return", currency: "USD", growth: expect.closeTo(0.98, 12) as number},
    {name: names[2], kind: "price return", currency: "", growth: expect.closeTo(0.49, 12) as number}
  ]);
});

it("readLedgerRows(lake) names the series that are an index, and gives their values in points", async () => {
  const lake = openEmpty();
  const of = (series: string, unit: string, value: number) => ({series, unit, day: "2026-01-05", value});
  const rows = [of("SP500", "index", 6900), of("DGS10", "percent", 4.2)];
  const facts = rows.map(({series, unit}) => ({symbol: series, name: "", unit}));
  await lake.write("clean", idOf("fred/series/markets/1d", "series"), rowsOf("series", rows), facts);
  const {names, benchmarks} = await readLedgerRows(lake, {
    ...WANTED,
    benchmarks: ["SP500 (FRED)", "DGS10 (FRED)"]
  });
  expect(names).toEqual(["SP500 (FRED)"]);
  expect(benchmarks).toEqual([
    {name: "SP500 (FRED)", kind: "price return", currency: "", closes: [["2026-01-05", 6900]]}
  ]);
});

it("readLedgerRows(lake) of an empty lake gives nothing", async () => {
  const wanted = {...WANTED, instruments: [{symbol: "AAPL", currency: "USD"}], currencies: ["USD"]};
  expect(await readLedgerRows(openEmpty(), wanted)).toEqual({
    marks: [],
    rates: [],
    benchmarks: [],
    names: []
  });
});

it("readLedgerRows(lake) gives bars of the days with trades, by the symbol and currency of IBKR", async () => {
  const lake = await fill(
    {...bar("BRK-B", "USD", "2026-01-05", 480), open: 470, vwap: 476},
    bar("BRK-B", "USD", "2026-01-06", 485),
    bar("BRK-B", "USD", "2026-01-07", 490),
    bar("BRK-B", "USD", "2025-12-31", 1),
    bar("SAP.DE", "EUR", "2026-01-05", 240)
  );
  const traded = [
    {symbol: "BRK B", currency: "USD", days: ["2026-01-05", "2026-01-07"]},
    {symbol: "SAP", currency: "USD", days: ["2026-01-05"]}
  ];
  const wanted = {...WANTED, holdings: {instruments: [], from: "2026-01-01", traded}};
  expect((await readLedgerRows(lake, wanted)).holdings!.fills).toEqual([
    {
      symbol: "BRK B",
      currency: "USD",
      source: "Yahoo Finance bar",
      days: [
        ["2026-01-05", 470, 480, 476],
        ["2026-01-07", null, 490, null]
      ]
    }
  ]);
  expect((await readLedgerRows(openEmpty(), wanted)).holdings!.fills).toEqual([]);
});

it("readLedgerRows(lake) gives the past of what is held as returns are taken of it, from the day asked for", async () => {
  const rows = [
    bar("ACME", "USD", "2025-06-02", 90),
    bar("ACME", "USD", "2025-06-03", 93),
    bar("ACME", "USD", "2026-06-01", 100),
    bar("OTHER", "CAD", "2026-06-01", 7)
  ];
  const lake = await fill(...rows);
  const instruments = [
    {symbol: "ACME", currency: "USD"},
    {symbol: "OTHER", currency: "USD"}
  ];
  const wanted = {...WANTED, to: "2026-06-02", holdings: {instruments, from: "2025-06-03", traded: []}};
  const {marks, holdings} = await readLedgerRows(lake, wanted);
  expect(marks).toEqual([]);
  expect(holdings!.assets).toMatchObject([
    {
      symbol: "ACME",
      currency: "USD",
      kind: "price return",
      closes: [
        ["2025-06-03", 93],
        ["2026-06-01", 100]
      ]
    }
  ]);
  expect(holdings!.closes).toMatchObject([{symbol: "ACME", closes: [["2026-06-01", 100]]}]);
  expect(await readLedgerRows(lake, WANTED)).not.toHaveProperty("holdings");
});
