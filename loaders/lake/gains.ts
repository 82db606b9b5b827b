import type {DuckDBConnection} from "@duckdb/node-api";
import type {Kind} from "../../lib/lake/dataset.js";
import {symbolOf} from "./columns.js";
import {ask} from "./engine.js";

/** Rows of a symbol, and their first and last day, ISO. */
export interface Gain {
  symbol: string;
  rows: number;
  from: string;
  to: string;
}

/** What a SELECT asks to know how many rows there are, and of which days. */
export const EXTENT = `count(*)::double, min("day")::varchar, max("day")::varchar`;

/** Returns the rows of each symbol in a table. */
export async function gainsIn(connection: DuckDBConnection, kind: Kind, table: string): Promise<Gain[]> {
  const sql = `select ${symbolOf(kind)}, ${EXTENT} from ${table} group by all`;
  const rows = await ask<[string, number, string, string]>(connection, sql);
  return rows.map(([symbol, count, from, to]) => ({symbol, rows: count, from, to}));
}
