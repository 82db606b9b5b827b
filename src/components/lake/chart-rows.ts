import type {Kind} from "../../lib/lake/dataset.js";
import {prepared, run} from "../sql.js";
import {quoted} from "../sql-text.js";
import {rowsOf} from "./dataset-view.js";

/** What is drawn of a kind of rows: its place in time, and its value, of bars also open, high and low. */
const MEASURES: Readonly<Record<Kind, {symbol: string; time: string; value: string; name: string}>> = {
  bars: {symbol: '"symbol"', time: '"time"', value: '"close"', name: "Close"},
  trades: {symbol: '"symbol"', time: '"time"', value: '"price"', name: "Price"},
  quotes: {symbol: '"symbol"', time: '"time"', value: '("bid" + "ask") / 2', name: "Middle of bid and ask"},
  series: {symbol: '"series"', time: '"day"::TIMESTAMP', value: '"value"', name: "Value"},
  fx: {symbol: '"base" || "quote"', time: '"day"::TIMESTAMP', value: '"rate"', name: "Rate"},
  actions: {symbol: '"symbol"', time: '"day"::TIMESTAMP', value: '"value"', name: "Amount or ratio"}
};

/** Returns what the value of a kind of rows is called. */
export function measureOf(kind: Kind): string {
  return MEASURES[kind].name;
}

/** One symbol's rows over time, oldest first; where they are many, so many together are one point. */
export interface ChartRows {
  /** Milliseconds since 1970 of each point's last row. */
  times: Float64Array;
  /** First, highest, lowest and last value of each point. */
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  /** Rows in all. */
  rows: number;
}

/** Returns the symbols that a table has, with their rows, in order of their names. */
export async function symbolsIn(table: string, kind: Kind): Promise<{symbol: string; rows: number}[]> {
  const {symbol} = MEASURES[kind];
  const answer = await run(
    `SELECT ${symbol} AS symbol, count(*)::DOUBLE AS rows FROM ${quoted(table)} GROUP BY 1 ORDER BY 1`
  );
  return rowsOf(answer).map((row) => ({symbol: String(row["symbol"]), rows: Number(row["rows"])}));
}

/**
 * Returns one symbol's rows as at most so many points, each of as many rows as the next.
 *
 * @param from what the rows are taken from, as SQL writes it
 * @param span milliseconds since 1970, both included; all when null
 */
export async function chartRows(
  from: string,
  kind: Kind,
  {symbol, points, span}: {symbol: string; points: number; span: readonly [number, number] | null}
): Promise<ChartRows> {
  const measure = MEASURES[kind];
  const first = kind === "bars" ? 'coalesce("open", "close")' : measure.value;
  const top = kind === "bars" ? 'coalesce("high", "close")' : measure.value;
  const bottom = kind === "bars" ? 'coalesce("low", "close")' : measure.value;
  const within = span ? ` AND epoch_ms(t) BETWEEN ${span[0]} AND ${span[1]}` : "";
  const answer = await prepared(
    `WITH taken AS (
       SELECT ${measure.time} AS t, ${first} AS o, ${top} AS h, ${bottom} AS l, ${measure.value} AS c
       FROM (SELECT * FROM ${from}) WHERE ${measure.symbol} = ? AND ${measure.value} IS NOT NULL
     ), placed AS (
       SELECT *, row_number() OVER (ORDER BY t) - 1 AS i, count(*) OVER () AS n FROM taken WHERE true${within}
     )
     SELECT epoch_ms(max(t))::DOUBLE AS time, arg_min(o, i)::DOUBLE AS o, max(h)::DOUBLE AS h, min(l)::DOUBLE AS l,
       arg_max(c, i)::DOUBLE AS c, any_value(n)::DOUBLE AS n
     FROM placed GROUP BY (CASE WHEN n <= ${points} THEN i ELSE i * ${points} // n END) ORDER BY 1`,
    [symbol]
  );
  const column = (name: string) =>
    Float64Array.from(answer.getChild(name)?.toArray() as Iterable<number>, Number);
  return {
    times: column("time"),
    open: column("o"),
    high: column("h"),
    low: column("l"),
    close: column("c"),
    rows: Number(answer.getChild("n")?.get(0) ?? 0)
  };
}
