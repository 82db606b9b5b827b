/** What reconciliation says: ours beside IBKR's, JSON-safe. Amounts are exact decimal texts, null where n/a. */
import type {Continuation} from "../roll/continuations.js";
import type {Scope} from "../views.js";

export const CHECK_STATUSES = ["agrees", "explained", "differs", "not-given"] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** What is compared; DESIGN.md names the first ones. */
export const CHECKED = [
  "nav",
  "positions",
  "cash",
  "realized",
  "mtm",
  "twr",
  "dividends",
  "interest",
  "change-in-nav",
  "cost",
  /** Prices that several sections state. */
  "marks",
  "rates",
  /** What a trade's own figures must hold. */
  "trades",
  /** Totals that a statement states of its own rows. */
  "statement",
  "portfolio-analyst"
] as const;
export type CheckWhat = (typeof CHECKED)[number];

export const REASON_CODES = [
  /** A difference that goes on unchanged since the day on which it is told. */
  "carried",
  /** A difference of parts that are told themselves. */
  "follows",
  "restated",
  "contradiction",
  "missing-rate",
  "missing-day",
  "missing-section",
  "missing-price",
  "missing-history"
] as const;

/** Why ours and theirs differ, or cannot be compared: a code, and a sentence with the amount, or with the box to tick. */
export interface Reason {
  code: (typeof REASON_CODES)[number];
  sentence: string;
}

/** One comparison that does not agree. */
export interface CheckLine {
  day: string;
  /** Symbol or currency, or the part of a total. */
  item: string;
  /** Key of the holding; null where it is none. */
  holding: string | null;
  /** Section and attribute that theirs is of. */
  of: string;
  ours: string | null;
  theirs: string | null;
  difference: string | null;
  tolerance: string;
  status: Exclude<CheckStatus, "agrees">;
  reason: Reason | null;
  /** Ids of ledger rows that it is made of. */
  rows: string[];
}

/** Ours against IBKR's, of one account, period and thing; the amounts are those of the worst line. */
export interface Check {
  account: string;
  period: [from: string, to: string];
  what: CheckWhat;
  ours: string | null;
  theirs: string | null;
  difference: string | null;
  tolerance: string | null;
  status: CheckStatus;
  reason: Reason | null;
  /** Day, instrument or currency, and the rows of the worst line, as sentences; where ours begins. */
  evidence: string[];
  /** How many amounts were compared. */
  compared: number;
  /** The lines that do not agree, worst first; at most 200. */
  lines: CheckLine[];
}

export interface ReconciliationView {
  scope: Scope;
  checks: Check[];
  counts: {agrees: number; explained: number; differs: number; notGiven: number};
  /** Whether something was compared, all that could be was, and nothing differs. */
  green: boolean;
  /** Accounts that IBKR migrated to a new number, which goes on with what they held. */
  continuations: Continuation[];
  /** By last day of a month: how the checks of the month came out, and the largest differences of net asset value, added over accounts; null without any. */
  trend: {
    day: string;
    checks: number;
    differs: number;
    explained: number;
    notGiven: number;
    nav: number | null;
  }[];
}
