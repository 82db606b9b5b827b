/**
 * The demo's lake, built into the site: the catalog, and every part of every dataset, one after the other in one file
 * that is read in slices. A person's own lake stays where it is: a site that names real accounts has none.
 */
import {spawnSync} from "node:child_process";
import {createWriteStream, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {once} from "node:events";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {loadConfig, readEnvironment} from "../../config.js";
import {COLUMNS} from "../../lib/lake/columns.js";
import {parseDatasetId} from "../../lib/lake/dataset.js";
import {openLake} from "../../loaders/lake/lake.js";
import {VENDORS} from "../../loaders/vendors/index.js";
import type {LakeSnapshot} from "../components/lake/snapshot-lake.js";

const {DATA_DIR, SNAPSHOT_ACCOUNTS} = loadConfig(readEnvironment());
const folder = mkdtempSync(join(tmpdir(), "lake-snapshot-"));
const rows = createWriteStream(join(folder, "parts.bin"));
const columns = Object.entries(COLUMNS).map(([kind, specs]) => [
  kind,
  Object.entries(specs).map(([name, {type, meaning}]) => ({name, type, meaning}))
]);
const snapshot = {
  datasets: [],
  columns: Object.fromEntries(columns),
  files: [],
  symbols: [],
  problems: []
} as {
  -readonly [K in keyof LakeSnapshot]: LakeSnapshot[K] extends readonly (infer T)[] ? T[] : LakeSnapshot[K];
};

if (SNAPSHOT_ACCOUNTS.length === 0) {
  const lake = openLake(join(DATA_DIR, "demo/lake"), {now: () => new Date(), vendors: VENDORS});
  snapshot.datasets.push(...(await lake.catalog()));
  snapshot.problems.push(...lake.problems());
  let from = 0;
  for (const {dataset, layer} of snapshot.datasets) {
    const id = parseDatasetId(dataset);
    snapshot.symbols.push({dataset, layer, symbols: await lake.symbols(layer, id)});
    for (const {sha256, bytes} of await lake.partsOf(layer, id)) {
      rows.write(await lake.readPart(layer, id, sha256));
      snapshot.files.push({dataset, layer, sha256, from, bytes});
      from += bytes;
    }
  }
  lake.close();
}
rows.end();
await once(rows, "close");
writeFileSync(join(folder, "catalog.json"), JSON.stringify(snapshot));

const {stdout, status} = spawnSync("tar", ["-c", "-f", "-", "-C", folder, "catalog.json", "parts.bin"], {
  maxBuffer: 2 ** 31
});
rmSync(folder, {recursive: true});
if (status !== 0) throw new Error("the lake's snapshot cannot be packed: tar is needed");
process.stdout.write(stdout);
