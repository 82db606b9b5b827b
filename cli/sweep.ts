import {availableParallelism} from "node:os";
import type {Config} from "../config.js";
import {proportionalRates} from "../lib/backtest/costs/choice.js";
import {parseRate} from "../lib/backtest/costs/costs.js";
import {combinationOf, planSweep, refusal, type SweepPlan} from "../lib/backtest/sweep/plan.js";
import type {SweepTile} from "../lib/backtest/sweep/run.js";
import {ownOf} from "./backtest-costs.js";
import {readBarFile} from "./bar-file.js";
import {EXIT} from "./exit.js";
import {cancelledBy, CliError, note, printJson, printTable, progressLine} from "./output.js";
import {runSweep} from "./sweep-threads.js";
import {one, positive, usage} from "./words.js";

/** What the command line says. */
export interface SweepFlags {
  bars: string[];
  strategy: string;
  set: string[];
  metric: string;
  commission: string;
  slippage: string;
  costs?: string;
  demo?: true;
  frequency?: string;
  top: string;
  threads?: string;
  json?: true;
}

const METRICS = ["sharpe", "totalReturn", "maxDrawdown", "trades"] as const;
type SweepMetric = (typeof METRICS)[number];

/** Bars times combinations that one thread does while another would start. */
const WORTH_A_THREAD = 50e6;

/** Values of one parameter that a range may have. */
const MOST_VALUES = 1_000_000;

/** One backtest of a sweep. */
type Cell = Record<SweepMetric, number | null> & {parameters: Record<string, number>};

/** `tearsheet sweep`: runs a strategy with every combination of parameters over the bars of each file. */
export async function printSweep(config: Config, flags: SweepFlags): Promise<void> {
  const {strategy, json, commission, slippage} = flags;
  const metric = one(new Map(METRICS.map((name) => [name as string, name])), "metric", flags.metric);
  const parameters = Object.fromEntries(axesOf(flags.set));
  for (const text of [commission, slippage]) usage(() => parseRate(text));
  if (flags.costs !== undefined) one(new Map([["own", true]]), "costs of a sweep", flags.costs);
  const frequency = flags.frequency === undefined ? {} : {frequency: positive("frequency", flags.frequency)};
  const [top, most] = [
    positive("top", flags.top),
    flags.threads === undefined ? undefined : positive("threads", flags.threads)
  ];
  const read = flags.bars.map(readBarFile);
  const assets = read.map(({bars}) => bars);
  const warnings = read.flatMap((each) => each.warnings);
  for (const warning of warnings) note(`warning: ${warning}`);
  const own = flags.costs === undefined ? {} : {own: await ownOf(config, flags.demo ?? false)};
  const costs = {commission, slippage, ...own};
  const costsOf = (symbol: string) => proportionalRates(costs, symbol);
  const plan = usage(() => planSweep({strategy, assets, parameters, costsOf, ...frequency}));

  const begun = performance.now();
  const signal = cancelledBy("the sweep was cancelled");
  const count = plan.combinations * assets.length;
  note(`${strategy}: ${count} backtests in ${plan.tasks.length} parts`);
  const threads =
    most ??
    threadsFor(
      plan,
      assets.reduce((sum, {time}) => sum + time.length, 0)
    );
  const tiles: SweepTile[] = [];
  const line = progressLine();
  const input = {bars: assets, strategy, parameters, costs, ...frequency};
  await runSweep(plan.tasks, input, {
    threads,
    signal,
    onTile(tile) {
      tiles[tile.index] = tile;
      const done = Object.keys(tiles).length;
      line.update(`${done} of ${plan.tasks.length} parts of the sweep`);
    }
  }).finally(() => line.end());
  const seconds = (performance.now() - begun) / 1000;

  const cells = cellsByAsset(plan, tiles);
  const refused = cells[0].length - cells[0].filter(({trades}) => trades !== null).length;
  if (json)
    return printJson({
      strategy,
      metric,
      parameters: Object.fromEntries(plan.names.map((name, i) => [name, plan.axes[i]])),
      rules: "default",
      combinations: plan.combinations,
      refused: {count: refused, reason: refused ? whyRefused(plan) : null},
      symbols: plan.symbols.map((symbol, asset) => ({
        symbol,
        bars: assets[asset].time.length,
        periodsPerYear: plan.tasks.find((task) => task.asset === asset)!.periodsPerYear, // each asset has one
        best: sorted(cells[asset], metric)[0] ?? null,
        cells: cells[asset]
      })),
      warnings
    });
  printTable(
    cells.flatMap((each, asset) =>
      sorted(each, metric)
        .slice(0, top)
        .map(({parameters: chosen, sharpe, totalReturn, maxDrawdown, trades}) => ({
          symbol: plan.symbols[asset],
          ...chosen,
          totalReturn: shown(totalReturn),
          sharpe: shown(sharpe),
          maxDrawdown: shown(maxDrawdown),
          trades
        }))
    )
  );
  note(`${count} backtests in ${seconds.toFixed(2)} s, the best by ${metric} first`);
  if (refused) note(`${refused} of ${plan.combinations} combinations are none: ${whyRefused(plan)}`);
  note("the best of many was also the luckiest: expect less of it on other bars");
}

function threadsFor({combinations}: SweepPlan, bars: number): number {
  return combinations * bars < WORTH_A_THREAD ? 0 : availableParallelism();
}

/** Reads `fast=5`, `fast=5,10,20` and `fast=5:50:5`. */
function axesOf(words: readonly string[]): Map<string, number[]> {
  const axes = new Map<string, number[]>();
  for (const word of words) {
    const [, name, text] = /^([\w-]+)=(.+)$/.exec(word) ?? [];
    const values = name === undefined ? undefined : valuesOf(text);
    if (!values)
      throw new CliError(`invalid parameter: ${word}: write NAME=FROM:TO:STEP or NAME=A,B,C`, EXIT.usage);
    if (axes.has(name)) throw new CliError(`${name} is set twice`, EXIT.usage);
    axes.set(name, values);
  }
  return axes;
}

function valuesOf(text: string): number[] | undefined {
  const range = /^(\d+):(\d+)(?::(\d+))?$/.exec(text);
  if (!range) {
    const values = text.split(",").map((word) => (word.trim() === "" ? NaN : Number(word)));
    return values.every(Number.isFinite) ? values : undefined;
  }
  const [from, to, step] = [range[1], range[2], range[3] ?? "1"].map(Number);
  const count = Math.floor((to - from) / step) + 1;
  if (!(count >= 1 && count <= MOST_VALUES)) return undefined;
  return Array.from({length: count}, (_, i) => from + i * step);
}

function cellsByAsset(plan: SweepPlan, tiles: readonly SweepTile[]): Cell[][] {
  const cells = plan.symbols.map((): Cell[] => []);
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  for (const {asset, from, totalReturn, sharpe, maxDrawdown, trades} of tiles)
    for (let i = 0; i < trades.length; ++i)
      cells[asset].push({
        parameters: combinationOf(plan, from + i),
        totalReturn: known(totalReturn[i]),
        sharpe: known(sharpe[i]),
        maxDrawdown: known(maxDrawdown[i]),
        trades: known(trades[i])
      });
  return cells;
}

/** Returns the cells that have the metric, highest first. */
function sorted(cells: readonly Cell[], metric: SweepMetric): Cell[] {
  return cells.filter((cell) => cell[metric] !== null).sort((a, b) => b[metric]! - a[metric]!);
}

function whyRefused({strategy, axes, combinations, tasks}: SweepPlan): string {
  const of = (i: number) => {
    const task = tasks.findLast(({asset, from}) => asset === 0 && from <= i)!; // the first begins at 0
    return task.values.map((column) => column[i - task.from]);
  };
  for (let i = 0; i < combinations; ++i) {
    const reason = refusal(strategy, of(i));
    if (reason !== undefined) return reason;
  }
  throw new Error(`no combination of ${axes.length} parameters is refused`);
}

function shown(value: number | null): string {
  return value === null ? "n/a" : value.toFixed(4);
}
