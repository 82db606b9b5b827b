import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {siteHref} from "../actions.js";
import {formatNumber, formatPercent} from "../format.js";
import type {Rows} from "../export.js";
import {tabs} from "../tabs.js";
import {originOf} from "../backtest/ran-card.js";
import {DEFAULT_SETUP, formatSetup, strategyTitle} from "../backtest/setup-state.js";
import {factsOf} from "../backtest/strategies.js";
import {BEGINNING} from "./cell-curves.js";
import {cellNear, parametersAt, rankedCells} from "./grid.js";
import {type GridMap, gridMap} from "./grid-map.js";
import {growthCanvas} from "./growth-canvas.js";
import {METRIC_NAMES, printMetric} from "./metric-print.js";
import {onTiles, type Swept, sweeps} from "./swept.js";
import {SWEEP_METRICS} from "./sweep-state.js";
import {getSweep, setSweep, subscribeSweep} from "./sweep-store.js";

/** Returns the address of the backtest of one cell. */
export function backtestOf({sweep, symbols, grid}: Swept, cell: number): string {
  const {data, start, end, strategy, commission, slippage, costs} = sweep;
  const symbol = symbols.length ? symbols[0].loaded.bars.symbol : null;
  const setup = {
    ...DEFAULT_SETUP,
    data,
    symbol: sweep.symbols.length ? symbol : null,
    start,
    end,
    strategy,
    commission,
    slippage,
    costs,
    parameters: parametersAt(grid, cell)
  };
  return siteHref(`/backtest${formatSetup(setup)}`);
}

/** Returns the map of a sweep and the growth of the cell that is looked at: they are drawn while the sweep runs. */
export function sweepDesk(): {map: HTMLElement; growth: HTMLElement} {
  const mapPlace = h("div");
  const growthPlace = h("div");
  const canvas = growthCanvas();
  const readout = h("div", {class: "readout"});
  const chosen = h("div", {class: "sweep-chosen"});
  let map: GridMap | undefined;
  let shown: Swept | undefined;
  let cell = 0;
  let symbol = 0;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  function look(at: number): void {
    cell = at;
    if (!shown) return;
    const {grid, taken, symbols, figures} = shown;
    const parameters = parametersAt(grid, cell);
    const values = Object.values(parameters).join(" / ");
    chosen.replaceChildren(
      h(
        "b",
        null,
        Object.entries(parameters)
          .map(([name, value]) => `${name} ${value}`)
          .join(", ")
      ),
      ...SWEEP_METRICS.map((metric) =>
        h("span", null, `${METRIC_NAMES[metric]} `, h("b", null, printMetric(metric, figures[metric][cell])))
      )
    );
    const {loaded, run} = symbols[Math.min(symbol, symbols.length - 1)];
    if (!taken[cell]) {
      readout.replaceChildren(h("span", {class: "muted"}, `The strategy does not take ${values}.`));
      return;
    }
    const {time, equity} = run(parameters);
    const {close} = loaded.bars;
    const held = close.map((price) => (BEGINNING * price) / close[0]);
    canvas.draw(
      {time, own: equity, held},
      `Growth of 100 at ${values}: ${formatNumber(equity[equity.length - 1])}, bought and held ${formatNumber(held[held.length - 1])}`
    );
    readout.replaceChildren(
      line("Strategy", "--portfolio", equity[equity.length - 1]),
      line("Buy and hold", "--benchmark", held[held.length - 1])
    );
  }

  /** Writes the cell into the address once the hand rests: the address must not be written sixty times a second. */
  function keep(): void {
    clearTimeout(quiet);
    quiet = setTimeout(() => shown && setSweep({parameters: parametersAt(shown.grid, cell)}), 250);
  }

  function begin(swept: Swept): void {
    map?.end();
    shown = swept;
    const {sweep, grid, taken} = swept;
    const facts = factsOf(sweep.strategy).parameters;
    cell = cellNear(grid, getSweep().parameters);
    canvas.reset();
    map = gridMap({
      grid,
      taken,
      metric: getSweep().metric,
      cell,
      labels: facts.map(({label}) => label),
      say: (at) => sayCell(shown ?? swept, at),
      onMove(at) {
        look(at);
        keep();
      },
      onOpen: (at) => shown?.taken[at] && location.assign(backtestOf(shown, at))
    });
    const {node} = map;
    mapPlace.replaceChildren(mapCard(swept, node, chosen));
    growthPlace.replaceChildren(
      growthCard(swept, () => h("div", {class: "chart"}, readout, canvas.node), {
        chosen: symbol,
        onChoose(next) {
          symbol = next;
          canvas.reset();
          look(cell);
        }
      })
    );
    draw();
  }

  function draw(): void {
    if (!shown) return;
    map?.show(shown.figures[getSweep().metric]);
    look(cell);
  }

  onTiles((swept) => {
    const isNew = shown?.sweep !== swept.sweep;
    shown = swept;
    if (isNew) {
      symbol = 0;
      begin(swept);
    } else if (swept.isWhole) begin(swept); // with its rows
    else map?.show(swept.figures[getSweep().metric]);
  });
  subscribeSweep((_, changed) => {
    if (changed.has("metric") && shown) begin(shown);
  });
  sweeps.watch((watched) => {
    if (watched.kind === "ready" || (watched.kind === "loading" && shown)) return;
    const state =
      watched.kind === "loading"
        ? watched
        : ({
            kind: "error",
            what: "This sweep could not be run.",
            why: watched.why,
            retry: watched.retry
          } as const);
    for (const [place, title] of [
      [mapPlace, "Map"],
      [growthPlace, "Growth of 100"]
    ] as const)
      place.replaceChildren(chartCard(() => h("p"), {title, finding: "", state}));
  });
  return {map: mapPlace, growth: growthPlace};
}

function line(name: string, color: string, value: number): HTMLElement {
  return h(
    "span",
    null,
    h("i", {class: "swatch", style: `--swatch:var(${color})`}),
    name,
    h("b", null, formatNumber(value))
  );
}

function sayCell({grid, taken, figures}: Swept, cell: number): string {
  const parameters = Object.entries(parametersAt(grid, cell)).map(([name, value]) => `${name} ${value}`);
  if (!taken[cell]) return `${parameters.join(", ")}: the strategy does not take them`;
  const values = SWEEP_METRICS.map(
    (metric) => `${METRIC_NAMES[metric]} ${printMetric(metric, figures[metric][cell])}`
  );
  return `${parameters.join(", ")}: ${values.join(", ")}`;
}

function mapCard(swept: Swept, map: HTMLElement, chosen: HTMLElement): HTMLElement {
  const {sweep, grid, figures, symbols, isWhole, run} = swept;
  const {metric} = getSweep();
  const [best] = rankedCells(figures, metric);
  const {unit} = symbols[0].loaded;
  const rows: Rows = {
    columns: [...grid.names, ...SWEEP_METRICS.map((name) => METRIC_NAMES[name].toLowerCase())],
    rows: Array.from({length: grid.size}, (_, cell) => cell)
      .filter((cell) => swept.taken[cell])
      .map((cell) => [
        ...Object.values(parametersAt(grid, cell)),
        ...SWEEP_METRICS.map((name) => (Number.isNaN(figures[name][cell]) ? null : figures[name][cell]))
      ])
  };
  return chartCard(() => h("div", null, chosen, map), {
    title: METRIC_NAMES[metric],
    unit: `${factsOf(sweep.strategy).label}, ${symbols.length > 1 ? `mean of ${symbols.length} symbols` : symbols[0].loaded.bars.symbol}`,
    origin: originOf(symbols[0].loaded),
    run,
    definition:
      "Each cell is one backtest of the vector engine with those parameters, fills at the next open, costs as given. Drag over the map, or go with the arrow keys: the curve beside it follows. Enter or a double click opens the backtest. Cells that the strategy does not take are blank.",
    constants: [
      "Sharpe ratio: mean(r - rf) / std(r - rf, ddof 1) x sqrt(A), riskless rate 0.",
      "Deepest drawdown: at closes, what it began with included.",
      `Prices in ${unit}; ${symbols[0].loaded.bars.time.length} bars.`,
      ...symbols[0].loaded.notes
    ],
    finding:
      best === undefined
        ? "Nothing is known yet."
        : `The best cell: ${sayCell(swept, best)}. ${isWhole ? "" : "The sweep is not whole yet."}`,
    ...(isWhole && {rows}),
    controls: tabs(
      SWEEP_METRICS.map(
        (name) =>
          [
            name,
            {sharpe: "Sharpe", totalReturn: "Return", maxDrawdown: "Drawdown", trades: "Trades"}[name]
          ] as const
      ),
      {label: "Shown", chosen: metric, onChoose: (next) => setSweep({metric: next})}
    )
  });
}

function growthCard(
  {sweep, symbols}: Swept,
  content: () => HTMLElement,
  {chosen, onChoose}: {chosen: number; onChoose: (symbol: number) => void}
): HTMLElement {
  const {loaded} = symbols[Math.min(chosen, symbols.length - 1)];
  const select =
    symbols.length > 1 &&
    h(
      "select",
      {
        "aria-label": "Symbol",
        onchange: (event: Event) => onChoose((event.target as HTMLSelectElement).selectedIndex)
      }, // its own event
      symbols.map(({loaded: one}, i) => h("option", {selected: i === chosen}, one.bars.symbol))
    );
  const {close} = loaded.bars;
  return chartCard(content, {
    title: "Growth of 100",
    unit: "of the cell, log scale, after costs",
    origin: originOf(loaded),
    definition:
      "What 100 became with the parameters of the cell that is looked at, run by the vector engine as the hand moves, beside what it became bought at the first close and kept.",
    finding: `${strategyTitle(sweep)}; bought and held ${formatPercent(close[close.length - 1] / close[0] - 1, {signed: true})}.`,
    ...(select && {controls: select})
  });
}
