import {z} from "zod";
import {type Row, rowsOf} from "../../lib/lake/columns.js";
import {UNIVERSE} from "../../lib/market/universe.js";
import {checkAsk} from "./ask.js";
import {isSeriesName, rowsOfSeries, unknownSeries, type Written} from "./fred-series.js";
import {checked, noData, parsedCsv} from "./parsed.js";
import {type Vendor, VendorError} from "./vendor.js";

const SOURCE = "FRED";
/** What the first column is called, and was called until December 2024. */
const DATES = ["observation_date", "DATE"];
const Day = z.iso.date();

/**
 * Dollar series of Markets with their size in 2025 and 2026. FRED has changed some of them from billions to millions,
 * which this CSV does not say: a value a hundred times larger or smaller is taken for another unit.
 */
const SIZES = new Map([
  ["WALCL", 6.6e12],
  ["TREAST", 4.2e12],
  ["WSHOMCB", 2.1e12],
  ["WDTGAL", 8e11],
  ["WLRRAL", 3.5e11],
  ["WRESBAL", 3e12],
  ["M2SL", 2.2e13],
  ["RSAFS", 7.3e11]
]);
const SIZED_FROM = "2020-01-01";

/** Parses the CSV behind a graph of one series. @throws VendorError */
export function parseGraph(csv: string, symbol: string): Written[] {
  const old = csv.replace("\uFEFF", "").startsWith(`${DATES[1]},`);
  const date = DATES[old ? 1 : 0];
  return parsedCsv(csv, [date, symbol], SOURCE).map((row) => ({
    date: checked(Day, row[date], SOURCE),
    value: row[symbol]
  }));
}

/**
 * The CSV behind FRED's graphs, which needs no key and says no units: those of the series that Markets reads are
 * written in `lib/market/universe.ts`; of any other series the unit is `unknown`, and the values as they are published.
 */
export const fredGraph: Vendor = {
  id: "fred-graph",
  name: "FRED (keyless CSV)",
  offers: {series: ["1d"]},
  universe: "markets",
  calendar: "none",
  overlapDays: 400,
  key: null,
  rate: {perMinute: 30, burst: 4},
  note: "no key, unofficial: be sparing; says no units, which are known here for the series of Markets only",

  async *pull(ask, web, signal) {
    checkAsk(fredGraph, ask);
    const {symbol, from, to} = ask;
    if (!isSeriesName(symbol)) throw unknownSeries(symbol);
    const query = {id: symbol, cosd: from, coed: to};
    const request = {path: "/graph/fredgraph.csv", query, content: "csv", accept: [400, 404]} as const;
    const {status, text} = await web.get(request, signal);
    if (status !== 200) throw unknownSeries(symbol);
    const {name, published} = knownOf(symbol);
    const {unit, rows} = rowsOfSeries(symbol, parseGraph(text, symbol), published);
    if (!rows.length) throw noData(SOURCE, ask);
    refuseOtherUnit(symbol, rows);
    yield {
      facts: {symbol, name, unit, timeZone: ""},
      rows: [rowsOf("series", rows)]
    };
  }
};

/** Name and published unit of a series; of one that Markets reads in place of another (DGS10), that one's. */
function knownOf(symbol: string): {name: string; published: string} {
  const id = `fred:${symbol}`;
  const own = UNIVERSE.find((row) => row.id === id);
  if (own) return {name: own.label, published: own.published ?? own.unit};
  return {name: symbol, published: UNIVERSE.find(({fallback}) => fallback === id)?.unit ?? "unknown"};
}

function refuseOtherUnit(symbol: string, rows: readonly Row<"series">[]): void {
  const size = SIZES.get(symbol);
  const {day, value} = rows.at(-1)!; // there are some
  if (size === undefined || !day || !value || day < SIZED_FROM) return;
  if (value < 100 * size && value > size / 100) return;
  throw new VendorError(
    "changed-format",
    `FRED's CSV of ${symbol} seems to be in another unit than it was: it would be ${value} dollars on ${day}: ` +
      "ask vendor fred, which says its units"
  );
}
