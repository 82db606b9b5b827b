import {z} from "zod";
import {historicalScenarios} from "../risk/stress/episode-scenario.js";
import type {Holding} from "../risk/stress/holding.js";
import type {Scenario} from "../risk/stress/scenario.js";
import {stress, type StressResult} from "../risk/stress/stress.js";
import {Currency, Name} from "./door.js";
import {whole} from "./task.js";

const Option = z.strictObject({
  right: z.enum(["call", "put"]),
  style: z.enum(["european", "american"]),
  underlying: Name,
  underlyingClass: Name,
  underlyingPrice: z.number(),
  on: z.enum(["spot", "future"]),
  strike: z.number().positive(),
  years: z.number(),
  mark: z.number(),
  rate: z.number(),
  dividendYield: z.number().exactOptional(),
  volatility: z.number().positive().exactOptional()
});

/** A position, as `stress` takes it. */
export const HoldingSchema = z.strictObject({
  symbol: Name,
  value: z.number(),
  currency: Currency,
  class: z.string().min(1).max(20),
  exposures: z.record(Name, z.number()).exactOptional(),
  option: Option.exactOptional()
}) satisfies z.ZodType<Holding>;

const SHOCK = z
  .strictObject({kind: z.enum(["symbol", "class", "currency", "factor"]), key: Name, change: z.number()})
  .refine(
    ({kind, change}) => kind === "factor" || change >= -1,
    "nothing falls by more than all: a change is -1 or more"
  );

/** A scenario of one's own, as `stress` takes it. */
export const ScenarioSchema = z.strictObject({
  id: Name,
  name: Name,
  from: z.iso.date().exactOptional(),
  to: z.iso.date().exactOptional(),
  shocks: z.array(SHOCK).max(1_000),
  volatility: z
    .strictObject({change: z.number(), days: z.number().positive().exactOptional()})
    .exactOptional(),
  rest: z.enum(["unchanged", "unknown"]),
  sources: z.array(z.string()).exactOptional()
}) satisfies z.ZodType<Scenario>;

/** What a person chooses beside what is held. */
export const stressChoices = {
  /** Episodes of history by id, or all of them. */
  historical: z.union([z.literal("all"), z.array(Name)]).default("all"),
  /** Scenarios of one's own. */
  scenarios: z.array(ScenarioSchema).max(100).default([])
};

/** What is held, in which currency it is worth what, and what happens to it. */
export const StressTestInputSchema = z
  .strictObject({
    holdings: z.array(HoldingSchema).min(1, "nothing is held").max(10_000),
    /** Currency in which values stand. */
    base: Currency,
    ...stressChoices
  })
  .superRefine(({historical}, context) => {
    const known = historicalScenarios().map(({id}) => id);
    const strange = historical === "all" ? undefined : historical.find((id) => !known.includes(id));
    if (strange !== undefined)
      context.addIssue({
        code: "custom",
        message: `unknown episode: ${strange}: there are ${known.join(", ")}`
      });
  });

export type StressTestInput = z.infer<typeof StressTestInputSchema>;

/** What each scenario does, in the order: history oldest first, then one's own. */
export interface StressTestOutput {
  base: string;
  scenarios: Scenario[];
  results: StressResult[];
}

/** Puts what is held through scenarios of history and of one's own; options are revalued. */
export const stressTest = whole(
  StressTestInputSchema,
  ({holdings, base, historical, scenarios}: StressTestInput): StressTestOutput => {
    const all = [
      ...historicalScenarios().filter(({id}) => historical === "all" || historical.includes(id)),
      ...scenarios
    ];
    return {base, scenarios: all, results: all.map((scenario) => stress(holdings, scenario, {base}))};
  },
  {
    figures: ({results}) => Object.fromEntries(results.map(({scenario, gain}) => [scenario, gain.value]))
  }
);
