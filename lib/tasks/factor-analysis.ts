import {z} from "zod";
import {type AccountExposures, factorExposures} from "../risk/factor-exposures.js";
import {
  type NoComponents,
  type PrincipalComponents,
  principalComponents
} from "../risk/principal-components.js";
import {Column, Name, ReturnsSchema} from "./door.js";
import {whole} from "./task.js";

/** What a person chooses beside what is held. */
export const factorChoices = {
  /** What is taken apart into components. */
  of: z.enum(["correlation", "covariance"]).default("correlation"),
  /** Standard errors of exposures: plain, or Newey and West's. */
  errors: z.enum(["ols", "hac"]).default("hac"),
  lags: z.int().nonnegative().optional()
};

/** Returns of what is held, its values, and returns of factors over the same periods. */
export const FactorAnalysisInputSchema = z
  .strictObject({
    history: ReturnsSchema,
    /** Of each asset now; in the order of the history's assets; all 1 when not given. */
    values: Column.optional(),
    /** By name; none asks for components alone. */
    factors: z.record(Name, Column).default({}),
    ...factorChoices
  })
  .superRefine(({history: {assets, returns}, values, factors}, context) => {
    const wrong = (message: string) => context.addIssue({code: "custom", message});
    if (values && values.length !== assets.length)
      wrong(`${values.length} values for ${assets.length} assets`);
    for (const [name, {length}] of Object.entries(factors))
      if (length !== returns[0].length)
        wrong(`factor ${name} has ${length} returns, but there are ${returns[0].length} periods`);
  });

export type FactorAnalysisInput = z.infer<typeof FactorAnalysisInputSchema>;

/** How what is held moves with factors, and with its own principal components. */
export interface FactorAnalysisOutput {
  assets: string[];
  /** Null without factors. */
  exposures: AccountExposures | null;
  /** Columns in the order of `assets`; or why there are none. */
  components: PrincipalComponents | NoComponents;
}

/** Regresses what is held on factors, and takes its returns apart into principal components. */
export const factorAnalysis = whole(
  FactorAnalysisInputSchema,
  ({
    history: {assets, returns},
    values,
    factors,
    of,
    errors,
    lags
  }: FactorAnalysisInput): FactorAnalysisOutput => {
    const held = assets.map((symbol, i) => ({symbol, value: values?.[i] ?? 1, returns: returns[i]}));
    return {
      assets,
      exposures: Object.keys(factors).length
        ? factorExposures(held, factors, {errors, ...(lags !== undefined && {lags})})
        : null,
      components: principalComponents(returns, {of})
    };
  }
);
