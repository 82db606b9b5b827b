import {stat, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {ask, literal, parquet} from "./engine.js";
import {makeFolder, sha256Of, syncFile, syncFolder, temporaryIn} from "./files.js";
import {EXTENT} from "./gains.js";
import type {Folder, Part} from "./manifest.js";

/** Rows that share their statistics: a question about one symbol reads no more than so many. */
const ROW_GROUP = 16_384;
const FORM = `format parquet, compression zstd, parquet_version v2, row_group_size ${ROW_GROUP}, use_tmp_file false`;

/**
 * Writes the rows of a SELECT as a part of a partition: whole, on the disk, and under the name of its content. It is of
 * no dataset before a manifest lists it.
 *
 * @returns null where there is no row
 */
export async function writePart(
  connection: DuckDBConnection,
  {dir}: Folder,
  partition: string,
  select: string
): Promise<Part | null> {
  const place = join(dir, partition);
  await makeFolder(place);
  const temporary = temporaryIn(place);
  try {
    await connection.run(`copy (${select}) to ${literal(temporary)} (${FORM})`);
    const days = await daysOf(connection, temporary);
    if (days.rows === 0) return null;
    await syncFile(temporary);
    const [sha256, {size}] = await Promise.all([sha256Of(temporary), stat(temporary)]);
    const file = `${partition}/${sha256.slice(0, 32)}.parquet`;
    await rename(temporary, join(dir, file));
    await syncFolder(place);
    return {file, sha256, bytes: size, ...days};
  } finally {
    await rm(temporary, {force: true});
  }
}

/** Returns how many rows a part has, and their first and last day. */
export async function daysOf(
  connection: DuckDBConnection,
  path: string
): Promise<Pick<Part, "rows" | "from" | "to">> {
  const sql = `select ${EXTENT} from ${parquet([path])}`;
  const [[rows, from, to]] = await ask<[number, string, string]>(connection, sql);
  return {rows, from, to};
}
