import {h, uniqueId} from "./dom.js";
import {icon} from "./icons.js";
import {fillCell, fillText, readCell, type Column} from "./table-columns.js";
import {isNumeric, sumCells as addCells, type Line, type Order} from "./table-model.js";
import {showTip} from "./tip.js";

const ROW = 28;
/** Up to this many lines all stand in the page; above, those in sight and some around them. */
const WHOLE = 200;
const AROUND = 16;

interface GridOptions<Row> {
  label: string;
  rows: readonly Row[];
  onOpen?: ((row: Row) => void) | undefined;
  onSort: (column: string, add: boolean) => void;
  onFilter: (column: string, text: string) => void;
  onGroup: (name: string) => void;
  onCopy: (rows: readonly number[]) => void;
}

export interface GridView<Row> {
  columns: readonly Column<Row>[];
  widths: readonly number[];
  digits: readonly number[];
  lines: readonly Line[];
  /** Rows that totals are taken of; null for no totals. */
  totals: readonly number[] | null;
  /** A total that is known better than by adding what is shown. */
  given: Readonly<Record<string, {value: string | null; reason?: string}>>;
  order: Order;
  filters: ReadonlyMap<string, string> | null;
}

/** The table itself: sticky head and first column, rows made as they come in sight, one cell that keys move. */
export function createGrid<Row>({label, rows, onOpen, onSort, onFilter, onGroup, onCopy}: GridOptions<Row>): {
  node: HTMLElement;
  show(view: GridView<Row>): void;
} {
  const id = uniqueId("grid");
  const head = h("thead");
  const body = h("tbody");
  const foot = h("tfoot");
  const columns = h("colgroup");
  const table = h("table", {tabindex: 0, "aria-label": label}, columns, head, body, foot);
  const node = h("div", {class: "grid-scroll"}, table);
  const made = new Map<number, HTMLTableRowElement>();
  const active = {line: 0, column: 0};
  let view: GridView<Row>;
  let first = 0;
  let last = 0;

  function show(next: GridView<Row>): void {
    const headed = view?.columns === next.columns && view.filters === next.filters;
    view = next;
    made.clear();
    active.line = Math.max(0, Math.min(active.line, view.lines.length - 1));
    active.column = Math.max(0, Math.min(active.column, view.columns.length - 1));
    columns.replaceChildren(...view.widths.map((width) => h("col", {style: `width:${width}px`})));
    table.style.width = `${view.widths.reduce((sum, width) => sum + width, 0)}px`;
    table.setAttribute("role", view.lines.some(({kind}) => kind === "group") ? "treegrid" : "grid");
    table.setAttribute("aria-rowcount", String(view.lines.length + 1));
    table.setAttribute("aria-colcount", String(view.columns.length));
    if (headed) for (const [i, column] of view.columns.entries()) markSorted(head.rows[0].cells[i], column);
    else head.replaceChildren(h("tr", null, view.columns.map(headCell)), ...filterRow());
    foot.replaceChildren(...totalRow());
    draw(true);
  }

  function headCell(column: Column<Row>): HTMLElement {
    const cell = h(
      "th",
      {scope: "col", class: isNumeric(column.kind) ? "number" : null},
      h(
        "button",
        {type: "button", onclick: (event: MouseEvent) => onSort(column.key, event.shiftKey)},
        h("span", null, column.label, column.unit && h("small", null, column.unit)),
        h("span", {class: "sorted"})
      )
    );
    markSorted(cell, column);
    return cell;
  }

  function markSorted(cell: HTMLElement, {key}: Column<Row>): void {
    const at = view.order.findIndex(({column}) => column === key);
    const sign = cell.querySelector(".sorted");
    cell.setAttribute("aria-sort", at < 0 ? "none" : view.order[at].descending ? "descending" : "ascending");
    sign?.replaceChildren(
      ...(at < 0 ? [] : [icon(view.order[at].descending ? "down" : "up", 8)]),
      ...(view.order.length > 1 && at >= 0 ? [String(at + 1)] : [])
    );
  }

  function filterRow(): HTMLElement[] {
    const {filters} = view;
    if (!filters) return [];
    const cells = view.columns.map(({key, label: name, kind}) => {
      const input = h("input", {
        type: "text",
        value: filters.get(key) ?? "",
        placeholder: isNumeric(kind) ? ">0" : "…",
        "aria-label": `Filter ${name}`,
        oninput: () => onFilter(key, input.value)
      });
      return h("td", null, input);
    });
    return [h("tr", {class: "filters"}, cells)];
  }

  function totalRow(): HTMLElement[] {
    const {totals} = view;
    return totals ? [h("tr", {class: "total"}, sumCells("Total", totals, true))] : [];
  }

  /** The name, frozen with the first column, then the sums; what is given wins over what is added. */
  function sumCells(name: Node | string, members: readonly number[], whole = false): HTMLElement[] {
    return view.columns.map((column, i) => {
      const td = h("td");
      if (i === 0) td.append(name);
      const {sum} = column;
      if (i === 0 || !sum) return td;
      const added = () =>
        addCells(members.map((row) => (sum === true ? readCell(column, rows[row]).value : sum(rows[row]))));
      const total = (whole && view.given[column.key]) || added();
      fillText(td, column, total, null, view.digits[i]);
      return td;
    });
  }

  function draw(force = false): void {
    const count = view.lines.length;
    const whole = count <= WHOLE;
    const from = whole ? 0 : Math.max(0, Math.floor(node.scrollTop / ROW) - AROUND);
    const to = whole
      ? count
      : Math.min(count, Math.ceil((node.scrollTop + node.clientHeight) / ROW) + AROUND);
    if (!force && from >= first && to <= last && Math.abs(from - first) < AROUND / 2) return;
    for (const line of made.keys()) if (line < from || line >= to) made.delete(line);
    const shown: HTMLElement[] = [];
    for (let line = from; line < to; ++line) {
      let row = made.get(line);
      if (!row) made.set(line, (row = makeLine(line)));
      shown.push(row);
    }
    const none = h("tr", null, h("td", {colspan: view.columns.length, class: "muted"}, "No rows"));
    body.replaceChildren(spacer(from), ...(count ? shown : [none]), spacer(count - to));
    first = from;
    last = to;
    mark();
  }

  const spacer = (lines: number) =>
    h("tr", {"aria-hidden": "true", class: "spacer", style: `height:${lines * ROW}px`});

  function makeLine(at: number): HTMLTableRowElement {
    const line = view.lines[at];
    const attributes = {"aria-rowindex": at + 2, "data-line": at};
    if (line.kind === "group") {
      const name = h(
        "span",
        null,
        h("span", {class: "twist"}, line.open ? "▾" : "▸"),
        line.name,
        h("small", null, String(line.rows.length))
      );
      return h(
        "tr",
        {...attributes, class: "group", "aria-expanded": String(line.open)},
        sumCells(name, line.rows)
      );
    }
    const row = h("tr", {...attributes, class: onOpen ? "opens" : null});
    for (const [i, column] of view.columns.entries()) {
      const td = h("td");
      fillCell(td, column, rows[line.row], view.digits[i]);
      row.append(td);
    }
    return row;
  }

  const activeCell = (): HTMLElement | undefined => made.get(active.line)?.cells[active.column];

  function mark(): void {
    for (const cell of body.querySelectorAll(".active")) {
      cell.classList.remove("active");
      cell.removeAttribute("id");
    }
    const cell = activeCell();
    if (!cell) return;
    cell.classList.add("active");
    cell.id = id;
    table.setAttribute("aria-activedescendant", id);
  }

  function move(line: number, column: number): void {
    active.line = Math.max(0, Math.min(line, view.lines.length - 1));
    active.column = Math.max(0, Math.min(column, view.columns.length - 1));
    const above = head.offsetHeight;
    const top = active.line * ROW;
    if (top < node.scrollTop) node.scrollTop = top;
    const room = node.clientHeight - above - foot.offsetHeight - ROW;
    if (top > node.scrollTop + room) node.scrollTop = top - room;
    draw();
    mark();
    const cell = activeCell();
    if (cell && active.column > 0) cell.scrollIntoView({block: "nearest", inline: "nearest"});
    else node.scrollLeft = 0;
    showTip(cell ?? null);
  }

  function activate(at: number): void {
    const line = view.lines[at];
    if (!line) return;
    if (line.kind === "group") onGroup(line.name);
    else onOpen?.(rows[line.row]);
  }

  const page = () => Math.max(1, Math.floor(node.clientHeight / ROW) - 3);
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(active.line + 1, active.column),
    ArrowUp: () => move(active.line - 1, active.column),
    ArrowRight: () => move(active.line, active.column + 1),
    ArrowLeft: () => move(active.line, active.column - 1),
    PageDown: () => move(active.line + page(), active.column),
    PageUp: () => move(active.line - page(), active.column),
    Home: () => move(0, active.column),
    End: () => move(view.lines.length - 1, active.column),
    Enter: () => activate(active.line)
  };
  table.addEventListener("keydown", (event) => {
    if (event.target !== table) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "c" && !getSelection()?.toString()) {
      const line = view.lines[active.line];
      if (line) onCopy(line.kind === "row" ? [line.row] : line.rows);
    }
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  body.addEventListener("click", ({target}) => {
    const cell = target instanceof Element ? target.closest("td") : null;
    const line = Number(cell?.closest("tr")?.dataset["line"] ?? NaN);
    if (!cell || Number.isNaN(line)) return;
    move(line, cell.cellIndex);
    if (!getSelection()?.toString()) activate(line);
  });
  node.addEventListener("scroll", () => draw(), {passive: true});
  new ResizeObserver(() => view && draw(true)).observe(node);
  return {node, show};
}
