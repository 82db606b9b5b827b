import type {DuckDBConnection} from "@duckdb/node-api";
import {KEYS, type ColumnType, type Rows} from "../../lib/lake/columns.js";
import {isIntraday, type Kind} from "../../lib/lake/dataset.js";
import {compareText} from "../../lib/order.js";
import {addDays} from "../../lib/time/day.js";
import {columnsOf, keyOf, sameKey, storedSelection, symbolOf} from "./columns.js";
import {ask, literal, parquet} from "./engine.js";
import {gainsIn, type Gain} from "./gains.js";
import {partitionOfPart, pathOf, type Folder, type Part} from "./manifest.js";
import {writePart} from "./parts.js";
import {stageRows, type Staged} from "./stage.js";

/** Days between a row and another of its key: a month's bar may be of its first day or its last. */
const MARGIN_DAYS = 40;
/** Parts of at most so many rows are written anew with each change of their partition. */
const SMALL_PART = 2000;
/** A change takes in the parts that are at most so many times as large as it: so a partition has few. */
const GROWTH = 2;
/** Revisions that a write tells of: a vendor may have changed all that it ever sent. */
const MOST_REVISIONS = 100;

/** A row that the vendor changed. */
export interface Revision {
  symbol: string;
  day: string;
  /** `close was 101.5, is 101.75`. */
  change: string;
}

export interface Merged {
  new: number;
  same: number;
  changed: number;
  gains: Gain[];
  revisions: Revision[];
  /** Parts written, and those whose place they take. */
  written: Part[];
  replaced: Part[];
}

const UNTOUCHED: Pick<Merged, "revisions" | "written" | "replaced"> = {
  revisions: [],
  written: [],
  replaced: []
};

interface Target {
  folder: Folder;
  /** Parts of the dataset. */
  parts: readonly Part[];
  /** Called with the parts that are going to be read. */
  onRead: (parts: readonly Part[]) => Promise<void>;
  /** Called before the first part is written. */
  onWrite: () => Promise<void>;
}

/**
 * Merges rows into the parts of a dataset by their key, a later row in the place of an earlier one. It reads only what
 * may hold their keys and writes only what differs; it is for the caller to list the parts in the manifest.
 */
export async function merge(connection: DuckDBConnection, rows: Rows, target: Target): Promise<Merged> {
  const {folder, parts, onRead, onWrite} = target;
  const {kind} = rows;
  if (!rows.length) return {new: 0, same: 0, changed: 0, gains: [], ...UNTOUCHED};
  const staged = await stageRows(connection, rows, folder.id.frequency);
  const near = parts.filter((part) => isNear(part, staged, kind));
  await onRead(near);
  const fresh = near.length
    ? await findFresh(connection, kind, paths(folder, near))
    : await takeAll(connection, staged);
  const gains = fresh ? await gainsIn(connection, kind, "(from fresh where old is null)") : [];
  const gained = sum(gains.map(({rows: count}) => count));
  const merged = {new: gained, same: staged.rows - fresh, changed: fresh - gained, gains};
  if (!fresh) return {...merged, ...UNTOUCHED};
  const changes = merged.changed ? await changesOf(connection) : new Map<string, number>();
  const touched = parts.filter((part) => changes.has(pathOf(folder, part)));
  const revisions = merged.changed ? await revisionsOf(connection, kind, paths(folder, touched)) : [];
  await onWrite();
  const [written, replaced]: [Part[], Part[]] = [[], []];
  for (const [partition, count] of await freshByPartition(connection, folder, touched)) {
    const here = parts.filter((part) => partitionOfPart(part) === partition);
    const old = absorbed(here, touched, count);
    await onRead(old);
    const kept = old.length ? `union all by name ${keptOf(kind, paths(folder, old))}` : "";
    const order = near.length || old.length ? `order by ${keyOf(kind)}` : "";
    const select = `${freshOf(staged, partition, kind)} ${kept} ${order}`;
    const part = await writePart(connection, folder, partition, select);
    if (part) written.push(part);
    replaced.push(...old);
  }
  return {...merged, revisions, written, replaced};
}

/** Days are of the key, or not far from the time that is. */
function isNear(part: Part, {partitions}: Staged, kind: Kind): boolean {
  const margin = isKey(kind, "day") ? 0 : MARGIN_DAYS;
  return partitions.some(
    ({from, to}) => part.from <= addDays(to, margin) && part.to >= addDays(from, -margin)
  );
}

/**
 * Makes `fresh`: the rows that are not there as they came, and in `old` the part of the one they take the place of.
 *
 * @returns how many there are
 */
async function findFresh(connection: DuckDBConnection, kind: Kind, near: readonly string[]): Promise<number> {
  const rest = columnsOf(kind).filter(({name}) => !isKey(kind, name));
  const differs = rest.map(({name}) => `i."${name}" is distinct from e."${name}"`).join(" or ");
  const there = `(select *, filename as part from ${parquet(near)})`;
  const sql = `create temp table fresh as select i.*, e.part as old from incoming i left join ${there} e
    on ${sameKey(kind, "i", "e")} where e.part is null or ${differs}`;
  const [[count]] = await ask<[bigint]>(connection, sql);
  return Number(count);
}

/** Makes `fresh` of all rows, in their order, where none of them can be there. */
async function takeAll(connection: DuckDBConnection, {rows}: Staged): Promise<number> {
  await connection.run("create temp view fresh as select *, null::varchar as old from incoming");
  return rows;
}

/** Returns how many rows of each part are changed. */
async function changesOf(connection: DuckDBConnection): Promise<Map<string, number>> {
  const sql = "select old, count(*)::double from fresh where old is not null group by all";
  return new Map(await ask<[string, number]>(connection, sql));
}

/** Returns the partitions to write, in order, with how many rows of each are fresh. */
async function freshByPartition(
  connection: DuckDBConnection,
  {id}: Folder,
  touched: readonly Part[]
): Promise<[partition: string, fresh: number][]> {
  const name = isIntraday(id.frequency)
    ? `'month=' || strftime("day", '%Y-%m')`
    : `'year=' || strftime("day", '%Y')`;
  const left = touched.map((part): [string, number] => [partitionOfPart(part), 0]);
  const sql = `select ${name}, count(*)::double from fresh group by all`;
  const counts = new Map([...left, ...(await ask<[string, number]>(connection, sql))]);
  return [...counts].sort(([a], [b]) => compareText(a, b));
}

/** Returns the parts of a partition to write anew: those that hold changed rows, and those that are small beside the change. */
function absorbed(here: readonly Part[], touched: readonly Part[], fresh: number): Part[] {
  const old = here.filter((part) => touched.includes(part));
  let size = fresh + sum(old.map(({rows}) => rows));
  const others = here.filter((part) => !touched.includes(part)).sort((a, b) => a.rows - b.rows);
  for (const part of others) {
    if (part.rows > Math.max(SMALL_PART, GROWTH * size)) break;
    old.push(part);
    size += part.rows;
  }
  return old;
}

function freshOf({partitions}: Staged, partition: string, kind: Kind): string {
  const range = partitions.find(({name}) => name === partition);
  const columns = storedSelection(kind);
  const days = range ? `"day" between ${literal(range.from)} and ${literal(range.to)}` : "false";
  return `select ${columns} from fresh where ${days}`;
}

function keptOf(kind: Kind, old: readonly string[]): string {
  const columns = storedSelection(kind, "o.");
  return `select ${columns} from ${parquet(old)} o anti join fresh f on ${sameKey(kind, "o", "f")}`;
}

async function revisionsOf(
  connection: DuckDBConnection,
  kind: Kind,
  touched: readonly string[]
): Promise<Revision[]> {
  const rest = columnsOf(kind).filter(({name}) => !isKey(kind, name));
  const pairs = rest.map(({name}) => `e."${name}"::varchar, f."${name}"::varchar`).join(", ");
  const changed = `(from fresh where old is not null order by ${keyOf(kind)} limit ${MOST_REVISIONS})`;
  const sql = `select ${symbolOf(kind, "f.")}, f."day"::varchar, ${pairs} from ${changed} f
    join ${parquet(touched)} e on ${sameKey(kind, "f", "e")} order by all`;
  const found = await ask<[string, string, ...(string | null)[]]>(connection, sql);
  return found.map(([symbol, day, ...values]) => {
    const changes = rest.flatMap(({name, type}, i) => {
      const [was, is] = [values[2 * i], values[2 * i + 1]].map((value) => word(type, value));
      return was === is ? [] : [`${name} was ${was}, is ${is}`];
    });
    return {symbol, day, change: changes.join("; ")};
  });
}

function word(type: ColumnType, value: string | null): string {
  if (value === null) return "not given";
  return type === "number" ? String(Number(value)) : value;
}

function isKey(kind: Kind, name: string): boolean {
  return (KEYS[kind] as readonly string[]).includes(name);
}

function paths(folder: Folder, parts: readonly Part[]): string[] {
  return parts.map((part) => pathOf(folder, part));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
