import {h} from "./dom.js";
import {download, fileName, toCsv, toTsv, type Rows} from "./export.js";
import {formatNumber} from "./format.js";
import {icon} from "./icons.js";
import {popoverButton} from "./menu.js";
import {columnDigits, columnWidth, printCell, readCell, type Column} from "./table-columns.js";
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

export type {Column} from "./table-columns.js";

interface TableOptions<Row> {
  label: string;
  columns: readonly Column<Row>[];
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
  /** Further controls of the bar. */
  controls?: readonly Node[];
}

/** Returns a table that sorts, filters, groups, adds up and copies; it holds a hundred thousand rows. */
export function table<Row>(
  rows: readonly Row[],
  {
    label,
    columns,
    order: startOrder = [],
    group: startGroup = null,
    filter = "",
    totals = {},
    onOpen,
    height,
    bare = false,
    controls = []
  }: TableOptions<Row>
): HTMLElement {
  const values = new Map<string, Cell[]>();
  const valuesOf = (column: Column<Row>): Cell[] => {
    let cells = values.get(column.key);
    if (!cells) values.set(column.key, (cells = rows.map((row) => readCell(column, row).value)));
    return cells;
  };
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const widths = new Map(columns.map((column) => [column.key, columnWidth(column, rows)]));
  const digits = new Map(columns.map((column) => [column.key, columnDigits(column, rows)]));
  const hidden = new Set(columns.filter((column) => column.hidden).map((column) => column.key));
  const closed = new Set<string>();
  const filters = new Map<string, string>();
  const all = rows.map((_, i) => i);
  let order = startOrder;
  let group = startGroup;
  let word = filter;
  let filtersShown = false;
  let visible = shownColumns();
  let passing: number[] = [];

  const grid = createGrid<Row>({
    label,
    rows,
    onOpen,
    onSort(key, add) {
      const column = byKey.get(key);
      if (!column) return;
      order = nextOrder(order, key, {add, descendingFirst: isNumeric(column.kind)});
      update();
    },
    onFilter(key, text) {
      filters.set(key, text);
      update();
    },
    onGroup(name) {
      if (!closed.delete(name)) closed.add(name);
      update();
    },
    onCopy: (copied) => void navigator.clipboard.writeText(toTsv(taken(copied)))
  });
  if (height) grid.node.style.maxHeight = `${height}px`;
  const count = h("span", {class: "muted", role: "status"});

  function shownColumns(): Column<Row>[] {
    return columns.filter(({key}) => !hidden.has(key));
  }

  /** Rows as they are taken along: exact, the columns and the order on the screen. */
  function taken(indexes: readonly number[]): Rows {
    return {
      columns: visible.map(({label: name, unit}) => (unit ? `${name} (${unit})` : name)),
      rows: indexes.map((i) => visible.map((column) => valuesOf(column)[i]))
    };
  }

  function update(): void {
    const asked = word.trim().toLowerCase();
    const tests = [...filters].flatMap(([key, text]) => {
      const column = byKey.get(key);
      const test = column && parseFilter(text, column.kind);
      return column && test ? [{cells: valuesOf(column), test}] : [];
    });
    const texts = asked ? visible.filter(({kind}) => !isNumeric(kind)).map(valuesOf) : [];
    passing = all.filter(
      (i) =>
        tests.every(({cells, test}) => test(cells[i])) &&
        (!asked ||
          texts.some((cells) =>
            String(cells[i] ?? "")
              .toLowerCase()
              .includes(asked)
          ))
    );
    const keys = order.flatMap(({column: key, descending}) => {
      const column = byKey.get(key);
      return column ? [{values: valuesOf(column), kind: column.kind, descending}] : [];
    });
    passing = sortRows(passing, keys);
    const groupColumn = group ? byKey.get(group) : undefined;
    const whole = passing.length === rows.length;
    grid.show({
      columns: visible,
      widths: visible.map(({key}) => widths.get(key) ?? 80),
      digits: visible.map(({key}) => digits.get(key) ?? 0),
      lines: groupLines(passing, groupColumn ? valuesOf(groupColumn) : null, closed),
      totals: visible.some(({sum}) => sum) ? passing : null,
      given: whole ? totals : {},
      order,
      filters: filtersShown ? filters : null
    });
    const number = (n: number) => formatNumber(n, {digits: 0});
    count.textContent = whole
      ? `${number(rows.length)} rows`
      : `${number(passing.length)} of ${number(rows.length)} rows`;
  }

  function bar(): HTMLElement {
    const search = h("input", {
      type: "search",
      "data-filter": true,
      value: word,
      placeholder: "Filter  /",
      "aria-label": `Filter ${label}`,
      oninput: () => {
        word = search.value;
        update();
      },
      onkeydown: ({key}: KeyboardEvent) => key === "Escape" && search.blur()
    });
    const groupable = columns.filter(({groups}) => groups);
    const groupBy = h(
      "select",
      {
        "aria-label": "Group by",
        onchange: () => {
          group = groupBy.value || null;
          closed.clear();
          update();
        }
      },
      h("option", {value: ""}, "No groups"),
      groupable.map(({key, label: name}) =>
        h("option", {value: key, selected: key === group}, `By ${name.toLowerCase()}`)
      )
    );
    const filterToggle = iconButton("Filter by column", "filter", () => {
      filtersShown = !filtersShown;
      if (!filtersShown) filters.clear();
      filterToggle.setAttribute("aria-pressed", String(filtersShown));
      update();
      if (filtersShown) grid.node.querySelector<HTMLInputElement>(".filters input")?.focus();
    });
    const chooser = popoverButton("Columns", "columns", columnBoxes());
    return h(
      "div",
      {class: "table-bar"},
      search,
      groupable.length > 0 && groupBy,
      ...controls,
      h("span", {class: "space"}),
      count,
      filterToggle,
      chooser.button,
      chooser.panel,
      iconButton("Copy the rows", "copy", () => void navigator.clipboard.writeText(toTsv(taken(passing)))),
      iconButton("Download CSV", "download", () =>
        download(
          `${fileName(label)}.csv`,
          new Blob([toCsv(taken(passing), [["title", label]])], {type: "text/csv"})
        )
      )
    );
  }

  function columnBoxes(): HTMLElement {
    const box = ({key, label: name}: Column<Row>) => {
      const input = h("input", {
        type: "checkbox",
        checked: !hidden.has(key),
        onchange: () => {
          if (input.checked) hidden.delete(key);
          else hidden.add(key);
          visible = shownColumns();
          update();
        }
      });
      return h("label", {class: "check"}, input, name);
    };
    return h("div", {class: "form columns"}, columns.slice(1).map(box));
  }

  update();
  return h("div", {class: "table"}, !bare && bar(), grid.node);
}

function iconButton(label: string, sign: "filter" | "copy" | "download", act: () => void): HTMLButtonElement {
  return h(
    "button",
    {type: "button", class: "icon-button", "aria-label": label, "data-tip": label, onclick: act},
    icon(sign, 16)
  );
}

/** Returns a row as label and text pairs, for its drawer. */
export function rowFacts<Row>(row: Row, columns: readonly Column<Row>[]): [label: string, text: string][] {
  return columns.map((column) => [
    column.unit ? `${column.label}, ${column.unit}` : column.label,
    printCell(column, readCell(column, row), row)
  ]);
}
