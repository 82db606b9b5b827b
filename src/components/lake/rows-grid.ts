import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import {icon} from "../icons.js";
import type {DatasetView, ViewColumn} from "./dataset-view.js";
import {histogram} from "./histogram.js";
import {latest} from "./latest.js";
import {digitsOf, printValue} from "./values.js";

const ROW = 28;
const PAGE = 128;
/** Browsers draw no box that is much higher. */
const MOST_ROWS = 1_000_000;
const HEIGHT = 420;
const PATIENCE_MS = 2000;

const WIDTHS = {text: 112, time: 148, day: 116, number: 124} as const;

type Row = Readonly<Record<string, unknown>>;

/**
 * Returns the rows of a dataset that pass its filters, as far as they are in sight, a histogram above each column.
 * @param after what the histograms wait for, a while: they take a second of a million rows
 */
export function rowsGrid(
  view: DatasetView,
  {label, after}: {label: string; after: Promise<void>}
): {node: HTMLElement; close: () => void} {
  const {columns} = view;
  const status = h("span", {class: "muted", role: "status"});
  const clear = h("button", {type: "button", class: "link-button", onclick: () => view.clear()}, "All rows");
  const histograms = columns.map(({name, type}) =>
    histogram({name, width: WIDTHS[type] - 18, onFilter: (filter) => view.filter(name, filter)})
  );
  const heads = columns.map((column, i) => headOf(view, column, histograms[i].node));
  const body = h("tbody");
  const table = h(
    "table",
    {"aria-label": label, style: `width:${columns.reduce((sum, {type}) => sum + WIDTHS[type], 0)}px`},
    h(
      "colgroup",
      null,
      columns.map(({type}) => h("col", {style: `width:${WIDTHS[type]}px`}))
    ),
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        heads.map(({node}) => node)
      )
    ),
    body
  );
  const scroll = h(
    "div",
    {
      class: "grid-scroll lake-rows",
      tabindex: 0,
      role: "group",
      "aria-label": label,
      style: `max-height:${HEIGHT}px`
    },
    table
  );
  const pages = new Map<number, readonly Row[]>();
  let digits: number[] = columns.map(() => 0);
  let total = 0;
  let edition = 0;

  const shown = () => {
    const first = Math.max(0, Math.floor(scroll.scrollTop / ROW) - 8);
    return [first, Math.min(total, first + Math.ceil(scroll.clientHeight / ROW) + 24)] as const;
  };

  function draw(): void {
    const [from, to] = shown();
    const rows = Array.from({length: Math.max(0, to - from)}, (_, i) => rowAt(from + i));
    const none = h("tr", null, h("td", {colspan: columns.length, class: "muted"}, "No row passes"));
    body.replaceChildren(spacer(from), ...(total ? rows : [none]), spacer(total - to));
    table.setAttribute("aria-rowcount", String(total + 1));
  }

  function rowAt(at: number): HTMLElement {
    const row = pages.get(Math.floor(at / PAGE))?.[at % PAGE];
    return h(
      "tr",
      {"aria-rowindex": at + 2},
      columns.map(({name, type}, i) =>
        h(
          "td",
          {class: type === "number" ? "number" : null},
          row ? printValue(row[name], type, digits[i]) : "…"
        )
      )
    );
  }

  const spacer = (lines: number) =>
    h("tr", {"aria-hidden": "true", class: "spacer", style: `height:${Math.max(0, lines) * ROW}px`});

  const fetchShown = latest(async () => {
    const mine = edition;
    const [from, to] = shown();
    for (let page = Math.floor(from / PAGE); page * PAGE < to; ++page) {
      if (pages.has(page)) continue;
      const rows = await view.page(page * PAGE, PAGE);
      if (mine !== edition) return;
      pages.set(page, rows);
    }
    draw();
  }, fail);

  /** The heads first: they are what a brush is watched by. */
  const refresh = latest(async () => {
    const mine = ++edition;
    for (const head of heads) head.mark();
    const data = await view.histograms();
    for (const [i, one] of data.entries()) histograms[i].show(one, view.filters.get(columns[i].name));
    const count = await view.count();
    const rows = await view.page(0, PAGE);
    if (mine !== edition) return;
    pages.clear();
    pages.set(0, rows);
    digits = columns.map(({name}) => digitsOf(rows.map((row) => row[name])));
    total = Math.min(count, MOST_ROWS);
    scroll.scrollTop = 0;
    draw();
    tellCount(count);
  }, fail);

  function tellCount(count: number): void {
    const print = (n: number) => formatNumber(n, {digits: 0});
    const isCut = count > MOST_ROWS ? `, the first ${print(MOST_ROWS)} in the table` : "";
    status.textContent = `${print(count)} rows${view.filters.size ? " pass" : ""}${isCut}`;
    clear.hidden = view.filters.size === 0;
  }

  function fail(error: Error): void {
    status.textContent = error.message;
  }

  scroll.addEventListener(
    "scroll",
    () => {
      draw();
      fetchShown();
    },
    {passive: true}
  );
  clear.hidden = true;
  status.textContent = "counting";
  void view.page(0, PAGE).then((rows) => {
    if (edition) return;
    pages.set(0, rows); // rows stand there while their bins are made
    digits = columns.map(({name}) => digitsOf(rows.map((row) => row[name])));
    total = rows.length;
    draw();
  }, fail);
  void Promise.race([after, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]).then(refresh);
  const end = view.subscribe(refresh);
  const hint = h("span", {class: "muted small"}, "Drag over a histogram to filter");
  return {
    node: h(
      "div",
      {class: "table"},
      h("div", {class: "table-bar"}, hint, h("span", {class: "space"}), clear, status),
      scroll
    ),
    close: end
  };
}

function headOf(
  view: DatasetView,
  {name, type}: ViewColumn,
  below: HTMLElement
): {node: HTMLElement; mark: () => void} {
  const sign = h("span", {class: "sorted"});
  const button = h("button", {type: "button", onclick: turn}, h("span", null, name), sign);
  const node = h("th", {scope: "col", class: type === "number" ? "number" : null}, button, below);
  function turn(): void {
    const {order} = view;
    const isMine = order?.column === name;
    const first = type === "number" || type === "time" || type === "day";
    if (!isMine) view.sort({column: name, descending: first});
    else view.sort(order.descending === first ? {column: name, descending: !first} : null);
  }
  const mark = () => {
    const order = view.order?.column === name ? view.order : null;
    node.setAttribute("aria-sort", order ? (order.descending ? "descending" : "ascending") : "none");
    sign.replaceChildren(...(order ? [icon(order.descending ? "down" : "up", 8)] : []));
  };
  return {node, mark};
}
