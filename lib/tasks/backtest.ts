import {z} from "zod";
import type {Bars} from "../backtest/bars.js";
import {type ExecutionRules, PROFILES, type ProfileName} from "../backtest/contract.js";
import {type CostChoice, CostChoiceSchema, costsOf} from "../backtest/costs/choice.js";
import {parseRate} from "../backtest/costs/costs.js";
import {runEvents} from "../backtest/event/engine.js";
import {exitsOf} from "../backtest/exits.js";
import {METRIC_PROFILES, type Metrics} from "../backtest/metrics/metric.js";
import {metricsOf, metricValues} from "../backtest/metrics/metrics.js";
import type {BacktestResult} from "../backtest/result.js";
import {type ShippedStrategy, STRATEGIES} from "../backtest/strategies/index.js";
import {generatePositions} from "../backtest/vector/positions.js";
import {runVector} from "../backtest/vector/run.js";
import {BarsSchema, Name} from "./door.js";
import {whole} from "./task.js";

/** Engines by the names that a person chooses them by. */
export const ENGINES = ["event", "vector"] as const;
export type EngineName = (typeof ENGINES)[number];

const DAY_MS = 86_400_000;

/** What is left of a backtest's input when the bars are taken away: what a person chooses. */
export const backtestChoices = {
  strategy: Name,
  parameters: z.record(Name, z.number()).default({}),
  engine: z.enum(ENGINES).default("event"),
  profile: z.enum(Object.keys(PROFILES) as [ProfileName, ...ProfileName[]]).default("default"),
  /** In place of the profile's. */
  fill: z.enum(["next-open", "same-close"]).optional(),
  /** In place of the profile's. */
  wholeUnits: z.boolean().optional(),
  /** In base currency, which is that of the first bars. */
  cash: z.number().positive().default(10_000),
  costs: CostChoiceSchema.prefault({}),
  /** Returns in a year; found from the bars' spacing when not given. */
  frequency: z.number().positive().optional(),
  /** Of the riskless asset a year, a fraction. */
  riskFree: z.number().gt(-1).default(0),
  convention: z.enum(METRIC_PROFILES).default("ours")
};

/** Bars of one symbol or of several, a strategy with its parameters, and the rules it is run by. */
export const BacktestInputSchema = z
  .strictObject({bars: z.array(BarsSchema).min(1, "there are no bars").max(500), ...backtestChoices})
  .superRefine(checkStrategy);

export type BacktestInput = z.infer<typeof BacktestInputSchema>;

/** What a backtest leaves behind. Columns have one value a moment: each time at which a bar ended. */
export interface BacktestOutput extends BacktestResult {
  engine: EngineName;
  rules: ExecutionRules;
  /** Account value before the first bar. */
  cash: number;
  /** Depth below the highest value so far, the start included; in [-1, 0], below -1 for a debt. Shape as `equity`. */
  drawdown: Float64Array;
  /** Closes of the only symbol, at the moments; null where there are several. */
  benchmark: Float64Array | null;
  /** By the convention asked for; each says whose rule it is, and its constants. */
  metrics: Metrics;
  /** Sentences on what the reader should know. */
  warnings: string[];
}

/**
 * Returns the strategy of a name.
 * @throws RangeError that lists those there are
 */
export function shippedStrategy(name: string): ShippedStrategy {
  const found = STRATEGIES.get(name);
  if (!found)
    throw new RangeError(`unknown strategy: ${name}: there are ${[...STRATEGIES.keys()].join(", ")}`);
  return found;
}

/** Checks at a door that there is a strategy of the name, and that it takes the parameters. */
export function checkStrategy(
  {strategy, parameters}: {strategy: string; parameters: Record<string, number>},
  context: z.RefinementCtx
): void {
  try {
    shippedStrategy(strategy).create(parameters);
  } catch (error) {
    context.addIssue({code: "custom", message: (error as Error).message}); // a RangeError that names the fault
  }
}

/** Returns the rules of the profile, with what was chosen in their place. */
export function rulesOf({
  profile,
  fill,
  wholeUnits
}: {
  profile: ProfileName;
  fill?: ExecutionRules["fill"] | undefined;
  wholeUnits?: boolean | undefined;
}): ExecutionRules {
  return {
    ...PROFILES[profile],
    ...(fill === undefined ? {} : {fill}),
    ...(wholeUnits === undefined ? {} : {wholeUnits})
  };
}

/** Runs a strategy over bars, and measures what it did. */
export const backtest = whole(
  BacktestInputSchema,
  (input): BacktestOutput => {
    const {bars, cash, engine, convention, riskFree, frequency} = input;
    const rules = rulesOf(input);
    const {result, warnings} = resultOf(input, rules);
    const benchmark = bars.length === 1 ? closesAt(bars[0], result.time) : null;
    const metrics = metricsOf(
      {
        ...result,
        cash,
        warmUp: shippedStrategy(input.strategy).warmUp(input.parameters),
        ...(benchmark && {benchmark})
      },
      {profile: convention, riskFree, ...(frequency !== undefined && {frequency})}
    );
    return {
      ...result,
      engine,
      rules,
      cash,
      drawdown: drawdownOf(result.equity, cash),
      benchmark,
      metrics,
      warnings
    };
  },
  {title: ({strategy}) => `the strategy ${strategy}`, figures: ({metrics}) => metricValues(metrics)}
);

function resultOf(input: BacktestInput, rules: ExecutionRules): {result: BacktestResult; warnings: string[]} {
  const {bars, strategy, parameters, engine, cash, costs} = input;
  if (engine === "vector") return {result: vectorResult(input, rules), warnings: []};
  const {time, equity, held, trades, traded, badges, stopped, carried, isRuined} = runEvents(
    shippedStrategy(strategy).create(parameters),
    {bars, cash, rules, costs: costsOf(costs)}
  );
  if (stopped)
    throw new RangeError(
      `${stopped.strategy} was stopped at ${new Date(stopped.time).toISOString()}: ${stopped.reason}`
    );
  const warnings = [
    ...(isRuined ? ["the equity was gone before the end"] : []),
    ...carried.map(
      ({of, ageMs, time: at}) =>
        `${of} was carried on while it was held: its price or rate was ${Math.round(ageMs / DAY_MS)} days old at ${new Date(at).toISOString()}`
    )
  ];
  return {result: {time, equity, held, trades, traded, badges}, warnings};
}

function vectorResult(
  {bars, strategy, parameters, cash, costs}: BacktestInput,
  rules: ExecutionRules
): BacktestResult {
  const positions = bars.map((each) => generatePositions(each, strategy, parameters, {symbols: bars.length}));
  return runVector(bars, positions, {cash, rules, costs: ratesOf(costs), exits: exitsOf(parameters)});
}

/** Returns the costs in proportion, which are all that the vector engine has. @throws RangeError for others */
function ratesOf({commission, slippage, ...others}: CostChoice) {
  const [other] = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (other !== undefined)
    throw new RangeError(
      `the vector engine knows commission and slippage alone: ${other} needs the event engine`
    );
  return {commission: parseRate(commission), slippage: parseRate(slippage)};
}

function drawdownOf(equity: Float64Array, cash: number): Float64Array {
  let peak = cash;
  return equity.map((value) => {
    if (value > peak) peak = value;
    return value / peak - 1;
  });
}

/** The bars' closes; where the columns ended early, as many. */
function closesAt({close}: Bars, time: Float64Array): Float64Array {
  return close.slice(0, time.length);
}
