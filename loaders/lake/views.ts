import type {DuckDBConnection} from "@duckdb/node-api";
import {KINDS, type Kind, type Layer} from "../../lib/lake/dataset.js";
import {columnsOf, selectionOf, STORED} from "./columns.js";
import {ask, literal, parquet} from "./engine.js";
import type {Lake, LakeParts} from "./port.js";

/** A view of all datasets of a kind, with `provider`, `universe` and `frequency` before the kind's own columns. */
interface View {
  name: string;
  layer: Layer;
  kind: Kind;
}

const VIEWS: readonly View[] = [
  ...KINDS.map((kind) => ({name: kind, layer: "clean" as const, kind})),
  {name: "bars_adjusted", layer: "features", kind: "bars"}
];

/**
 * Adds the lake's views to a DuckDB: `lake.bars`, `lake.bars_adjusted`, `lake.series`, `lake.fx`, `lake.actions`,
 * `lake.trades` and `lake.quotes`, and by their bare names those whose name is free. They read exactly the parts that
 * the manifests list now, and these files stay readable when the caller then sets `enable_external_access` to false.
 */
export async function addLakeViews(connection: DuckDBConnection, lake: Lake): Promise<void> {
  const layers = {clean: await lake.parts("clean"), features: await lake.parts("features"), raw: []};
  const paths = Object.values(layers).flatMap((datasets) => datasets.flatMap((dataset) => dataset.paths));
  const [[allowed]] = await ask<[string[]]>(connection, "select current_setting('allowed_paths')");
  await connection.run(`set allowed_paths = [${[...allowed, ...paths].map(literal).join(", ")}]`);
  const taken = await ask<[string]>(
    connection,
    "select table_name from information_schema.tables where table_schema = 'main'"
  );
  const names = new Set(taken.map(([name]) => name));
  await connection.run("create schema lake");
  for (const {name, layer, kind} of VIEWS) {
    const datasets = layers[layer].filter(({id, paths: parts}) => id.kind === kind && parts.length);
    await connection.run(`create view lake.${name} as ${rowsOfAll(kind, datasets)}`);
    if (!names.has(name)) await connection.run(`create view ${name} as from lake.${name}`);
  }
}

function rowsOfAll(kind: Kind, datasets: readonly LakeParts[]): string {
  if (!datasets.length) return noRows(kind);
  const columns = selectionOf(kind);
  return datasets
    .map(({id, paths}) => {
      const named = `${literal(id.provider)} as provider, ${literal(id.universe)} as universe, ${literal(id.frequency)} as frequency`;
      return `select ${named}, ${columns} from ${parquet(paths)}`;
    })
    .join(" union all ");
}

function noRows(kind: Kind): string {
  const columns = columnsOf(kind).map(
    ({name, type}) => `null::${type === "time" ? "timestamp" : STORED[type]} as "${name}"`
  );
  const named = ["provider", "universe", "frequency"].map((name) => `null::varchar as ${name}`);
  return `select ${[...named, ...columns].join(", ")} where false`;
}
