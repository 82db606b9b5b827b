/** Some weeks of the demo's statements as rows, settled once, and again with a few rows changed. */
import {book, type BookedRow} from "../../lib/ledger/book.js";
import {coverageOf} from "../../lib/ledger/coverage.js";
import {rowContent, rowKey} from "../../lib/ledger/key.js";
import {
  Merger,
  type Change,
  type Instance,
  type MergeStatement,
  type Presence
} from "../../lib/ledger/merge.js";
import {TABLES, type LedgerTables, type TableName} from "../../lib/ledger/tables.js";
import {FlexXmlParser} from "../../lib/statements/flex-xml.js";
import type {StatementRow} from "../../lib/statements/statement.js";
import {flexXml, type Books} from "../../sim/account/index.js";

export interface Settled {
  ledger: LedgerTables;
  changes: Change[];
}

export interface Resettled extends Settled {
  /** Whether the ledger is the same as before, because another row says the same. */
  healed: boolean;
}

interface Group {
  id: string;
  key: string;
  rows: Set<StatementRow>;
  booked: {table: TableName; row: BookedRow}[];
  changes: Change[];
}

export class Span {
  readonly days: readonly string[];
  readonly rows: readonly StatementRow[];
  readonly settled: Settled;
  readonly #merger: Merger;
  readonly #groups = new Map<string, Group>();

  /** The demo's days from one index to before another. */
  constructor(books: Books, from: number, to: number) {
    this.days = books.days.slice(from, to);
    const statements: MergeStatement[] = [];
    const presence: Presence[] = [];
    const rows: StatementRow[] = [];
    const parser = new FlexXmlParser({
      statement: ({format, account, from: first, to: last, generated, queryName, queryType}) =>
        statements.push({
          id: statements.length,
          file: "demo",
          format,
          account,
          from: first,
          to: last,
          generated,
          query: `${queryName} ${queryType}`,
          base: null
        }),
      row: (row) => {
        if (row.element === "AccountInformation") statements[row.statement].base = row.fields["currency"];
        const {account, section, element, level, kind} = row;
        presence.push({file: "demo", account, section, element, level, kind});
        rows.push(row);
      }
    });
    const range = {from: this.days[0], to: this.days.at(-1) as string}; // a span has days
    for (const text of flexXml(books, {...range, query: "Activity"})) parser.write(text);
    parser.close();
    this.rows = rows;
    this.#merger = new Merger(statements, presence);
    for (const row of rows) this.#groupOf(row).rows.add(row);
    for (const group of this.#groups.values()) Object.assign(group, this.#settle(group, group.rows));
    const names = Object.keys(TABLES) as TableName[];
    const tables = Object.fromEntries(names.map((name) => [name, [] as BookedRow[]])) as Record<
      TableName,
      BookedRow[]
    >;
    for (const {booked} of this.#groups.values()) for (const {table, row} of booked) tables[table].push(row);
    for (const list of Object.values(tables)) list.sort(inOrder);
    this.settled = {
      ledger: {...tables, coverage: coverageOf(statements)} as unknown as LedgerTables, // booked by name
      changes: [...this.#groups.values()].flatMap(({changes}) => changes)
    };
  }

  /** The ledger with one row left out and others in its place. */
  with(old: StatementRow, instead: readonly StatementRow[]): Resettled {
    const touched = new Map<string, {group: Group; rows: Set<StatementRow>}>();
    const touch = (row: StatementRow) => {
      const group = this.#groups.get(nameOf(row)) ?? emptyGroup(row);
      const entry = touched.get(group.id) ?? {group, rows: new Set(group.rows)};
      touched.set(group.id, entry);
      return entry.rows;
    };
    touch(old).delete(old);
    for (const row of instead) touch(row).add(row);
    const gone = new Set<BookedRow>();
    const came: Group["booked"] = [];
    const changes: Change[] = [];
    for (const {group, rows} of touched.values()) {
      for (const {row} of group.booked) gone.add(row);
      const settled = this.#settle(group, rows);
      came.push(...settled.booked);
      changes.push(...settled.changes);
    }
    const names = new Set([...touched.values()].flatMap(({group}) => group.booked.map(({table}) => table)));
    for (const {table} of came) names.add(table);
    const ledger: Record<string, unknown> = {...this.settled.ledger};
    for (const name of names) {
      const kept = (this.settled.ledger[name] as readonly BookedRow[]).filter((row) => !gone.has(row));
      const added = came.filter(({table}) => table === name).map(({row}) => row);
      ledger[name] = [...kept, ...added].sort(inOrder);
    }
    const before = new Set([...touched.values()].flatMap(({group}) => group.changes));
    return {
      healed:
        changes.length === before.size &&
        sameRows(
          [...gone],
          came.map(({row}) => row)
        ),
      ledger: ledger as unknown as LedgerTables, // the same tables
      changes: [...this.settled.changes.filter((change) => !before.has(change)), ...changes]
    };
  }

  #groupOf(row: StatementRow): Group {
    const name = nameOf(row);
    const group = this.#groups.get(name) ?? emptyGroup(row);
    this.#groups.set(name, group);
    return group;
  }

  #settle({id, key}: Group, rows: ReadonlySet<StatementRow>): Pick<Group, "booked" | "changes"> {
    if (!rows.size) return {booked: [], changes: []};
    const instances = [...rows].map((row): Instance => {
      const content = rowContent(row);
      return {statement: row.statement, content, numbered: rowKey(row, content).numbered, row};
    });
    const settled = this.#merger.settle(key, instances);
    return {
      booked: settled.rows.flatMap((row, n) =>
        book(row, n ? `${id}:${n + 1}` : id).map(({table, booked}) => ({table, row: booked}))
      ),
      changes: settled.changes
    };
  }
}

function nameOf(row: StatementRow): string {
  return `${row.element}:${row.account}:${rowKey(row, rowContent(row)).key}`;
}

function emptyGroup(row: StatementRow): Group {
  return {id: nameOf(row), key: rowKey(row, rowContent(row)).key, rows: new Set(), booked: [], changes: []};
}

function sameRows(a: readonly BookedRow[], b: readonly BookedRow[]): boolean {
  const text = (rows: readonly BookedRow[]) =>
    rows.map((row) =>
      JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))
    );
  return text(a).toSorted().join("\n") === text(b).toSorted().join("\n");
}

const place = ({account, day, id}: BookedRow) => `${account}\u0001${day ?? ""}\u0001${id}`;
const inOrder = (a: BookedRow, b: BookedRow) => (place(a) < place(b) ? -1 : 1);
