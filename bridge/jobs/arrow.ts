import {
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type Data,
  type DataType
} from "apache-arrow";
import {COMMON, TABLES, type ColumnKind, type LedgerRow, type TableName} from "../../lib/ledger/tables.js";
import {AMOUNT_SCALE} from "../../lib/money/amount.js";

const PRECISION = 38;
const DAY_MS = 86_400_000;

/** Returns rows as an Arrow IPC stream: amounts as Decimal128(38, 12), days as Date, text as a dictionary of it. */
export function encodeTable<Name extends TableName>(
  name: Name,
  rows: readonly LedgerRow<Name>[]
): Uint8Array<ArrayBuffer> {
  const columns = Object.entries<ColumnKind>({...COMMON, ...TABLES[name].columns}).map(
    ([column, kind], place) => {
      const values = rows.map((row) => (row as Record<string, unknown>)[column] ?? null);
      return {column, data: encode(column, kind, values, place)};
    }
  );
  const schema = new Schema(columns.map(({column, data}) => new Field(column, data.type, true)));
  const children = columns.map(({data}) => data);
  const struct = makeData({type: new Struct(schema.fields), length: rows.length, nullCount: 0, children});
  return tableToIPC(new Table(schema, [new RecordBatch(schema, struct)]), "stream").slice();
}

/** @param values bigints for amounts, else text; null where there is none */
function encode(column: string, kind: ColumnKind, values: readonly unknown[], place: number): Data<DataType> {
  if (kind === "amount") return amounts(values as (bigint | null)[]);
  if (kind === "date") return days(values as (string | null)[]);
  const texts = values as (string | null)[];
  return column === "id" || kind === "time"
    ? vectorFromArray(texts, new Utf8()).data[0]
    : dictionary(texts, place);
}

function amounts(values: readonly (bigint | null)[]): Data<Decimal> {
  const words = new BigUint64Array(2 * values.length);
  for (const [i, value] of values.entries()) {
    if (value === null) continue;
    words[2 * i] = BigInt.asUintN(64, value);
    words[2 * i + 1] = BigInt.asUintN(64, value >> 64n);
  }
  const type = new Decimal(AMOUNT_SCALE, PRECISION);
  return makeData({type, length: values.length, ...nulls(values), data: new Uint32Array(words.buffer)});
}

function days(values: readonly (string | null)[]): Data<DateDay> {
  const data = Int32Array.from(values, (day) => (day === null ? 0 : Date.parse(day) / DAY_MS));
  return makeData({type: new DateDay(), length: values.length, ...nulls(values), data});
}

function dictionary(values: readonly (string | null)[], place: number): Data<Dictionary<Utf8, Int32>> {
  const codes = new Map<string, number>();
  const data = Int32Array.from(values, (text) => {
    if (text === null) return 0;
    const code = codes.get(text) ?? codes.size;
    codes.set(text, code);
    return code;
  });
  const words = vectorFromArray(codes.size ? [...codes.keys()] : [""], new Utf8());
  const type = new Dictionary(new Utf8(), new Int32(), place);
  return makeData({
    type,
    length: values.length,
    ...nulls(values),
    data,
    dictionary: makeVector(words.data[0])
  });
}

function nulls(values: readonly unknown[]): {nullCount: number; nullBitmap: Uint8Array} {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (const [i, value] of values.entries()) {
    if (value === null) ++nullCount;
    else nullBitmap[i >> 3] |= 1 << (i & 7);
  }
  return {nullCount, nullBitmap};
}
