import type {Layer} from "./dataset.js";

/** What is known of one symbol, series or currency pair of a dataset. */
export interface SymbolEntry {
  symbol: string;
  /** What the vendor calls it; empty where it does not say. */
  name: string;
  /** Unit of series, currency of bars; empty where there is none. */
  unit: string;
  /** First and last day, ISO. */
  from: string;
  to: string;
  rows: number;
}

/** What may be wrong with rows, and with the parts that hold them. */
export const PROBLEM_CODES = [
  "unordered",
  "not-finite",
  "duplicate",
  "gap",
  "high-low",
  "negative-volume",
  "not-positive",
  "jump",
  "stale",
  "mixed-units",
  "future",
  "revised",
  "edited-part",
  "missing-part",
  "unknown-file"
] as const;

/** A problem that a check found in rows, with the rows. */
export interface LakeProblem {
  code: (typeof PROBLEM_CODES)[number];
  /** Empty where it is the dataset's. */
  symbol: string;
  /** ISO; null where it is of no day. */
  day: string | null;
  /** What is wrong, the value, what to do: a sentence. */
  sentence: string;
  /** `quarantined`: kept beside the lake, not in it; `kept`: in it, and listed; `refused`: a whole part set aside. */
  state: "quarantined" | "kept" | "refused";
}

/** A dataset as the catalog lists it: what `GET /api/data/catalog`, `tearsheet catalog` and the Data page show. */
export interface CatalogEntry {
  /** `provider/kind/universe/frequency`. */
  dataset: string;
  layer: Layer;
  /** Vendor, as a person reads it. */
  source: string;
  rows: number;
  symbols: number;
  /** First and last day, ISO; null while it has no row. */
  from: string | null;
  to: string | null;
  bytes: number;
  parts: number;
  /** The last pull: when (ISO UTC), whether it went well, what it said; null before the first. */
  lastPull: {at: string; ok: boolean; message: string} | null;
  /** Days between the last row and the last day that could have one by its calendar; null where not known. */
  staleDays: number | null;
  problems: number;
  /** Whether "update all" asks for it. */
  tracked: boolean;
}
