import {TABLES, type LedgerRow, type LedgerTables, type TableName} from "../../../lib/ledger/tables.js";
import type {ViewContext} from "../../../lib/ledger/views.js";
import {parseAmount} from "../../../lib/money/amount.js";

type Given = Record<string, string | undefined> & {account?: string; day: string};
type Lists = {[T in TableName]?: Given[]} & {coverage?: LedgerTables["coverage"]};

/** The account of a row that names none. */
export const A = "U7000001";

/** Returns a ledger of the rows given, amounts written as decimals; what is not given is null. */
export function ledgerOf({coverage, ...lists}: Lists): LedgerTables {
  const names = Object.keys(TABLES) as TableName[];
  const tables = names.map((name) => [name, (lists[name] ?? []).map((given, i) => rowOf(name, given, i))]);
  const accounts = new Set(
    Object.values(lists)
      .flat()
      .map((row) => row?.account ?? A)
  );
  const spans =
    coverage ??
    [...accounts].map((account) => ({account, from: "2020-01-01", to: "2030-12-31", base: "USD"}));
  return {...Object.fromEntries(tables), coverage: spans} as LedgerTables; // one list for each name
}

function rowOf<T extends TableName>(name: T, {account = A, day, ...given}: Given, i: number): LedgerRow<T> {
  const row: Record<string, unknown> = {id: `${name}-${i}`, account, day};
  for (const [column, kind] of Object.entries(TABLES[name].columns)) {
    const text = given[column];
    row[column] = text === undefined ? null : kind === "amount" ? parseAmount(text) : text;
  }
  return row as LedgerRow<T>; // every column was set
}

/** Values of days in a row, as EquitySummary has them. */
export function navRows(values: Record<string, string>, account = A): Given[] {
  return Object.entries(values).map(([day, total]) => ({account, day, total}));
}

export const CONTEXT: ViewContext = {
  now: "2026-02-01T12:00:00Z",
  mode: "real",
  benchmark: null,
  sectors: {},
  changes: [],
  files: [],
  failures: []
};
