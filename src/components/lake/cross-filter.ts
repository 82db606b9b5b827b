import type {ColumnType} from "../../lib/lake/columns.js";
import {literal, quoted} from "../sql-text.js";

/** Bins of a column of numbers, days or times. */
export const BINS = 24;
/** Words of a text column that have a bar of their own. */
export const WORDS = 8;
/** The bin of what is not given. */
const NONE = 255;

/** A column and what of its values bins are made by. */
export interface ColumnRange {
  name: string;
  type: ColumnType;
  /** Of numbers; days since 1970; milliseconds. NaN where no row has a value. */
  least: number;
  most: number;
  median: number;
  /** Of text: the words that most rows have, the most frequent first. */
  words: readonly string[];
  /** How many words there are, about. */
  distinct: number;
}

/** How a column's values fall into bins. */
export type Binning =
  | {
      name: string;
      kind: "range";
      type: ColumnType;
      /** What values are parted by: themselves where 0, else asinh(value / bend). */
      bend: number;
      edges: readonly number[];
      most: number;
    }
  | {name: string; kind: "words"; words: readonly string[]; others: boolean};

/** Bins that rows must be in: from one to another, both included, or any of some. */
export type BinFilter = {from: number; to: number} | {any: readonly number[]};

export type Filters = ReadonlyMap<string, BinFilter>;

/** Returns a column's value as a number that bins are made of. */
function numberOf({name, type}: {name: string; type: ColumnType}): string {
  const column = quoted(name);
  if (type === "day") return `(${column} - DATE '1970-01-01')`;
  return type === "time" ? `epoch_ms(${column})` : column;
}

/** Returns the question after least, most and median of each column of numbers, and the words of each of text. */
export function rangesSql(table: string, columns: readonly {name: string; type: ColumnType}[]): string {
  const parts = columns.map((column, place) => {
    const value = column.type === "text" ? quoted(column.name) : numberOf(column);
    return column.type === "text"
      ? `NULL::DOUBLE AS l${place}, NULL::DOUBLE AS m${place}, NULL::DOUBLE AS q${place}, approx_count_distinct(${value})::DOUBLE AS d${place}`
      : `min(${value})::DOUBLE AS l${place}, max(${value})::DOUBLE AS m${place}, approx_quantile(${value}, 0.5)::DOUBLE AS q${place}, NULL::DOUBLE AS d${place}`;
  });
  return `SELECT ${parts.join(", ")} FROM ${quoted(table)}`;
}

/** Returns the question after the most frequent words of a column. */
export function wordsSql(table: string, name: string): string {
  const column = quoted(name);
  return `SELECT ${column} AS word FROM ${quoted(table)} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${WORDS}`;
}

/**
 * Bins of equal width: of days and milliseconds whole ones; where most values lie near one end, of equal width after the
 * inverse hyperbolic sine, which is nearly linear about zero and nearly logarithmic far from it.
 */
export function binningOf({name, type, least, most, median, words, distinct}: ColumnRange): Binning {
  if (type === "text") return {name, kind: "words", words, others: distinct > words.length};
  if (!(most >= least)) return {name, kind: "range", bend: 0, type, edges: [], most};
  const place = (median - least) / (most - least || 1);
  const bend =
    type === "number" && (place < SKEWED || place > 1 - SKEWED)
      ? Math.max(Math.abs(median) / 4, (most - least) / 1e9)
      : 0;
  const width =
    type === "number" ? (most - least) / BINS || 1 : Math.max(1, Math.ceil((most - least + 1) / BINS));
  const [from, to] = [Math.asinh(least / bend), Math.asinh(most / bend)];
  const edges = Array.from({length: BINS + 1}, (_, i) =>
    bend ? bend * Math.sinh(from + (i * (to - from)) / BINS) : least + i * width
  );
  return {name, kind: "range", bend, type, edges, most};
}

/** How near to one end the median lies where values are skewed. */
const SKEWED = 1 / 8;

/** Returns the statement that makes the table of each row's bins, a column `b0`, `b1`, … for each binning. */
export function binsSql(table: string, bins: string, binnings: readonly Binning[]): string {
  const columns = binnings.map((binning, i) => `coalesce(${binSql(binning)}, ${NONE})::UTINYINT AS b${i}`);
  return `CREATE OR REPLACE TABLE ${quoted(bins)} AS SELECT ${columns.join(", ")} FROM ${quoted(table)}`;
}

function binSql(binning: Binning): string {
  if (binning.kind === "words") {
    const column = quoted(binning.name);
    const whens = binning.words.map((word, i) => `WHEN ${literal(word)} THEN ${i}`);
    return `CASE WHEN ${column} IS NULL THEN ${NONE} ELSE CASE ${column} ${[...whens, "WHEN '' THEN 255"].join(" ")} ELSE ${binning.words.length} END END`;
  }
  const {edges, bend} = binning;
  if (edges.length === 0) return "NULL";
  const value = numberOf(binning);
  const [first, last] = [edges[0], edges[BINS]].map((edge) => (bend ? Math.asinh(edge / bend) : edge));
  const bent = bend ? `asinh(${value} / ${bend})` : value;
  const place = `(${bent} - ${first}) / ${(last - first) / BINS}`;
  return `CASE WHEN isfinite(${value}::DOUBLE) THEN least(${BINS - 1}, greatest(0, floor(${place}))) END`;
}

/** Returns the question after how many rows are in each bin of each column: `c` its place, `bin`, `n`. A column's own filter does not narrow it. */
export function histogramsSql(bins: string, binnings: readonly Binning[], filters: Filters): string {
  return binnings
    .map(({name}, i) => {
      const others = new Map([...filters].filter(([column]) => column !== name));
      return `SELECT ${i} AS c, b${i}::INTEGER AS bin, count(*)::DOUBLE AS n FROM ${quoted(bins)}${whereOf(binnings, others)} GROUP BY 2`;
    })
    .join(" UNION ALL ");
}

/** Returns the question after how many rows pass. */
export function countSql(bins: string, binnings: readonly Binning[], filters: Filters): string {
  return `SELECT count(*)::DOUBLE AS n FROM ${quoted(bins)}${whereOf(binnings, filters)}`;
}

/** Returns what rows that pass are taken from: the table, beside its bins where there is a filter. */
export function fromSql(table: string, bins: string, binnings: readonly Binning[], filters: Filters): string {
  return filters.size
    ? `${quoted(table)} POSITIONAL JOIN ${quoted(bins)}${whereOf(binnings, filters)}`
    : quoted(table);
}

function whereOf(binnings: readonly Binning[], filters: Filters): string {
  const tests = [...filters].map(([name, filter]) => {
    const place = binnings.findIndex((binning) => binning.name === name);
    return "any" in filter
      ? `b${place} IN (${filter.any.join(", ") || -1})`
      : `b${place} BETWEEN ${filter.from} AND ${filter.to}`;
  });
  return tests.length ? ` WHERE ${tests.join(" AND ")}` : "";
}

/** Returns the question after what the values of some columns are like, among rows that pass: a row a column. */
export function statisticsSql(from: string, columns: readonly {name: string; type: ColumnType}[]): string {
  const source = `rows_that_pass AS MATERIALIZED (SELECT * FROM ${from})`;
  const parts = columns.map(({name, type}, place) => {
    const value = quoted(name);
    const number = type === "number" ? value : "NULL::DOUBLE";
    const order =
      type === "text" ? `min(${value}), max(${value})` : `min(${value})::VARCHAR, max(${value})::VARCHAR`;
    return `SELECT ${place} AS place, count(${value})::DOUBLE AS given, (count(*) - count(${value}))::DOUBLE AS missing,
      approx_count_distinct(${value})::DOUBLE AS distinct_values, ${order},
      avg(${number}), stddev_samp(${number}), quantile_cont(${number}, 0.25), median(${number}), quantile_cont(${number}, 0.75)
      FROM rows_that_pass`;
  });
  const names = "place, given, missing, distinct_values, least, most, mean, deviation, q1, median, q3";
  return `WITH ${source} SELECT * FROM (${parts.join(" UNION ALL ")}) AS answer(${names}) ORDER BY place`;
}
