import {PROFILES} from "./contract.js";
import {combineCosts, type CostPart} from "./costs/combine.js";
import {type EventOptions, type EventResult, runEvents} from "./event/engine.js";
import type {Strategy} from "./event/strategy.js";

/** The steps from what a strategy would like to what it gets, in order. */
export const STEPS = ["ideal", "commission", "next-open", "spread", "impact", "carrying"] as const;
export type Step = (typeof STEPS)[number];

/** Costs of the steps that add some; a step whose costs are not given is left out. */
export type LadderCosts = Partial<Record<Exclude<Step, "ideal" | "next-open">, CostPart>>;

export interface LadderOptions extends Omit<EventOptions, "costs"> {
  costs: LadderCosts;
}

/** The strategy's run with the assumptions of a step and of all before it. */
export interface Rung {
  step: Step;
  /** What this step adds, a sentence. */
  meaning: string;
  /** In base currency, at the last close. */
  finalEquity: number;
  /** Of the cash it began with, a fraction. */
  totalReturn: number;
  /** Less those of the step before; 0 for the first. */
  equityDifference: number;
  returnDifference: number;
  trades: number;
  isRuined: boolean;
  badges: string[];
  /** At each moment of the ladder's `time`. */
  equity: Float64Array;
}

export interface Ladder {
  time: Float64Array;
  /** In the order of {@link STEPS}. */
  rungs: Rung[];
  /** From the first to the last: exactly the sum of the steps' differences, in any order. */
  equityDifference: number;
  returnDifference: number;
}

const MEANINGS: Readonly<Record<Step, string>> = {
  ideal: "fills at the close that it was decided on, at no cost",
  commission: "commission and fees of each fill",
  "next-open": "fills at the next open, as a live order does",
  spread: "half the spread, or other slippage, of each fill",
  impact: "what each fill moves the price by",
  carrying: "borrowed shares and cash that is owed or held"
};

/**
 * Runs one strategy again and again, each time with one more assumption of what trading is like: what each takes away
 * stands beside it. Values are rounded to a power of two below 1e-13 of the greatest, so that differences add up exactly.
 *
 * @param create makes the strategy anew, for one run
 * @param options as of the event engine; `rules` but for when orders fill, which is a step
 * @throws RangeError as the engine does, and if the strategy was stopped
 */
export function assumptionLadder(create: () => Strategy, {costs, ...options}: LadderOptions): Ladder {
  const {rules = PROFILES.default, cash = 10_000} = options;
  const steps = STEPS.filter((step) => step === "ideal" || step === "next-open" || costs[step]);
  const results = steps.map((_, i) => {
    const upTo = steps.slice(0, i + 1);
    const fill = upTo.includes("next-open") ? ("next-open" as const) : ("same-close" as const);
    const parts = upTo.flatMap((each) => (each === "ideal" || each === "next-open" ? [] : [costs[each]!])); // kept above
    return run(create(), {...options, cash, rules: {...rules, fill}, costs: combineCosts(...parts)});
  });
  const equities = onGrid(results.map(({equity}) => equity[equity.length - 1]));
  const returns = onGrid(equities.map((equity) => equity / cash - 1));
  const rungs = results.map(({equity, trades, isRuined, badges}, i): Rung => {
    const before = Math.max(i - 1, 0);
    return {
      step: steps[i],
      meaning: MEANINGS[steps[i]],
      finalEquity: equities[i],
      totalReturn: returns[i],
      equityDifference: equities[i] - equities[before],
      returnDifference: returns[i] - returns[before],
      trades: trades.length,
      isRuined,
      badges,
      equity
    };
  });
  return {
    time: results[0].time,
    rungs,
    equityDifference: equities[equities.length - 1] - equities[0],
    returnDifference: returns[returns.length - 1] - returns[0]
  };
}

function run(strategy: Strategy, options: EventOptions): EventResult {
  const result = runEvents(strategy, options);
  const {stopped} = result;
  if (stopped)
    throw new RangeError(
      `${stopped.strategy} was stopped at ${new Date(stopped.time).toISOString()}: ${stopped.reason}`
    );
  return result;
}

/** Returns values rounded to multiples of one power of two, of which sums and differences are exact. */
function onGrid(values: readonly number[]): number[] {
  const most = Math.max(...values.map(Math.abs));
  if (most === 0) return [...values];
  const grid = 2 ** (Math.floor(Math.log2(most)) - 44);
  return values.map((value) => Math.round(value / grid) * grid + 0); // minus zero is zero
}
