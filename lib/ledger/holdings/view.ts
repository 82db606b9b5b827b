import type {Figure} from "../../returns/figure.js";
import type {OptionTerms} from "../../risk/stress/holding.js";
import type {Scope} from "../views.js";

/** Where an asset's history comes from, and how far it reaches. */
export interface HistorySource {
  /** `IBKR's marks`, or what the lake calls it: `Yahoo Finance`. */
  source: string;
  /** Whether dividends are in it. */
  kind: "total return" | "price return";
  /** First and last day with a price, ISO; null where there is none. */
  from: string | null;
  to: string | null;
  /** Returns: days whose price and the one before are both there. */
  returns: number;
  /** Sentences: what was cut off and why, whose rates convert it. */
  notes: string[];
}

/** Something that is held, with its past prices. */
export interface HeldAsset {
  /** Unlike any other's of the view. */
  name: string;
  symbol: string;
  description: string;
  conid: string | null;
  /** Asset class as stress scenarios name it: STK, OPT, FUT, FOP, BOND, CASH, … */
  class: string;
  /** Of its prices before they were converted. */
  currency: string;
  quantity: number;
  /** In the reporting currency; negative when short; of futures and contracts for difference the notional. */
  value: number;
  isNotional: boolean;
  history: HistorySource;
  /** Price in the reporting currency on each of the view's days, splits taken out; null where there is none. */
  prices: (number | null)[];
}

/** An open option: valued with its underlying. */
export interface HeldOption extends Pick<
  HeldAsset,
  "name" | "symbol" | "description" | "conid" | "class" | "currency" | "quantity" | "value"
> {
  terms: OptionTerms;
  /** Sentences on what is not known of it. */
  notes: string[];
}

/** Something that is held and has no part in figures that need its past. */
export interface LeftOut {
  name: string;
  class: string;
  /** Of its price; absent where it is not stated. */
  currency?: string;
  /** In the reporting currency; null where it is not known. */
  value: number | null;
  reason: string;
}

/** What some accounts hold, beside one another's past prices; JSON-safe. */
export interface HoldingsView {
  scope: Scope;
  /** Reporting currency; null where no statement says one. */
  currency: string | null;
  /** Day of the positions. */
  asOf: string | null;
  /** Sessions of the prices, oldest first. */
  days: string[];
  /** Largest value first, short or long. */
  assets: HeldAsset[];
  options: HeldOption[];
  /** Money in the reporting currency. */
  cash: Figure;
  /** Net asset value. */
  nav: Figure;
  leftOut: LeftOut[];
}
