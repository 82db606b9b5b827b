import {isStorable, parseAmount, type Amount} from "../money/amount.js";
import {isDay} from "../time/day.js";
import type {StatementRow} from "../statements/statement.js";
import {isTimeless} from "./key.js";
import {TABLES, type ColumnKind, type TableName} from "./tables.js";

/** A row of any table, as the store keeps it; of a thing that holds whatever the day, the day is null. */
export type BookedRow = {id: string; account: string; day: string | null} & Record<
  string,
  string | bigint | null
>;

const TABLE_OF = new Map(
  (Object.keys(TABLES) as TableName[]).map((name) => [
    `${TABLES[name].section}/${TABLES[name].element}`,
    name
  ])
);

const COLUMNS = Object.fromEntries(
  Object.entries(TABLES).map(([name, {columns}]) => [name, Object.entries<ColumnKind>(columns)])
) as Record<TableName, [column: string, kind: ColumnKind][]>; // the keys are the tables' names

/** Returns the table that a row is booked in; undefined when it only stays among the raw rows. */
export function tableOf(row: StatementRow): TableName | undefined {
  const name = TABLE_OF.get(`${row.section}/${row.element}`);
  const spec: {levels?: readonly string[]} | undefined = name && TABLES[name];
  return spec?.levels && !spec.levels.includes(row.level) ? undefined : name;
}

/**
 * Returns the table rows that a row that counts is booked as: one, but one for each figure of a ChangeInNAV.
 * @param id unique and the same for the same row in any file
 */
export function book(name: TableName, row: StatementRow, id: string): BookedRow[] {
  const day = isTimeless(row.element) ? null : row.day || row.to;
  const head = {account: row.account, day};
  if (name === "change_in_nav") return bookChangeInNav(row, id, head);
  const booked: BookedRow = {id, ...head};
  for (const [column, kind] of COLUMNS[name]) booked[column] = valueOf(source(name, column, row), kind);
  if (name === "rates" && booked.rate === parseAmount("-1")) booked.rate = null;
  return [booked];
}

function source(name: TableName, column: string, row: StatementRow): string | undefined {
  if (name === "transfers" && column === "counterparty") return row.fields.account;
  if (name === "cash" && column === "type") return row.kind;
  if (name === "cash_balances" && (column === "fromDate" || column === "toDate")) {
    return row.fields[column] ?? (column === "fromDate" ? row.from : row.to);
  }
  return row.fields[column];
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
    .map(([part, text]) => ({
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
