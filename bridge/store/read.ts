import {differencesOf} from "../../lib/ledger/assemble.js";
import {
  isHeavy,
  type Coverage,
  type LedgerRow,
  type LedgerTables,
  type TableName
} from "../../lib/ledger/tables.js";
import type {Provenance} from "../../lib/ledger/provenance.js";
import {rowName} from "../../lib/ledger/row-id.js";
import {parseAmount} from "../../lib/money/amount.js";
import type {ChangeSummary, ImportedFile} from "../../lib/ledger/views.js";
import {columnsOf, TABLE_NAMES} from "./ledger-tables.js";
import type {Store} from "./open.js";

export interface ReadOptions {
  /** `latest`: of each account its last 31 days of positions only, and nothing of the heavy tables. */
  positions: "latest" | "all";
}

/** Returns the ledger of some accounts, or of all when null: what every figure is made of. */
export function readLedger(
  store: Store,
  accounts: readonly string[] | null,
  options: ReadOptions
): LedgerTables {
  const read = store.raw.transaction(() => {
    const tables = TABLE_NAMES.map((name) => [name, readTable(store, name, accounts, options)]);
    return {...Object.fromEntries(tables), coverage: readCoverage(store, accounts)};
  });
  return read() as LedgerTables; // a table under each of its names
}

/** Returns one of its tables, in order of account, day, id. */
export function readTable<T extends TableName>(
  store: Store,
  name: T,
  accounts: readonly string[] | null,
  options: ReadOptions
): LedgerRow<T>[] {
  const read = columnsOf(name).map(
    ([column, kind]) => [column, kind === "amount" ? amountReader() : asText] as const
  );
  return Array.from(iterateTable(store, name, accounts, options), (values) => {
    const row: Record<string, string | bigint | null> = {};
    for (let i = 0; i < read.length; ++i) row[read[i][0]] = read[i][1](values[i]);
    return row as LedgerRow<T>; // its columns, by columnsOf
  });
}

/** Iterates over one of its tables: the texts of a row as they are stored, in the order of columnsOf. */
export function iterateTable(
  store: Store,
  name: TableName,
  accounts: readonly string[] | null,
  {positions}: ReadOptions
): Iterable<readonly (string | null)[]> {
  if (isHeavy(name) && positions === "latest") return [];
  const columns = columnsOf(name);
  const latest = name === "positions" && positions === "latest" ? `and ${LATEST}` : "";
  return store.raw
    .prepare<{accounts: string}, (string | null)[]>(
      `select ${columns.map(([column]) => `t."${column}"`).join(", ")} from "${name}" t
       where ${OF_ACCOUNTS} ${latest} order by t.account, t.day, t.id`
    )
    .raw()
    .iterate({accounts: JSON.stringify(accounts)});
}

const asText = (text: string | null): string | null => text;

/** Returns a parser that need not parse again what the row before said. */
function amountReader(): (text: string | null) => bigint | null {
  let [last, amount] = ["0", 0n];
  return (text) => {
    if (text === null) return null;
    if (text !== last) [last, amount] = [text, parseAmount(text)];
    return amount;
  };
}

const OF_ACCOUNTS = "(:accounts = 'null' or t.account in (select value from json_each(:accounts)))";

/** Days of positions that pages show at most, in a sparkline; the last two make a day's gain. */
const LATEST_DAYS = 31;

const LATEST = `t.day >= coalesce(
  (select day from (select distinct day from positions p where p.account = t.account order by day desc limit ${LATEST_DAYS})
   order by day limit 1),
  '')`;

/** Returns the days that statements cover. */
export function readCoverage(store: Store, accounts: readonly string[] | null): Coverage[] {
  return store.raw
    .prepare<{accounts: string}, Coverage>(
      `select t.account, t.from_day as "from", t.to_day as "to", t.base from coverage t
       where ${OF_ACCOUNTS} order by t.account, t.from_day`
    )
    .all({accounts: JSON.stringify(accounts)});
}

/** Returns the accounts that have rows or statements, in order. */
export function readAccounts(store: Store): string[] {
  return store.raw
    .prepare<[], string>(
      "select account from statements union select account from row_groups order by account"
    )
    .pluck()
    .all();
}

/** Returns the files of the set, the last imported first. */
export function readFiles(store: Store): ImportedFile[] {
  return store.raw
    .prepare<[], Omit<ImportedFile, "accounts"> & {accounts: string}>(
      `select f.sha256, f.name, f.format, f.bytes, f.imported_at as importedAt, f.rows,
         json_group_array(distinct s.account order by s.account) as accounts,
         nullif(min(s.from_day), '') as "from", nullif(max(s.to_day), '') as "to",
         (select coalesce(sum(count), 0) from warnings w where w.file_id = f.id) as warnings
       from files f join statements s on s.file_id = f.id
       where f.undone_at is null group by f.id order by f.imported_at desc, f.id desc`
    )
    .all()
    .map((file) => ({...file, accounts: JSON.parse(file.accounts)}));
}

interface ChangeText {
  kind: ChangeSummary["kind"];
  account: string;
  element: string;
  key: string;
  day: string;
  seen: string;
  old: string;
  now: string | null;
  oldFile: string;
  nowFile: string | null;
}

/** Returns what IBKR changed, or contradicts itself in, first seen at or after `since` (ISO 8601 UTC); the latest first. */
export function readChanges(store: Store, since = ""): ChangeSummary[] {
  return store.raw
    .prepare<[string], ChangeText>(
      `select c.kind, g.account, g.element, g.key, c.day, c.seen_at as seen, c.old_fields as old, c.now_fields as now,
              c.old_file as oldFile, c.now_file as nowFile
       from changes c join row_groups g on g.id = c.group_id
       where c.seen_at >= ? order by c.seen_at desc, g.account, c.day desc, g.element, g.key, c.kind, c.old_fields`
    )
    .all(since)
    .map(({old, now, ...change}) => ({
      ...change,
      differences: differencesOf(JSON.parse(old), now && JSON.parse(now))
    }));
}

/** Returns where a ledger row comes from: every edition of it in every file, the latest first. */
export function readProvenance(store: Store, table: TableName, id: string): Provenance[] {
  const {element, account, key} = rowName(table, id);
  return store.raw
    .prepare<[string, string, string], Omit<Provenance, "fields"> & {fields: string}>(
      `select distinct f.sha256, f.name, f.imported_at as importedAt, s.generated, c.fields
       from row_groups g
       join row_contents c on c.group_id = g.id
       join row_places p on p.content_id = c.id
       join statements s on s.id = p.statement_id
       join files f on f.id = s.file_id
       where g.account = ? and g.element = ? and g.key = ?
       order by s.generated desc, f.sha256`
    )
    .all(account, element, key)
    .map((place) => ({...place, fields: JSON.parse(place.fields)}));
}
