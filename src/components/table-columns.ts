import type {Money} from "../lib/ledger/views.js";
import type {Figure} from "../lib/returns/figure.js";
import {spoken} from "./dom.js";
import {
  NOT_AVAILABLE,
  currencyDigits,
  direction,
  formatAmount,
  formatNumber,
  formatPercent,
  formatPrice,
  formatQuantity
} from "./format.js";
import {isNumeric, type Cell, type ColumnKind} from "./table-model.js";

export interface Column<Row> {
  key: string;
  label: string;
  /** Small, in the head: never repeated down the column. */
  unit?: string | null;
  kind: ColumnKind;
  /** The cell, exact; null with a reason where it cannot be computed, plain null where there is no such thing. */
  cell: (row: Row) => Cell | Money | Figure;
  /** Amounts: what the row is in, when it is not the unit. */
  currency?: (row: Row) => string | null;
  /** With sign and colour. */
  signed?: boolean;
  digits?: number;
  /** A drawing instead of the text. */
  draw?: (row: Row) => Node | null;
  /** What totals add, when it is not the cell; true for the cell. */
  sum?: true | ((row: Row) => Cell);
  /** Out of sight until chosen. */
  hidden?: boolean;
  /** May group the rows. */
  groups?: boolean;
}

export interface ReadCell {
  value: Cell;
  reason?: string | undefined;
}

export function readCell<Row>(column: Column<Row>, row: Row): ReadCell {
  const cell = column.cell(row);
  return cell !== null && typeof cell === "object" ? cell : {value: cell};
}

/** Returns a cell's text by its column's kind; nothing where there is no such thing. */
export function printCell<Row>(column: Column<Row>, {value, reason}: ReadCell, row: Row | null): string {
  if (value === null || value === "") return reason ? NOT_AVAILABLE : "";
  const signed = column.signed ?? false;
  const text = String(value);
  switch (column.kind) {
    case "amount":
      return formatAmount(text, (row && column.currency?.(row)) ?? column.unit ?? "", {signed});
    case "quantity":
      return formatQuantity(text);
    case "price":
      return formatPrice(text);
    case "percent":
      return formatPercent(Number(value), {signed, digits: column.digits ?? 2});
    case "number":
      return formatNumber(Number(value), {signed, digits: column.digits ?? 2});
    default:
      return text;
  }
}

/** Returns the decimals that a column needs, so that its points can stand below each other. */
export function columnDigits<Row>(column: Column<Row>, rows: readonly Row[]): number {
  let digits = 0;
  for (const row of rows) digits = Math.max(digits, cellDigits(column, readCell(column, row).value, row));
  return digits;
}

/** The decimals that printCell prints. */
function cellDigits<Row>(column: Column<Row>, value: Cell, row: Row | null): number {
  if (column.kind === "amount") return currencyDigits((row && column.currency?.(row)) ?? column.unit ?? "");
  if (column.kind !== "quantity" && column.kind !== "price") return 0;
  const [least, most] = column.kind === "price" ? [2, 6] : [0, 8];
  const fraction =
    String(value ?? "")
      .split(".")[1]
      ?.replace(/0+$/, "") ?? "";
  return Math.max(least, Math.min(most, fraction.length));
}

/** Fills a table cell: text aligned by kind, n/a with its reason, colour by sign. */
export function fillCell<Row>(td: HTMLElement, column: Column<Row>, row: Row, digits: number): void {
  const drawing = column.draw?.(row);
  if (drawing) td.replaceChildren(drawing);
  else fillText(td, column, readCell(column, row), row, digits);
}

/** The same for a cell that is no row's own: a total. */
export function fillText<Row>(
  td: HTMLElement,
  column: Column<Row>,
  read: ReadCell,
  row: Row | null,
  digits: number
): void {
  const text = printCell(column, read, row);
  td.className = isNumeric(column.kind) ? "number" : column.kind;
  if (column.kind === "amount" || column.kind === "quantity") td.classList.add("secret");
  if (text === NOT_AVAILABLE) {
    td.classList.add("missing");
    td.dataset["tip"] = read.reason ?? "no reason was given";
    td.replaceChildren(text, spoken(`: ${td.dataset["tip"]}`));
    return;
  }
  if (column.signed) td.classList.add(["loss", "even", "gain"][direction(text) + 1]);
  if (column.kind === "text" && text.length > 32) td.title = text;
  td.replaceChildren(text);
  const lacking = text ? digits - cellDigits(column, read.value, row) : 0;
  if (lacking > 0) td.dataset["lacks"] = `${lacking === digits ? "." : ""}${"0".repeat(lacking)}`;
}

/** Returns a width that holds the head and nearly every cell. */
export function columnWidth<Row>(column: Column<Row>, rows: readonly Row[]): number {
  if (column.draw) return 116;
  const step = Math.max(1, Math.floor(rows.length / 200));
  const texts = rows
    .filter((_, i) => i % step === 0)
    .map((row) => printCell(column, readCell(column, row), row));
  const longest = Math.max(0, ...texts.map((text) => text.length));
  const head = 7.2 * (column.label.length + (column.unit ? column.unit.length + 1 : 0)) + 34;
  const room = isNumeric(column.kind) ? 7.9 : 7.2;
  return Math.round(Math.min(280, Math.max(56, head, room * longest + 24)));
}
