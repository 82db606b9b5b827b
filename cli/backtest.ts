import {createHash} from "node:crypto";
import {readdirSync, readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {type Config, root} from "../config.js";
import type {Bars} from "../lib/backtest/bars.js";
import {type ExecutionRules, PROFILES, type ProfileName} from "../lib/backtest/contract.js";
import {type CostChoice, costParts, costsOf} from "../lib/backtest/costs/choice.js";
import {parseRate} from "../lib/backtest/costs/costs.js";
import {runEvents} from "../lib/backtest/event/engine.js";
import {assumptionLadder} from "../lib/backtest/ladder.js";
import {metricsOf, metricValues} from "../lib/backtest/metrics/metrics.js";
import type {MetricProfile} from "../lib/backtest/metrics/metric.js";
import type {BacktestResult} from "../lib/backtest/result.js";
import {barsHash, runKey} from "../lib/backtest/run-key.js";
import {STRATEGIES} from "../lib/backtest/strategies/index.js";
import type {Parameters} from "../lib/backtest/strategies/parameters.js";
import {generatePositions} from "../lib/backtest/vector/positions.js";
import {runVector} from "../lib/backtest/vector/run.js";
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

/** What an engine is given. */
interface Setup {
  bars: Bars;
  cash: number;
  rules: ExecutionRules;
  costs: CostChoice;
}

type Engine = (strategy: string, parameters: Parameters, setup: Setup) => BacktestResult;

/** The engines by the name that `--engine` takes. */
const ENGINES: ReadonlyMap<string, Engine> = new Map([
  ["event", runEventEngine],
  ["vector", runVectorEngine]
]);

/** Whose conventions the metrics of a profile follow; ours where none stands here. */
const CONVENTIONS: Partial<Record<ProfileName, MetricProfile>> = {"backtesting.py": "backtesting.py"};

/** `tearsheet backtest`: runs a strategy over the bars of a file. */
export async function printBacktest(config: Config, flags: BacktestFlags): Promise<void> {
  const {json, strategy, engine} = flags;
  const parameters = parametersOf(flags.set);
  const {rules, cash, frequency, profile} = chosen(flags);
  const run = one(ENGINES, "engine", engine);
  checkStrategy(strategy, parameters);
  const costs = await costChoice(config, flags);
  const {bars: read, warnings} = readBarFile(flags.bars);
  const bars: Bars = {...read, currency: currencyOf(flags)};
  const setup = {bars, cash, rules, costs};
  if (flags.ladder) return printLadder(flags, parameters, setup);
  const result = possible(() => run(strategy, parameters, setup));
  const metrics = metricsOf(
    {
      ...result,
      cash,
      benchmark: bars.close,
      warmUp: one(STRATEGIES, "strategy", strategy).warmUp(parameters)
    },
    {profile: CONVENTIONS[profile] ?? "ours", ...(frequency === undefined ? {} : {frequency})}
  );
  const key = runKey({
    code: hashOfCode(),
    engine,
    strategy,
    parameters,
    data: [barsHash(bars)],
    options: {rules: {...rules}, cash, costs, frequency}
  });
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

function runEventEngine(
  name: string,
  parameters: Parameters,
  {bars, costs, ...setup}: Setup
): BacktestResult {
  const strategy = one(STRATEGIES, "strategy", name).create(parameters);
  const result = runEvents(strategy, {bars: [bars], costs: costsOf(costs), ...setup});
  if (result.stopped)
    throw new CliError(`${name} was stopped at ${iso(result.stopped.time)}: ${result.stopped.reason}`);
  return result;
}

function runVectorEngine(
  name: string,
  parameters: Parameters,
  {bars, costs: {commission, slippage, ...others}, ...setup}: Setup
): BacktestResult {
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new CliError(
      `the vector engine knows --commission and --slippage alone, not ${other}: choose the event engine`,
      EXIT.usage
    );
  const costs = {commission: parseRate(commission), slippage: parseRate(slippage)};
  return runVector(bars, generatePositions(bars, name, parameters), {...setup, costs});
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
function printLadder(
  {strategy, engine, json}: BacktestFlags,
  parameters: Parameters,
  {bars, costs, ...setup}: Setup
): void {
  if (engine !== "event") throw new CliError("--ladder is of the event engine", EXIT.usage);
  const shipped = one(STRATEGIES, "strategy", strategy);
  const options = {bars: [bars], costs: costParts(costs), ...setup};
  const {rungs, equityDifference, returnDifference} = possible(() =>
    assumptionLadder(() => shipped.create(parameters), options)
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
function checkStrategy(name: string, parameters: Parameters): void {
  const shipped = one(STRATEGIES, "strategy", name);
  usage(() => shipped.create(parameters));
}

function chosen({profile, fill, wholeShares, cash, frequency}: BacktestFlags) {
  const profiles = new Map(
    Object.entries(PROFILES).map(([name, rules]) => [name, {name: name as ProfileName, rules}])
  ); // its keys
  const {name, rules: base} = one(profiles, "profile", profile);
  if (fill !== undefined && fill !== "next-open" && fill !== "same-close")
    throw new CliError(`unknown fill: ${fill}: say next-open or same-close`, EXIT.usage);
  const rules: ExecutionRules = {
    ...base,
    ...(fill === undefined ? {} : {fill}),
    ...(wholeShares ? {wholeUnits: true} : {})
  };
  return {
    profile: name,
    rules,
    cash: positive("cash", cash),
    frequency: frequency === undefined ? undefined : positive("frequency", frequency)
  };
}

function parametersOf(words: readonly string[]): Parameters {
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

/** Returns the hash of the sources that a result depends on. */
function hashOfCode(): string {
  const hash = createHash("sha256");
  for (const folder of ["lib/backtest", "lib/returns", "lib/risk"]) {
    const files = readdirSync(join(root, folder), {recursive: true, encoding: "utf8"}).filter((name) =>
      name.endsWith(".ts")
    );
    for (const name of files.sort())
      hash.update(`${folder}/${name}\0`).update(readFileSync(join(root, folder, name)));
  }
  return hash.digest("hex");
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
