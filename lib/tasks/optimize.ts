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

/** What a person chooses beside the prices; see `PriceOptions`. */
export const OptimizeChoices = z
  .strictObject({
    objective: z.enum(Object.keys(OBJECTIVES) as [ObjectiveName, ...ObjectiveName[]]),
    riskFree: z.number().exactOptional(),
    riskAversion: z.number().nonnegative().exactOptional(),
    bounds: Bounds.exactOptional(),
    sum: z.number().exactOptional(),
    gross: z.number().nonnegative().exactOptional(),
    l2: z.number().nonnegative().exactOptional(),
    turnover: z.number().nonnegative().exactOptional(),
    current: z.union([z.literal("equal"), z.record(Name, z.number())]).exactOptional(),
    covariance: Estimator.exactOptional(),
    missing: z.enum(["pairwise", "drop"]).exactOptional(),
    frequency: z.number().positive().exactOptional()
  })
  .superRefine((options, context) => {
    const refusal = refusalOf(options);
    if (refusal !== undefined) context.addIssue({code: "custom", message: refusal});
  });

/** Prices, and what the portfolio is chosen for. */
export const OptimizeInputSchema = z.strictObject({prices: PricesSchema, options: OptimizeChoices});
export type OptimizeInput = z.infer<typeof OptimizeInputSchema>;

/** Chooses weights from prices, with the proof that none are better: see `optimizePrices`. */
export const optimize = whole(OptimizeInputSchema, ({prices, options}: OptimizeInput) =>
  optimizePrices(prices, options)
);
