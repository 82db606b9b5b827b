import {MOST_ROWS, openSql, type SqlAnswer} from "../bridge/store/duck.js";
import type {Config} from "../config.js";
import {note, printJson, printTable} from "./output.js";
import {openToRead} from "./store.js";

/** `tearsheet sql`: one SELECT on the ledger, by DuckDB. */
export async function runSql(
  config: Config,
  select: string,
  {demo, json}: {demo?: true; json?: true}
): Promise<void> {
  const store = await openToRead(config, demo);
  try {
    const sql = await openSql(store);
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
    store.close();
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
