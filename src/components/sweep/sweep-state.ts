import {parametersFor, STRATEGY_FACTS, factsOf} from "../backtest/strategies.js";
import {DEFAULT_SETUP, parseSetup} from "../backtest/setup-state.js";

/** Values of a parameter from one to another, a step apart. */
export interface Span {
  from: number;
  to: number;
  step: number;
}

/** What the map shows of each cell. */
export const SWEEP_METRICS = ["sharpe", "totalReturn", "maxDrawdown", "trades"] as const;
export type SweepMetric = (typeof SWEEP_METRICS)[number];

/** What a sweep is made of, as the page's address says it. */
export interface SweepState {
  /** As a backtest's setup. */
  data: string | null;
  /** Several of the dataset; empty: its first. */
  symbols: readonly string[];
  start: string | null;
  end: string | null;
  strategy: string;
  /** Of each parameter. */
  grid: Readonly<Record<string, Span>>;
  commission: string;
  slippage: string;
  /** Beside commission and slippage: what one's own fills cost, by symbol; null: nothing. */
  costs: "own" | null;
  metric: SweepMetric;
  /** The cell that is looked at. */
  parameters: Readonly<Record<string, number>>;
}

/** Most values of one parameter: a map is looked at, not scrolled. */
export const MOST_VALUES = 200;

const USUAL: Readonly<Record<string, Span>> = {
  fast: {from: 2, to: 100, step: 2},
  slow: {from: 10, to: 500, step: 10},
  lookback: {from: 5, to: 500, step: 5},
  trail: {from: 200, to: 4000, step: 200}
};

/** Strategies that have a parameter to sweep. */
export const SWEPT = STRATEGY_FACTS.filter(({parameters}) => parameters.length > 0);

/** Returns the spans of a strategy's parameters: those given that make sense, the others as usual. */
export function gridFor(strategy: string, given: Readonly<Record<string, Span>> = {}): Record<string, Span> {
  return Object.fromEntries(
    factsOf(strategy).parameters.map(({name, most}) => {
      const span = given[name];
      return [name, span && !spanFault(span, most) ? span : (USUAL[name] ?? {from: 5, to: 100, step: 5})];
    })
  );
}

/** Returns why a span makes no sense; empty when it does. */
export function spanFault({from, to, step}: Span, most: number): string {
  const isWhole = [from, to, step].every((value) => Number.isSafeInteger(value) && value >= 1);
  if (!isWhole) return "whole numbers from 1 on";
  if (to < from) return `ends before it begins, ${from}`;
  if (to > most) return `at most ${most}`;
  const count = valuesOf({from, to, step}).length;
  return count > MOST_VALUES ? `${count} values: at most ${MOST_VALUES}` : "";
}

/** Returns the values of a span, ascending. */
export function valuesOf({from, to, step}: Span): number[] {
  return Array.from({length: Math.floor((to - from) / step) + 1}, (_, i) => from + i * step);
}

/** Returns the sweep that a query string says; what is missing or not understood takes its default. */
export function parseSweep(search: string): SweepState {
  const query = new URLSearchParams(search);
  const {
    data,
    symbol,
    start,
    end,
    strategy: asked,
    parameters,
    commission,
    slippage,
    costs
  } = parseSetup(search);
  const strategy = SWEPT.find(({name}) => name === asked)?.name ?? SWEPT[0].name;
  const symbols = (query.get("symbols") ?? "").split(",").filter(Boolean);
  return {
    data,
    symbols: symbols.length ? symbols : symbol === null ? [] : [symbol],
    start,
    end,
    strategy,
    grid: gridFor(strategy, spansIn(query.get("grid") ?? "")),
    commission,
    slippage,
    costs: costs === "own" ? costs : null,
    metric: SWEEP_METRICS.find((name) => name === query.get("metric")) ?? "sharpe",
    parameters: strategy === asked ? parameters : parametersFor(strategy)
  };
}

/** Returns the query string with this sweep written into it: defaults are left out, other keys are kept. */
export function formatSweep(sweep: SweepState, search = ""): string {
  const query = new URLSearchParams(search);
  const put = (key: string, value: string | null, usual: string | null) =>
    value === null || value === usual || value === "" ? query.delete(key) : query.set(key, value);
  const usual = gridFor(sweep.strategy);
  const grid = Object.entries(sweep.grid);
  const isUsual = grid.every(([name, span]) => JSON.stringify(span) === JSON.stringify(usual[name]));
  const words = (entries: readonly (readonly [string, string | number])[]) =>
    entries.map(([name, value]) => `${name}:${value}`).join();
  put("data", sweep.data, null);
  query.delete("symbol");
  put("symbols", sweep.symbols.join(), null);
  put("start", sweep.start, null);
  put("end", sweep.end, null);
  put("strategy", sweep.strategy, SWEPT[0].name);
  put(
    "grid",
    isUsual ? null : words(grid.map(([name, {from, to, step}]) => [name, `${from}-${to}-${step}`])),
    null
  );
  put("commission", sweep.commission, DEFAULT_SETUP.commission);
  put("slippage", sweep.slippage, DEFAULT_SETUP.slippage);
  put("costs", sweep.costs, null);
  put("metric", sweep.metric, "sharpe");
  put("set", words(Object.entries(sweep.parameters)), words(Object.entries(parametersFor(sweep.strategy))));
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
  return text && `?${text}`;
}

/** Reads `fast:2-100-2,slow:10-500-10`. */
function spansIn(text: string): Record<string, Span> {
  return Object.fromEntries(
    text.split(",").flatMap((word) => {
      const [, name, from, to, step] = /^(\w+):(\d+)-(\d+)-(\d+)$/.exec(word) ?? [];
      return name === undefined ? [] : [[name, {from: Number(from), to: Number(to), step: Number(step)}]];
    })
  );
}
