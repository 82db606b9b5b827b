/**
 * The snapshot that is built into the site: each ledger table as Parquet, the context of its views, and the past of what
 * is held. Positions are there twice, their last days and every day: a page fetches the second, the heavy tables and that
 * past only when a view needs them. The snapshot holds the demo; real accounts only where SNAPSHOT_ACCOUNTS names them.
 */
import {spawnSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {readBenchmarks} from "../../bridge/store/benchmarks.js";
import {TABLE_NAMES} from "../../bridge/store/ledger-tables.js";
import {openStore, type Store} from "../../bridge/store/open.js";
import {readAccounts, readChanges, readCoverage, readFiles, readTable} from "../../bridge/store/read.js";
import {readLakeWanted} from "../../bridge/store/lake-needs.js";
import {readTags} from "../../bridge/store/tags.js";
import {loadConfig, readEnvironment} from "../../config.js";
import {namesIn} from "../../lib/ledger/benchmark-index.js";
import type {LakeRows} from "../../lib/ledger/lake/lake-rows.js";
import {parseSectors} from "../../lib/ledger/sectors.js";
import {isHeavy, type Coverage} from "../../lib/ledger/tables.js";
import type {ViewContext} from "../../lib/ledger/views.js";
import {openLake} from "../../loaders/lake/lake.js";
import {readLedgerRows} from "../../loaders/ledger-rows.js";
import {VENDORS} from "../../loaders/vendors/index.js";
import {writeParquet} from "./write-parquet.js";

const config = loadConfig(readEnvironment());
const isDemo = config.SNAPSHOT_ACCOUNTS.length === 0;
const accounts = isDemo ? null : config.SNAPSHOT_ACCOUNTS;
const home = isDemo ? join(config.DATA_DIR, "demo") : config.DATA_DIR;
const store = await openStore({
  url: isDemo ? `sqlite:///${join(home, "tearsheet.db")}` : config.DB_URL,
  readonly: true
});

const unknown = (accounts ?? []).filter((account) => !readAccounts(store).includes(account));
if (unknown.length)
  throw new Error(`SNAPSHOT_ACCOUNTS names accounts without a statement: ${unknown.join(", ")}`);

const folder = mkdtempSync(join(tmpdir(), "snapshot-"));
const db = await (await DuckDBInstance.create()).connect();
for (const name of TABLE_NAMES) {
  const positions = isHeavy(name) ? "all" : "latest";
  await writeParquet(
    db,
    name,
    readTable(store, name, accounts, {positions}),
    join(folder, `${name}.parquet`)
  );
}
const everyDay = readTable(store, "positions", accounts, {positions: "all"});
await writeParquet(db, "positions", everyDay, join(folder, "positions_all.parquet"));
const {holdings, ...lake} = (isDemo && (await demoLake(store))) || {}; // what vendors gave a person is not republished
writeFileSync(
  join(folder, "context.json"),
  JSON.stringify({...context(store), ...("marks" in lake && {lake})})
);
writeFileSync(join(folder, "holdings.json"), JSON.stringify(holdings ?? null));
store.close();

const files = [
  ...[...TABLE_NAMES, "positions_all"].map((name) => `${name}.parquet`),
  "context.json",
  "holdings.json"
];
const {stdout, status} = spawnSync("tar", ["-c", "-f", "-", "-C", folder, ...files], {maxBuffer: 2 ** 30});
rmSync(folder, {recursive: true});
if (status !== 0) throw new Error("the snapshot cannot be packed: tar is needed");
process.stdout.write(stdout);

/** What the demo's lake has for its ledger, and for the benchmark that was chosen. */
async function demoLake(store: Store): Promise<LakeRows | undefined> {
  const {benchmarkChoice} = readBenchmarks(store, null);
  const benchmarks = benchmarkChoice === undefined ? [] : namesIn(benchmarkChoice);
  const wanted = readLakeWanted(store, {benchmarks, holdings: true});
  if (!wanted) return undefined;
  const lake = openLake(join(home, "lake"), {now: () => new Date(), vendors: VENDORS});
  const rows = await readLedgerRows(lake, wanted);
  lake.close();
  return {...rows, names: rows.benchmarks.map(({name}) => name)};
}

function context(store: Store): ViewContext & {coverage: Coverage[]} {
  const sectors = join(home, "sectors.csv");
  const tags = readTags(store);
  const isOurs = ({account}: {account: string}) => accounts === null || accounts.includes(account);
  return {
    now: new Date().toISOString(),
    mode: isDemo ? "demo" : "real",
    ...readBenchmarks(store, null),
    sectors: existsSync(sectors) ? parseSectors(readFileSync(sectors, "utf8")) : {},
    changes: readChanges(store).filter(isOurs),
    files: readFiles(store).flatMap((file) => {
      const ours = file.accounts.filter((account) => isOurs({account}));
      return ours.length ? [{...file, accounts: ours}] : [];
    }),
    failures: [],
    tags: {...tags, entries: tags.entries.filter(isOurs)},
    coverage: readCoverage(store, accounts)
  };
}
