import {existsSync} from "node:fs";
import {join} from "node:path";
import {readLakeWanted} from "../bridge/store/lake-needs.js";
import type {Store} from "../bridge/store/open.js";
import type {Config} from "../config.js";
import {namesIn} from "../lib/ledger/benchmark-index.js";
import type {LakeRows} from "../lib/ledger/lake/lake-rows.js";
import {demoLakeDir} from "./demo-place.js";
import {note} from "./output.js";

/** What is asked of figures that the lake may have beside the ledger's own currencies. */
export interface LakeAsked {
  currency?: string | undefined;
  /** Name of a benchmark, or a blend. */
  benchmark?: string | undefined;
  /** Whether the past of what is held is. */
  holdings?: boolean | undefined;
}

/**
 * Returns what the lake, the person's own or the demo's, has for the figures of a store; undefined where there is no lake,
 * or nothing to make figures of. A lake that cannot be read is told, and done without.
 */
export async function ledgerLake(
  config: Config,
  demo: boolean,
  store: Store,
  {currency, benchmark, holdings = false}: LakeAsked
): Promise<LakeRows | undefined> {
  const dir = demo ? demoLakeDir(config) : config.LAKE_DIR;
  const benchmarks = benchmark === undefined ? [] : namesIn(benchmark);
  const wanted = existsSync(join(dir, "catalog.db"))
    ? readLakeWanted(store, {currency, benchmarks, holdings})
    : null;
  if (!wanted) return undefined;
  try {
    const [{openLake}, {readLedgerRows}, {VENDORS}] = await Promise.all([
      import("../loaders/lake/lake.js"),
      import("../loaders/ledger-rows.js"),
      import("../loaders/vendors/index.js")
    ]);
    const lake = openLake(dir, {now: () => new Date(), vendors: VENDORS});
    try {
      return await readLedgerRows(lake, wanted);
    } finally {
      lake.close();
    }
  } catch (error) {
    note(`the data lake cannot be read, and is done without: ${(error as Error).message}`);
    return undefined;
  }
}
