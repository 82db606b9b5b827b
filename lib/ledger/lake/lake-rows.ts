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
  /** Days, ISO, included. */
  from: string;
  to: string;
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
