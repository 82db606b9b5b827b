import {
  DateDay,
  Decimal,
  Dictionary,
  Int32,
  makeData,
  makeVector,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type Vector
} from "apache-arrow";
import {COMMON, TABLES, type ColumnKind, type LedgerTables, type TableName} from "../lib/ledger/tables.js";
import {AMOUNT_SCALE} from "../lib/money/amount.js";

const PRECISION = 38;
const DAY_MS = 86_400_000;

/** Returns a ledger table as an Arrow IPC stream: amounts as Decimal128(38, 12), days as Date, texts as a dictionary. */
export function ledgerIpc(name: TableName, ledger: LedgerTables): Uint8Array<ArrayBuffer> {
  const rows: readonly object[] = ledger[name];
  const columns: [string, ColumnKind][] = Object.entries({...COMMON, ...TABLES[name].columns});
  const vectors = columns.map(([column, kind]): [string, Vector] => [
    column,
    vectorOf(
      rows.map((row) => (row as Record<string, string | bigint | null>)[column] ?? null),
      kind
    ) // every column is in it
  ]);
  return tableToIPC(new Table(Object.fromEntries(vectors)), "stream").slice();
}

function vectorOf(values: readonly (string | bigint | null)[], kind: ColumnKind): Vector {
  if (kind === "amount") return amounts(values as readonly (bigint | null)[]);
  if (kind === "date") return days(values as readonly (string | null)[]);
  return vectorFromArray(values as readonly (string | null)[], new Dictionary(new Utf8(), new Int32()));
}

function amounts(values: readonly (bigint | null)[]): Vector {
  const words = new BigUint64Array(2 * values.length);
  for (const [i, amount] of values.entries()) {
    words[2 * i] = BigInt.asUintN(64, amount ?? 0n);
    words[2 * i + 1] = BigInt.asUintN(64, (amount ?? 0n) >> 64n);
  }
  const type = new Decimal(AMOUNT_SCALE, PRECISION);
  return makeVector(
    makeData({type, length: values.length, data: new Uint32Array(words.buffer), ...nullsOf(values)})
  );
}

function days(values: readonly (string | null)[]): Vector {
  const data = Int32Array.from(values, (day) => (day === null ? 0 : Date.parse(day) / DAY_MS));
  return makeVector(makeData({type: new DateDay(), length: values.length, data, ...nullsOf(values)}));
}

function nullsOf(values: readonly unknown[]): {nullCount: number; nullBitmap: Uint8Array} {
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  for (const [i, value] of values.entries()) {
    if (value === null) ++nullCount;
    else nullBitmap[i >> 3] |= 1 << (i & 7);
  }
  return {nullCount, nullBitmap};
}
