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
import {isNumeric, sumCells, type Cell, type ColumnKind} from "./table-model.js";

export interface Column<Row> {
  key: string;
  label: string;
  /** Small, in the head: never repeated down the column. */
  unit?: string | null;
  kind: ColumnKind;
  /** The cell, exact; null with a reason where it cannot be computed, plain null where there is no such thing. */
  cell: (row: Row) => Cell | Money | Figure;
  /** Amounts: what the row is in, when it is not the unit. */
  currency?: (row: Row | null) => string | null;
  /** With sign and colour. */
  signed?: boolean;
  digits?: number;
  /** Widest that a text gets, in pixels. */
  most?: number;
  /** A drawing instead of the text. */
  draw?: (row: Row) => Node | null;
  /** How wide drawings are, in pixels with the room around them. */
  drawn?: number;
  /** Its values change while the table stands: they are read when it is sorted, filtered or copied. */
  moves?: boolean;
  /** What totals add, when it is not the cell; true for the cell. */
  sum?: true | ((row: Row) => Cell);
  /** Why a row's cell is in no total. */
  aside?: (row: Row) => string | null;
  /** Out of sight until chosen. */
  hidden?: boolean;
  /** Among the few that a narrow screen shows at first; a table without such columns shows there what it shows elsewhere. */
  narrow?: boolean;
  /** How the text is printed; sorting, filters and exports keep to the cell. */
  print?: (text: string) => string;
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
      return formatAmount(text, column.currency?.(row) ?? column.unit ?? "", {signed});
    case "quantity":
      return formatQuantity(text);
    case "price":
      return formatPrice(text);
    case "percent":
      return formatPercent(Number(value), {signed, digits: column.digits ?? 2});
    case "number":
      return formatNumber(Number(value), {signed, digits: column.digits ?? 2});
    default:
      return column.print?.(text) ?? text;
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
  if (column.kind === "amount") return currencyDigits(column.currency?.(row) ?? column.unit ?? "");
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
  const aside = column.aside?.(row);
  if (!aside) return;
  td.classList.add("aside");
  td.dataset["tip"] = aside;
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
  if (column.kind === "text" && text.length > (column.most ?? LONGEST_TEXT) / LETTER) td.title = text;
  td.replaceChildren(text);
  const lacking = text ? digits - cellDigits(column, read.value, row) : 0;
  if (lacking > 0) td.dataset["lacks"] = `${lacking === digits ? "." : ""}${"0".repeat(lacking)}`;
}

/** Returns a width that holds the head, the total and nearly every cell; long texts are cut. */
export function columnWidth<Row>(
  column: Column<Row>,
  rows: readonly Row[],
  digits: number,
  given?: ReadCell
): number {
  if (column.draw) return column.drawn ?? DRAWING_WIDTH;
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const widths = rows
    .filter((_, i) => i % step === 0)
    .map((row) => {
      const read = readCell(column, row);
      const lacking = digits - cellDigits(column, read.value, row);
      return textWidth(`${printCell(column, read, row)}${"0".repeat(Math.max(0, lacking))}`);
    });
  const {sum} = column;
  const added = sum && sumCells(rows.map((row) => (sum === true ? readCell(column, row).value : sum(row))));
  const total = given ?? added;
  if (total) widths.push(BOLDER * textWidth(printCell(column, total, null)));
  const head = textWidth(column.label) + (column.unit ? textWidth(column.unit) + 4 : 0) + SORT_SIGN;
  const most = isNumeric(column.kind) ? Infinity : (column.most ?? LONGEST_TEXT);
  return Math.ceil(
    (innerWidth <= NARROW ? NARROW_PADDING : PADDING) + Math.min(most, Math.max(32, head, ...widths))
  );
}

/** Up to this width a table begins with few columns, closer together; its bar has the others. */
export const NARROW = 640;

const SAMPLE = 200;
const DRAWING_WIDTH = 92;
const LONGEST_TEXT = 220;
/** About the width of a letter, in pixels. */
const LETTER = 7;
const PADDING = 20;
const NARROW_PADDING = 12;
const SORT_SIGN = 12;
const BOLDER = 1.05;
/** Width of a tabular digit or sign of Inter at 13 px; canvas cannot set tabular figures. */
const DIGIT = 8.43;

let canvas: CanvasRenderingContext2D | null = null;

function textWidth(text: string): number {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return DIGIT * text.length;
  canvas.font = getComputedStyle(document.body).font;
  const words = text.replace(/[\d+−-]/g, "");
  return canvas.measureText(words).width + DIGIT * (text.length - words.length);
}
