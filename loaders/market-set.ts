import type {CatalogEntry} from "../lib/lake/catalog.js";
import type {Rows} from "../lib/lake/columns.js";
import {symbolAt} from "../lib/lake/concat.js";
import {parseDatasetId, type DatasetId} from "../lib/lake/dataset.js";
import type {MarketSeries, MarketSet} from "../lib/market/series.js";
import {addDays} from "../lib/time/day.js";
import type {Lake} from "./lake/port.js";

/** Ten years for places in ten years, and what a change over a year needs beside. */
const DAYS = 4200;

/** Universe of what Markets reads; of others it reads what is on a watchlist. */
export const MARKETS = "markets";

/**
 * Reads the daily series that Markets is made of: all of the universe `markets`, and what watchlists name.
 * @param today ISO
 */
export async function readMarketSet(lake: Lake, today: string): Promise<MarketSet> {
  const watched = Map.groupBy(
    lake.watchlists().flatMap(({ids}) => ids),
    (id) => id.slice(0, id.indexOf(":"))
  );
  const set = new Map<string, MarketSeries>();
  for (const entry of await lake.catalog()) {
    const id = parseDatasetId(entry.dataset);
    if (entry.layer !== "clean" || id.frequency !== "1d") continue;
    const ids = watched.get(id.provider) ?? [];
    const symbols = id.universe === MARKETS ? null : ids.map((one) => one.slice(id.provider.length + 1));
    if (symbols?.length === 0) continue;
    for (const series of await readSeries(lake, id, entry, {symbols, from: addDays(today, -DAYS)})) {
      const known = set.get(series.id);
      if (!known || known.days.at(-1)! < series.days.at(-1)!) set.set(series.id, series);
    }
  }
  return set;
}

async function readSeries(
  lake: Lake,
  id: DatasetId,
  {source, lastPull}: CatalogEntry,
  {symbols, from}: {symbols: readonly string[] | null; from: string}
): Promise<MarketSeries[]> {
  if (id.kind !== "bars" && id.kind !== "series" && id.kind !== "fx") return [];
  const rows: Rows = await lake.read("clean", id, {from, ...(symbols && {symbols})});
  const facts = new Map((await lake.symbols("clean", id)).map((entry) => [entry.symbol, entry]));
  const values = valuesOf(rows);
  const found: MarketSeries[] = [];
  for (let start = 0, end = 0; start < rows.length; start = end) {
    const symbol = symbolAt(rows, start);
    while (end < rows.length && symbolAt(rows, end) === symbol) ++end;
    found.push({
      id: `${id.provider}:${symbol}`,
      name: facts.get(symbol)?.name || symbol,
      unit:
        rows.kind === "series"
          ? (rows as Rows<"series">).columns.unit[end - 1]
          : (facts.get(symbol)?.unit ?? ""),
      source,
      days: rows.columns.day.slice(start, end),
      values: values.slice(start, end),
      pulledAt: lastPull?.ok ? lastPull.at : null
    });
  }
  return found;
}

function valuesOf(rows: Rows): Float64Array {
  const {close, value, rate} = rows.columns as Partial<Record<"close" | "value" | "rate", Float64Array>>; // of the kind
  return close ?? value ?? rate ?? new Float64Array(0);
}
