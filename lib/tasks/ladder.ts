import {z} from "zod";
import {costParts} from "../backtest/costs/choice.js";
import {assumptionLadder, type Ladder} from "../backtest/ladder.js";
import {backtestChoices, checkStrategy, rulesOf, shippedStrategy} from "./backtest.js";
import {BarsSchema} from "./door.js";
import {whole} from "./task.js";

const {strategy, parameters, profile, wholeUnits, cash, costs} = backtestChoices;

/** What a person chooses beside the bars: when orders fill is a step of the ladder, and the event engine runs it. */
export const ladderChoices = {strategy, parameters, profile, wholeUnits, cash, costs};

/** Bars, a strategy with its parameters, and the costs that are added step by step. */
export const LadderInputSchema = z
  .strictObject({bars: z.array(BarsSchema).min(1, "there are no bars").max(500), ...ladderChoices})
  .superRefine(checkStrategy);

export type LadderInput = z.infer<typeof LadderInputSchema>;

/** Runs a strategy again and again, each time with one more assumption of what trading is like. */
export const ladder = whole(
  LadderInputSchema,
  (input: LadderInput): Ladder => {
    const {bars, strategy: name, parameters: values} = input;
    const create = () => shippedStrategy(name).create(values);
    return assumptionLadder(create, {
      bars,
      rules: rulesOf(input),
      cash: input.cash,
      costs: costParts(input.costs)
    });
  },
  {
    title: ({strategy: name}) => `the ladder of ${name}`,
    figures: ({rungs}) =>
      Object.fromEntries(rungs.map(({step, finalEquity}) => [`final equity, ${step}`, finalEquity]))
  }
);
