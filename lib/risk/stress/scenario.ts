/** What a shock moves. */
export type ShockKind = "symbol" | "class" | "currency" | "factor";

/**
 * One move of a scenario, at once. A symbol, class or currency changes by a fraction of its price; a currency against
 * the US dollar, so that its change against any base follows. A factor changes in the unit in which holdings state
 * their exposure to it: `rates` in yield (0.01 is one percentage point), all others as fractions.
 */
export interface Shock {
  kind: ShockKind;
  /** The symbol, the asset class (`STK`, `OPT`, `BOND`, …), the ISO currency, or the factor's name. */
  key: string;
  change: number;
}

/** What happened, or what one wants to know: shocks that come at once. */
export interface Scenario {
  id: string;
  name: string;
  /** ISO dates of the closes between which it happened; absent when made up. */
  from?: string;
  to?: string;
  shocks: readonly Shock[];
  /**
   * Change of implied volatility in points (0.1 is ten points), added to each option's own. With `days`, it is that of
   * an option of so many days, and a longer one moves by the root of days over its own.
   */
  volatility?: {change: number; days?: number};
  /** What is said of holdings that no shock speaks of: they stay as they are, or nobody knows. */
  rest: "unchanged" | "unknown";
  /** Where the figures come from, one sentence each. */
  sources?: readonly string[];
}
