import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";

/**
 * Returns the moving average of each symbol's closes, NaN while there are too few, in the order of symbol and time: by
 * DuckDB's window over a lake's parts. Twice as fast as to read the closes and average them here (measured), since it
 * reads on all cores and hands over one column.
 *
 * @param parts folder of a dataset
 */
export async function averageParts(parts: string, window: number): Promise<Float64Array> {
  const database = await DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  try {
    const result = await connection.stream(
      `select if(count(*) over recent = ${window}, avg(close) over recent, 'nan'::double)
       from read_parquet('${join(parts, "**", "*.parquet")}')
       window recent as (partition by symbol order by time rows ${window - 1} preceding)
       order by symbol, time`
    );
    const pieces: Float64Array[] = [];
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk?.rowCount) break;
      const vector = chunk.getColumnVector(0);
      const piece = new Float64Array(chunk.rowCount);
      for (let i = 0; i < piece.length; ++i) piece[i] = vector.getItem(i) as number; // it is never null
      pieces.push(piece);
    }
    return joined(pieces);
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}

function joined(pieces: readonly Float64Array[]): Float64Array {
  const values = new Float64Array(pieces.reduce((sum, {length}) => sum + length, 0));
  let start = 0;
  for (const piece of pieces) {
    values.set(piece, start);
    start += piece.length;
  }
  return values;
}
