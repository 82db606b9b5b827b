import {oncePerLedger} from "../once-per-ledger.js";
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

/** A ledger's own rows, and what the lake gives it. */
export interface LedgerLake {
  own: LedgerTables;
  rows: Pick<LakeRows, "marks" | "rates">;
}

/** A ledger with each lake it was given, by the list of closes: what is computed of it once is kept with it. */
const given = oncePerLedger(() => new WeakMap<LakeRows["marks"], LedgerTables>());

/**
 * Returns the ledger with the lake's rows beside its own: what looks up a mark or a rate in it finds its own first.
 * The same ledger where the lake gives neither.
 */
export function withLake(own: LedgerTables, rows: LakeRows | undefined): LedgerTables {
  if (!rows?.marks.length && !rows?.rates.length) return own;
  const {marks, rates} = rows;
  let ledger = given(own).get(marks);
  if (ledger?.lake?.rows.rates !== rates) {
    given(own).set(marks, (ledger = {...own, lake: {own, rows: {marks, rates}}}));
  }
  return ledger;
}

/** Returns the ledger of statements alone. */
export function withoutLake(ledger: LedgerTables): LedgerTables {
  return ledger.lake?.own ?? ledger;
}
