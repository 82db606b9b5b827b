import {h} from "./dom.js";
import {download, fileName, toCsv, toTsv, type Rows} from "./export.js";
import {figure} from "./figure.js";
import {formatNumber} from "./format.js";
import {icon} from "./icons.js";
import {popoverButton} from "./menu.js";
import {NARROW, columnDigits, columnWidth, printCell, readCell, type Column} from "./table-columns.js";
import {createGrid} from "./table-grid.js";
import {
  groupLines,
  isNumeric,
  nextOrder,
  parseFilter,
  sortRows,
  type Cell,
  type Order
} from "./table-model.js";
import {keepTableState, tableState, type TableState} from "./table-state.js";

export type {Column} from "./table-columns.js";

interface TableOptions<Row> {
  /** Under which the person's order, groups and columns are kept. */
  id?: string;
  label: string;
  /** What holds for all rows: "amounts in USD". */
  note?: string;
  columns: readonly Column<Row>[];
  /** Sets of columns by name. */
  presets?: Readonly<Record<string, readonly string[]>>;
  order?: Order;
  /** Key of the column whose values head the groups. */
  group?: string | null;
  /** Text that the rows are filtered by at first. */
  filter?: string;
  /** Totals known better than by adding the cells: shown while nothing is filtered out. */
  totals?: Readonly<Record<string, {value: string | null; reason?: string}>>;
  onOpen?: (row: Row) => void;
  /** Most pixels from top to bottom. */
  height?: number;
  /** Without the bar above. */
  bare?: boolean;
}

/** Returns a table that sorts, filters, groups, adds up and copies; it holds a hundred thousand rows. */
export function table<Row>(rows: readonly Row[], options: TableOptions<Row>): HTMLElement {
  const {
    id,
    label,
    columns,
    order = [],
    group = null,
    filter = "",
    totals = {},
    onOpen,
    height,
    bare = false
  } = options;
  const few = !bare && innerWidth <= NARROW && columns.some(({narrow}) => narrow);
  const hidden = new Set(
    columns.filter((column) => (few ? !column.narrow : column.hidden)).map(({key}) => key)
  );
  const kept = id !== undefined && few ? `${id}.narrow` : id;
  const state = tableState(kept, {order, group, hidden, word: filter});
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const readColumn = (column: Column<Row>) => rows.map((row): Cell => readCell(column, row).value);
  const stillValues = once(readColumn);
  const valuesOf = (column: Column<Row>) => (column.moves ? readColumn(column) : stillValues(column));
  const digitsOf = once((column: Column<Row>) => columnDigits(column, rows));
  const widthOf = once((column: Column<Row>) =>
    columnWidth(column, rows, digitsOf(column), totals[column.key])
  );
  const all = rows.map((_, i) => i);
  const count = h("span", {class: "muted", role: "status"});
  let visible: readonly Column<Row>[] = [];
  let passing: number[] = [];

  const grid = createGrid<Row>({
    label,
    rows,
    onOpen,
    onSort(key, add) {
      const column = byKey.get(key);
      if (!column) return;
      state.order = nextOrder(state.order, key, {add, descendingFirst: isNumeric(column.kind)});
      update();
    },
    onFilter(key, text) {
      state.filters.set(key, text);
      update();
    },
    onGroup(name) {
      if (!state.closed.delete(name)) state.closed.add(name);
      update();
    },
    onCopy: (copied) => void navigator.clipboard.writeText(toTsv(taken(copied)))
  });
  if (height) grid.node.style.maxHeight = `${height}px`;

  /** Rows as they are taken along: exact, the columns and the order on the screen. */
  function taken(indexes: readonly number[]): Rows {
    return {
      columns: visible.map(({label: name, unit}) => (unit ? `${name} (${unit})` : name)),
      rows: indexes.map((i) => visible.map((column) => valuesOf(column)[i]))
    };
  }

  function filtered(): number[] {
    const tests = [...state.filters].flatMap(([key, text]) => {
      const column = byKey.get(key);
      const test = column && parseFilter(text, column.kind);
      return column && test ? [{cells: valuesOf(column), test}] : [];
    });
    const word = state.word.trim().toLowerCase();
    const texts = word ? visible.filter(({kind}) => !isNumeric(kind)).map(valuesOf) : [];
    const holds = (cell: Cell) =>
      String(cell ?? "")
        .toLowerCase()
        .includes(word);
    return all.filter(
      (i) =>
        tests.every(({cells, test}) => test(cells[i])) && (!word || texts.some((cells) => holds(cells[i])))
    );
  }

  function update(): void {
    const shown = columns.filter(({key}, i) => i === 0 || (!state.hidden.has(key) && key !== state.group));
    if (shown.map(({key}) => key).join() !== visible.map(({key}) => key).join()) visible = shown;
    const keys = state.order.flatMap(({column: key, descending}) => {
      const column = byKey.get(key);
      return column ? [{values: valuesOf(column), kind: column.kind, descending}] : [];
    });
    passing = sortRows(filtered(), keys);
    const groupColumn = state.group === null ? undefined : byKey.get(state.group);
    const whole = passing.length === rows.length;
    grid.show({
      columns: visible,
      widths: visible.map(widthOf),
      digits: visible.map(digitsOf),
      lines: groupLines(passing, groupColumn ? valuesOf(groupColumn) : null, state.closed),
      totals: visible.some(({sum}) => sum) ? passing : null,
      given: whole ? totals : {},
      order: state.order,
      filters: state.filtersShown ? state.filters : null
    });
    const print = (n: number) => formatNumber(n, {digits: 0});
    count.textContent = `${whole ? "" : `${print(passing.length)} of `}${print(rows.length)} rows`;
    keepTableState(kept, state);
  }

  update();
  const hands = {update, shown: () => passing, taken, grid: grid.node};
  return h("div", {class: "table"}, !bare && tableBar(state, options, count, hands), grid.node);
}

interface Hands {
  update: () => void;
  shown: () => readonly number[];
  taken: (rows: readonly number[]) => Rows;
  grid: HTMLElement;
}

/** The row of controls above a table. */
function tableBar<Row>(
  state: TableState,
  {label, note, columns, presets}: TableOptions<Row>,
  count: Node,
  {update, shown, taken, grid}: Hands
): HTMLElement {
  const search = h("input", {
    type: "search",
    "data-filter": true,
    value: state.word,
    placeholder: "Filter  /",
    "aria-label": `Filter ${label}`,
    oninput: () => {
      state.word = search.value;
      update();
    },
    onkeydown: ({key}: KeyboardEvent) => key === "Escape" && search.blur()
  });
  const groupable = columns
    .filter(({groups}) => groups)
    .map(({key, label: name}) => [key, `By ${name.toLowerCase()}`] as const);
  const groupBy = choice("Group by", [["", "No groups"], ...groupable], state.group ?? "", (chosen) => {
    state.group = chosen || null;
    state.closed.clear();
    update();
  });
  const names = Object.keys(presets ?? {}).map(
    (name) => [name, `${name[0].toUpperCase()}${name.slice(1)}`] as const
  );
  const preset = choice("Columns for", [["", "Columns"], ...names], "", (chosen) => {
    const wanted = presets?.[chosen];
    if (!wanted) return;
    state.hidden = new Set(columns.map(({key}) => key).filter((key) => !wanted.includes(key)));
    update();
  });
  const filters = iconButton("Filter by column", "filter", () => {
    state.filtersShown = !state.filtersShown;
    if (!state.filtersShown) state.filters.clear();
    filters.setAttribute("aria-pressed", String(state.filtersShown));
    update();
    if (state.filtersShown) grid.querySelector<HTMLInputElement>(".filters input")?.focus();
  });
  filters.setAttribute("aria-pressed", String(state.filtersShown));
  const boxes = h("div", {class: "form columns"});
  const chooser = popoverButton("Columns", "columns", boxes);
  chooser.panel.addEventListener("beforetoggle", () => {
    boxes.replaceChildren(...columns.slice(1).map((column) => columnBox(column, state, update)));
  });
  const csv = () =>
    new Blob([toCsv(taken(shown()), [["title", label], ...(note ? [["note", note] as const] : [])])], {
      type: "text/csv"
    });
  return h(
    "div",
    {class: "table-bar"},
    search,
    groupable.length > 0 && groupBy,
    names.length > 0 && preset,
    h("span", {class: "space"}),
    note && h("span", {class: "muted"}, note),
    count,
    filters,
    chooser.button,
    chooser.panel,
    iconButton("Copy the rows", "copy", () => void navigator.clipboard.writeText(toTsv(taken(shown())))),
    iconButton("Download CSV", "download", () => download(`${fileName(label)}.csv`, csv()))
  );
}

function columnBox<Row>({key, label}: Column<Row>, {hidden}: TableState, update: () => void): HTMLElement {
  const input = h("input", {
    type: "checkbox",
    checked: !hidden.has(key),
    onchange: () => {
      if (input.checked) hidden.delete(key);
      else hidden.add(key);
      update();
    }
  });
  return h("label", {class: "check"}, input, label);
}

function choice(
  label: string,
  options: readonly (readonly [value: string, name: string])[],
  chosen: string,
  onChoose: (value: string) => void
): HTMLSelectElement {
  const list = h(
    "select",
    {"aria-label": label, onchange: () => onChoose(list.value)},
    options.map(([value, name]) => h("option", {value, selected: value === chosen}, name))
  );
  return list;
}

function iconButton(label: string, sign: "filter" | "copy" | "download", act: () => void): HTMLButtonElement {
  return h(
    "button",
    {type: "button", class: "icon-button", "aria-label": label, "data-tip": label, onclick: act},
    icon(sign, 16)
  );
}

/** Computes a column's value the first time it is asked for. */
function once<C, V>(compute: (column: C) => V): (column: C) => V {
  const known = new Map<C, V>();
  return (column) => {
    let value = known.get(column);
    if (value === undefined) known.set(column, (value = compute(column)));
    return value;
  };
}

/** Returns a row as label and print pairs, for its drawer; what the row has no such thing of is left out. */
export function rowFacts<Row>(row: Row, columns: readonly Column<Row>[]): [label: string, print: Node][] {
  return columns.flatMap((column): [string, Node][] => {
    const read = readCell(column, row);
    const text = printCell(column, read, row);
    if (!text) return [];
    const secret = column.kind === "amount" || column.kind === "quantity";
    const unit = column.unit ?? column.currency?.(row);
    return [[unit ? `${column.label}, ${unit}` : column.label, figure({text, reason: read.reason, secret})]];
  });
}
