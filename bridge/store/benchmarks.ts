import type {Benchmark, RiskFree, ViewContext} from "../../lib/ledger/views.js";
import type {Store} from "./open.js";
import {readState, writeState} from "./state.js";

/** Kind of a series that is no index but the yield of the three-month bill, in percent a year. */
export const YIELD = "yield";

/** Key of the state that names the benchmark, or blend, that the person chose. */
const CHOICE = "benchmark";

interface Series {
  name: string;
  kind: Benchmark["kind"] | typeof YIELD;
  currency: string;
  /** Oldest first: [ISO day, close or yield]. */
  closes: readonly (readonly [string, number])[];
}

/** Keeps an index's closes, or a bill's yields, in place of those it had. */
export async function writeBenchmark(store: Store, {name, kind, currency, closes}: Series): Promise<void> {
  await store.write(() => {
    store.raw.prepare("delete from benchmarks where name = ?").run(name);
    const insert = store.raw.prepare("insert into benchmarks values (?, ?, ?, ?, ?)");
    for (const [day, close] of closes) insert.run(name, kind, currency, day, String(close));
    changed(store);
  });
}

/** Removes an index; returns whether there was one. */
export async function removeBenchmark(store: Store, name: string): Promise<boolean> {
  return store.write(() => {
    const {changes} = store.raw.prepare("delete from benchmarks where name = ?").run(name);
    if (changes) changed(store);
    return changes > 0;
  });
}

/** Remembers what the person compares with: a name, or a blend. */
export async function chooseBenchmark(store: Store, choice: string): Promise<void> {
  await writeState(store, CHOICE, choice);
  await store.write(() => changed(store));
}

function changed(store: Store): void {
  store.raw.exec("update ledger_state set version = version + 1");
}

/** Returns every series, by name. */
export function readSeries(store: Store): Series[] {
  const rows = store.raw
    .prepare<[], {name: string; kind: Series["kind"]; currency: string; day: string; close: string}>(
      "select name, kind, currency, day, close from benchmarks order by name, day"
    )
    .all();
  return [...Map.groupBy(rows, ({name}) => name)].map(([name, own]) => ({
    name,
    kind: own[0].kind,
    currency: own[0].currency,
    closes: own.map(({day, close}) => [day, Number(close)] as const)
  }));
}

/**
 * Returns what views compare with: every index, the one of the given name first, else what the person chose, else the
 * first there is; and the bill's yield.
 */
export function readBenchmarks(
  store: Store,
  preferred: string | null
): Pick<ViewContext, "benchmark" | "benchmarks" | "benchmarkChoice" | "riskFree"> {
  const series = readSeries(store);
  const benchmarks = series.filter(isIndex);
  const chosen = readState(store, CHOICE);
  const bill = series.find(({kind}) => kind === YIELD);
  const riskFree: RiskFree | null = bill ? {name: bill.name, yields: bill.closes} : null;
  return {
    benchmark: benchmarks.find(({name}) => name === preferred) ?? benchmarks[0] ?? null,
    benchmarks,
    ...(typeof chosen === "string" && {benchmarkChoice: chosen}),
    riskFree
  };
}

function isIndex(series: Series): series is Series & Benchmark {
  return series.kind !== YIELD;
}
