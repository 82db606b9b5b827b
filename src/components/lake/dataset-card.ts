import type {CatalogEntry} from "../../lib/lake/catalog.js";
import {parseDatasetId, type DatasetId} from "../../lib/lake/dataset.js";
import {ageChip} from "../badges.js";
import {h, uniqueId} from "../dom.js";
import {heldTables, openDatabase, run} from "../sql.js";
import {quoted} from "../sql-text.js";
import {tabs} from "../tabs.js";
import {chartPart, type Charted} from "./chart-part.js";
import {DatasetView} from "./dataset-view.js";
import type {ColumnFacts, LakeHost} from "./lake-host.js";
import {latest} from "./latest.js";
import {loadDataset, releaseDataset, tableOf} from "./load-dataset.js";
import {rowsGrid} from "./rows-grid.js";
import {sqlBox} from "./sql-box.js";
import {statisticsTable} from "./statistics-table.js";
import {count, printBytes} from "./values.js";

export interface DatasetCard {
  node: HTMLElement;
  /** Shows a dataset: loads it first where the page does not hold it. */
  open(entry: CatalogEntry, columns: readonly ColumnFacts[]): Promise<void>;
  /** Says so where the catalog has other rows of the dataset than those that are shown. */
  compare(datasets: readonly CatalogEntry[]): void;
}

/** Returns the card in which a dataset is looked at: chart, rows under histograms, statistics, questions in SQL. */
export function datasetCard(host: LakeHost): DatasetCard {
  const title = h("h2", {id: uniqueId("dataset")}, "Dataset");
  const chip = h("span", {class: "lake-chip"});
  const body = h("div", {class: "card-body"});
  const close = h("button", {type: "button", class: "button quiet", onclick: () => void shut()}, "Close");
  const news = h("p", {class: "lake-news", role: "status"});
  const node = h(
    "section",
    {class: "card lake-dataset", "aria-labelledby": title.id, hidden: true},
    h("header", null, title, h("span", {class: "space"}), chip, close),
    news,
    body
  );
  let shown: CatalogEntry | null = null;
  let shownColumns: readonly ColumnFacts[] = [];
  let end: () => void = () => undefined;
  let asked = 0;

  async function open(entry: CatalogEntry, columns: readonly ColumnFacts[]): Promise<void> {
    const mine = ++asked;
    end();
    end = () => undefined;
    shown = entry;
    shownColumns = columns;
    news.replaceChildren();
    const id = parseDatasetId(entry.dataset);
    title.replaceChildren(titleOf(entry, id));
    chip.replaceChildren(...chipOf(entry));
    node.hidden = false;
    node.scrollIntoView({block: "start"});
    const bar = h("progress", {"aria-label": `loading ${entry.dataset}`, max: 1});
    const text = h("span", {class: "muted"}, "opening the database");
    body.replaceChildren(h("p", {class: "progress", role: "status"}, bar, text));
    node.setAttribute("aria-busy", "true");
    try {
      await openDatabase();
      const [{table}, facts] = await Promise.all([
        loadDataset(host, entry, {
          onProgress({doing, bytes, total}) {
            bar.value = total ? bytes / total : 0;
            text.textContent = `${doing}, ${printBytes(bytes)} of ${printBytes(total)}`;
          }
        }),
        host.symbols(entry)
      ]);
      if (mine !== asked) return;
      await run(`CREATE OR REPLACE VIEW rows AS SELECT * FROM ${quoted(table)}`);
      const view = await viewOf(table, columns);
      const content = await contentOf(entry, {id, view, facts});
      if (mine !== asked) return content.end();
      end = content.end;
      body.replaceChildren(...content.nodes);
    } catch (error) {
      if (mine !== asked) return;
      body.replaceChildren(
        h(
          "div",
          {class: "empty error", role: "alert"},
          h("p", null, h("strong", null, `${entry.dataset} could not be shown.`)),
          h("p", null, (error as Error).message),
          h(
            "button",
            {type: "button", class: "button", onclick: () => void open(entry, columns)},
            "Try again"
          )
        )
      );
    } finally {
      if (mine === asked) node.removeAttribute("aria-busy");
    }
  }

  async function shut(): Promise<void> {
    ++asked;
    end();
    end = () => undefined;
    const entry = shown;
    shown = null;
    node.hidden = true;
    body.replaceChildren();
    if (!entry) return;
    await run("DROP VIEW IF EXISTS rows");
    await releaseDataset(tableOf(entry));
  }

  function compare(datasets: readonly CatalogEntry[]): void {
    const now = datasets.find(({dataset, layer}) => dataset === shown?.dataset && layer === shown.layer);
    const isOther =
      shown && now && (now.rows !== shown.rows || now.bytes !== shown.bytes || now.to !== shown.to);
    const load = () => now && void open(now, shownColumns);
    news.replaceChildren(
      ...(isOther
        ? [
            "The lake has other rows of it now. ",
            h("button", {type: "button", class: "link-button", onclick: load}, "Load them")
          ]
        : [])
    );
  }

  return {node, open, compare};
}

/** A column that no row has a value of is not shown. */
async function viewOf(table: string, columns: readonly ColumnFacts[]): Promise<DatasetView> {
  const given = await new DatasetView(table, columns).given();
  return new DatasetView(table, given);
}

function titleOf(
  {source, symbols, rows, from, to}: CatalogEntry,
  {kind, universe, frequency}: DatasetId
): Node {
  return h(
    "span",
    null,
    `${source} ${kind}`,
    h(
      "small",
      null,
      `${universe}, ${frequency}: ${count(symbols, "symbol")}, ${count(rows, "row")}, ${from ?? "n/a"} to ${to ?? "n/a"}`
    )
  );
}

function chipOf({source, to, staleDays}: CatalogEntry): Node[] {
  if (to === null) return [];
  const age = staleDays === null ? "as it came" : staleDays ? `${staleDays} d behind` : "up to date";
  return [ageChip(source, to, age)];
}

async function contentOf(entry: CatalogEntry, shown: Charted): Promise<{nodes: Node[]; end: () => void}> {
  const chart = await chartPart(shown);
  const below = rowsPart(entry, shown.view, chart.drawn);
  return {
    nodes: [chart.node, below.node, heldLine()],
    end() {
      chart.end();
      below.end();
      void shown.view.close();
    }
  };
}

/** Rows, statistics and questions, one of them at a time. */
function rowsPart(
  entry: CatalogEntry,
  view: DatasetView,
  chartDrawn: Promise<void>
): {node: HTMLElement; end: () => void} {
  const place = h("div");
  let end: () => void = () => undefined;
  const shows = {
    rows() {
      const grid = rowsGrid(view, {label: `Rows of ${entry.dataset}`, after: chartDrawn});
      end = grid.close;
      place.replaceChildren(grid.node);
    },
    statistics() {
      const draw = latest(
        async () => {
          place.replaceChildren(statisticsTable(await view.statistics(), `Statistics of ${entry.dataset}`));
        },
        (error) => place.replaceChildren(h("p", {class: "bad", role: "alert"}, error.message))
      );
      place.replaceChildren(h("p", {class: "muted", role: "status"}, "computing"));
      end = view.subscribe(draw);
      draw();
    },
    sql() {
      end = () => undefined;
      const tables = () => ["rows", ...heldTables.get().map(({name}) => quoted(name))];
      place.replaceChildren(sqlBox({first: "SELECT * FROM rows LIMIT 100", tables}));
    }
  };
  const choose = (part: keyof typeof shows) => {
    end();
    shows[part]();
  };
  const parts = tabs(
    [
      ["rows", "Rows"],
      ["statistics", "Statistics"],
      ["sql", "SQL"]
    ],
    {label: "Below the chart", chosen: "rows", onChoose: choose}
  );
  choose("rows");
  return {node: h("div", {class: "lake-below"}, parts, place), end: () => end()};
}

/** What the page's database holds. */
function heldLine(): HTMLElement {
  const tables = heldTables.get();
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  return h(
    "p",
    {class: "muted small"},
    `This page's database holds ${count(tables.length, "table")}, ${printBytes(bytes)} as they came; Close lets go of this one.`
  );
}
