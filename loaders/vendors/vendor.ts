import type {Rows} from "../../lib/lake/columns.js";
import type {Frequency, Kind} from "../../lib/lake/dataset.js";
import type {Web} from "../web.js";
import type {Rate} from "../web/pace.js";

/** Why a vendor gave no rows: what a program does about it hangs on the code. */
export type VendorErrorCode =
  | "unknown-symbol"
  | "no-data"
  | "key-missing"
  | "key-wrong"
  | "not-entitled"
  | "rate-limited"
  | "quota-used"
  | "banned"
  | "challenge"
  | "not-what-was-asked"
  | "changed-format"
  | "truncated"
  | "unavailable"
  | "refused";

/** Thrown by a client; the sentence says what is wrong and what to do, and holds no key. */
export class VendorError extends Error {
  override readonly name = "VendorError";
  readonly code: VendorErrorCode;
  /** Seconds after which the vendor may be asked again, where it said so. */
  readonly retryAfter: number | null;

  constructor(
    code: VendorErrorCode,
    message: string,
    {retryAfter = null, ...options}: ErrorOptions & {retryAfter?: number | null} = {}
  ) {
    super(message, options);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** What is asked of a vendor: the rows of one symbol, days (ISO) included. */
export interface Ask {
  kind: Kind;
  symbol: string;
  frequency: Frequency;
  from: string;
  to: string;
}

/** What a symbol is, as the vendor's own metadata says. */
export interface SymbolFacts {
  symbol: string;
  name: string;
  /** Unit of the values as they are stored (series), or currency (bars). */
  unit: string;
  /** IANA time zone of the exchange; empty where days are just days. */
  timeZone: string;
}

/** Checked rows of one reply, in canonical columns; a bar that may still change (today's, live) is left out. */
export interface Pulled {
  facts: SymbolFacts;
  /** Rows of one or more kinds: Yahoo's chart gives bars and actions. */
  rows: readonly Rows[];
}

/** What a downloaded file does not say of itself. */
export interface ImportedFile {
  symbol: string;
  frequency: Frequency;
  /** When it is imported, milliseconds since 1970 UTC: a bar that closes later is left out. */
  at: number;
}

/** A vendor's client: thin, and the same for each. */
export interface Vendor {
  /** Provider of its datasets: `yahoo`. */
  id: string;
  /** As a person reads it: `Yahoo Finance`. */
  name: string;
  /** Kinds that may be asked for, the usual one first, and the frequencies of each. */
  offers: Readonly<Partial<Record<Kind, readonly Frequency[]>>>;
  /** Universe of its datasets when none is named. */
  universe: string;
  /** Calendar its days follow: what `lib/lake/gaps.ts` counts gaps and freshness by. */
  calendar: "nyse" | "target" | "weekdays" | "every-day" | "none";
  /** Days that a second run asks for again, since the vendor may have changed them. */
  overlapDays: number;
  /** Setting that holds its key; null where it needs none. */
  key: string | null;
  /** How often it may be asked. */
  rate: Rate;
  /** A line on limits and terms. */
  note: string;
  /**
   * Asks for one symbol and yields its rows, page by page, oldest first.
   * @throws VendorError
   */
  pull(ask: Ask, web: Web, signal: AbortSignal): AsyncIterable<Pulled>;
  /**
   * Reads a CSV that a person downloaded from the vendor's site; undefined where there is none to download.
   * @throws VendorError
   */
  importCsv?: (text: string, file: ImportedFile) => Pulled;
}
