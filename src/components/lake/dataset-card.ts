import type {CatalogEntry, SymbolEntry} from "../../lib/lake/catalog.js";
import {isIntraday, parseDatasetId, type DatasetId} from "../../lib/lake/dataset.js";
import {ageChip} from "../badges.js";
import {h, uniqueId} from "../dom.js";
import {heldTables, openDatabase, run} from "../sql.js";
import {quoted} from "../sql-text.js";
import {tabs} from "../tabs.js";
import {chartRows, measureOf, symbolsIn} from "./chart-rows.js";
import {datasetChart} from "./dataset-chart.js";
import {DatasetView} from "./dataset-view.js";
import type {ColumnFacts, LakeHost} from "./lake-host.js";
import {latest} from "./latest.js";
import {loadDataset, releaseDataset, tableOf} from "./load-dataset.js";
import {rowsGrid} from "./rows-grid.js";
import {sqlBox} from "./sql-box.js";
import {statisticsTable} from "./statistics-table.js";
import {count, printBytes} from "./values.js";

/** Points that a chart draws at most, a pixel. */
const POINTS_A_PIXEL = 1;
/** Pixels of a candle with the room around it. */
const CANDLE = 6;

export interface DatasetCard {
  node: HTMLElement;
  /** Shows a dataset: loads it first where the page does not hold it. */
  open(entry: CatalogEntry, columns: readonly ColumnFacts[]): Promise<void>;
  /** Which one is shown. */
  shown(): CatalogEntry | null;
}

/** Returns the card in which a dataset is looked at: chart, rows under histograms, statistics, questions in SQL. */
export function datasetCard(host: LakeHost): DatasetCard {
  const title = h("h2", {id: uniqueId("dataset")}, "Dataset");
  const chip = h("span", {class: "lake-chip"});
  const body = h("div", {class: "card-body"});
  const close = h("button", {type: "button", class: "button quiet", onclick: () => void shut()}, "Close");
  const node = h(
    "section",
    {class: "card lake-dataset", "aria-labelledby": title.id, hidden: true},
    h("header", null, title, h("span", {class: "space"}), chip, close),
    body
  );
  let shown: CatalogEntry | null = null;
  let end: () => void = () => undefined;
  let asked = 0;

  async function open(entry: CatalogEntry, columns: readonly ColumnFacts[]): Promise<void> {
    const mine = ++asked;
    end();
    end = () => undefined;
    shown = entry;
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
      const content = await contentOf({entry, id, view, facts, columns});
      if (mine !== asked) return;
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

  return {node, open, shown: () => shown};
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

interface Shown {
  entry: CatalogEntry;
  id: DatasetId;
  view: DatasetView;
  facts: readonly SymbolEntry[];
  columns: readonly ColumnFacts[];
}

async function contentOf(shown: Shown): Promise<{nodes: Node[]; end: () => void}> {
  const chart = await chartPart(shown);
  const below = rowsPart(shown, chart.drawn);
  return {
    nodes: [chart.node, below.node, heldLine()],
    end() {
      chart.end();
      below.end();
      void shown.view.close();
    }
  };
}

/** The chart of one symbol's rows that pass, with what it is drawn of chosen above. */
async function chartPart({
  id,
  view,
  facts
}: Shown): Promise<{node: HTMLElement; end: () => void; drawn: Promise<void>}> {
  const symbols = await symbolsIn(view.table, id.kind);
  const names = new Map(facts.map((fact) => [fact.symbol, fact]));
  const select = h(
    "select",
    {onchange: again},
    symbols.map(({symbol}) => h("option", {value: symbol}, labelOf(symbol, names.get(symbol))))
  );
  const place = h("div", {class: "lake-chart"});
  const said = h("p", {class: "shown-range"});
  let shape: "line" | "candles" = "line";
  let span: readonly [number, number] | null = null;
  let width = 0;
  const {promise: drawn, resolve: tellDrawn} = Promise.withResolvers<void>();

  function again(): void {
    span = null;
    draw();
  }

  const draw = latest(
    async () => {
      const room = width;
      if (!room || symbols.length === 0) return;
      const symbol = select.value;
      const points = Math.floor(shape === "candles" ? (room - 60) / CANDLE : room * POINTS_A_PIXEL);
      const rows = await chartRows(await view.from(), id.kind, {symbol, points, span});
      tellDrawn();
      const unit = names.get(symbol)?.unit || (id.kind === "bars" ? "points" : "");
      if (rows.times.length < 2) {
        place.replaceChildren(h("p", {class: "empty"}, `${symbol} has fewer than two rows that pass.`));
        said.replaceChildren(backButton());
        return;
      }
      place.replaceChildren(
        datasetChart(rows, {
          width: room,
          label: id.kind === "bars" ? "Close" : measureOf(id.kind),
          unit,
          shape,
          isIntraday: isIntraday(id.frequency),
          onZoom(from, to) {
            span = [from, to];
            draw();
          },
          onBack: again
        })
      );
      const each = Math.ceil(rows.rows / rows.times.length);
      said.replaceChildren(
        `${labelOf(symbol, names.get(symbol))}, ${measureOf(id.kind).toLowerCase()}${unit ? ` in ${unit}` : ""}: ${count(rows.rows, "row")}${view.filters.size ? " that pass" : ""}${each > 1 ? `, ${each} to a point, their range shaded` : ""}`,
        ...(span ? [backButton()] : [])
      );
    },
    (error) => place.replaceChildren(h("p", {class: "bad", role: "alert"}, error.message))
  );

  const backButton = () => h("button", {type: "button", class: "link-button", onclick: again}, "All days");

  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width || now === 0) return;
    width = now;
    draw();
  });
  observer.observe(place);
  const endView = view.subscribe(draw);
  const shapes =
    id.kind === "bars" &&
    tabs(
      [
        ["line", "Line"],
        ["candles", "Candles"]
      ],
      {
        label: "Drawn as",
        chosen: shape,
        onChoose(chosen) {
          shape = chosen;
          draw();
        }
      }
    );
  const controls = h(
    "div",
    {class: "lake-controls"},
    h(
      "label",
      null,
      h(
        "span",
        {class: "muted small"},
        id.kind === "series" ? "Series" : id.kind === "fx" ? "Pair" : "Symbol"
      ),
      select
    ),
    shapes
  );
  return {
    node: h("div", null, controls, place, said),
    drawn,
    end() {
      observer.disconnect();
      endView();
    }
  };
}

function labelOf(symbol: string, facts: SymbolEntry | undefined): string {
  return facts?.name && facts.name !== symbol ? `${symbol} — ${facts.name}` : symbol;
}

/** Rows, statistics and questions, one of them at a time. */
function rowsPart({entry, view}: Shown, chartDrawn: Promise<void>): {node: HTMLElement; end: () => void} {
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
