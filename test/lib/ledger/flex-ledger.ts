import {book, type BookedRow} from "../../../lib/ledger/book.js";
import {coverageOf} from "../../../lib/ledger/coverage.js";
import {rowContent, rowKey} from "../../../lib/ledger/key.js";
import {
  Merger,
  type Change,
  type Instance,
  type MergeStatement,
  type Presence
} from "../../../lib/ledger/merge.js";
import {TABLES, type LedgerTables, type TableName} from "../../../lib/ledger/tables.js";
import type {ChangeSummary} from "../../../lib/ledger/views.js";
import {FlexXmlParser} from "../../../lib/statements/flex-xml.js";
import type {StatementRow} from "../../../lib/statements/statement.js";

interface Group {
  account: string;
  element: string;
  key: string;
  instances: Instance[];
}

/** Returns the ledger of Flex files and what changed between them: the store's way, the short way, in memory. */
export function ledgerOfFlex(files: readonly Iterable<string>[]): {
  ledger: LedgerTables;
  changes: ChangeSummary[];
} {
  const statements: MergeStatement[] = [];
  const presence: Presence[] = [];
  const groups = new Map<string, Group>();
  for (const [n, chunks] of files.entries()) {
    const first = statements.length;
    const file = String(n);
    const add = (row: StatementRow) => {
      const statement = first + row.statement;
      const base = row.element === "AccountInformation" ? row.fields.currency : undefined;
      if (base) statements[statement].base = base;
      const {account, section, element, level, kind} = row;
      presence.push({file, account, section, element, level, kind});
      const content = rowContent(row);
      const {key, numbered} = rowKey(row, content);
      const name = [account, element, key].join("\u0001");
      const group = groups.get(name) ?? {account, element, key, instances: []};
      group.instances.push({statement, content, numbered, row});
      groups.set(name, group);
    };
    const parser = new FlexXmlParser({
      statement: ({account, from, to, generated, queryName, queryType}) =>
        statements.push({
          id: statements.length,
          file,
          account,
          from,
          to,
          generated,
          query: `${queryName} ${queryType}`,
          base: null
        }),
      row: add
    });
    for (const text of chunks) parser.write(text);
    parser.close();
  }
  return settle(new Merger(statements, presence), [...groups.values()], statements);
}

function settle(merger: Merger, groups: readonly Group[], statements: readonly MergeStatement[]) {
  const names = Object.keys(TABLES) as TableName[];
  const tables = new Map<TableName, BookedRow[]>(names.map((name) => [name, []]));
  const changes: ChangeSummary[] = [];
  for (const {account, element, key, instances} of groups) {
    const settled = merger.settle(key, instances);
    changes.push(...settled.changes.map(summary));
    for (const [n, row] of settled.rows.entries()) {
      const id = `${element}:${account}:${key}${n ? `:${n + 1}` : ""}`;
      for (const {table, booked} of book(row, id)) tables.get(table)?.push(booked);
    }
  }
  const order = ({account, day, id}: BookedRow) => [account, day, id].join("\u0001");
  for (const rows of tables.values()) rows.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const ledger = {...Object.fromEntries(tables), coverage: coverageOf(statements)} as unknown as LedgerTables; // booked by name
  return {ledger, changes};
}

function summary({kind, account, element, key, day, old, now}: Change): ChangeSummary {
  const names = new Set([...Object.keys(old.fields), ...Object.keys(now?.fields ?? {})]);
  const differences = [...names].flatMap((name): [string, string | null, string | null][] =>
    old.fields[name] === now?.fields[name]
      ? []
      : [[name, old.fields[name] ?? null, now?.fields[name] ?? null]]
  );
  return {kind, account, element, key, day, seen: "2026-04-15T12:00:00Z", differences};
}
