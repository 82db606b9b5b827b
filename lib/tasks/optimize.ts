import {z} from "zod";
import {OBJECTIVES, type ObjectiveName, optimizePrices, refusalOf} from "../portfolio/optimize-prices.js";
import {COVARIANCES, type CovarianceName} from "../risk/covariance/index.js";
import {Name, PricesSchema} from "./door.js";
import {whole} from "./task.js";

/** Estimators of covariance by name. */
export const Estimator = z.enum(Object.keys(COVARIANCES) as [CovarianceName, ...CovarianceName[]]);

/** Least and most weight of each asset. */
export const Bounds = z
  .tuple([z.number(), z.number()])
  .refine(([least, most]) => least <= most, "the least weight is above the most");

/** Limits of groups; see `NamedGroup`. */
export const Groups = z
  .array(
    z.strictObject({
      name: Name,
      assets: z.array(Name).min(1, "a group has an asset or more"),
      least: z.number().exactOptional(),
      most: z.number().exactOptional()
    })
  )
  .max(200);

/** Where expected returns come from; see `Expectation`. */
export const ExpectationSchema = z.discriminatedUnion("by", [
  z.strictObject({by: z.literal("historical")}),
  z.strictObject({by: z.literal("equal")}),
  z.strictObject({
    by: z.literal("views"),
    views: z
      .array(
        z.strictObject({
          assets: z.record(Name, z.number()),
          expected: z.number(),
          confidence: z.number().min(0).max(1).exactOptional()
        })
      )
      .max(100),
    market: z.record(Name, z.number()),
    riskAversion: z.number().positive().exactOptional(),
    tau: z.number().positive().exactOptional()
  })
]);

/** What a person chooses beside the prices; see `PriceOptions`. */
export const OptimizeOptions = z.strictObject({
  objective: z.enum(Object.keys(OBJECTIVES) as [ObjectiveName, ...ObjectiveName[]]),
  riskFree: z.number().exactOptional(),
  riskAversion: z.number().nonnegative().exactOptional(),
  bounds: Bounds.exactOptional(),
  sum: z.number().exactOptional(),
  gross: z.number().nonnegative().exactOptional(),
  groups: Groups.exactOptional(),
  expectation: ExpectationSchema.exactOptional(),
  l2: z.number().nonnegative().exactOptional(),
  turnover: z.number().nonnegative().exactOptional(),
  current: z.union([z.literal("equal"), z.record(Name, z.number())]).exactOptional(),
  covariance: Estimator.exactOptional(),
  missing: z.enum(["pairwise", "drop"]).exactOptional(),
  frequency: z.number().positive().exactOptional()
});

const Options = OptimizeOptions.superRefine((options, context) => {
  const refusal = refusalOf(options);
  if (refusal !== undefined) context.addIssue({code: "custom", message: refusal});
});

/** Prices, and what the portfolio is chosen for. */
export const OptimizeInputSchema = z.strictObject({prices: PricesSchema, options: Options});
export type OptimizeInput = z.infer<typeof OptimizeInputSchema>;

/** Chooses weights from prices, with the proof that none are better: see `optimizePrices`. */
export const optimize = whole(
  OptimizeInputSchema,
  ({prices, options}: OptimizeInput) => optimizePrices(prices, options),
  {
    title: ({options}) => `the portfolio of ${options.objective}`,
    figures: ({expectedReturn, volatility, sharpe, certificate}) => ({
      expectedReturn: expectedReturn.value,
      volatility: volatility.value,
      sharpe: sharpe.value,
      kkt: certificate.kkt.value
    })
  }
);
