import type {Figure} from "../../returns/figure.js";

/** An asset that is held, or that is to be. */
export interface RebalancePosition {
  /** Unique. */
  asset: string;
  /** Below zero when short, zero when not held yet. */
  quantity: number;
  /** Of one unit, in `currency`, > 0. */
  price: number;
  currency: string;
  /** Share of the account's value; 0 closes it. */
  target: number;
  /** Least quantity that trades, > 0; quantities are multiples of it; default 1. A position is closed whole. */
  lot?: number;
}

/** How far a weight may drift from its target: by points of the account's value, or by a share of the target itself. */
export interface Band {
  kind: "absolute" | "relative";
  /** A fraction, >= 0. */
  width: number;
}

/** A trade as costs are asked for it. */
export interface CostedTrade {
  asset: string;
  /** Below zero is a sale; never zero. */
  quantity: number;
  price: number;
  currency: string;
}

/** What a plan obeys; every rule has a default. */
export interface RebalanceRules {
  /** Weights within it are left alone; default absolute, 0. */
  band?: Band;
  /** What lies outside of its band is brought to its target (default), or no further than the edge of the band. */
  tradeTo?: "target" | "edge";
  /** Least value of a trade, in base currency; default 0. */
  minimumTrade?: number;
  /** Share of the account's value that buying leaves in cash; default what the targets leave, not below 0. */
  cashTarget?: number;
  /** Cost of a trade in its currency, >= 0; default none. */
  costs?: (trade: CostedTrade) => number;
  /** Whether cash may end below zero; default false. */
  negativeCash?: boolean;
}

/** An account, and what it should be. */
export interface RebalanceRequest {
  positions: readonly RebalancePosition[];
  /** By currency; below zero when owed. */
  cash: Readonly<Record<string, number>>;
  base: string;
  /** Units of base for one unit of each other currency. */
  rates?: Readonly<Record<string, number>>;
  rules?: RebalanceRules;
  /** Of the positions' returns, for the tracking error; shape (n x n). */
  covariance?: Float64Array;
}

/** A trade of a plan. */
export interface PlannedTrade extends CostedTrade {
  /** Signed as the quantity, in base currency. */
  value: number;
  /** In base currency. */
  cost: number;
  /** Share of the account's value before the plan, after it, and wanted. */
  weight: {before: number; after: number; target: number};
  reason: string;
}

/** A trade that is not in the plan. */
export interface LeftOut {
  asset: string;
  /** What would bring it to its target, or to the edge of its band, less what is traded; not rounded to lots. */
  quantity: number;
  reason: string;
}

/** Cash that one currency lends to another so that none is below zero, at the rates given, without cost. */
export interface Conversion {
  from: string;
  to: string;
  /** Of `from`, > 0. */
  amount: number;
  /** Of `to`, > 0. */
  received: number;
}

/** How far an account is from its targets. */
export interface Tracking {
  /** Half the sum of |weight - target|, cash included: the share that would have to be traded. */
  distance: number;
  /** Root of (weight - target)'S(weight - target), per period of the covariance. */
  error: Figure;
}

/** Trades that bring an account to its targets; nothing is sent. */
export interface RebalancePlan {
  /** Value of the account before, in base currency. */
  value: number;
  /** Sales first, then what is bought; each in order of its distance from the target. */
  trades: PlannedTrade[];
  leftOut: LeftOut[];
  conversions: Conversion[];
  /** By currency, conversions included in `after`. */
  cash: {before: Record<string, number>; after: Record<string, number>};
  /** Of all trades, in base currency. */
  cost: number;
  tracking: {before: Tracking; after: Tracking};
}
