/** Lines of an Activity Statement: section, what the line is, cells; figures as IBKR prints them for people. */

import {formatAmount, type Amount} from "../../../lib/money/amount.js";

/** A cell: a figure, a text; undefined is left empty. */
export type Cell = Amount | string | undefined;

type Kind = "Header" | "Data" | "SubTotal" | "Total" | "Notes";

/** Writes one line; cells with commas, quotes or ends of lines are quoted. */
export function line(section: string, kind: Kind, ...cells: Cell[]): string {
  return `${[section, kind, ...cells].map(print).join(",")}\n`;
}

function print(cell: Cell): string {
  const text = typeof cell === "bigint" ? formatAmount(cell) : (cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** So many empty cells. */
export const blanks = (count: number): Cell[] => Array.from({length: count}, () => "");

/** A quantity, with commas between its thousands. */
export function grouped(quantity: Amount): string {
  const [whole, fraction] = formatAmount(quantity).split(".");
  const text = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? text : `${text}.${fraction}`;
}

/** `2025-03-02;093510` as `2025-03-02, 09:35:10`. */
export function clock(time: string): string {
  const [day, hours] = time.replace("T", ";").replaceAll(":", "").split(";");
  return hours === undefined ? day : `${day}, ${hours.replace(/(..)(..)(..)/, "$1:$2:$3")}`;
}

const MONTHS = "January February March April May June July August September October November December".split(
  " "
);

/** `2025-03-02` as `March 2, 2025`. */
export function longDate(day: string): string {
  return `${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8))}, ${day.slice(0, 4)}`;
}

const CATEGORIES: Readonly<Record<string, string>> = {
  STK: "Stocks",
  OPT: "Equity and Index Options",
  FUT: "Futures",
  CFD: "CFDs",
  BILL: "Treasury Bills",
  CASH: "Forex"
};

/** An asset category as statements for people call it. */
export function categoryName(code: string): string {
  return CATEGORIES[code] ?? code;
}
