import type {Frequency, Kind} from "./dataset.js";

/** What is asked for: rows of some symbols of one vendor. What is left out is the vendor's usual, or follows from the catalog. */
export interface PullAsk {
  vendor: string;
  kind?: Kind;
  universe?: string;
  frequency?: Frequency;
  symbols: readonly string[];
  /** First day wanted, ISO; when left out, what follows the days that are there, or the vendor's ten years. */
  from?: string;
  /** Last day wanted, ISO; today when left out. */
  to?: string;
}

/** How far a pull is. */
export interface PullProgress {
  /** The symbol that is being asked for. */
  symbol: string;
  /** Symbols done and in all. */
  done: number;
  total: number;
  /** Rows that came so far, and bytes of the parts written. */
  rows: number;
  bytes: number;
  /** Seconds that the rest will take at the pace so far; null while there is no pace. */
  etaSeconds: number | null;
}

/** A symbol that gave no rows, and why. */
export interface PullFailure {
  vendor: string;
  symbol: string;
  /** A vendor's error code: unknown-symbol, rate-limited, … */
  code: string;
  /** What is wrong and what to do, a sentence. */
  message: string;
}

/** A pull as the history keeps it. */
export interface PullRecord {
  id: string;
  /** What it was: some symbols of a vendor, all that Markets reads, all that is tracked, or a CSV file. */
  what: "symbols" | "markets" | "update-all" | "csv";
  /** The ask in words: `yahoo bars 1d: AAPL, MSFT and 3 more`. */
  title: string;
  /** What was asked for, so that it can be asked again; a pull that was interrupted then goes on with the rest. */
  asks: readonly PullAsk[];
  startedAt: string;
  /** Null while it runs, and for good when its process was ended. */
  endedAt: string | null;
  state: "running" | "done" | "failed" | "cancelled" | "interrupted";
  /** What came of it, a sentence. */
  message: string;
  symbols: {done: number; total: number};
  /** Symbols whose rows are in the lake, `yahoo/bars/markets/1d AAPL`: a pull that goes on does not ask for them. */
  finished: readonly string[];
  /** Rows that were not there, that were there with other values, and that were set aside. */
  rows: {new: number; changed: number; quarantined: number};
  bytes: number;
  failures: readonly PullFailure[];
}

/** A pull as it is told: without the list of what is finished, which may be long. */
export type ToldPull = Omit<PullRecord, "finished">;

/** Returns what is told of a pull. */
export function toldPull(record: PullRecord): ToldPull {
  const {finished: _, ...told} = record;
  return told;
}

/** A vendor as a form offers it. */
export interface VendorFacts {
  id: string;
  name: string;
  /** Kinds that may be asked for, the usual one first, with their frequencies. */
  offers: {kind: Kind; frequencies: readonly Frequency[]}[];
  universe: string;
  /** The setting that its key stands in, and whether it does; null where it needs none. */
  key: {setting: string; given: boolean} | null;
  /** Whether CSV files that a person downloads at its site can be read. */
  csv: boolean;
  /** A line on limits and terms. */
  note: string;
}

/** What a check of the lake found. */
export interface VerifyReport {
  /** ISO UTC. */
  at: string;
  datasets: number;
  parts: number;
  rows: number;
  bytes: number;
  problems: {dataset: string; code: string; sentence: string}[];
  /** What was put right, a sentence each; empty when nothing was asked to be. */
  repaired: string[];
}
