/** Four closes of two invented funds, for the gallery. */
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";

const folder = mkdtempSync(join(tmpdir(), "gallery-"));
const file = join(folder, "prices.parquet");
const db = await (await DuckDBInstance.create()).connect();
await db.run(`COPY (
  SELECT * FROM (VALUES
    (DATE '2025-01-02', 'NORTH', 100.0::DECIMAL(38, 12)),
    (DATE '2025-01-03', 'NORTH', 101.5),
    (DATE '2025-01-02', 'SOUTH', 50.0),
    (DATE '2025-01-03', 'SOUTH', 49.0)
  ) AS prices (day, symbol, close)
) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
process.stdout.write(readFileSync(file));
rmSync(folder, {recursive: true});
