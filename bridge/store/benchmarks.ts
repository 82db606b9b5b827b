import type {Benchmark} from "../../lib/ledger/views.js";
import type {Store} from "./open.js";

/** Keeps an index's closes in place of those it had. */
export async function writeBenchmark(store: Store, {name, kind, currency, closes}: Benchmark): Promise<void> {
  await store.write(() => {
    store.raw.prepare("delete from benchmarks where name = ?").run(name);
    const insert = store.raw.prepare("insert into benchmarks values (?, ?, ?, ?, ?)");
    for (const [day, close] of closes) insert.run(name, kind, currency, day, String(close));
    store.raw.exec("update ledger_state set version = version + 1");
  });
}

/** Returns an index's closes, oldest first; null when there is none of the name. */
export function readBenchmark(store: Store, name: string): Benchmark | null {
  const rows = store.raw
    .prepare<[string], {kind: Benchmark["kind"]; currency: string; day: string; close: string}>(
      "select kind, currency, day, close from benchmarks where name = ? order by day"
    )
    .all(name);
  if (rows.length === 0) return null;
  const [{kind, currency}] = rows;
  return {name, kind, currency, closes: rows.map(({day, close}) => [day, Number(close)] as const)};
}
