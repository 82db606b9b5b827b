/**
 * The ledger's tables: one list from which the SQLite and DuckDB tables, the Arrow and Parquet schemas and the
 * TypeScript rows are made. Columns carry IBKR's own attribute names.
 */
import {BOOKED_TABLES} from "./booked-tables.js";
import {HELD_TABLES} from "./held-tables.js";
import type {LedgerLake} from "./lake/lake-rows.js";
import {STATED_TABLES} from "./stated-tables.js";
import type {RowOf, TableSpec} from "./table-spec.js";

export {COMMON, type ColumnKind, type RowOf, type RowSource} from "./table-spec.js";

export const TABLES = {...BOOKED_TABLES, ...HELD_TABLES, ...STATED_TABLES} as const;

export type TableName = keyof typeof TABLES;

/** Tells whether a table is empty unless all days of positions are asked for. */
export function isHeavy(name: TableName): boolean {
  const {heavy = false}: TableSpec = TABLES[name];
  return heavy;
}

export type LedgerRow<T extends TableName> = RowOf<(typeof TABLES)[T]["columns"]>;

/** The merged rows of some accounts: what every figure is a function of. Each table is in order of account, day, id. */
export type LedgerTables = {[T in TableName]: LedgerRow<T>[]} & {
  /** Days that statements cover, by account and base currency, joined where they touch; base is null where no statement says it. */
  coverage: Coverage[];
  /** What vendors say where these rows are silent; absent without a lake. */
  lake?: LedgerLake;
};

export interface Coverage {
  account: string;
  from: string;
  to: string;
  base: string | null;
}
