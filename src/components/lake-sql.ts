import {parseDatasetId, type Kind} from "../lib/lake/dataset.js";
import {lakeHost, type DatasetName} from "./lake/lake-host.js";
import {loadDataset, tableOf} from "./lake/load-dataset.js";
import {heldTables, run, sql} from "./sql.js";
import {literal, quoted} from "./sql-text.js";

/**
 * Makes tables of the lake in the page's database: a dataset by its name (`ecb/fx/markets/1d`), or every checked one of
 * a kind (`fx`). As in `tearsheet sql` there is then a view of each kind, `lake.bars`, `lake.series`, `lake.fx`, …, and
 * by its bare name where that is free: the rows of what was loaded, with `provider`, `universe` and `frequency` before
 * the kind's own columns; bars of the layer features are `bars_adjusted`.
 * @returns what `sql` cells call: as `const sql = await lakeSql([…])` it makes them wait for the rows
 * @throws where the lake has no dataset of a name
 */
export async function lakeSql(names: readonly (Kind | `${string}/${string}`)[]): Promise<typeof sql> {
  const host = lakeHost();
  const {datasets} = await host.catalog();
  for (const name of names) {
    const wanted = datasets.filter(({dataset, layer}) =>
      name.includes("/") ? name === dataset : layer === "clean" && name === parseDatasetId(dataset).kind
    );
    if (wanted.length === 0) throw new Error(`the lake has no rows of ${name}: pull some on the Data page`);
    for (const one of wanted) {
      await loadDataset(host, one, {isKept: true});
      loaded.set(tableOf(one), {dataset: one.dataset, layer: one.layer});
    }
  }
  await run("CREATE SCHEMA IF NOT EXISTS lake");
  for (const [view, list] of Map.groupBy(loaded.values(), viewOf)) {
    const rows = list.map(rowsOf).join(" UNION ALL BY NAME ");
    await run(`CREATE OR REPLACE VIEW lake.${quoted(view)} AS ${rows}`);
    if (heldTables.get().some((table) => table.name === view)) continue;
    await run(`CREATE OR REPLACE VIEW ${quoted(view)} AS FROM lake.${quoted(view)}`);
  }
  return sql;
}

const loaded = new Map<string, DatasetName>();

function viewOf({dataset, layer}: DatasetName): string {
  const {kind} = parseDatasetId(dataset);
  if (layer === "clean") return kind;
  return layer === "features" && kind === "bars" ? "bars_adjusted" : `${kind}_${layer}`;
}

function rowsOf(name: DatasetName): string {
  const {provider, universe, frequency} = parseDatasetId(name.dataset);
  return `SELECT ${literal(provider)} AS provider, ${literal(universe)} AS universe, ${literal(frequency)} AS frequency, * FROM ${quoted(tableOf(name))}`;
}
