import type {LedgerTables} from "../tables.js";
import type {Benchmark} from "../views.js";

/** What the data lake gives a ledger, used only where its own rows are missing; JSON-safe. */
export interface LakeRows {
  /** Closes of instruments; of two with the same symbol and currency the first counts. */
  marks: readonly LakeCloses[];
  /** Fixings, all per unit of one currency. */
  rates: readonly LakeFixings[];
  /** Those that were chosen or asked for. */
  benchmarks: readonly Benchmark[];
  /** Names of all symbols that can be compared with: `SPY (Yahoo Finance)`. */
  names: readonly string[];
  /** The past of what is held; absent where it was not asked for. */
  holdings?: LakeHoldings;
}

/** Years that the past of what is held goes back at most. */
export const HISTORY_YEARS = 5;

/** What the data lake knows of the past of what is held, beyond the days of the statements. */
export interface LakeHoldings {
  assets: readonly LakeHistory[];
  /** Closes of what is held and of what its options are on, as they were traded. */
  closes: readonly LakeCloses[];
  rates: readonly LakeFixings[];
  /** Bars of the days on which something was traded: what fills are measured against. */
  fills?: readonly LakeBars[];
}

/** Bars of an instrument, as they were traded, of some days. */
export interface LakeBars {
  /** IBKR's symbol. */
  symbol: string;
  /** ISO code; bars in another currency are another instrument's. */
  currency: string;
  /** What they are called beside a figure: `Yahoo Finance bar`. */
  source: string;
  /** Oldest first: [ISO day, open, close, mean price weighted by volume]; null for what is not known. */
  days: readonly (readonly [string, number | null, number | null, number | null])[];
}

/** Daily values of an instrument whose ratios are its returns: splits are out of it, dividends in where they are known. */
export interface LakeHistory {
  /** IBKR's symbol. */
  symbol: string;
  /** ISO code. */
  currency: string;
  /** Whose they are: `Yahoo Finance`. */
  source: string;
  kind: "total return" | "price return";
  /** Oldest first: [ISO day, value]. */
  closes: readonly (readonly [string, number])[];
}

/** Daily closes of an instrument, as they were traded: never adjusted for a later split. */
export interface LakeCloses {
  /** IBKR's symbol. */
  symbol: string;
  /** ISO code; closes in another currency are another instrument's. */
  currency: string;
  /** What they are called beside a figure: `Yahoo Finance close`. */
  source: string;
  /** Oldest first: [ISO day, close]. */
  closes: readonly (readonly [string, number])[];
}

/** Daily fixings of a pair. */
export interface LakeFixings {
  base: string;
  quote: string;
  /** What they are called beside a figure: `ECB fixing`. */
  source: string;
  /** Oldest first: [ISO day, units of quote for one of base]. */
  rates: readonly (readonly [string, number])[];
}

/** What of a lake a ledger has a use for. */
export interface LakeWanted {
  /** IBKR's symbols and ISO codes: shares and funds of accounts that lack prices of some days. */
  instruments: readonly {symbol: string; currency: string}[];
  /** Codes that the ledger's amounts are in, or are asked for in. */
  currencies: readonly string[];
  /** Names of benchmarks whose closes are asked for. */
  benchmarks: readonly string[];
  /** What is held, and what options are on, whose past is asked for from a day on; and what was traded, with its days. */
  holdings?: {
    instruments: readonly {symbol: string; currency: string}[];
    from: string;
    traded: readonly TradedDays[];
  };
  /** Days, ISO, included. */
  from: string;
  to: string;
}

/** Days, ISO, oldest first, on which an instrument was traded. */
export interface TradedDays {
  symbol: string;
  currency: string;
  days: readonly string[];
}

/** A ledger's own rows, and what the lake gives it. */
export interface LedgerLake {
  own: LedgerTables;
  rows: Pick<LakeRows, "marks" | "rates">;
  /** Prices that positions were given because no statement has one, by row. */
  filled: ReadonlyMap<string, FilledMark>;
}

/** Where a price is from, which day it is of, and how far it was carried. */
export interface FilledMark {
  source: string;
  day: string;
  ageDays: number;
}

/** Returns the ledger of statements alone. */
export function withoutLake(ledger: LedgerTables): LedgerTables {
  return ledger.lake?.own ?? ledger;
}
