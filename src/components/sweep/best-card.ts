import type {Figure} from "../../lib/returns/figure.js";
import {formatNumber, formatPercent} from "../format.js";
import {table} from "../table.js";
import type {Watched} from "../watch-view.js";
import {h} from "../dom.js";
import {ranCard} from "../backtest/ran-card.js";
import {parametersAt, rankedCells} from "./grid.js";
import {METRIC_NAMES} from "./metric-print.js";
import {overfitOf, type Swept} from "./swept.js";
import {backtestOf} from "./sweep-desk.js";

/** Cells that are listed. */
const BEST = 20;
/** What a deflated Sharpe ratio must reach to be more than chance. */
const SURE = 0.95;

interface Row {
  cell: number;
  parameters: Readonly<Record<string, number>>;
  deflated: Figure;
}

/** Returns the best cells, and what is left of the best once it is known how many were tried. */
export function bestCard(watched: Watched<Swept>): HTMLElement {
  const view =
    watched.kind === "ready"
      ? {...watched, view: {...watched.view, loaded: watched.view.symbols[0].loaded}}
      : watched;
  return ranCard(view, "Best cells", (swept) => {
    const {figures, grid, sweep} = swept;
    const {metric} = sweep;
    const overfit = overfitOf(swept);
    const rows = rankedCells(figures, metric)
      .slice(0, BEST)
      .map((cell): Row => ({cell, parameters: parametersAt(grid, cell), deflated: overfit.deflated(cell)}));
    const [best] = rows;
    const tried = formatNumber(overfit.trials, {digits: 0});
    const value = rows.length ? best.deflated.value : null;
    const sentence = rows.length
      ? `${tried} backtests were tried. The best of so many shows a Sharpe ratio of about ${formatNumber(overfit.byChance)} a year without any skill; the first here has ${formatNumber(figures.sharpe[best.cell])}${value === null ? "" : `, deflated to a probability of ${formatPercent(value, {digits: 0})}`}.`
      : "No cell has a value.";
    const isWeak = rows.length > 0 && (value === null || value < SURE);
    return {
      unit: `by ${METRIC_NAMES[metric === "trades" ? "sharpe" : metric].toLowerCase()}; a row opens its backtest`,
      definition:
        "Deflated: the probability that the true Sharpe ratio is above zero, when the cell is the best of all that were tried and their ratios spread as they do (Bailey and López de Prado 2014). Below 95 % the best cell may be chance.",
      constants: [`Trials: ${tried}, each cell of each symbol.`],
      finding: sentence,
      ...(isWeak && {
        state: {kind: "partial" as const, missing: `${sentence} Chosen from this map, it may be chance.`}
      }),
      rows: {
        columns: [...grid.names, "sharpe", "total return", "deepest drawdown", "trades", "deflated sharpe"],
        rows: rows.map(({cell, parameters, deflated}) => [
          ...Object.values(parameters),
          figures.sharpe[cell],
          figures.totalReturn[cell],
          figures.maxDrawdown[cell],
          figures.trades[cell],
          deflated.value
        ])
      },
      content: () =>
        rows.length
          ? table(rows, {
              id: "sweep-best",
              label: "Best cells",
              bare: true,
              height: 460,
              onOpen: ({cell}) => location.assign(backtestOf(swept, cell)),
              columns: [
                ...grid.names.map((name) => ({
                  key: name,
                  label: name,
                  kind: "number" as const,
                  digits: 0,
                  cell: ({parameters}: Row) => parameters[name]
                })),
                {key: "sharpe", label: "Sharpe", kind: "number", cell: ({cell}) => figures.sharpe[cell]},
                {
                  key: "deflated",
                  label: "Deflated",
                  kind: "percent",
                  digits: 0,
                  cell: ({deflated}) => deflated
                },
                {
                  key: "totalReturn",
                  label: "Return",
                  kind: "percent",
                  digits: 1,
                  cell: ({cell}) => figures.totalReturn[cell],
                  signed: true
                },
                {
                  key: "maxDrawdown",
                  label: "Drawdown",
                  kind: "percent",
                  digits: 1,
                  cell: ({cell}) => figures.maxDrawdown[cell]
                },
                {
                  key: "trades",
                  label: "Trades",
                  kind: "number",
                  digits: 0,
                  cell: ({cell}) => figures.trades[cell]
                }
              ]
            })
          : h("p", {class: "empty"}, sentence)
    };
  });
}
