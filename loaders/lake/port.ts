import type {CatalogEntry, LakeProblem, SymbolEntry} from "../../lib/lake/catalog.js";
import type {Rows} from "../../lib/lake/columns.js";
import type {DatasetId, Kind, Layer} from "../../lib/lake/dataset.js";
import type {Calendar} from "../../lib/lake/gaps.js";
import type {PullRecord, VerifyReport} from "../../lib/lake/pull.js";
import type {Answer, LakeQuery} from "../../lib/lake/query.js";
import type {Watchlist} from "../../lib/market/watchlist.js";

/** What a write changed: rows by the key of their kind against those that were there. */
export interface Written {
  new: number;
  same: number;
  /** Rows that the vendor gave with other values than before; the later ones count, the earlier are listed. */
  changed: number;
  /** Bytes of the parts written; zero when nothing was new. */
  bytes: number;
}

/** The lake on disk: immutable, content-addressed Parquet parts with a manifest each dataset, and a catalog in SQLite. */
export interface Lake extends LakeBooks {
  dir: string;
  /**
   * Merges rows into a dataset: whole or not at all, whatever ends the process. Rows equal to those there change
   * nothing, and then no file is written. One call with rows of many symbols is faster than one each. Changed rows of
   * the layer features are not listed as revised: they change with each action.
   * @throws LakeError `busy` when another process writes for longer than is waited, `disk-full`, `edited-part`
   */
  write<K extends Kind>(
    layer: Layer,
    id: DatasetId,
    rows: Rows<K>,
    facts?: readonly SymbolEntryFacts[]
  ): Promise<Written>;
  /**
   * Rows of a dataset in the order of their key; none where there is no such dataset.
   * @throws LakeError `edited-part` when a part is not what was written; it is set aside, so that the next read goes on
   */
  read<K extends Kind>(layer: Layer, id: DatasetId & {kind: K}, options?: ReadOptions): Promise<Rows<K>>;
  /** Answers a question about a dataset; @throws RangeError for what its kind has not, LakeError as `read` */
  query(query: LakeQuery): Promise<Answer>;
  /** The same as bytes: an Arrow IPC stream, CSV with a header, Parquet, or JSON `{dataset, columns, rows, matches}`. */
  queryBytes(query: LakeQuery, format: AnswerFormat): Promise<AnswerBytes>;
  has(layer: Layer, id: DatasetId): boolean;
  /** The files that the datasets of a layer consist of now, each checked. */
  parts(layer: Layer): Promise<LakeParts[]>;
  /** The files that a dataset consists of now, in the order of their days; none where there is no such dataset. */
  partsOf(layer: Layer, id: DatasetId): Promise<LakePart[]>;
  /** One of them, whole: Parquet. @throws LakeError `no-such-part` where the dataset does not have it, else as `read` */
  readPart(layer: Layer, id: DatasetId, sha256: string): Promise<Uint8Array>;
  catalog(): Promise<CatalogEntry[]>;
  symbols(layer: Layer, id: DatasetId): Promise<SymbolEntry[]>;
  /** What checks found, of one dataset or of all. */
  problems(dataset?: string): (LakeProblem & {dataset: string})[];
  /** Lists problems; a row that cannot be used is kept with its problem, beside the lake. The same one twice is one. */
  quarantine(layer: Layer, id: DatasetId, problems: readonly RowProblem[]): void;
  /** Checks parts against their checksums, order, duplicates, gaps, files; `repair` puts right what can be. */
  verify(options?: VerifyOptions): Promise<VerifyReport>;
  /** Makes one part of the several of each partition; returns sentences on what was done. */
  compact(dataset?: string): Promise<string[]>;
  /** Makes the catalog anew from manifests and parts; what only the catalog holds stays. */
  rebuildCatalog(): Promise<void>;
  /** Keeps a reply as it came, compressed, by its hash, below `raw/<vendor>/replies/<yyyy-mm>/`; the oldest go first. */
  keepReply(reply: RawReply): Promise<void>;
  /** Bytes on disk, by what they are. */
  storage(): Promise<LakeStorage>;
  /** Changes with every commit to rows or catalog.db, another process's too. */
  version(): number;
  close(): void;
}

/** What the lake keeps beside rows: what is tracked, the history of pulls, watchlists. */
export interface LakeBooks {
  /** Adds symbols to what "update all" asks for. */
  track(id: DatasetId, symbols: readonly string[]): void;
  untrack(id: DatasetId, symbols: readonly string[]): void;
  tracked(): {id: DatasetId; symbols: string[]}[];
  /** Adds a pull to the history, or puts what became of it in its place. A running one is of this process. */
  recordPull(record: PullRecord): void;
  /** Pulls, the latest first; a running one whose process has ended is `interrupted`. */
  pulls(most?: number): PullRecord[];
  pull(id: string): PullRecord | undefined;
  /** Notes how the last pull of a dataset went: `lastPull` of the catalog. */
  notePull(id: DatasetId, pull: NonNullable<CatalogEntry["lastPull"]>): void;
  watchlists(): Watchlist[];
  setWatchlists(lists: readonly Watchlist[]): void;
  /** Notes that symbols were asked for from a day on, without a hole up to their last row. */
  noteAsked(id: DatasetId, symbols: readonly string[], from: string): void;
  /** That day, by symbol; none where it was never noted. */
  askedFrom(id: DatasetId): ReadonlyMap<string, string>;
  /** Days that a repair took out of a dataset, to be pulled again whatever the catalog's last day is. */
  lostRanges(id: DatasetId): LostRange[];
  /** Strikes off what has been pulled again. */
  regained(id: DatasetId, range: LostRange): void;
}

/** Paths of parts, whole, in the order of their days. */
export interface LakeParts {
  id: DatasetId;
  paths: string[];
}

/** Days, ISO, included. */
export interface LostRange {
  from: string;
  to: string;
}

/** A problem and, where it is of a row that was kept out, that row. */
export type RowProblem = LakeProblem & {row?: Readonly<Record<string, string | number | null>>};

export type AnswerFormat = "json" | "arrow" | "csv" | "parquet";

export interface AnswerBytes {
  bytes: Uint8Array;
  shown: number;
  matches: number;
}

export interface RawReply {
  /** The vendor's id. */
  vendor: string;
  /** Without any secret. */
  url: string;
  status: number;
  /** ISO UTC. */
  fetchedAt: string;
  text: string;
}

export interface VerifyOptions {
  /** All when left out. */
  dataset?: string;
  repair?: boolean;
  onProgress?: (done: number, total: number) => void;
}

/** A file of rows that never changes, known by its content. No two of a dataset share a key. */
export interface LakePart {
  sha256: string;
  bytes: number;
  rows: number;
  /** First and last day, ISO. */
  from: string;
  to: string;
}

export interface LakeStorage {
  parts: number;
  replies: number;
  quarantine: number;
  catalog: number;
}

export interface SymbolEntryFacts {
  symbol: string;
  name: string;
  unit: string;
  /** IANA name of the exchange's time zone, "" where days are just days; verify counts missing days by it. */
  timeZone?: string;
}

export interface ReadOptions {
  /** A pair of currencies is its two codes, `EURUSD`. */
  symbols?: readonly string[];
  /** Days, ISO, included. */
  from?: string;
  to?: string;
}

export interface LakeOptions {
  now: () => Date;
  /** How long another writer is waited for. */
  maxWaitMs?: number;
  /** Names and calendars of the vendors: what the catalog shows and freshness goes by. */
  vendors?: readonly {id: string; name: string; calendar: Calendar}[];
  /** Replies beyond so many bytes go, the oldest first. */
  mostReplyBytes?: number;
}

/** Thrown by the lake; the sentence says what is wrong and what to do. */
export class LakeError extends Error {
  override readonly name = "LakeError";
  readonly code:
    | "busy"
    | "disk-full"
    | "edited-part"
    | "missing-part"
    | "no-such-dataset"
    | "no-such-part"
    | "invalid";

  constructor(code: LakeError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
