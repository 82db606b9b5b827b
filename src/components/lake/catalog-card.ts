import type {CatalogEntry} from "../../lib/lake/catalog.js";
import {parseDatasetId} from "../../lib/lake/dataset.js";
import {daysBetween} from "../../lib/time/day.js";
import {light} from "../badges.js";
import {chartCard} from "../chart-card.js";
import {h, s} from "../dom.js";
import {formatAge, formatDay} from "../format.js";
import {table, type Column} from "../table.js";
import {count, printBytes} from "./values.js";

interface CatalogCardOptions {
  onOpen: (entry: CatalogEntry) => void;
  /** Buttons and what they do, above the table. */
  above: Node;
}

/** Days behind up to which a dataset counts as fresh: a week-end, or a vendor that is a day late. */
const FRESH_DAYS = 3;

/** Returns the datasets of the lake: how many rows of which days, how fresh, how large, what is wrong. */
export function catalogCard(
  datasets: readonly CatalogEntry[],
  {onOpen, above}: CatalogCardOptions
): HTMLElement {
  const behind = datasets.filter((entry) => stateOf(entry) !== "fresh").length;
  const rows = datasets.reduce((sum, entry) => sum + entry.rows, 0);
  const sentence = "No rows yet: pull some, or all that Markets reads.";
  const content = () =>
    datasets.length
      ? h(
          "div",
          null,
          above,
          table(datasets, {id: "lake", label: "Datasets", columns: columnsOf(datasets), height: 420, onOpen})
        )
      : h("div", null, above, h("p", {class: "muted"}, sentence));
  return chartCard(content, {
    title: "Datasets",
    finding: datasets.length
      ? `${count(datasets.length, "dataset")}, ${count(rows, "row")}; ${behind} not up to date.`
      : sentence,
    definition:
      "Rows of vendors on this disk, checked and in canonical columns (clean), or derived from such (features). A dataset is fresh when its last row is of the last day that could have one by its calendar, give or take three days. Choose one to look at it.",
    rows: {
      columns: [
        "dataset",
        "layer",
        "source",
        "symbols",
        "rows",
        "from",
        "to",
        "days behind",
        "bytes",
        "problems",
        "last pull"
      ],
      rows: datasets.map((entry) => [
        entry.dataset,
        entry.layer,
        entry.source,
        entry.symbols,
        entry.rows,
        entry.from,
        entry.to,
        entry.staleDays,
        entry.bytes,
        entry.problems,
        entry.lastPull?.message ?? null
      ])
    }
  });
}

function stateOf({staleDays, lastPull}: CatalogEntry): "fresh" | "late" | "failed" {
  if (lastPull?.ok === false) return "failed";
  return staleDays !== null && staleDays > FRESH_DAYS ? "late" : "fresh";
}

function columnsOf(datasets: readonly CatalogEntry[]): Column<CatalogEntry>[] {
  const days = datasets.flatMap(({from, to}) => (from && to ? [from, to] : [])).toSorted();
  const [first, last] = [days[0] ?? "", days.at(-1) ?? ""];
  const idOf = ({dataset}: CatalogEntry) => parseDatasetId(dataset);
  return [
    {
      key: "source",
      label: "Source",
      kind: "text",
      cell: ({source}) => source,
      groups: true,
      most: 170,
      narrow: true
    },
    {key: "kind", label: "Kind", kind: "text", cell: (entry) => idOf(entry).kind, groups: true, narrow: true},
    {key: "universe", label: "Universe", kind: "text", cell: (entry) => idOf(entry).universe, groups: true},
    {key: "frequency", label: "Every", kind: "text", cell: (entry) => idOf(entry).frequency, groups: true},
    {key: "layer", label: "Layer", kind: "text", cell: ({layer}) => layer, groups: true},
    {key: "symbols", label: "Symbols", kind: "number", digits: 0, cell: ({symbols}) => symbols},
    {key: "rows", label: "Rows", kind: "number", digits: 0, cell: ({rows}) => rows, sum: true, narrow: true},
    {
      key: "fresh",
      label: "Freshness",
      kind: "text",
      cell: (entry) => freshness(entry),
      draw: (entry) =>
        h(
          "span",
          {class: "lake-fresh", "data-tip": entry.lastPull?.message ?? null},
          isDated(entry) && light(stateOf(entry)),
          freshness(entry)
        ),
      drawn: 152,
      narrow: true
    },
    {key: "from", label: "From", kind: "day", cell: ({from}) => from, hidden: true},
    {key: "to", label: "To", kind: "day", cell: ({to}) => to, hidden: true},
    {
      key: "coverage",
      label: "Days",
      unit: first && `${first.slice(0, 4)}–${last.slice(0, 4)}`,
      kind: "text",
      cell: ({from, to}) => (from && to ? `${from} ${to} coverage` : ""),
      draw: (entry) => coverage(entry, first, last),
      drawn: WIDTH + 20
    },
    {key: "size", label: "Size", kind: "text", cell: ({bytes}) => printBytes(bytes)},
    {
      key: "problems",
      label: "Problems",
      kind: "number",
      digits: 0,
      cell: ({problems}) => problems,
      sum: true
    },
    {
      key: "pull",
      label: "Last pull",
      kind: "text",
      cell: ({lastPull}) =>
        lastPull ? `${formatAge(lastPull.at, Date.now())}: ${lastPull.message}` : "never",
      most: 420
    }
  ];
}

/** Whether it is known how far the rows should reach. */
const isDated = ({staleDays, lastPull}: CatalogEntry) => staleDays !== null || lastPull?.ok === false;

function freshness({staleDays, to}: CatalogEntry): string {
  if (to === null) return "no row";
  if (staleDays === null) return `to ${formatDay(to)}`;
  return staleDays ? `${staleDays} d behind` : "up to date";
}

const WIDTH = 120;

/** Where a dataset's days lie among those of all. */
function coverage({from, to}: CatalogEntry, first: string, last: string): Node | null {
  if (!from || !to) return null;
  const all = Math.max(1, daysBetween(first, last));
  const x = (daysBetween(first, from) / all) * WIDTH;
  const width = Math.max(2, (daysBetween(from, to) / all) * WIDTH);
  return s(
    "svg",
    {
      class: "lake-coverage",
      width: WIDTH,
      height: 12,
      role: "img",
      "aria-label": `${from} to ${to}`,
      "data-tip": `${formatDay(from)} to ${formatDay(to)}`
    },
    s("line", {x1: 0, x2: WIDTH, y1: 6, y2: 6}),
    s("rect", {x, width, y: 2, height: 8, rx: 1})
  );
}
