import {dayNumber, isDay} from "../time/day.js";
import type {Kind} from "./dataset.js";

/**
 * How a column is held: `text` as strings, "" where not given; `time` as milliseconds since 1970 UTC; `day` as days
 * since 1970-01-01; `number` as doubles, NaN where not given.
 */
export type ColumnType = "text" | "time" | "day" | "number";

interface ColumnSpec {
  type: ColumnType;
  /** What it says, and its unit. */
  meaning: string;
  /** Whether a row may be without it. */
  optional?: true;
}

const text = (meaning: string) => ({type: "text", meaning}) as const;
const time = (meaning: string) => ({type: "time", meaning}) as const;
const day = (meaning: string) => ({type: "day", meaning}) as const;
const number = (meaning: string) => ({type: "number", meaning}) as const;
const given = <T extends ColumnType>(spec: {type: T; meaning: string}) =>
  ({...spec, optional: true}) as const;

/** The canonical columns of each kind, in order. Prices are in the major unit of `currency` (pounds, not pence). */
export const COLUMNS = {
  bars: {
    symbol: text("the vendor's symbol"),
    time: time("close of the bar, UTC; of a daily bar the close of its session"),
    day: day("exchange date"),
    open: given(number("first price, as traded: never adjusted")),
    high: given(number("highest price, as traded")),
    low: given(number("lowest price, as traded")),
    close: number("last price, as traded"),
    volume: given(number("units traded, as they counted on that day")),
    vwap: given(number("mean price weighted by volume")),
    trades: given(number("number of trades")),
    currency: given(
      text("ISO code of the prices, or the quote asset of a crypto pair; empty for an index in points")
    )
  },
  trades: {
    symbol: text("the vendor's symbol"),
    time: time("when it was traded, UTC"),
    day: day("exchange date"),
    id: text("the vendor's number of the trade"),
    price: number("price, as traded"),
    size: number("units traded"),
    currency: given(text("ISO code of the price"))
  },
  quotes: {
    symbol: text("the vendor's symbol"),
    time: time("when it was quoted, UTC"),
    day: day("exchange date"),
    bid: given(number("best bid")),
    ask: given(number("best ask")),
    bidSize: given(number("units bid")),
    askSize: given(number("units asked")),
    currency: given(text("ISO code of the prices"))
  },
  series: {
    series: text("the vendor's name of the series"),
    day: day("day, or first day of the period, that the value is of"),
    value: number("value, in `unit`"),
    unit: text("unit of the value after conversion: percent, usd, index, persons, ratio, …")
  },
  fx: {
    base: text("ISO code of the currency that one unit of is priced"),
    quote: text("ISO code of the currency it is priced in"),
    day: day("day of the fixing"),
    rate: number("units of quote for one unit of base")
  },
  actions: {
    symbol: text("the vendor's symbol"),
    day: day("ex-date at the exchange"),
    type: text("dividend or split"),
    value: number("dividend: amount a share, as paid on that day; split: new shares for one old"),
    currency: given(text("ISO code of a dividend"))
  }
} as const satisfies Readonly<Record<Kind, Readonly<Record<string, ColumnSpec>>>>;

/** What makes two rows of a kind one: the later pull counts. Rows are sorted by it, too. */
export const KEYS = {
  bars: ["symbol", "time"],
  trades: ["symbol", "time", "id"],
  quotes: ["symbol", "time"],
  series: ["series", "day"],
  fx: ["base", "quote", "day"],
  actions: ["symbol", "day", "type"]
} as const satisfies {[K in Kind]: readonly (keyof (typeof COLUMNS)[K])[]};

/** The column that says whose row it is; a pair of currencies is its two codes, `EURUSD`. */
export function symbolColumn(kind: Kind): "symbol" | "series" | "base" {
  return kind === "series" ? "series" : kind === "fx" ? "base" : "symbol";
}

interface Held {
  text: string[];
  time: Float64Array;
  day: Int32Array;
  number: Float64Array;
}

/** The columns of a kind, as they are held. */
export type Columns<K extends Kind> = {
  -readonly [C in keyof (typeof COLUMNS)[K]]: (typeof COLUMNS)[K][C] extends {
    type: infer T extends ColumnType;
  }
    ? Held[T]
    : never;
};

/** Rows of one kind, by column; every column has `length` values. */
export interface Rows<K extends Kind = Kind> {
  kind: K;
  length: number;
  columns: Columns<K>;
}

/** One row as a vendor's parser makes it: an ISO day, milliseconds UTC; what may be missing may be left out or null. */
export type Row<K extends Kind> = {
  [C in keyof (typeof COLUMNS)[K]]?: (typeof COLUMNS)[K][C] extends {type: "text" | "day"}
    ? string | null
    : number | null;
};

/**
 * Returns rows by column, in their order.
 * @throws RangeError if a row lacks what every row of the kind has, naming row and column
 */
export function rowsOf<K extends Kind>(kind: K, rows: readonly Row<K>[]): Rows<K> {
  const specs = Object.entries(COLUMNS[kind]) as [string, ColumnSpec][];
  const columns = specs.map(([name, spec]) => {
    const column = emptyColumn(spec.type, rows.length);
    for (const [i, row] of rows.entries()) {
      const value = (row as Record<string, string | number | null | undefined>)[name] ?? null; // of the kind's columns
      if (value === null && !spec.optional) throw new RangeError(`missing ${kind}[${i}].${name}`);
      column[i] = valueOf(spec.type, value, `${kind}[${i}].${name}`);
    }
    return [name, column] as const;
  });
  return {kind, length: rows.length, columns: Object.fromEntries(columns) as unknown as Columns<K>}; // one of each spec
}

/** Returns a column of a type with room for so many values. */
export function emptyColumn(
  type: ColumnType,
  length: number
): (string | number)[] | Float64Array | Int32Array {
  if (type === "text") return Array.from({length}, () => "");
  return type === "day" ? new Int32Array(length) : new Float64Array(length).fill(NaN);
}

function valueOf(type: ColumnType, value: string | number | null, where: string): string | number {
  if (value === null) return type === "text" ? "" : NaN;
  if (type !== "day") return value;
  if (!isDay(String(value))) throw new RangeError(`invalid ${where}: ${value}`);
  return dayNumber(String(value));
}
