import type {SymbolEntry} from "../../lib/lake/catalog.js";
import {isIntraday, type DatasetId} from "../../lib/lake/dataset.js";
import {h} from "../dom.js";
import {tabs} from "../tabs.js";
import {chartRows, measureOf, symbolsIn, type ChartRows} from "./chart-rows.js";
import {datasetChart} from "./dataset-chart.js";
import type {DatasetView} from "./dataset-view.js";
import {latest} from "./latest.js";
import {count} from "./values.js";

/** Pixels of a candle with the room around it, and of what stands beside them. */
const CANDLE = 6;
const BESIDE = 60;

/** What a chart is drawn of. */
export interface Charted {
  id: DatasetId;
  view: DatasetView;
  facts: readonly SymbolEntry[];
}

interface ChartPart {
  node: HTMLElement;
  /** Resolves when the first rows are there. */
  drawn: Promise<void>;
  end: () => void;
}

/** Returns the chart of one symbol's rows that pass, with what it is drawn of chosen above. */
export async function chartPart({id, view, facts}: Charted): Promise<ChartPart> {
  const symbols = await symbolsIn(view.table, id.kind);
  const names = new Map(facts.map((fact) => [fact.symbol, fact]));
  const select = h(
    "select",
    {onchange: again},
    symbols.map(({symbol}) => h("option", {value: symbol}, labelOf(symbol, names.get(symbol))))
  );
  const place = h("div", {class: "lake-chart"});
  const said = h("p", {class: "shown-range"});
  const {promise: drawn, resolve: tellDrawn} = Promise.withResolvers<void>();
  let shape: "line" | "candles" = "line";
  let span: readonly [number, number] | null = null;
  let width = 0;
  let shown: ChartRows | null = null;

  const refresh = latest(
    async () => {
      if (!width || symbols.length === 0) return;
      const points = Math.floor(shape === "candles" ? (width - BESIDE) / CANDLE : width);
      shown = await chartRows(await view.from(), id.kind, {symbol: select.value, points, span});
      tellDrawn();
      draw();
    },
    (error) => place.replaceChildren(h("p", {class: "bad", role: "alert"}, error.message))
  );

  function again(): void {
    span = null;
    refresh();
  }

  /** Draws what is there, as wide as the place is now. */
  function draw(): void {
    if (!shown) return;
    const symbol = select.value;
    const back = h("button", {type: "button", class: "link-button", onclick: again}, "All days");
    if (shown.times.length < 2) {
      place.replaceChildren(h("p", {class: "empty"}, `${symbol} has fewer than two rows that pass.`));
      said.replaceChildren(...(span ? [back] : []));
      return;
    }
    const unit = names.get(symbol)?.unit || (id.kind === "bars" ? "points" : "");
    place.replaceChildren(
      datasetChart(shown, {
        width,
        label: id.kind === "bars" ? "Close" : measureOf(id.kind),
        unit,
        shape,
        isIntraday: isIntraday(id.frequency),
        onZoom(from, to) {
          span = [from, to];
          refresh();
        },
        onBack: again
      })
    );
    const each = Math.ceil(shown.rows / shown.times.length);
    const what = `${labelOf(symbol, names.get(symbol))}, ${measureOf(id.kind).toLowerCase()}${unit && ` in ${unit}`}`;
    const rows = `${count(shown.rows, "row")}${view.filters.size ? " that pass" : ""}`;
    const points = each > 1 ? `, ${each} to a point, their range shaded` : "";
    said.replaceChildren(`${what}: ${rows}${points} `, ...(span ? [back] : []));
  }

  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width || now === 0) return;
    width = now;
    draw();
    refresh();
  });
  observer.observe(place);
  const endView = view.subscribe(refresh);
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
          refresh();
        }
      }
    );
  const what = {series: "Series", fx: "Pair"}[id.kind as string] ?? "Symbol";
  return {
    node: h(
      "div",
      null,
      h(
        "div",
        {class: "lake-controls"},
        h("label", null, h("span", {class: "muted small"}, what), select),
        shapes
      ),
      place,
      said
    ),
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
