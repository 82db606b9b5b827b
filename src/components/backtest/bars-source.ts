import {wrap} from "comlink";
import type {Bars} from "../../lib/backtest/bars.js";
import type {CatalogEntry, SymbolEntry} from "../../lib/lake/catalog.js";
import {parseDatasetId} from "../../lib/lake/dataset.js";
import type {BarsWorker} from "../../workers/bars.js";
import {startWorker} from "../../workers/start.js";
import {lakeHost} from "../lake/lake-host.js";
import {cutBars, startingDataset} from "./bars-window.js";

/** What a dataset of bars is called in an address: `layer/provider/kind/universe/frequency`. */
export type DataKey = string;

/** The data that is no dataset: a CSV that was dropped on the page. */
export const FILE_KEY = "file";

/** Bars of one symbol, and what a reader must know of them. */
export interface LoadedBars {
  /** Within the window; `currency` is XXX, ISO's code for none, where prices are in none: points, or a token. */
  bars: Bars;
  /** Unit of the prices as a person reads it: `USD`, `USDT`, `points`. */
  unit: string;
  /** Vendor, or the file's name. */
  source: string;
  /** What the vendor calls the symbol. */
  name: string;
  /** First and last day of the whole series, ISO. */
  from: string;
  to: string;
  /** Days since the last bar, against now. */
  ageDays: number;
  /** What window and data leave open, sentences. */
  notes: readonly string[];
}

let catalog: Promise<readonly CatalogEntry[]> | undefined;

/** Returns the datasets of bars in the lake, in order of their names. */
export function barDatasets(): Promise<readonly CatalogEntry[]> {
  catalog ??= lakeHost()
    .catalog()
    .then(({datasets}) =>
      datasets.filter(({dataset, rows}) => rows > 0 && parseDatasetId(dataset).kind === "bars")
    );
  catalog.catch(() => (catalog = undefined)); // told to who asked; asked again next time
  return catalog;
}

/** Returns the key of a dataset. */
export function keyOf({dataset, layer}: Pick<CatalogEntry, "dataset" | "layer">): DataKey {
  return `${layer}/${dataset}`;
}

/** Returns the dataset of a key, or the one that a page begins with. */
export async function datasetOf(key: DataKey | null): Promise<CatalogEntry | undefined> {
  const datasets = await barDatasets();
  return datasets.find((entry) => keyOf(entry) === key) ?? startingDataset(datasets);
}

const symbols = new Map<DataKey, Promise<readonly SymbolEntry[]>>();

/** Returns the symbols of a dataset. */
export function symbolsOf(entry: CatalogEntry): Promise<readonly SymbolEntry[]> {
  const key = keyOf(entry);
  const asked = symbols.get(key) ?? lakeHost().symbols(entry);
  symbols.set(key, asked);
  asked.catch(() => symbols.delete(key)); // as above
  return asked;
}

let worker: ReturnType<typeof wrap<BarsWorker>> | undefined;
let dropped: {name: string; bars: Bars; warnings: string[]} | undefined;

/** Takes a CSV of bars; it stays in this page. @throws BarFileError that says where it cannot be read */
export async function takeFile(file: File): Promise<void> {
  const {readBars} = await import("../../lib/backtest/read-bars.js"); // a parser that few need
  const {bars, warnings} = readBars(await file.text(), {symbol: file.name.replace(/\.[^.]*$/, "")});
  dropped = {name: file.name, bars, warnings};
}

/** Name of the file that was dropped, if any. */
export function droppedName(): string | undefined {
  return dropped?.name;
}

/** Which bars: of what data, of which symbol, between which days. */
export interface Wanted {
  data: DataKey | null;
  symbol: string | null;
  start: string | null;
  end: string | null;
}

const DAY_MS = 86_400_000;

/**
 * Returns the bars that are wanted; nothing given is the starting dataset, its first symbol, all days.
 * @throws with a sentence where there are none
 */
export async function loadBars({data, symbol, start, end}: Wanted): Promise<LoadedBars> {
  const whole = data === FILE_KEY ? fileBars() : await lakeBars(data, symbol);
  const {bars, notes} = cutBars(whole.bars, {start, end});
  const last = bars.time[bars.time.length - 1];
  const {from, to} = daysOf(whole.bars);
  return {
    ...whole,
    bars: {...bars, currency: /^[A-Z]{3}$/.test(bars.currency) ? bars.currency : "XXX"},
    unit: bars.currency || "points",
    from,
    to,
    ageDays: Math.max(0, Math.floor((Date.now() - last) / DAY_MS)),
    notes: [...whole.notes, ...notes]
  };
}

type Whole = Pick<LoadedBars, "bars" | "source" | "name" | "notes">;

function fileBars(): Whole {
  if (!dropped) throw new Error("the file is not here any more: take it in again");
  const {bars, name, warnings} = dropped;
  const notes = [
    ...warnings.map((warning) => `The file: ${warning}.`),
    "A file says neither its currency nor whether prices are adjusted: they are taken as they stand, in USD."
  ];
  return {bars, source: name, name: bars.symbol, notes};
}

async function lakeBars(key: DataKey | null, symbol: string | null): Promise<Whole> {
  const entry = await datasetOf(key);
  if (!entry) throw new Error("the lake has no bars yet: pull some on the Data page, or take in a CSV");
  const known = await symbolsOf(entry);
  const facts = known.find((one) => one.symbol === symbol) ?? (symbol === null ? known[0] : undefined);
  if (!facts) throw new Error(`${entry.dataset} has no symbol ${symbol}: choose one of its ${known.length}`);
  const parts = await lakeHost().parts(entry);
  worker ??= wrap<BarsWorker>(startWorker(import.meta.resolve("../../workers/bars.js")));
  const edition = `${keyOf(entry)} ${parts.map(({keep}) => keep?.key).join()}`;
  const {bars, incomplete} = await worker.read({edition, parts}, facts.symbol);
  if (bars.time.length === 0) throw new Error(`${facts.symbol} has no bar with open, high, low and close`);
  const adjusted = entry.layer === "features";
  const notes = [
    ...(incomplete ? [`${incomplete} bars lack a price and are left out.`] : []),
    adjusted
      ? "Prices are adjusted for the splits and dividends known today."
      : bars.currency
        ? "Prices are as traded: a split shows as a fall, and dividends are not in the return."
        : "Prices are as published, in points: dividends are not in the return, and an index cannot be bought as such.",
    "One symbol that is known today: what has been delisted since is not in the choice (survivorship)."
  ];
  return {
    bars: {...bars, currency: bars.currency || facts.unit},
    source: entry.source,
    name: facts.name || facts.symbol,
    notes
  };
}

function daysOf({time}: Bars): {from: string; to: string} {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return {from: day(time[0]), to: day(time[time.length - 1])};
}
