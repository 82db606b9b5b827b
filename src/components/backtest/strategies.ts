import {STRATEGIES} from "../../lib/backtest/strategies/index.js";

/** A strategy's parameter as a form shows it. */
export interface ParameterFacts {
  name: string;
  label: string;
  /** What it is before a person changes it. */
  usual: number;
  /** Most that the form takes; the least is 1. */
  most: number;
}

/** A strategy as a form shows it. */
export interface StrategyFacts {
  name: string;
  label: string;
  meaning: string;
  parameters: readonly ParameterFacts[];
  /** Those that may be left out: exits. */
  optional: readonly ParameterFacts[];
}

const MOST_BARS = 2000;
const MOST_BPS = 9999;

const KNOWN: Readonly<Record<string, Pick<StrategyFacts, "label" | "meaning">>> = {
  "sma-cross": {
    label: "Moving averages cross",
    meaning:
      "Flat until the fast moving average of closes first crosses the slow one; long with the whole equity when it crosses above, short when it crosses below."
  },
  "buy-and-hold": {
    label: "Buy and hold",
    meaning: "Buys for the whole equity at the first fill and keeps it."
  },
  momentum: {
    label: "Momentum",
    meaning: "Long with the whole equity while the close is above the one so many bars ago, else flat."
  },
  breakout: {
    label: "Breakout",
    meaning:
      "Long with the whole equity when the close is above the highest high of so many bars before (Donchian's channel), short when it is below their lowest low; a trailing stop follows. Stopped out, it waits for the next breakout."
  }
};

const USUAL: Readonly<Record<string, number>> = {fast: 20, slow: 100, lookback: 120, trail: 1000};
const BPS = new Set(["stop", "target", "trail"]);
const LABELS: Readonly<Record<string, string>> = {
  fast: "Fast average, bars",
  slow: "Slow average, bars",
  lookback: "Look back, bars",
  stop: "Stop loss, bps",
  target: "Take profit, bps",
  trail: "Trailing stop, bps",
  hold: "Held at most, bars"
};

/** The strategies that come with the house; one without words of its own is told by its name. */
export const STRATEGY_FACTS: readonly StrategyFacts[] = [...STRATEGIES].map(
  ([name, {parameters, optional}]) => ({
    name,
    label: KNOWN[name]?.label ?? name,
    meaning: KNOWN[name]?.meaning ?? "",
    parameters: parameters.map(parameterFacts),
    optional: optional.map(parameterFacts)
  })
);

function parameterFacts(name: string): ParameterFacts {
  return {
    name,
    label: LABELS[name] ?? name,
    usual: USUAL[name] ?? 20,
    most: BPS.has(name) ? MOST_BPS : MOST_BARS
  };
}

/** Returns what is known of a strategy; of an unknown one, the first's. */
export function factsOf(name: string): StrategyFacts {
  return STRATEGY_FACTS.find((one) => one.name === name) ?? STRATEGY_FACTS[0];
}

/** Returns the parameters that a strategy needs, those given where they may be, the others as usual; and exits that are given. */
export function parametersFor(
  strategy: string,
  given: Readonly<Record<string, number>> = {}
): Record<string, number> {
  const {parameters, optional} = factsOf(strategy);
  const isFit = ({name, most}: ParameterFacts) =>
    Number.isSafeInteger(given[name]) && given[name] >= 1 && given[name] <= most;
  return Object.fromEntries([
    ...parameters.map((facts) => [facts.name, isFit(facts) ? given[facts.name] : facts.usual]),
    ...optional.filter(isFit).map(({name}) => [name, given[name]])
  ]) as Record<string, number>; // numbers all
}

/** Returns why a strategy refuses its parameters; empty when it takes them. */
export function refusalOf(strategy: string, parameters: Readonly<Record<string, number>>): string {
  try {
    STRATEGIES.get(strategy)?.create(parameters);
    return "";
  } catch (error) {
    return (error as RangeError).message; // the only one that a strategy is made with
  }
}
