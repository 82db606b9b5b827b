import {z} from "zod";
import {estimatePrices} from "../portfolio/estimate-prices.js";
import {efficientFrontier} from "../portfolio/objectives/efficient-frontier.js";
import {performanceOf} from "../portfolio/objectives/performance.js";
import {expectBy} from "../portfolio/expectation.js";
import {currentOf, limitsOf} from "../portfolio/optimize-prices.js";
import type {SolutionStatus} from "../portfolio/solver/solution.js";
import {type Figure, figure} from "../returns/figure.js";
import {Name, PricesSchema} from "./door.js";
import {Bounds, Estimator, ExpectationSchema, Groups} from "./optimize.js";
import {whole} from "./task.js";

/** What a person chooses beside the prices. */
export const frontierChoices = {
  points: z.int().min(2).max(200, "200 points at most").default(20),
  riskFree: z.number().default(0),
  bounds: Bounds.default([0, 1]),
  sum: z.number().default(1),
  gross: z.number().nonnegative().optional(),
  groups: Groups.default([]),
  expectation: ExpectationSchema.default({by: "historical"}),
  /** Weights held now, by asset. */
  current: z.record(Name, z.number()).optional(),
  covariance: Estimator.default("sample"),
  missing: z.enum(["pairwise", "drop"]).default("pairwise"),
  frequency: z.number().positive().default(252)
};

/** Prices, and the limits of the portfolios. */
export const FrontierInputSchema = z.strictObject({prices: PricesSchema, ...frontierChoices});
export type FrontierInput = z.infer<typeof FrontierInputSchema>;

/** A portfolio in the plane of risk and return, a year's. */
export interface PlanePoint {
  expectedReturn: Figure;
  volatility: Figure;
  sharpe: Figure;
}

/** A portfolio of the frontier, its weights in the order of the assets. */
export interface FrontierPortfolio extends PlanePoint {
  weights: Float64Array;
  status: SolutionStatus;
  /** Largest residual of its certificate. */
  kkt: Figure;
}

/** Portfolios of least volatility, and what they are compared with. */
export interface FrontierOutput {
  assets: string[];
  /** Lowest expected return first; one with its status where there is no portfolio. */
  points: FrontierPortfolio[];
  /** Each asset alone. */
  alone: PlanePoint[];
  /** What is held now; null where that was not said. */
  current: PlanePoint | null;
  /** Limits that cannot be met together. */
  conflicts: readonly string[];
  observations: number;
  warnings: string[];
}

/** Finds the portfolios of least volatility for what they are expected to return. */
export const frontier = whole(
  FrontierInputSchema,
  ({prices: {assets, prices}, points, riskFree, current: held, ...input}: FrontierInput): FrontierOutput => {
    const {bounds, sum, gross, groups, expectation, ...rest} = input;
    const {observations, warnings, ...past} = estimatePrices({assets, prices}, rest);
    const {expected, covariance} = expectBy({assets, ...past}, expectation, riskFree);
    const limits = limitsOf({bounds, sum, gross, groups}, assets);
    const found = efficientFrontier({assets, expected, covariance, limits}, {points});
    const at = (weights: Float64Array): PlanePoint => {
      const {expectedReturn, volatility, sharpe} = performanceOf(weights, expected, covariance, {riskFree});
      return {
        expectedReturn: figure(expectedReturn, NO_WEIGHTS),
        volatility: figure(volatility, NO_WEIGHTS),
        sharpe
      };
    };
    return {
      assets,
      points: found.map(({solution: {weights, status, certificate}}) => ({
        ...at(weights),
        weights,
        status,
        kkt: figure(certificate.kkt, NO_WEIGHTS)
      })),
      alone: assets.map((_, i) => at(Float64Array.from(assets, (__, j) => (i === j ? 1 : 0)))),
      current: held ? at(currentOf(held, assets)) : null,
      conflicts: found[0]?.solution.certificate.conflicts ?? [],
      observations,
      warnings
    };
  }
);

const NO_WEIGHTS = "there are no weights";
