/** Realized gains of a tax year: JSON-safe, in the reporting currency with each day's rate. */
import type {Disposal, LotBasis, LotMethod, RowRef} from "../lots/lot.js";
import type {LotProblemRow, MethodQuery} from "../lots/lots-view.js";
import type {Money, Scope, ViewQuery} from "../views.js";

export interface GainsQuery extends ViewQuery, MethodQuery {
  /** Tax year; when absent the range, else the last year with a gain. */
  year?: number;
  /** Only gains of this instrument. */
  conid?: string;
}

/** A part of a lot that was closed; names with Base are in the reporting currency, the others in the instrument's. */
export interface GainRow {
  account: string;
  holding: string;
  symbol: string;
  description: string;
  conid: string | null;
  assetCategory: string;
  currency: string;
  quantity: string;
  opened: string | null;
  heldSince: string | null;
  closed: string;
  taxDay: string;
  term: Disposal["term"];
  proceeds: Money;
  cost: Money;
  gain: Money;
  proceedsBase: Money;
  costBase: Money;
  /** proceedsBase - costBase = priceBase + fxBase, exactly. */
  gainBase: Money;
  /** Gain in the instrument's currency at the opening day's rate (R26). */
  priceBase: Money;
  /** What the change of the rate since the opening made of the closing value. */
  fxBase: Money;
  premium: string;
  /** Loss that IBKR disallowed: not in the gain (R24). */
  washSale: string;
  basis: LotBasis;
  by: LotMethod;
  lot: string;
  open: RowRef | null;
  path: readonly RowRef[];
  close: RowRef;
}

/** A sum of gains; each amount is n/a when one of its parts is, and says how many are. */
export interface GainSum {
  count: number;
  /** Closings of which something is not known. */
  unknown: number;
  proceedsBase: Money;
  costBase: Money;
  gainBase: Money;
  priceBase: Money;
  fxBase: Money;
}

/** Gains of one holding, ours beside IBKR's. */
export interface HoldingGains extends GainSum {
  account: string;
  holding: string;
  symbol: string;
  conid: string | null;
  assetCategory: string;
  currency: string;
  short: Money;
  long: Money;
  /** In the instrument's currency: ours, what IBKR booked on the same rows, the loss that IBKR disallowed. */
  own: {gain: Money; booked: Money; washSale: string};
}

export interface GainsView {
  scope: Scope;
  /** Null where a range was asked for, or where nothing was closed. */
  year: number | null;
  /** Tax years that have gains, the last first. */
  years: number[];
  method: LotMethod;
  methods: Readonly<Record<string, LotMethod>>;
  /** Oldest first. */
  rows: GainRow[];
  /** By account and symbol. */
  holdings: HoldingGains[];
  totals: {
    short: GainSum;
    long: GainSum;
    /** Of which it is not known since when they were held. */
    undated: GainSum;
    all: GainSum;
    /** Sum of the gains that are known, where not all are. */
    known: string;
  };
  /** How the figures are made, a sentence each. */
  notes: string[];
  problems: LotProblemRow[];
}
