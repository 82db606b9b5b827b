import {basename} from "node:path";
import {hashOfCode} from "../bridge/store/code-hash.js";
import {type Config, root} from "../config.js";
import type {Bars} from "../lib/backtest/bars.js";
import {PROFILES, type ProfileName} from "../lib/backtest/contract.js";
import type {CostChoice} from "../lib/backtest/costs/choice.js";
import {metricValues} from "../lib/backtest/metrics/metrics.js";
import type {MetricProfile} from "../lib/backtest/metrics/metric.js";
import {STRATEGIES} from "../lib/backtest/strategies/index.js";
import type {Parameters} from "../lib/backtest/strategies/parameters.js";
import {ENGINES, type EngineName} from "../lib/tasks/backtest.js";
import {enter, TASKS} from "../lib/tasks/index.js";
import {plannedRun} from "../lib/tasks/run.js";
import {type CostFlags, costChoice, currencyOf} from "./backtest-costs.js";
import {readBarFile} from "./bar-file.js";
import {EXIT} from "./exit.js";
import {CliError, note, printJson, printTable} from "./output.js";
import {one, positive, usage} from "./words.js";

/** What the command line says. */
export interface BacktestFlags extends CostFlags {
  bars: string;
  strategy: string;
  set: string[];
  engine: string;
  profile: string;
  cash: string;
  fill?: string;
  wholeShares?: true;
  frequency?: string;
  ladder?: true;
  json?: true;
}

/** Whose conventions the metrics of a profile follow; ours where none stands here. */
const CONVENTIONS: Partial<Record<ProfileName, MetricProfile>> = {"backtesting.py": "backtesting.py"};

/** `tearsheet backtest`: runs a strategy over the bars of a file. */
export async function printBacktest(config: Config, flags: BacktestFlags): Promise<void> {
  const {json, strategy, engine} = flags;
  const parameters = parametersOf(flags.set);
  const {profile, cash, ...options} = chosen(flags);
  checkStrategy(strategy, parameters);
  const costs = await costChoice(config, flags);
  checkEngine(engine, costs);
  const {bars: read, warnings: odd} = readBarFile(flags.bars);
  const bars: Bars = {...read, currency: currencyOf(flags)};
  const {frequency, fill, ...rest} = options;
  const common = {bars: [bars], strategy, parameters, profile, cash, costs, ...rest};
  if (flags.ladder) return printLadder(flags, common);
  const input = enter(TASKS.backtest.input, {
    ...common,
    engine,
    convention: CONVENTIONS[profile] ?? "ours",
    ...(fill && {fill}),
    ...(frequency !== undefined && {frequency})
  });
  const {metrics, rules, ...result} = possible(() => TASKS.backtest.run(input));
  const warnings = [...odd, ...result.warnings];
  const {key} = plannedRun(TASKS.backtest, {name: "backtest", input, code: hashOfCode(root)});
  for (const each of [...warnings, ...result.badges]) note(`warning: ${each}`);
  if (json)
    return printJson({
      trades: result.trades.map((trade) => ({
        ...trade,
        entryTime: iso(trade.entryTime),
        exitTime: iso(trade.exitTime)
      })),
      equity: Array.from(result.time, (time, i) => [iso(time), result.equity[i]]),
      metrics: metricValues(metrics),
      run: key,
      strategy: {name: strategy, parameters},
      engine,
      profile,
      rules,
      conventions: Object.fromEntries(
        Object.entries(metrics).map(([id, {convention, reason, constants}]) => [
          id,
          {convention, reason, constants}
        ])
      ),
      badges: result.badges,
      warnings
    });
  printTable(
    Object.entries(metrics).map(([metric, {value, reason}]) => ({
      metric,
      value: shown(value),
      note: reason ?? ""
    }))
  );
  const {length} = bars.time;
  note(
    `${strategy} on ${basename(flags.bars)}: ${length} bars, ${iso(bars.time[0])} to ${iso(bars.time[length - 1])}, profile ${profile}`
  );
  note(`run ${key}`);
}

/** Refuses an engine that there is not, and costs that the vector engine does not know. */
function checkEngine(engine: string, costs: CostChoice): void {
  const name = one(new Map<string, EngineName>(ENGINES.map((each) => [each, each])), "engine", engine);
  const other = Object.keys(costs).find((each) => each !== "commission" && each !== "slippage");
  if (name === "vector" && other !== undefined)
    throw new CliError(
      `the vector engine knows --commission and --slippage alone, not ${other}: choose the event engine`,
      EXIT.usage
    );
}

/** Returns what a run returns; what an engine refuses cannot be done with these bars. */
function possible<Value>(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  }
}

/** Prints what each assumption of trading takes away from the strategy. */
function printLadder({engine, json}: BacktestFlags, given: object): void {
  if (engine !== "event") throw new CliError("--ladder is of the event engine", EXIT.usage);
  const {rungs, equityDifference, returnDifference} = possible(() =>
    TASKS.ladder.run(enter(TASKS.ladder.input, given))
  );
  const plain = rungs.map(({step, meaning, finalEquity, totalReturn, ...rest}) => ({
    step,
    meaning,
    finalEquity,
    totalReturn,
    equityDifference: rest.equityDifference,
    returnDifference: rest.returnDifference,
    trades: rest.trades,
    isRuined: rest.isRuined,
    badges: rest.badges
  }));
  if (json) return printJson({ladder: plain, equityDifference, returnDifference});
  printTable(
    plain.map(({step, finalEquity, equityDifference: difference, totalReturn, meaning}) => ({
      step,
      finalEquity: finalEquity.toFixed(2),
      difference: cents(difference),
      totalReturn: `${cents(100 * totalReturn)} %`,
      meaning
    }))
  );
  note(`together ${cents(equityDifference)}, ${cents(100 * returnDifference)} % of the cash`);
}

/** Refuses a strategy or its parameters before anything is read. */
export function checkStrategy(name: string, parameters: Parameters): void {
  const shipped = one(STRATEGIES, "strategy", name);
  usage(() => shipped.create(parameters));
}

function chosen({profile, fill, wholeShares, cash, frequency}: BacktestFlags) {
  const profiles = new Map(Object.keys(PROFILES).map((name) => [name, name as ProfileName])); // its keys
  if (fill !== undefined && fill !== "next-open" && fill !== "same-close")
    throw new CliError(`unknown fill: ${fill}: say next-open or same-close`, EXIT.usage);
  return {
    profile: one(profiles, "profile", profile),
    fill,
    ...(wholeShares && {wholeUnits: true}),
    cash: positive("cash", cash),
    frequency: frequency === undefined ? undefined : positive("frequency", frequency)
  };
}

export function parametersOf(words: readonly string[]): Parameters {
  const pairs = words.map((word): [string, number] => {
    const [, name, value] = /^([\w-]+)=(.+)$/.exec(word) ?? [];
    if (name === undefined || !Number.isFinite(Number(value)))
      throw new CliError(`invalid parameter: ${word}: write NAME=NUMBER`, EXIT.usage);
    return [name, Number(value)];
  });
  const twice = pairs.find(([name], i) => pairs.findIndex(([first]) => first === name) < i);
  if (twice) throw new CliError(`${twice[0]} is set twice`, EXIT.usage);
  return Object.fromEntries(pairs);
}

/** Returns a number with two decimals, never minus zero. */
function cents(value: number): string {
  return value.toFixed(2).replace(/^-(?=0\.00$)/, "");
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function shown(value: number | null): string {
  return value === null ? "n/a" : String(Number(value.toPrecision(8)));
}
