import type {LinkingMethod} from "../returns/linking.js";
import type {FlowConvention} from "../returns/time-weighted.js";

/** A set of conventions, fixed and named: never chosen by what agrees. */
export const PROFILES = ["default", "portfolio-analyst"] as const;
export type Profile = (typeof PROFILES)[number];

export interface Conventions {
  flows: FlowConvention;
  linking: LinkingMethod;
  /** Sortino's target: nothing, or the long-run mean of the S&P 500. */
  target: "zero" | "sp500-mean";
  /** Rate that is taken off: nothing, or the three-month bill. */
  riskFree: "zero" | "bill";
  moneyWeighted: "xirr" | "modified-dietz";
}

/** What each profile means. */
export const CONVENTIONS: Readonly<Record<Profile, Conventions>> = {
  default: {
    flows: "start-end",
    linking: "carino",
    target: "zero",
    riskFree: "zero",
    moneyWeighted: "xirr"
  },
  "portfolio-analyst": {
    flows: "ibkr",
    linking: "frongello",
    target: "sp500-mean",
    riskFree: "bill",
    moneyWeighted: "modified-dietz"
  }
};
