import {h, spoken} from "../dom.js";
import {wideFrame} from "../wide-frame.js";

interface LiveTableOptions<Row> {
  label: string;
  /** Heads of the columns; those whose name starts with # hold numbers, one without a name what can be done. */
  heads: readonly string[];
  keyOf: (row: Row) => string;
  cells: (row: Row) => readonly (Node | string | null)[];
  /** What stands in place of no rows. */
  empty: string;
  /** What the Delete key does on a row. */
  onDelete?: (row: Row) => void;
}

export interface LiveTable<Row> {
  node: HTMLElement;
  show(rows: readonly Row[]): void;
}

/**
 * Returns a short table whose rows change while somebody is in it: a row that is as before is left alone, focus stays
 * where it is. Arrows, Home and End move from row to row.
 */
export function liveTable<Row>(options: LiveTableOptions<Row>): LiveTable<Row> {
  const {label, heads, keyOf, cells, empty, onDelete} = options;
  const isNumber = heads.map((head) => head.startsWith("#"));
  const body = h("tbody");
  const nothing = h("p", {class: "muted"}, empty);
  const frame = wideFrame(
    label,
    h(
      "table",
      {class: "plain live-table", "aria-label": label},
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          heads.map((head, i) =>
            h(
              "th",
              {scope: "col", class: isNumber[i] ? "number" : null},
              head ? head.replace("#", "") : spoken("Actions")
            )
          )
        )
      ),
      body
    )
  );
  const node = h("div", null, nothing, frame);
  let shown = new Map<string, {row: Row; sign: string; line: HTMLTableRowElement}>();

  function lineOf(row: Row): HTMLTableRowElement {
    return h(
      "tr",
      {tabindex: -1, "data-key": keyOf(row)},
      cells(row).map((cell, i) => h("td", {class: isNumber[i] ? "number" : null}, cell))
    );
  }

  body.addEventListener("keydown", (event) => {
    const lines = [...body.rows];
    const at = lines.findIndex((line) => line.contains(document.activeElement));
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1}[event.key];
    if (to !== undefined) {
      event.preventDefault();
      reach(lines[Math.max(0, Math.min(to, lines.length - 1))], true);
    } else if (event.key === "Delete" && onDelete) {
      const found = shown.get(lines[at]?.dataset["key"] ?? "");
      if (found) onDelete(found.row);
    }
  });

  /** One row at a time is in the order of Tab. */
  function reach(line: HTMLElement | undefined, focus: boolean): void {
    if (!line) return;
    for (const other of body.rows) other.tabIndex = other === line ? 0 : -1;
    if (focus) line.focus();
  }

  function show(rows: readonly Row[]): void {
    const active = document.activeElement;
    const held = active && body.contains(active) ? active.closest("tr") : null;
    const place = held ? [...held.querySelectorAll("button, a")].indexOf(active as HTMLElement) : -1; // in the body
    const next = new Map<string, {row: Row; sign: string; line: HTMLTableRowElement}>();
    for (const row of rows) {
      const [key, sign] = [keyOf(row), JSON.stringify(row)];
      const known = shown.get(key);
      next.set(key, known?.sign === sign ? known : {row, sign, line: lineOf(row)});
    }
    const lines = [...next.values()].map(({line}) => line);
    shown = next;
    nothing.hidden = rows.length > 0;
    frame.hidden = rows.length === 0;
    if (lines.length === body.rows.length && lines.every((line, i) => line === body.rows[i])) return;
    body.replaceChildren(...lines);
    const again = held && next.get(held.dataset["key"] ?? "")?.line;
    reach(again || lines[0], false);
    if (!again) return;
    const inside = again.querySelectorAll<HTMLElement>("button, a")[place];
    (inside ?? again).focus({preventScroll: true});
  }

  show([]);
  return {node, show};
}
