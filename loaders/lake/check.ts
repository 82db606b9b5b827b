import type {DuckDBConnection} from "@duckdb/node-api";
import {KEYS} from "../../lib/lake/columns.js";
import {calendarOf, gapFinder, type Calendar, type Gap} from "../../lib/lake/gaps.js";
import {dayOf} from "../../lib/time/day.js";
import {columnsOf, keyOf, symbolOf} from "./columns.js";
import {ask, parquet} from "./engine.js";
import {fetchColumns} from "./fetch.js";
import {partitionOfPart, pathOf, type Folder, type Manifest, type Part} from "./manifest.js";
import {isAscending, MANY_ROWS} from "./stage.js";

/** What is wrong with the rows of whole parts. */
export interface RowFinding {
  code: "unordered" | "duplicate" | "gap";
  sentence: string;
  /** Where rows have to be put in order, each key once; none for a gap, which only a vendor can fill. */
  partitions: readonly string[];
}

/** Findings of one code that are told one by one. */
const MOST = 20;
/** Where the exchange of a symbol is not known, its holidays are not either. */
const UNKNOWN_ZONE = "?";

/** Checks the rows of a dataset: their order, that no key stands twice, and that no day is missing between two. */
export async function checkRows(
  connection: DuckDBConnection,
  folder: Folder,
  manifest: Manifest,
  calendar: Calendar
): Promise<RowFinding[]> {
  if (!manifest.parts.length) return [];
  const found: RowFinding[] = [];
  const days = new Map<string, Int32Array[]>();
  for (const part of manifest.parts) {
    const {keys, day, symbol, length} = await keysIn(connection, folder, part);
    if (!isAscending(keys, length)) {
      const sentence = `${folder.path}/${part.file} has rows out of order, or twice`;
      found.push({code: "unordered", sentence, partitions: [partitionOfPart(part)]});
    }
    for (let start = 0, end = 1; end <= length; ++end) {
      if (end < length && symbol(end) === symbol(start)) continue;
      days.set(symbol(start), [...(days.get(symbol(start)) ?? []), day.subarray(start, end)]);
      start = end;
    }
  }
  found.push(...(await duplicates(connection, folder, manifest.parts)));
  return [...found, ...gaps(folder, manifest, days, calendar)];
}

/** Returns the keys of a part, in the order of its rows. */
async function keysIn(connection: DuckDBConnection, folder: Folder, part: Part) {
  const names: readonly string[] = KEYS[folder.id.kind];
  const columns = columnsOf(folder.id.kind).filter(({name}) => names.includes(name) || name === "day");
  const source = parquet([pathOf(folder, part)]);
  const fetched = await fetchColumns(connection, {columns, source, isMany: part.rows >= MANY_ROWS});
  const held = new Map(columns.map(({name}, i) => [name, fetched.columns[i]]));
  const keys = names.map((name) => held.get(name)!); // of the columns fetched
  const quotes = held.get("quote");
  return {
    keys,
    day: held.get("day") as Int32Array, // as columns.ts holds days
    symbol: (i: number) => (quotes ? `${keys[0][i]}${quotes[i]}` : String(keys[0][i])),
    length: fetched.length
  };
}

/** Finds keys that stand in more than one part; in the same they are out of order. */
async function duplicates(
  connection: DuckDBConnection,
  folder: Folder,
  parts: readonly Part[]
): Promise<RowFinding[]> {
  if (parts.length < 2) return [];
  const {kind} = folder.id;
  const paths = parts.map((part) => pathOf(folder, part));
  const twice = `(select ${keyOf(kind)} from ${parquet(paths)} group by all having count(*) > 1)`;
  const [[count]] = await ask<[number]>(connection, `select count(*)::double from ${twice}`);
  if (!count) return [];
  const sql = `select ${symbolOf(kind)}, min("day")::varchar, list(distinct filename) from ${parquet(paths)}
    semi join ${twice} using (${keyOf(kind)}) group by ${keyOf(kind)} order by all limit ${MOST}`;
  const found = await ask<[string, string, string[]]>(connection, sql);
  return found.map(([symbol, day, files]) => {
    const names = files.map((file) => file.slice(folder.dir.length + 1)).sort();
    return {
      code: "duplicate",
      sentence: `${folder.path} has ${symbol} of ${day} in ${names.join(" and ")}, one of ${count} such rows`,
      partitions: parts.filter(({file}) => names.includes(file)).map(partitionOfPart)
    };
  });
}

/** Finds missing days by the calendar that each symbol goes by; events have no days that they should be of. */
function gaps(
  folder: Folder,
  {names}: Manifest,
  days: ReadonlyMap<string, readonly Int32Array[]>,
  calendar: Calendar
): RowFinding[] {
  const {kind, frequency} = folder.id;
  if (kind === "actions" || kind === "trades" || kind === "quotes") return [];
  const all = [...days.values()].flat();
  const [from, to] = [
    all.reduce((least, run) => Math.min(least, run[0]), Infinity),
    all.reduce((most, run) => Math.max(most, run.at(-1)!), -Infinity)
  ];
  const finders = new Map<Calendar, (days: Int32Array) => Gap[]>();
  const found: RowFinding[] = [];
  for (const [symbol, runs] of days) {
    const own = calendarOf(calendar, names.get(symbol)?.timeZone ?? UNKNOWN_ZONE);
    const find = finders.get(own) ?? gapFinder({calendar: own, frequency, from, to});
    finders.set(own, find);
    for (const gap of find(joined(runs))) {
      const sentence = `${folder.path} has no ${symbol} from ${dayOf(gap.from)} to ${dayOf(gap.to)}, ${gap.missing} missing: pull them again`;
      found.push({code: "gap", sentence, partitions: []});
    }
  }
  if (found.length <= MOST) return found;
  const rest = {
    code: "gap",
    sentence: `${folder.path} has ${found.length - MOST} gaps more`,
    partitions: []
  } as const;
  return [...found.slice(0, MOST), rest];
}

function joined(runs: readonly Int32Array[]): Int32Array {
  const days = new Int32Array(runs.reduce((sum, run) => sum + run.length, 0));
  let start = 0;
  for (const run of runs) {
    days.set(run, start);
    start += run.length;
  }
  return days.sort();
}
