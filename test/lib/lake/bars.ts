import type {Row} from "../../../lib/lake/columns.js";
import {rowsOf, type Rows} from "../../../lib/lake/columns.js";
import {sessionsBetween} from "../../../lib/time/calendar.js";

/** A daily bar whose prices are all its close, stamped at 21:00 UTC. */
export function bar(symbol: string, day: string, close: number, other: Row<"bars"> = {}): Row<"bars"> {
  return {
    symbol,
    day,
    time: Date.parse(`${day}T21:00:00Z`),
    open: close,
    high: close,
    low: close,
    close,
    volume: 1000,
    currency: "USD",
    ...other
  };
}

/** Bars of one symbol on the sessions from a day on, one a close. */
export function barsOf(symbol: string, from: string, closes: readonly number[]): Row<"bars">[] {
  const days = sessionsBetween(
    from,
    `${Number(from.slice(0, 4)) + 1 + closes.length / 200}`.slice(0, 4) + "-12-31"
  );
  return closes.map((close, i) => bar(symbol, days[i], close));
}

/** Every row as one text, so that rows can be compared as sets. */
export function texts({columns, length}: Rows): string[] {
  const named = Object.entries(columns) as [string, ArrayLike<string | number>][];
  return Array.from({length}, (_, i) =>
    named.map(([name, column]) => `${name}=${String(column[i])}`).join(" ")
  );
}

export const none = rowsOf("actions", []);
