import type {ColumnType} from "../../lib/lake/columns.js";
import {run, type Answer} from "../sql.js";
import {quoted} from "../sql-text.js";
import {
  BINS,
  binningOf,
  binsSql,
  countSql,
  fromSql,
  histogramsSql,
  rangesSql,
  statisticsSql,
  wordsSql,
  type Binning,
  type BinFilter,
  type ColumnRange
} from "./cross-filter.js";

export interface ViewColumn {
  name: string;
  type: ColumnType;
}

/** How many rows are in each bin of a column; those without a value stand in none. */
export interface Histogram {
  binning: Binning;
  /** One a bin; of words one each, then the others. */
  counts: Float64Array;
  missing: number;
}

/** What a column's values are like. Least and most are texts; figures are null where there is none. */
export interface ColumnStatistics {
  name: string;
  type: ColumnType;
  given: number;
  missing: number;
  distinct: number;
  least: string | null;
  most: string | null;
  mean: number | null;
  deviation: number | null;
  q1: number | null;
  median: number | null;
  q3: number | null;
}

export type DatasetOrder = {column: string; descending: boolean} | null;

type Row = Readonly<Record<string, unknown>>;

/**
 * A dataset in the page's database, looked at through filters: questions are answered by DuckDB, from the table and
 * from a narrow table of each row's bins beside it. The bins are made once, when they are first needed.
 */
export class DatasetView {
  readonly table: string;
  readonly columns: readonly ViewColumn[];
  readonly #filters = new Map<string, BinFilter>();
  readonly #listeners = new Set<() => void>();
  #binnings: Promise<readonly Binning[]> | undefined;
  #order: DatasetOrder = null;

  constructor(table: string, columns: readonly ViewColumn[]) {
    this.table = table;
    this.columns = columns;
  }

  get filters(): ReadonlyMap<string, BinFilter> {
    return this.#filters;
  }

  get order(): DatasetOrder {
    return this.#order;
  }

  filter(column: string, filter: BinFilter | null): void {
    if (filter) this.#filters.set(column, filter);
    else if (!this.#filters.delete(column)) return;
    this.#tell();
  }

  clear(): void {
    this.#filters.clear();
    this.#tell();
  }

  sort(order: DatasetOrder): void {
    this.#order = order;
    this.#tell();
  }

  /** Calls the listener when filters or order change; returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What rows that pass are taken from. */
  async from(): Promise<string> {
    const binnings = this.#filters.size ? await this.#bins() : [];
    return fromSql(this.table, this.#binTable, binnings, this.#filters);
  }

  async count(): Promise<number> {
    if (this.#filters.size === 0)
      return firstNumber(await run(`SELECT count(*)::DOUBLE AS n FROM ${quoted(this.table)}`));
    return firstNumber(await run(countSql(this.#binTable, await this.#bins(), this.#filters)));
  }

  async histograms(): Promise<Histogram[]> {
    const binnings = await this.#bins();
    const answer = rowsOf(await run(histogramsSql(this.#binTable, binnings, this.#filters)));
    const histograms = binnings.map((binning): Histogram => {
      const bars = binning.kind === "words" ? binning.words.length + (binning.others ? 1 : 0) : BINS;
      return {binning, counts: new Float64Array(bars), missing: 0};
    });
    for (const {c, bin, n} of answer) {
      const histogram = histograms[Number(c)];
      if (Number(bin) < histogram.counts.length) histogram.counts[Number(bin)] = Number(n);
      else histogram.missing = Number(n);
    }
    return histograms;
  }

  /** Some of the rows that pass, in the order chosen, else as they are stored. */
  async page(offset: number, limit: number): Promise<Row[]> {
    const order = this.#order
      ? ` ORDER BY ${quoted(this.#order.column)} ${this.#order.descending ? "DESC" : "ASC"} NULLS LAST`
      : "";
    const names = this.columns.map(({name}) => quoted(name)).join(", ");
    return rowsOf(
      await run(`SELECT ${names} FROM ${await this.from()}${order} LIMIT ${limit} OFFSET ${offset}`)
    );
  }

  async statistics(): Promise<ColumnStatistics[]> {
    const rows = rowsOf(await run(statisticsSql(await this.from(), this.columns)));
    const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
    return rows.map((row, i) => ({
      ...this.columns[i],
      given: Number(row["given"]),
      missing: Number(row["missing"]),
      distinct: Number(row["distinct_values"]),
      least: row["least"] === null ? null : String(row["least"] as string),
      most: row["most"] === null ? null : String(row["most"] as string),
      mean: number(row["mean"]),
      deviation: number(row["deviation"]),
      q1: number(row["q1"]),
      median: number(row["median"]),
      q3: number(row["q3"])
    }));
  }

  /** The columns that any row has a value of. */
  async given(): Promise<ViewColumn[]> {
    const counts = this.columns.map(({name}, i) => `count(${quoted(name)})::DOUBLE AS n${i}`);
    const [row = {}] = rowsOf(await run(`SELECT ${counts.join(", ")} FROM ${quoted(this.table)}`));
    return this.columns.filter((_, i) => Number(row[`n${i}`]) > 0);
  }

  /** Drops the table of bins. */
  async close(): Promise<void> {
    if (this.#binnings) await run(`DROP TABLE IF EXISTS ${quoted(this.#binTable)}`);
  }

  get #binTable(): string {
    return `bins of ${this.table}`;
  }

  #bins(): Promise<readonly Binning[]> {
    return (this.#binnings ??= this.#makeBins());
  }

  async #makeBins(): Promise<readonly Binning[]> {
    const [row = {}] = rowsOf(await run(rangesSql(this.table, this.columns)));
    const binnings: Binning[] = [];
    for (const [i, {name, type}] of this.columns.entries()) {
      const words = type === "text" ? rowsOf(await run(wordsSql(this.table, name))) : [];
      const number = (letter: string) => Number(row[`${letter}${i}`] ?? NaN);
      const range: ColumnRange = {
        name,
        type,
        least: number("l"),
        most: number("m"),
        median: number("q"),
        distinct: number("d"),
        words: words.map(({word}) => String(word))
      };
      binnings.push(binningOf(range));
    }
    await run(binsSql(this.table, this.#binTable, binnings));
    return binnings;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Returns the rows of a small answer as objects. */
export function rowsOf(answer: Answer): Row[] {
  return answer.toArray().map((row) => (row as {toJSON(): Row}).toJSON()); // Arrow's rows make themselves plain
}

function firstNumber(answer: Answer): number {
  return Number(rowsOf(answer)[0]?.["n"] ?? 0);
}
