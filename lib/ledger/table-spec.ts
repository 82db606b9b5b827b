/** How a table of the ledger is told: the rows it is made of, and its columns. */

/** text; ISO date; ISO time without zone as IBKR prints it; exact decimal at 12 places. */
export type ColumnKind = "text" | "date" | "time" | "amount";

export type Columns = Readonly<Record<string, ColumnKind>>;

/** A row of a table: amounts are bigints at scale 12; an absent value is null. */
export type RowOf<C extends Columns> = {
  [K in keyof C]: C[K] extends "amount" ? bigint | null : string | null;
} & {id: string; account: string; day: string};

/** Rows of a statement that a table is made of. */
export interface RowSource {
  /** Flex container and row element. */
  section: string;
  element: string;
  /** Levels of detail that count; the empty one stands for "none given". */
  levels?: readonly string[];
  /** Columns that IBKR calls otherwise in this element: column -> attribute. */
  names?: Readonly<Record<string, string>>;
}

export interface TableSpec<C extends Columns = Columns> extends RowSource {
  /** Further elements that say the same kind of thing. */
  also?: readonly RowSource[];
  /**
   * True where the rows are many and only checks, lots and returns below account level need them: they are read
   * together with all days of positions, else the table is empty.
   */
  heavy?: boolean;
  columns: C;
}

/** Returns the specification as it is, its columns known one by one. */
export const table = <C extends Columns>(spec: TableSpec<C>): TableSpec<C> => spec;

/** Columns that every table has: deterministic row id, account, report day (last day of a period row; none in securities). */
export const COMMON = {id: "text", account: "text", day: "date"} as const satisfies Columns;

/** Columns that say which instrument. */
export const INSTRUMENT = {
  assetCategory: "text",
  subCategory: "text",
  symbol: "text",
  description: "text",
  conid: "text",
  isin: "text",
  listingExchange: "text",
  underlyingConid: "text",
  underlyingSymbol: "text",
  multiplier: "amount",
  strike: "amount",
  expiry: "date",
  putCall: "text"
} as const satisfies Columns;
