import type {LinkingMethod} from "../../returns/linking.js";
import type {Figure, Money, Scope, ViewQuery} from "../views.js";
import type {Profile} from "../risk-profile.js";

/** What holdings are grouped by. */
export const GROUPINGS = ["position", "class", "currency", "sector", "account"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface AttributionQuery extends ViewQuery {
  by?: Grouping;
  profile?: Profile;
  /** Key of a row whose days are wanted. */
  key?: string;
}

/** A gain and what made it; the parts sum to it exactly. */
export interface GainLine {
  gain: Money;
  price: Money;
  income: Money;
  currency: Money;
  fee: Money;
  tax: Money;
}

export interface AttributionRow extends GainLine {
  key: string;
  label: string;
  description: string;
  kind: "holdings" | "cash" | "unexplained";
  /** In net asset value at both ends, futures nothing; and what came in and left between them. */
  start: Money;
  end: Money;
  inflow: Money;
  outflow: Money;
  /** Share of the accounts' return, linked: the rows' sum to it. */
  contribution: Figure;
  /** Time-weighted, of the group itself; not annualized. */
  return: Figure;
}

/** A group day by day, in the reporting currency; columns of equal length, oldest first. */
export interface GroupDays {
  key: string;
  days: string[];
  value: (number | null)[];
  inflow: (number | null)[];
  outflow: (number | null)[];
  gain: (number | null)[];
  return: (number | null)[];
  /** Where the day's marks are from; null where there are none. */
  source: (string | null)[];
}

export interface AttributionView {
  scope: Scope;
  by: Grouping;
  linking: LinkingMethod;
  /** By the size of their gain; then cash, then what nothing explains. They sum to the total exactly. */
  rows: AttributionRow[];
  total: GainLine & {contribution: Figure};
  /** Days of the range by the source of their marks, accounts together. */
  marks: {source: string; days: number}[];
  /** Why there are no rows, as a sentence; null where there are. */
  reason: string | null;
  daily: GroupDays | null;
  constants: string[];
  problems: string[];
}
