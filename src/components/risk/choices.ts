import {COVARIANCES, type CovarianceName} from "../../lib/risk/covariance/index.js";
import {numberIn, oneOf, urlChoices, type ChoiceKind} from "../url-choices.js";

/** Estimators of covariance, as a person reads them. */
export const ESTIMATORS: readonly (readonly [CovarianceName, string])[] = [
  ["sample", "Sample"],
  ["ledoit-wolf", "Ledoit-Wolf"],
  ["oas", "OAS"],
  ["constant-correlation", "Constant correlation"],
  ["exponential", "Exponential"]
];

export const TAILS = [0.1, 0.05, 0.025, 0.01] as const;
export const HORIZONS = [1, 5, 10, 21] as const;
export const YEARS = [1, 2, 3, 5] as const;
export const WAYS = ["historical", "normal"] as const;
export const MEASURES = ["valueAtRisk", "conditionalValueAtRisk"] as const;
export const MODELS = ["normal", "student-t", "block-bootstrap"] as const;
export const LINKAGES = ["average", "single", "complete", "ward"] as const;

/** What Risk is looked at through. */
export interface RiskChoices {
  tail: number;
  horizon: number;
  years: number;
  covariance: CovarianceName;
  way: (typeof WAYS)[number];
  measure: (typeof MEASURES)[number];
  /** Ids of series of Markets. */
  factors: readonly string[];
  linkage: (typeof LINKAGES)[number];
  model: (typeof MODELS)[number];
  paths: number;
  periods: number;
  seed: number;
}

const ids: ChoiceKind<readonly string[]> = {
  default: ["yahoo:^GSPC", "treasury:BC_10YEAR", "ecb:EURUSD", "yahoo:CL=F"],
  read: (text) => text.split(",").filter((id) => id.includes(":")),
  write: (all) => all.join(",")
};

export const RISK_KINDS = {
  tail: oneOf<number>(TAILS, 0.05),
  horizon: oneOf<number>(HORIZONS, 1),
  years: oneOf<number>(YEARS, 3),
  covariance: oneOf(Object.keys(COVARIANCES) as CovarianceName[], "sample"), // its own keys
  way: oneOf(WAYS, "historical"),
  measure: oneOf(MEASURES, "valueAtRisk"),
  factors: ids,
  linkage: oneOf(LINKAGES, "average"),
  model: oneOf(MODELS, "normal"),
  paths: oneOf<number>([2_000, 10_000, 50_000], 10_000),
  periods: oneOf<number>([21, 63, 126, 252, 504], 252),
  seed: numberIn(0, 2 ** 31, 1, {whole: true})
} satisfies {[K in keyof RiskChoices]: ChoiceKind<RiskChoices[K]>};

export const riskChoices = urlChoices<RiskChoices>(RISK_KINDS);
