import {formatAmount as exactText, parseAmount, sumAmounts} from "../lib/money/amount.js";

/** How a column is compared, filtered and printed. */
export type ColumnKind = "text" | "day" | "amount" | "quantity" | "price" | "percent" | "number";

/** What a row has in a column: amounts as exact texts. */
export type Cell = string | number | null;

export type Order = readonly {column: string; descending: boolean}[];

/** A line of the table: a row by its index, or the head of a group. */
export type Line =
  | {kind: "row"; row: number}
  | {kind: "group"; name: string; rows: readonly number[]; open: boolean};

/** Returns the order after a click on a column: once up or down, again turned, a third time gone. */
export function nextOrder(
  order: Order,
  column: string,
  {add, descendingFirst}: {add: boolean; descendingFirst: boolean}
): Order {
  const at = order.find((item) => item.column === column);
  const others = add ? order.filter((item) => item.column !== column) : [];
  if (!at) return [...others, {column, descending: descendingFirst}];
  if (at.descending !== descendingFirst) return others;
  const turned = {column, descending: !at.descending};
  return add ? order.map((item) => (item === at ? turned : item)) : [turned];
}

/** Returns the rows' indexes in order; absent cells are last either way, ties keep their place. */
export function sortRows(
  rows: readonly number[],
  keys: readonly {values: readonly Cell[]; kind: ColumnKind; descending: boolean}[]
): number[] {
  const compares = keys.map(({values, kind, descending}) => {
    const turn = descending ? -1 : 1;
    if (isNumeric(kind)) {
      const numbers = Float64Array.from(values, (cell) =>
        cell === null || cell === "" ? NaN : Number(cell)
      );
      return (a: number, b: number) => {
        const x = numbers[a];
        const y = numbers[b];
        if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
        return x === y ? 0 : x < y ? -turn : turn;
      };
    }
    const ranks = rankTexts(values);
    return (a: number, b: number) => {
      const x = ranks[a];
      const y = ranks[b];
      return x === y ? 0 : x === Infinity || y === Infinity ? x - y : turn * (x - y);
    };
  });
  return [...rows].sort((a, b) => {
    for (const compare of compares) {
      const order = compare(a, b);
      if (order) return order;
    }
    return a - b;
  });
}

/** Comparing texts by locale is slow: each distinct one is compared once, then ranks are. */
function rankTexts(values: readonly Cell[]): Float64Array {
  const distinct = [...new Set(values.filter((cell) => cell !== null && cell !== "").map(String))];
  const {compare} = new Intl.Collator(undefined, {numeric: true});
  const rank = new Map(distinct.sort(compare).map((text, i) => [text, i]));
  return Float64Array.from(values, (cell) =>
    cell === null || cell === "" ? Infinity : (rank.get(String(cell)) ?? Infinity)
  );
}

export const isNumeric = (kind: ColumnKind): boolean => kind !== "text" && kind !== "day";

/**
 * Returns what a filter lets through: `abc` has it anywhere, `=abc` is it, `!abc` has it not; on numbers and
 * days also `>5`, `<=5`, `1..5`; on percents the figure as printed. Null when the filter asks for nothing.
 */
export function parseFilter(text: string, kind: ColumnKind): ((cell: Cell) => boolean) | null {
  const asked = text.trim();
  if (!asked) return null;
  const between = kind === "text" ? null : (readRange(asked, kind) ?? readComparison(asked, kind));
  if (between) return (cell) => cell !== null && cell !== "" && between(toKey(cell, kind));
  const word = asked.replace(/^[=!]/, "").trim().toLowerCase();
  if (!word) return null;
  if (asked.startsWith("!"))
    return (cell) =>
      !String(cell ?? "")
        .toLowerCase()
        .includes(word);
  if (asked.startsWith("=")) return (cell) => String(cell ?? "").toLowerCase() === word;
  return (cell) =>
    String(cell ?? "")
      .toLowerCase()
      .includes(word);
}

type Key = number | string;

const toKey = (cell: string | number, kind: ColumnKind): Key =>
  kind === "day" ? String(cell) : kind === "percent" ? 100 * Number(cell) : Number(cell);

function readKey(text: string, kind: ColumnKind): Key | null {
  if (kind === "day") return /^\d{4}(-\d\d){0,2}$/.test(text) ? text : null;
  const number = Number(text.replaceAll(",", "").replace("−", "-").replace("%", ""));
  return text === "" || Number.isNaN(number) ? null : number;
}

function readRange(text: string, kind: ColumnKind): ((key: Key) => boolean) | null {
  const [low, high, more] = text.split("..").map((part) => part.trim());
  if (high === undefined || more !== undefined) return null;
  const from = readKey(low, kind);
  const to = readKey(high, kind);
  if (from === null && to === null) return null;
  return (key) =>
    (from === null || key >= from) &&
    (to === null || key <= to || (kind === "day" && String(key).startsWith(String(to))));
}

function readComparison(text: string, kind: ColumnKind): ((key: Key) => boolean) | null {
  const [, sign, rest] = /^(<=|>=|<|>|=)\s*(.+)$/.exec(text) ?? [];
  const limit = rest === undefined ? null : readKey(rest, kind);
  if (limit === null) return null;
  switch (sign) {
    case "<":
      return (key) => key < limit;
    case "<=":
      return (key) => key <= limit;
    case ">":
      return (key) => key > limit;
    case ">=":
      return (key) => key >= limit;
    default:
      return (key) => key === limit;
  }
}

/** Returns the lines of a table: the rows, or groups in order of their first rows, with their rows where they are open. */
export function groupLines(
  rows: readonly number[],
  groupOf: readonly Cell[] | null,
  closed: ReadonlySet<string>
): Line[] {
  if (!groupOf) return rows.map((row) => ({kind: "row", row}));
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const name = String(groupOf[row] ?? "—");
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups].flatMap(([name, members]): Line[] => {
    const open = !closed.has(name);
    const head: Line = {kind: "group", name, rows: members, open};
    return open ? [head, ...members.map((row): Line => ({kind: "row", row}))] : [head];
  });
}

/** Returns the exact sum of decimal texts; null with the reason when one of them is absent. */
export function sumCells(cells: readonly Cell[]): {value: string | null; reason?: string} {
  const absent = cells.filter((cell) => cell === null).length;
  if (absent) return {value: null, reason: `${absent} of ${cells.length} rows have no value here`};
  return {value: exactText(sumAmounts(cells.map((cell) => parseAmount(String(cell)))))};
}
