import {join} from "node:path";
import {readBenchmarks} from "../bridge/store/benchmarks.js";
import {readChanges, readFiles, readLedger} from "../bridge/store/read.js";
import type {Store} from "../bridge/store/open.js";
import {readTags} from "../bridge/store/tags.js";
import type {Config} from "../config.js";
import {createFigures, type Figures} from "../lib/ledger/figures.js";
import type {LedgerTables} from "../lib/ledger/tables.js";
import type {ViewContext} from "../lib/ledger/views.js";
import {ledgerLake, type LakeAsked} from "./ledger-lake.js";
import {readSectors} from "./sectors.js";
import {openToRead, placeOf} from "./store.js";

interface Asked {
  demo?: boolean | undefined;
  /** What the figures are asked for: the lake may have its currency and benchmark. */
  query?: LakeAsked;
  /** All days of positions and the heavy tables, for the views that need them. */
  positions?: "latest" | "all";
}

/** Returns what is not in the rows of a store: now, benchmark, sectors, changes, files. */
export function contextOf(store: Store, folder: string, demo: boolean): ViewContext {
  return {
    now: new Date().toISOString(),
    mode: demo ? "demo" : "real",
    ...readBenchmarks(store, null),
    sectors: readSectors(join(folder, "sectors.csv")).sectors,
    changes: readChanges(store),
    files: readFiles(store),
    failures: [],
    tags: readTags(store)
  };
}

/** Calls `use` with the figures of a store, the same that pages and API show, and closes it. */
export async function withFigures<T>(
  config: Config,
  {demo = false, query = {}, positions = "all"}: Asked,
  use: (figures: Figures, ledger: LedgerTables, context: ViewContext) => T | Promise<T>
): Promise<T> {
  const store = await openToRead(config, demo);
  try {
    const own = contextOf(store, placeOf(config, demo).folder, demo);
    const benchmark = query.benchmark ?? own.benchmarkChoice;
    const lake = await ledgerLake(config, demo, store, {...query, benchmark});
    const context = {...own, ...(lake && {lake})};
    const ledger = readLedger(store, null, {positions});
    return await use(createFigures(ledger, context), ledger, context);
  } finally {
    store.close();
  }
}
