import {type Table, type Vector, DataType} from "apache-arrow";
import {COMMON, TABLES, type ColumnKind, type LedgerRow, type TableName} from "../lib/ledger/tables.js";

/**
 * Returns the rows of a ledger table from its Arrow form: amounts are DECIMAL(38,12), days are text or dates.
 * @throws if a column is missing: half a ledger is none
 */
export function rowsOf<T extends TableName>(name: T, table: Table): LedgerRow<T>[] {
  const columns: [string, ColumnKind][] = Object.entries({...COMMON, ...TABLES[name].columns});
  const rows = Array.from({length: table.numRows}, () => ({}) as Record<string, string | bigint | null>);
  for (const [column, kind] of columns) {
    const vector = table.getChild(column);
    if (!vector) throw new Error(`missing column: ${name}.${column}`);
    if (kind === "amount") fillAmounts(rows, column, vector);
    else fillTexts(rows, column, vector);
  }
  return rows as LedgerRow<T>[]; // every column of the table's list was filled
}

/** Reads the two 64-bit halves of each 128-bit integer: little endian, two's complement. */
function fillAmounts(rows: Record<string, string | bigint | null>[], column: string, vector: Vector) {
  let row = 0;
  for (const data of vector.data) {
    const words = data.values as Uint32Array;
    const bytes = words.byteOffset % 8 ? words.slice() : words;
    const halves = new BigInt64Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    for (let i = 0; i < data.length; ++i, ++row) {
      if (!data.getValid(i)) rows[row][column] = null;
      else {
        const [low, high] = [halves[2 * i], halves[2 * i + 1]];
        rows[row][column] = high === low >> 63n ? low : (high << 64n) | BigInt.asUintN(64, low);
      }
    }
  }
}

function fillTexts(rows: Record<string, string | bigint | null>[], column: string, vector: Vector) {
  const isDate = DataType.isDate(vector.type);
  for (let i = 0; i < rows.length; ++i) {
    const value = vector.get(i) as string | number | Date | null; // text, or a date column's value
    rows[i][column] = value === null ? null : isDate ? isoDay(value as number | Date) : (value as string);
  }
}

function isoDay(value: number | Date): string {
  return new Date(value).toISOString().slice(0, 10);
}
