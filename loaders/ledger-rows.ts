import type {SymbolEntry} from "../lib/lake/catalog.js";
import type {Rows} from "../lib/lake/columns.js";
import {symbolAt} from "../lib/lake/concat.js";
import {parseDatasetId, type DatasetId} from "../lib/lake/dataset.js";
import type {
  LakeBars,
  LakeCloses,
  LakeFixings,
  LakeHistory,
  LakeHoldings,
  LakeRows,
  LakeWanted,
  TradedDays
} from "../lib/ledger/lake/lake-rows.js";
import type {Benchmark} from "../lib/ledger/views.js";
import {addDays, dayOf} from "../lib/time/day.js";
import type {Lake} from "./lake/port.js";

/** Datasets of daily closes, in the order in which their vendors are asked: the first that has a symbol counts. */
const VENDORS = ["yahoo", "polygon", "stooq"];

/** The one ending that Yahoo gives the symbols of a currency's only exchange. The euro has several: none is taken. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ["GBP", ".L"],
  ["CHF", ".SW"],
  ["SEK", ".ST"],
  ["NOK", ".OL"],
  ["DKK", ".CO"],
  ["AUD", ".AX"],
  ["CAD", ".TO"],
  ["JPY", ".T"]
]);

type Id<K extends "bars" | "series"> = DatasetId & {kind: K};

/** A dataset of daily values with its symbols. */
interface Daily<K extends "bars" | "series" = "bars" | "series"> {
  id: Id<K>;
  source: string;
  symbols: ReadonlyMap<string, SymbolEntry>;
}

/** Reads what a ledger has a use for: closes of its instruments, fixings of its currencies, the benchmarks asked for. */
export async function readLedgerRows(lake: Lake, wanted: LakeWanted): Promise<LakeRows> {
  const daily = await dailyDatasets(lake);
  const [bars, series] = await Promise.all([
    withSymbols(lake, daily, "bars"),
    withSymbols(lake, daily, "series")
  ]);
  const named = new Map<string, {own: Daily; symbol: string}>(
    [...bars, ...series].flatMap((own) =>
      [...own.symbols.values()]
        .filter(({unit}) => own.id.kind === "bars" || unit === "index")
        .map(({symbol}) => [`${symbol} (${own.source})`, {own, symbol}] as const)
    )
  );
  const asked = wanted.benchmarks.flatMap((name) => named.get(name) ?? []);
  return {
    marks: await readCloses(lake, bars, wanted),
    rates: await readFixings(lake, daily, wanted),
    benchmarks: await Promise.all(asked.map(({own, symbol}) => readBenchmark(lake, own, symbol, wanted))),
    names: [...named.keys()].sort(),
    ...(wanted.holdings && {holdings: await readHoldings(lake, {bars, daily}, wanted)})
  };
}

/** Returns the datasets of daily values that a lake has. */
async function dailyDatasets(lake: Lake): Promise<{id: DatasetId; source: string}[]> {
  const catalog = await lake.catalog();
  return catalog
    .filter(({layer, rows}) => layer === "clean" && rows > 0)
    .map(({dataset, source}) => ({id: parseDatasetId(dataset), source}))
    .filter(({id}) => id.frequency === "1d");
}

async function withSymbols<K extends "bars" | "series">(
  lake: Lake,
  daily: readonly {id: DatasetId; source: string}[],
  kind: K
): Promise<Daily<K>[]> {
  return Promise.all(
    daily
      .filter((one): one is {id: Id<K>; source: string} => one.id.kind === kind)
      .map(async ({id, source}) => {
        const symbols = await lake.symbols("clean", id);
        return {id, source, symbols: new Map(symbols.map((entry) => [entry.symbol, entry]))};
      })
  );
}

/**
 * Reads bars of the days on which instruments were traded: what fills of an account are measured against. Of several
 * vendors the first that has an instrument counts; one that none has is left out.
 */
async function readFillBars(
  lake: Lake,
  bars: readonly Daily<"bars">[],
  traded: readonly TradedDays[]
): Promise<LakeBars[]> {
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  const found = traded.flatMap(({days, ...instrument}) =>
    listings(bars, [instrument]).map((listing) => ({...listing, days}))
  );
  return Promise.all(
    found.map(async ({symbol, currency, own, theirs, days}): Promise<LakeBars> => {
      const wanted = new Set(days);
      const [from, to] = [days[0], days[days.length - 1]];
      const rows = await lake.read("clean", own.id, {symbols: [theirs], from, to});
      const {day, open, close, vwap} = rows.columns;
      const all = Array.from(
        day,
        (at, i) => [dayOf(at), known(open[i]), known(close[i]), known(vwap[i])] as const
      );
      return {symbol, currency, source: `${own.source} bar`, days: all.filter(([at]) => wanted.has(at))};
    })
  );
}

/** Returns the past of what is held, from the day asked for: as the same vendors tell it that closes are taken of. */
async function readHoldings(
  lake: Lake,
  {bars, daily}: {bars: readonly Daily<"bars">[]; daily: readonly {id: DatasetId; source: string}[]},
  {holdings, ...wanted}: LakeWanted
): Promise<LakeHoldings> {
  const since = {...wanted, ...holdings};
  const found = listings(bars, since.instruments);
  const assets = found.map(async ({symbol, currency, own, theirs}): Promise<LakeHistory> => {
    const {kind, closes} = await readBenchmark(lake, own, theirs, since);
    return {symbol, currency, source: own.source, kind, closes};
  });
  return {
    assets: await Promise.all(assets),
    closes: await readCloses(lake, bars, {...since, from: addDays(since.to, -DAYS_OF_CLOSES)}),
    rates: await readFixings(lake, daily, since),
    fills: await readFillBars(lake, bars, holdings?.traded ?? [])
  };
}

/** Days of closes as they were traded: what an option is on is wanted at one day alone. */
const DAYS_OF_CLOSES = 10;

/** Returns which dataset has an instrument, and by what name: the first vendor's that has it. */
function listings(
  bars: readonly Daily<"bars">[],
  instruments: LakeWanted["instruments"]
): {symbol: string; currency: string; own: Daily<"bars">; theirs: string}[] {
  const ordered = bars
    .filter(({id}) => VENDORS.includes(id.provider))
    .sort((a, b) => VENDORS.indexOf(a.id.provider) - VENDORS.indexOf(b.id.provider));
  return instruments.flatMap(({symbol, currency}) => {
    for (const own of ordered) {
      const theirs = symbolsAt(own.id.provider, symbol, currency).find(
        (name) => own.symbols.get(name)?.unit === currency
      );
      if (theirs !== undefined) return [{symbol, currency, own, theirs}];
    }
    return [];
  });
}

async function readCloses(
  lake: Lake,
  bars: readonly Daily<"bars">[],
  {instruments, from, to}: LakeWanted
): Promise<LakeCloses[]> {
  const found = listings(bars, instruments);
  const all = new Map<string, LakeCloses>();
  for (const [own, some] of Map.groupBy(found, (one) => one.own)) {
    const symbols = some.map(({theirs}) => theirs);
    const rows = await lake.read("clean", own.id, {symbols, from, to});
    const closes = bySymbol(rows, rows.columns.close);
    for (const {symbol, currency, theirs} of some) {
      const list = {symbol, currency, source: `${own.source} close`, closes: closes.get(theirs) ?? []};
      all.set(`${symbol}/${currency}`, list);
    }
  }
  return instruments.flatMap(({symbol, currency}) => all.get(`${symbol}/${currency}`) ?? []);
}

/** Returns what a vendor may call an IBKR symbol: by its name and currency alone, never by a guess. */
function symbolsAt(provider: string, symbol: string, currency: string): string[] {
  const plain = symbol.trim();
  if (provider === "polygon") return currency === "USD" ? [plain.replaceAll(" ", ".")] : [];
  const dashed = plain.replaceAll(" ", "-");
  if (provider === "stooq") return currency === "USD" ? [`${dashed.toLowerCase()}.us`] : [];
  const ending = ENDINGS.get(currency);
  return currency === "USD" ? [dashed] : ending ? [dashed + ending] : [];
}

async function readFixings(
  lake: Lake,
  daily: readonly {id: DatasetId; source: string}[],
  {currencies, from, to}: LakeWanted
): Promise<LakeFixings[]> {
  const fixings: LakeFixings[] = [];
  for (const {id, source} of daily) {
    if (id.kind !== "fx") continue;
    const rows = await lake.read("clean", {...id, kind: "fx"}, {from, to});
    const {base, quote, day, rate} = rows.columns;
    const pairs = new Map<string, [string, number][]>();
    for (let i = 0; i < rows.length; ++i) {
      if (!currencies.includes(quote[i])) continue;
      const pair = `${base[i]}/${quote[i]}`;
      const known = pairs.get(pair);
      if (known) known.push([dayOf(day[i]), rate[i]]);
      else pairs.set(pair, [[dayOf(day[i]), rate[i]]]);
    }
    for (const [pair, rates] of pairs) {
      const [own, other] = pair.split("/");
      fixings.push({
        base: own,
        quote: other,
        source: id.provider === "ecb" ? "ECB fixing" : `${source} rate`,
        rates
      });
    }
  }
  return fixings;
}

/** Values of an index; or closes adjusted for splits, with dividends reinvested where the vendor tells of any. */
async function readBenchmark(
  lake: Lake,
  {id: {kind, ...dataset}, source, symbols}: Daily,
  symbol: string,
  {from, to}: LakeWanted
): Promise<Benchmark> {
  const asked = {symbols: [symbol], from, to};
  const name = `${symbol} (${source})`;
  if (kind === "series") {
    const rows = await lake.read("clean", {...dataset, kind}, asked);
    const closes = bySymbol(rows, rows.columns.value).get(symbol) ?? [];
    return {name, kind: "price return", currency: "", closes};
  }
  const id = {...dataset, kind};
  const actions = {...id, kind: "actions" as const};
  const paid = lake.has("clean", actions)
    ? (await lake.read("clean", actions, {symbols: [symbol]})).columns.type.includes("dividend")
    : false;
  const common = {name, currency: symbols.get(symbol)?.unit ?? ""};
  const total = {...id, kind: "series" as const};
  if (paid && lake.has("features", total)) {
    const rows = await lake.read("features", total, asked);
    return {...common, kind: "total return", closes: bySymbol(rows, rows.columns.value).get(symbol) ?? []};
  }
  const adjusted = lake.has("features", id) ? await lake.read("features", id, asked) : null;
  const rows = adjusted?.length ? adjusted : await lake.read("clean", id, asked);
  return {...common, kind: "price return", closes: bySymbol(rows, rows.columns.close).get(symbol) ?? []};
}

function bySymbol(rows: Rows<"bars" | "series">, values: Float64Array): Map<string, [string, number][]> {
  const lists = new Map<string, [string, number][]>();
  for (let i = 0; i < rows.length; ++i) {
    const symbol = symbolAt(rows, i);
    const row: [string, number] = [dayOf(rows.columns.day[i]), values[i]];
    const known = lists.get(symbol);
    if (known) known.push(row);
    else lists.set(symbol, [row]);
  }
  return lists;
}
