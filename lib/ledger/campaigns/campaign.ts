/** Campaigns as they leave lib: JSON-safe. */
import type {Figure, Money, Scope, ViewQuery} from "../views.js";

/** One holding of a campaign, from flat to flat. */
export interface CampaignLeg {
  holding: string;
  symbol: string;
  assetCategory: string;
  putCall: "P" | "C" | null;
  strike: string | null;
  expiry: string | null;
  side: "long" | "short";
  /** All that was opened, unsigned; and what is still held, signed. */
  quantity: string;
  held: string;
  opened: string | null;
  closed: string | null;
  ended:
    | "open"
    | "closed"
    | "rolled"
    | "expired"
    | "assigned"
    | "exercised"
    | "transferred"
    | "corporate action";
  /** Paid and received for it without costs, signed as cash, in the campaign's currency. */
  money: Money;
  rows: string[];
}

export interface Campaign {
  id: string;
  account: string;
  underlying: string;
  currency: string;
  /** See structure.ts; `custom` where nothing names it. */
  structure: string;
  status: "open" | "closed";
  /** Null where it began before the statements do. */
  opened: string | null;
  closed: string | null;
  /** To its end, or to the last statement. */
  days: number | null;
  rolls: number;
  /** Options that were assigned or exercised. */
  assigned: number;
  legs: CampaignLeg[];
  /** Net of what options brought and cost, open ones included as received. */
  premium: Money;
  /** Parts of the gain: they sum to it exactly. Dividends are net of withholding. */
  options: Money;
  stock: Money;
  dividends: Money;
  fees: Money;
  gain: Money;
  /** In the reporting currency: each row at its own day's rate, what is open at the last. */
  gainBase: Money;
  /** Of the underlying, per share: what it all cost less net premium; n/a when closed. */
  breakEven: Money;
  capital: Money;
  return: Figure;
  /** N/a below a year (R9). */
  annualized: Figure;
  tags: string[];
  /** Ledger rows of all of it. */
  rows: string[];
}

/** What campaigns of one name brought: a tag, a structure. */
export interface CampaignGroup {
  /** Empty for campaigns without a tag. */
  name: string;
  campaigns: number;
  open: number;
  /** In the reporting currency, open ones with what they gained so far. */
  gain: Money;
  /** Of the closed ones. */
  winRate: Figure;
  profitFactor: Figure;
  return: Figure;
}

/** The same for a tag, and what closing trades that have it themselves realized, as IBKR booked it. */
export interface TagGroup extends CampaignGroup {
  executions: number;
  realized: Money;
  realizedWinRate: Figure;
  realizedProfitFactor: Figure;
}

export interface CampaignsQuery extends ViewQuery {
  /** Of this underlying or symbol alone. */
  symbol?: string;
  tag?: string;
}

export interface CampaignsView {
  scope: Scope;
  /** Open ones first, then the latest closed. */
  campaigns: Campaign[];
  byStructure: CampaignGroup[];
  byTag: TagGroup[];
  total: CampaignGroup;
  /** Cash on an instrument while none of its campaigns ran: a dividend that came late, a fee. */
  outside: {amount: Money; rows: string[]};
  notes: string[];
}
