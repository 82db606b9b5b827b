import {z} from "zod";
import type {FigureWith} from "../returns/figure.js";
import {COVARIANCES} from "../risk/covariance/index.js";
import {mean} from "../risk/moments.js";
import {historicalRisk, normalRisk, type SplitRisk, type TailMeasure} from "../risk/portfolio-risk.js";
import {
  cornishFisherConditionalValueAtRisk,
  cornishFisherValueAtRisk,
  type MomentTailConstants
} from "../risk/value-at-risk.js";
import {Column, ReturnsSchema} from "./door.js";
import {Estimator} from "./optimize.js";
import {whole} from "./task.js";

/** What a person chooses beside what is held. */
export const riskChoices = {
  /** Share of the worst outcomes. */
  tail: z.number().gt(0).lt(1).default(0.05),
  covariance: Estimator.default("sample")
};

/** Values held and the history of their returns. */
export const RiskInputSchema = z
  .strictObject({
    history: ReturnsSchema,
    /** Of each asset now, in one currency; below zero when short; in the order of the history's assets. */
    values: Column,
    ...riskChoices
  })
  .superRefine(({history: {assets}, values}, context) => {
    if (values.length !== assets.length)
      context.addIssue({code: "custom", message: `${values.length} values for ${assets.length} assets`});
  });

export type RiskInput = z.infer<typeof RiskInputSchema>;

/** A loss of what is held over one period, in the unit of the values: three ways, two of them split by asset. */
export interface RiskOfMeasure {
  historical: SplitRisk;
  normal: SplitRisk;
  cornishFisher: FigureWith<MomentTailConstants>;
}

/** What could be lost over one period, and what it comes from. */
export interface RiskOutput {
  assets: string[];
  values: Float64Array;
  /** Gain of what is held now in each past period, in the unit of the values; NaN where a return of it is missing. */
  gains: Float64Array;
  valueAtRisk: RiskOfMeasure;
  conditionalValueAtRisk: RiskOfMeasure;
  tail: number;
  /** Periods in which every asset has a return: of these the covariance is made. */
  observations: number;
}

/** Measures what could be lost of what is held over one period, and splits it over the assets. */
export const risk = whole(
  RiskInputSchema,
  ({history: {assets, returns}, values, tail, covariance}: RiskInput): RiskOutput => {
    const gains = returns[0].map((_, t) =>
      values.reduce((sum, value, i) => sum + (value === 0 ? 0 : value * returns[i][t]), 0)
    );
    const rows = Array.from(gains.keys()).filter((t) =>
      returns.every((column) => Number.isFinite(column[t]))
    );
    if (rows.length < 2)
      throw new RangeError(`needs two periods or more in which every asset has a return: ${rows.length}`);
    const columns = returns.map((column) => Float64Array.from(rows, (t) => column[t]));
    const moments = {
      mean: Float64Array.from(columns, mean),
      covariance: COVARIANCES[covariance](columns).values
    };
    const split = (measure: TailMeasure, cornishFisher: RiskOfMeasure["cornishFisher"]): RiskOfMeasure => ({
      historical: historicalRisk(values, {history: returns, measure, tail}),
      normal: normalRisk(values, {...moments, measure, tail}),
      cornishFisher
    });
    return {
      assets,
      values,
      gains,
      valueAtRisk: split("var", cornishFisherValueAtRisk(gains, {tail})),
      conditionalValueAtRisk: split("cvar", cornishFisherConditionalValueAtRisk(gains, {tail})),
      tail,
      observations: rows.length
    };
  },
  {
    figures: ({valueAtRisk, conditionalValueAtRisk}) => ({
      valueAtRisk: valueAtRisk.historical.value,
      conditionalValueAtRisk: conditionalValueAtRisk.historical.value,
      normalValueAtRisk: valueAtRisk.normal.value,
      normalConditionalValueAtRisk: conditionalValueAtRisk.normal.value
    })
  }
);
