import {isStorable, parseAmount, type Amount} from "../money/amount.js";
import {isDay} from "../time/day.js";
import type {StatementRow} from "../statements/statement.js";
import {isTimeless} from "./key.js";
import {TABLES, type ColumnKind, type RowSource, type TableName} from "./tables.js";

/** A row of any table, as the store keeps it; of a thing that holds whatever the day, the day is null. */
export type BookedRow = {id: string; account: string; day: string | null} & Record<
  string,
  string | bigint | null
>;

/** A row of a table, and which one. */
export interface Booked {
  table: TableName;
  booked: BookedRow;
}

/** What a row is booked as: a table, and where its columns are called otherwise. */
interface Booking {
  table: TableName;
  source: RowSource;
}

const BOOKINGS = new Map<string, Booking[]>();
for (const table of Object.keys(TABLES) as TableName[]) {
  const spec: RowSource & {also?: readonly RowSource[]} = TABLES[table];
  for (const source of [spec, ...(spec.also ?? [])]) {
    const place = `${source.section}/${source.element}`;
    BOOKINGS.set(place, [...(BOOKINGS.get(place) ?? []), {table, source}]);
  }
}

const COLUMNS = Object.fromEntries(
  Object.entries(TABLES).map(([name, {columns}]) => [name, Object.entries<ColumnKind>(columns)])
) as Record<TableName, [column: string, kind: ColumnKind][]>; // the keys are the tables' names

/** Returns the tables that a row is booked in; none when it only stays among the raw rows. */
export function tablesOf(row: StatementRow): TableName[] {
  return bookingsOf(row).map(({table}) => table);
}

function bookingsOf({section, element, level}: StatementRow): Booking[] {
  const all = BOOKINGS.get(`${section}/${element}`) ?? [];
  return all.filter(({source: {levels}}) => !levels || levels.includes(level));
}

/**
 * Returns the table rows that a row that counts is booked as: one in each of its tables, but one for each figure of a
 * ChangeInNAV; none when it only stays among the raw rows.
 * @param id unique and the same for the same row in any file
 */
export function book(row: StatementRow, id: string): Booked[] {
  const day = isTimeless(row.element) ? null : row.day || row.to;
  const head = {account: row.account, day};
  return bookingsOf(row).flatMap(({table, source}): Booked[] => {
    if (table === "change_in_nav") {
      return bookChangeInNav(row, id, head).map((booked) => ({table, booked}));
    }
    const booked: BookedRow = {id, ...head};
    for (const [column, kind] of COLUMNS[table]) {
      booked[column] = valueOf(textOf(source, column, row), kind);
    }
    if (table === "rates" && booked.rate === parseAmount("-1")) booked.rate = null;
    return [{table, booked}];
  });
}

function textOf({element, names}: RowSource, column: string, row: StatementRow): string | undefined {
  if (column === "element") return element;
  if (column === "levelOfDetail") return row.level || row.fields.levelOfDetail;
  if (element === "CashTransaction" && column === "type") return row.kind;
  if (column === "fromDate") return row.fields.fromDate ?? row.from;
  if (column === "toDate") return row.fields.toDate ?? row.to;
  return row.fields[names?.[column] ?? column];
}

function valueOf(text: string | undefined, kind: ColumnKind): string | bigint | null {
  if (text === undefined) return null;
  if (kind === "amount") return amountOf(text);
  if (kind === "text") return text;
  const day = TIME.exec(text)?.[1];
  if (day === undefined || (day.slice(8) > "28" && !isDay(day))) return null;
  return kind === "date" ? day : text;
}

function amountOf(text: string): Amount | null {
  const amount = DECIMAL.test(text) ? parseAmount(text) : null;
  return amount !== null && isStorable(amount) ? amount : null;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;
/** What the parser could not read as a day or a time stays among the row's fields, but is not booked. */
const TIME =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?: \S+)?)?$/;

function bookChangeInNav(
  row: StatementRow,
  id: string,
  head: {account: string; day: string | null}
): BookedRow[] {
  const {currency = null, model = null} = row.fields;
  return Object.entries(row.fields)
    .map(([part, text]): BookedRow & {amount: bigint | null} => ({
      id: `${id}/${part}`,
      ...head,
      fromDate: row.from,
      toDate: row.to,
      currency,
      model,
      part,
      amount: NOT_A_PART.has(part) ? null : amountOf(text)
    }))
    .filter(({amount}) => amount !== null);
}

const NOT_A_PART = new Set(["accountId", "acctAlias", "model", "currency", "fromDate", "toDate"]);
