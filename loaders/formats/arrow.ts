import {
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
  type Data,
  type DataType
} from "apache-arrow";
import type {ColumnType} from "../../lib/lake/columns.js";
import type {AnswerColumn} from "../../lib/lake/query.js";

/** A column to write. */
export interface ArrowColumn {
  name: string;
  type: ColumnType;
  values: AnswerColumn;
}

/**
 * Returns columns of equal length as an Arrow IPC stream: text as a dictionary of Utf8, days as Date, times as
 * timestamps in UTC milliseconds, numbers as Float64; what is not given is null.
 */
export function encodeArrow(
  columns: readonly ArrowColumn[],
  length: number,
  metadata: ReadonlyMap<string, string> = new Map()
): Uint8Array<ArrayBuffer> {
  const children = columns.map((column, place) => dataOf(column, length, place));
  const fields = columns.map(({name}, i) => new Field(name, children[i].type, true));
  const schema = new Schema(fields, new Map(metadata));
  const struct = makeData({type: new Struct(fields), length, nullCount: 0, children});
  return tableToIPC(new Table(schema, [new RecordBatch(schema, struct)]), "stream").slice();
}

function dataOf({type, values}: ArrowColumn, length: number, place: number): Data<DataType> {
  switch (type) {
    case "day":
      return makeData({type: new DateDay(), length, nullCount: 0, data: values as Int32Array}); // as columns.ts holds them
    case "number":
      return makeData({
        type: new Float64(),
        length,
        data: values as Float64Array,
        ...nulls(values, isMissing)
      });
    case "time": {
      const data = BigInt64Array.from(values as Float64Array, (ms) => BigInt(Number.isNaN(ms) ? 0 : ms));
      return makeData({type: new TimestampMillisecond("UTC"), length, data, ...nulls(values, isMissing)});
    }
    case "text":
      return dictionary(values as readonly string[], length, place);
  }
}

const isMissing = (value: string | number) => Number.isNaN(value);

function dictionary(values: readonly string[], length: number, place: number): Data<DataType> {
  const codes = new Map<string, number>();
  const data = new Int32Array(length);
  let [last, code] = ["", 0];
  for (let i = 0; i < length; ++i) {
    const value = values[i];
    if (value === "") continue;
    if (value !== last || i === 0) {
      code = codes.get(value) ?? codes.size;
      codes.set(value, code);
      last = value;
    }
    data[i] = code;
  }
  const words = vectorFromArray(codes.size ? [...codes.keys()] : [""], new Utf8());
  const type = new Dictionary(new Utf8(), new Int32(), place);
  return makeData({
    type,
    length,
    data,
    ...nulls(values, (value) => value === ""),
    dictionary: makeVector(words.data[0])
  });
}

function nulls(values: AnswerColumn, isNull: (value: string | number) => boolean) {
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < values.length; ++i) {
    if (isNull(values[i])) ++nullCount;
    else nullBitmap[i >> 3] |= 1 << (i & 7);
  }
  return nullCount ? {nullCount, nullBitmap} : {nullCount};
}
