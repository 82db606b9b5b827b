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
}

const MOST_BARS = 2000;

const KNOWN: Readonly<Record<string, Omit<StrategyFacts, "name" | "parameters">>> = {
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
  }
};

const USUAL: Readonly<Record<string, number>> = {fast: 20, slow: 100, lookback: 120};
const LABELS: Readonly<Record<string, string>> = {
  fast: "Fast average, bars",
  slow: "Slow average, bars",
  lookback: "Look back, bars"
};

/** The strategies that come with the house; one without words of its own is told by its name. */
export const STRATEGY_FACTS: readonly StrategyFacts[] = [...STRATEGIES].map(([name, {parameters}]) => ({
  name,
  label: KNOWN[name]?.label ?? name,
  meaning: KNOWN[name]?.meaning ?? "",
  parameters: parameters.map((parameter) => ({
    name: parameter,
    label: LABELS[parameter] ?? parameter,
    usual: USUAL[parameter] ?? 20,
    most: MOST_BARS
  }))
}));

/** Returns what is known of a strategy; of an unknown one, the first's. */
export function factsOf(name: string): StrategyFacts {
  return STRATEGY_FACTS.find((one) => one.name === name) ?? STRATEGY_FACTS[0];
}

/** Returns the parameters that a strategy has, those given where they may be, the others as usual. */
export function parametersFor(
  strategy: string,
  given: Readonly<Record<string, number>> = {}
): Record<string, number> {
  return Object.fromEntries(
    factsOf(strategy).parameters.map(({name, usual, most}) => {
      const value = given[name];
      return [name, Number.isSafeInteger(value) && value >= 1 && value <= most ? value : usual];
    })
  );
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
