import {constantCorrelation} from "./constant-correlation.js";
import type {CovarianceEstimate, ReturnColumns} from "./estimate.js";
import {exponentialCovariance} from "./exponential.js";
import {ledoitWolf} from "./ledoit-wolf.js";
import {oracleApproximating} from "./oas.js";
import {sampleCovariance} from "./sample.js";

export type {CovarianceEstimate, ReturnColumns} from "./estimate.js";
export {type RepairedCovariance, isPositiveSemidefinite, repairCovariance} from "./semidefinite.js";
export {constantCorrelation, exponentialCovariance, ledoitWolf, oracleApproximating, sampleCovariance};

/** Estimators by the names that a person chooses them by. */
export const COVARIANCES = {
  sample: sampleCovariance,
  exponential: exponentialCovariance,
  "ledoit-wolf": ledoitWolf,
  oas: oracleApproximating,
  "constant-correlation": constantCorrelation
} as const satisfies Readonly<Record<string, (returns: ReturnColumns) => CovarianceEstimate>>;

export type CovarianceName = keyof typeof COVARIANCES;
