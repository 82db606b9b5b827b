import type {Table} from "apache-arrow";
import type {MarketContext} from "../lib/market/markets.js";
import type {MarketSeries, MarketSet} from "../lib/market/series.js";

/** Series of the lake, with the person's own lists. */
export interface MarketRows extends Pick<MarketContext, "meetings" | "watchlists"> {
  set: MarketSet;
}

/** Returns what `GET /api/data/market` says: the series, and the person's own lists from the schema's metadata. */
export function marketRowsOf(table: Table): MarketRows {
  const list = <T>(name: string) => JSON.parse(table.schema.metadata.get(name) ?? "[]") as T[]; // as loaders/market-set.ts writes it
  return {set: marketSetOf(table), meetings: list("meetings"), watchlists: list("watchlists")};
}

/**
 * Returns the series of `GET /api/data/market`: columns `series` (a dictionary of ids, each id's rows together), `day`
 * and `value`; the schema's metadata says what each series is.
 */
export function marketSetOf(table: Table): MarketSet {
  const facts = JSON.parse(table.schema.metadata.get("series") ?? "[]") as Omit<
    MarketSeries,
    "days" | "values"
  >[];
  const set = new Map<string, MarketSeries>();
  if (!table.numRows) return set;
  const [batch] = table.batches; // it is written as one
  const [codes, days, values] = ["series", "day", "value"].map(
    (name) => batch.getChild(name)!.data[0].values
  );
  const words = batch.getChild("series")!.data[0].dictionary!;
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  for (let start = 0, end = 0; start < table.numRows; start = end) {
    while (end < table.numRows && codes[end] === codes[start]) ++end;
    const id = String(words.get(codes[start] as number));
    set.set(id, {
      ...byId.get(id)!, // each id has its facts
      days: (days as Int32Array).slice(start, end),
      values: (values as Float64Array).slice(start, end)
    });
  }
  return set;
}
