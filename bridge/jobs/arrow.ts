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
import type {ColumnKind} from "../../lib/ledger/tables.js";
import {AMOUNT_SCALE, parseAmount} from "../../lib/money/amount.js";

const PRECISION = 38;
const DAY_MS = 86_400_000;

/**
 * Returns rows as an Arrow IPC stream: amounts as Decimal128(38, 12), days as Date, other text as a dictionary
 * of it, but ids and times, which differ from row to row. Each value goes into its column as it is read: rows
 * as objects would cost more than all the rest.
 * @param columns names and kinds, in the order of a row's values
 * @param rows texts as the store keeps them; null where there is none
 */
export function encodeRows(
  columns: readonly (readonly [name: string, kind: ColumnKind])[],
  rows: Iterable<readonly (string | null)[]>
): Uint8Array<ArrayBuffer> {
  const builders = columns.map(([name, kind], place) => builderOf(name, kind, place));
  let length = 0;
  for (const values of rows) {
    for (let place = 0; place < builders.length; ++place) builders[place].set(length, values[place]);
    ++length;
  }
  const children = builders.map((builder) => builder.finish(length));
  const schema = new Schema(columns.map(([name], place) => new Field(name, children[place].type, true)));
  const struct = makeData({type: new Struct(schema.fields), length, nullCount: 0, children});
  return tableToIPC(new Table(schema, [new RecordBatch(schema, struct)]), "stream").slice();
}

interface Builder {
  set(i: number, text: string | null): void;
  finish(length: number): Data<DataType>;
}

function builderOf(name: string, kind: ColumnKind, place: number): Builder {
  if (kind === "amount") return amounts();
  if (kind === "date")
    return numbers(
      (length, data, nulls) => makeData({type: new DateDay(), length, data, ...nulls}),
      dayNumber()
    );
  return name === "id" || kind === "time" ? texts() : dictionary(place);
}

function amounts(): Builder {
  const valid = new Validity();
  let words = new BigUint64Array(2048);
  let [last, amount] = ["0", 0n];
  return {
    set(i, text) {
      if (text === null) return;
      if (text !== last) [last, amount] = [text, parseAmount(text)];
      words = withRoom(words, 2 * i + 2);
      words[2 * i] = BigInt.asUintN(64, amount);
      words[2 * i + 1] = BigInt.asUintN(64, amount >> 64n);
      valid.set(i);
    },
    finish(length) {
      const data = new Uint32Array(withRoom(words, 2 * length).buffer, 0, 4 * length);
      return makeData({type: new Decimal(AMOUNT_SCALE, PRECISION), length, data, ...valid.finish(length)});
    }
  };
}

type Nulls = ReturnType<Validity["finish"]>;

/** A column of 32-bit numbers, each of which stands for a text. */
function numbers(
  make: (length: number, data: Int32Array, nulls: Nulls) => Data<DataType>,
  numberOf: (text: string) => number
): Builder {
  const valid = new Validity();
  let data = new Int32Array(1024);
  return {
    set(i, text) {
      if (text === null) return;
      data = withRoom(data, i + 1);
      data[i] = numberOf(text);
      valid.set(i);
    },
    finish: (length) => make(length, withRoom(data, length).subarray(0, length), valid.finish(length))
  };
}

/** Rows are in order of day: most days are the day before's. */
function dayNumber(): (day: string) => number {
  const known = new Map<string, number>();
  return (day) => {
    let number = known.get(day);
    if (number === undefined) known.set(day, (number = Date.parse(day) / DAY_MS));
    return number;
  };
}

function dictionary(place: number): Builder {
  const codes = new Map<string, number>();
  return numbers(
    (length, data, nulls) => {
      const words = vectorFromArray(codes.size ? [...codes.keys()] : [""], new Utf8());
      const type = new Dictionary(new Utf8(), new Int32(), place);
      return makeData({type, length, data, ...nulls, dictionary: makeVector(words.data[0])});
    },
    (text) => {
      let code = codes.get(text);
      if (code === undefined) codes.set(text, (code = codes.size));
      return code;
    }
  );
}

function texts(): Builder {
  const encoder = new TextEncoder();
  const valid = new Validity();
  let bytes = new Uint8Array(16_384);
  let offsets = new Int32Array(1024);
  let [end, rows] = [0, 0];
  return {
    set(i, text) {
      if (text === null) return;
      bytes = withRoom(bytes, end + 3 * text.length);
      offsets = withRoom(offsets, i + 2).fill(end, rows + 1, i + 1);
      end += encoder.encodeInto(text, bytes.subarray(end)).written;
      offsets[i + 1] = end;
      rows = i + 1;
      valid.set(i);
    },
    finish(length) {
      const valueOffsets = withRoom(offsets, length + 1)
        .fill(end, rows + 1)
        .subarray(0, length + 1);
      return makeData({
        type: new Utf8(),
        length,
        valueOffsets,
        data: bytes.subarray(0, end),
        ...valid.finish(length)
      });
    }
  };
}

/** Which values there are: a bit each. */
class Validity {
  #bits = new Uint8Array(128);
  #count = 0;

  set(i: number): void {
    this.#bits = withRoom(this.#bits, (i >> 3) + 1);
    this.#bits[i >> 3] |= 1 << (i & 7);
    ++this.#count;
  }

  finish(length: number): {nullCount: number; nullBitmap: Uint8Array} {
    const size = (length + 7) >> 3;
    return {nullCount: length - this.#count, nullBitmap: withRoom(this.#bits, size).subarray(0, size)};
  }
}

/** Returns the array, or a longer one with the same beginning, that holds at least so many. */
function withRoom<A extends Uint8Array | Int32Array | BigUint64Array>(array: A, size: number): A {
  if (size <= array.length) return array;
  const Kind = array.constructor as new (length: number) => A; // an array's constructor makes its like
  const longer = new Kind(Math.max(size, 2 * array.length));
  longer.set(array as never);
  return longer;
}
