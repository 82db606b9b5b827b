import type {Money, Scope} from "../views.js";

/** The lines from one net asset value to another, in their order. */
export const BRIDGE_LINES = [
  "deposits",
  "transfers",
  "mark-to-market",
  "dividends",
  "withholding",
  "interest",
  "fees",
  "commissions",
  "fx",
  "accruals",
  "corporate-actions",
  "other"
] as const;
export type BridgeLine = (typeof BRIDGE_LINES)[number];

export interface NavBridgeView {
  scope: Scope;
  start: Money;
  end: Money;
  total: Money;
  /** Every line, in order; lines and residual sum to the total exactly. */
  lines: {line: BridgeLine; label: string; amount: Money; names: {name: string; amount: string}[]}[];
  /** What the lines do not explain. */
  residual: Money;
  /** Half a unit of the last printed decimal for each figure added (R1); null where there is no bridge. */
  tolerance: string | null;
  /** Whether the residual is within it; null where there is none. */
  closes: boolean | null;
  /** Where the lines are from, by account: IBKR's Change in NAV, or rows where none covers the days. */
  segments: {account: string; from: string; to: string; source: "ChangeInNAV" | "rows"}[];
  notes: string[];
}
