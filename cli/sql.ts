import {existsSync} from "node:fs";
import {MOST_ROWS, openSql, type SqlAnswer} from "../bridge/store/duck.js";
import {pathOf} from "../bridge/store/open.js";
import type {Config} from "../config.js";
import {openLake} from "../loaders/lake/lake.js";
import {addLakeViews} from "../loaders/lake/views.js";
import {demoLakeDir} from "./demo-place.js";
import {note, printJson, printTable} from "./output.js";
import {openToRead, placeOf} from "./store.js";

/** `tearsheet sql`: one SELECT on the ledger and the lake, by DuckDB. */
export async function runSql(
  config: Config,
  select: string,
  {demo = false, json}: {demo?: boolean; json?: true}
): Promise<void> {
  const dir = demo ? demoLakeDir(config) : config.LAKE_DIR;
  const hasLake = existsSync(dir);
  const hasStore = existsSync(pathOf(placeOf(config, demo).url));
  const store = hasStore || !hasLake ? await openToRead(config, demo) : null;
  const lake = hasLake ? openLake(dir, {now: () => new Date()}) : null;
  try {
    const sql = await openSql(store, async (connection) => lake && addLakeViews(connection, lake));
    try {
      const answer = await sql.query(select);
      const rows = plainDecimals(answer);
      if (json) printJson(rows);
      else printTable(rows);
      if (answer.truncated)
        note(
          `only the first ${MOST_ROWS.toLocaleString("en")} rows are shown: add limit and offset, or a sum`
        );
    } finally {
      sql.close();
    }
  } finally {
    lake?.close();
    store?.close();
  }
}

/** Prints decimals as everywhere: without the zeros that DuckDB fills the scale of a column with. */
function plainDecimals({columns, rows}: SqlAnswer): SqlAnswer["rows"] {
  const decimals = columns.filter(({type}) => type.startsWith("DECIMAL")).map(({name}) => name);
  return rows.map((row) => {
    const plain = {...row};
    for (const name of decimals) {
      const value = row[name];
      if (typeof value === "string" && value.includes(".")) plain[name] = value.replace(/\.?0+$/, "");
    }
    return plain;
  });
}
