import {staleDays} from "../../lib/lake/coverage.js";
import type {CatalogEntry, SymbolEntry} from "../../lib/lake/catalog.js";
import type {Calendar} from "../../lib/lake/gaps.js";
import {lastPulls, trackedDatasets} from "./books.js";
import type {Core} from "./core.js";
import {readFolder, type Folder} from "./manifest.js";
import type {LakeOptions} from "./port.js";
import {countProblems} from "./problems.js";

type Vendors = NonNullable<LakeOptions["vendors"]>;

/** Returns the days that rows of a provider are expected by. */
export function calendarOfProvider(vendors: Vendors, provider: string): Calendar {
  return vendors.find(({id}) => id === provider)?.calendar ?? "none";
}

/** Returns the datasets as the catalog lists them. */
export function catalogEntries({dir, catalog, now}: Core, vendors: Vendors): CatalogEntry[] {
  const today = now().toISOString().slice(0, 10);
  const [pulls, problems, tracked] = [lastPulls(catalog), countProblems(catalog), trackedDatasets(catalog)];
  return catalog.datasets().map(({path, ...totals}) => {
    const {layer, id} = readFolder(dir, path);
    const dataset = path.slice(layer.length + 1);
    const calendar = calendarOfProvider(vendors, id.provider);
    return {
      dataset,
      layer,
      source: vendors.find((vendor) => vendor.id === id.provider)?.name ?? id.provider,
      ...totals,
      lastPull: pulls.get(dataset) ?? null,
      staleDays:
        id.kind === "actions" ? null : staleDays(totals.to, {calendar, frequency: id.frequency, today}),
      problems: problems.get(path) ?? 0,
      tracked: tracked.has(dataset)
    };
  });
}

/** Returns the symbols of a dataset with what they are called. */
export async function symbolEntries(core: Core, folder: Folder): Promise<SymbolEntry[]> {
  const {names} = await core.current(folder);
  return core.catalog.symbols(folder).map((entry) => {
    const {name = "", unit = ""} = names.get(entry.symbol) ?? {};
    return {symbol: entry.symbol, name, unit, from: entry.from, to: entry.to, rows: entry.rows};
  });
}
