import {DuckDBDataChunk, INTEGER, type DuckDBConnection, type DuckDBType} from "@duckdb/node-api";
import {KEYS, type ColumnType, type Rows} from "../../lib/lake/columns.js";
import {partitionOf, type Frequency} from "../../lib/lake/dataset.js";
import {dayNumber, dayOf} from "../../lib/time/day.js";
import {ask} from "./engine.js";
import {columnsOf, enumOf, keyOf, plainType, toStored} from "./columns.js";

/** What DuckDB takes at a time. */
const VECTOR = 2048;
/** From so many rows on it pays to number the words of a text column, when they are few. */
export const MANY_ROWS = 10_000;
export const MOST_WORDS = 20_000;
const [FIRST_DAY, LAST_DAY] = [dayNumber("1000-01-01"), dayNumber("9999-12-31")];

type Values = readonly (string | number)[] | Float64Array | Int32Array;

/** Rows that came, in DuckDB. */
export interface Staged {
  /** How many there are, of rows with the same key one. */
  rows: number;
  /** First and last day (ISO) of those of each partition, `year=2025`, in order. */
  partitions: {name: string; from: string; to: string}[];
}

/**
 * Puts rows into the temporary view `incoming`: in stored types, in the order of their key; of rows with the same key
 * the last one.
 *
 * @throws RangeError for a value that cannot be stored, naming row and column
 */
export async function stageRows(
  connection: DuckDBConnection,
  {kind, length, columns}: Rows,
  frequency: Frequency
): Promise<Staged> {
  const held = new Map(Object.entries<Values>(columns));
  const names: readonly string[] = KEYS[kind];
  const staged: PlainColumn[] = [];
  for (const {name, type} of columnsOf(kind)) {
    const values = held.get(name)!; // rows have every column of their kind
    checkValues(values, {where: (i) => `${kind}[${i}].${name}`, type, isKey: names.includes(name), length});
    const words = type === "text" ? wordsOf(values as readonly string[]) : null; // as columns.ts holds text
    staged.push({name, values, type: plainType(type, words), words});
  }
  const isOrdered = isAscending(
    names.map((name) => held.get(name)!), // a key is of columns
    length
  );
  if (!isOrdered) staged.push(placeColumn(length));
  await createPlain(connection, staged, length);
  const stored = columnsOf(kind).map(toStored).join(", ");
  const key = keyOf(kind);
  const last = `row_number() over (partition by ${key} order by place desc) = 1`;
  await connection.run(
    isOrdered
      ? `create temp view incoming as select ${stored} from plain`
      : `create temp table incoming as select ${stored} from (from plain qualify ${last}) order by ${key}`
  );
  const partitions = partitionsOf(held.get("day") as Int32Array, frequency); // as columns.ts holds days
  if (isOrdered) return {rows: length, partitions};
  const [[rows]] = await ask<[number]>(connection, "select count(*)::double from incoming");
  return {rows, partitions};
}

interface PlainColumn {
  name: string;
  values: Values;
  type: DuckDBType;
  words: readonly string[] | null;
}

async function createPlain(
  connection: DuckDBConnection,
  columns: readonly PlainColumn[],
  length: number
): Promise<void> {
  const definitions = columns.map(
    ({name, type, words}) => `"${name}" ${words ? enumOf(words) : type.toString()}`
  );
  await connection.run(`create temp table plain (${definitions.join(", ")})`);
  const appender = await connection.createAppender("plain");
  const chunk = DuckDBDataChunk.create(
    columns.map(({type}) => type),
    Math.min(VECTOR, length)
  );
  for (let start = 0; start < length; start += VECTOR) {
    const count = Math.min(VECTOR, length - start);
    if (count !== chunk.rowCount) chunk.rowCount = count;
    for (const [place, {values}] of columns.entries()) {
      const vector = chunk.getColumnVector(place);
      for (let i = 0; i < count; ++i) vector.setItem(i, values[start + i]);
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function placeColumn(length: number): PlainColumn {
  return {name: "place", values: Int32Array.from({length}, (_, i) => i), type: INTEGER, words: null};
}

interface Check {
  where: (i: number) => string;
  type: ColumnType;
  isKey: boolean;
  length: number;
}

function checkValues(values: Values, {where, type, isKey, length}: Check): void {
  if (values.length !== length) throw new RangeError(`invalid ${where(length)}: ${values.length} values`);
  const isGood: Readonly<Record<ColumnType, (value: string | number) => boolean>> = {
    text: (value) => isStorable(String(value)) && !(isKey && value === ""),
    time: Number.isSafeInteger,
    day: (value) => Number(value) >= FIRST_DAY && Number(value) <= LAST_DAY,
    number: () => true
  };
  if (type === "number") return;
  const test = isGood[type];
  for (let i = 0; i < length; ++i) {
    if (i > 0 && values[i] === values[i - 1]) continue;
    if (!test(values[i])) throw new RangeError(`invalid ${where(i)}: ${JSON.stringify(values[i])}`);
  }
}

/** What UTF-8 can say and a C string can hold. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Returns the words of a text column in the order of their bytes; null when they are many, or the rows few. */
function wordsOf(values: readonly string[]): string[] | null {
  if (values.length < MANY_ROWS) return null;
  const words = new Set<string>();
  for (let i = 0; i < values.length; ++i) {
    if (i > 0 && values[i] === values[i - 1]) continue;
    if (words.add(values[i]).size > MOST_WORDS) return null;
  }
  return [...words].sort(compareBytes);
}

/** Returns whether each row's key is after that of the row before. */
export function isAscending(keys: readonly Values[], length: number): boolean {
  for (let i = 1; i < length; ++i) {
    const differing = keys.find((values) => values[i] !== values[i - 1]);
    if (!differing || !isBefore(differing[i - 1], differing[i])) return false;
  }
  return true;
}

function isBefore(a: string | number, b: string | number): boolean {
  return typeof a === "string" ? compareBytes(a, String(b)) < 0 : a < Number(b);
}

/** Returns the order of texts as DuckDB has it: of their bytes in UTF-8. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function partitionsOf(days: Int32Array, frequency: Frequency): Staged["partitions"] {
  let [first, last] = [days[0], days[0]];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const isThere = new Uint8Array(last - first + 1);
  for (const day of days) isThere[day - first] = 1;
  const partitions: Staged["partitions"] = [];
  for (let place = 0; place < isThere.length; ++place) {
    if (!isThere[place]) continue;
    const day = dayOf(first + place);
    const name = partitionOf(frequency, day);
    const latest = partitions.at(-1);
    if (latest?.name === name) latest.to = day;
    else partitions.push({name, from: day, to: day});
  }
  return partitions;
}
