import type {Readable} from "node:stream";
import type {Config} from "../config.js";
import type {CatalogEntry, LakeProblem, SymbolEntry} from "../lib/lake/catalog.js";
import type {DatasetId, Frequency, Layer} from "../lib/lake/dataset.js";
import type {PullAsk, PullProgress, ToldPull, VendorFacts} from "../lib/lake/pull.js";
import type {LakeQuery} from "../lib/lake/query.js";
import type {TableName} from "../lib/ledger/tables.js";
import type {TagEntry, TagRule, TagTarget} from "../lib/ledger/tags/tag.js";
import type {Watchlist} from "../lib/market/watchlist.js";
import type {QueryGap} from "../lib/statements/query-check.js";
import type {TaskName} from "../lib/tasks/index.js";
import type {KeptRun} from "../lib/tasks/run.js";
import type {KeptRuns} from "./execution/kept-runs.js";
import type {Trading} from "./execution/trading.js";
import type {FigureName} from "./jobs/figures.js";
import type {ImportOptions} from "./jobs/import-pool.js";
import type {JobStatus, Jobs} from "./jobs/jobs.js";
import type {Announcer} from "./live/announcer.js";
import type {LiveRoom} from "./live/room.js";
import type {Restored} from "./store/archive.js";
import type {ImportReport} from "./store/import.js";

/** Which store pages show: the stand-ins' or the person's own. The two are never summed. */
export type Mode = "demo" | "real";

/** How far the start is, and what is shown. */
export interface Status {
  mode: Mode;
  /** Whether the site and the store can be shown. */
  ready: boolean;
  /** What is being done until then, as a sentence. */
  step: string;
  /** Grows with every commit to the ledger shown, another process's too. */
  version: number;
}

/** What happened, told to every socket. */
export type Announcement =
  | {type: "import"; version: number; accounts: readonly string[]}
  | {type: "mode"; mode: Mode; version: number}
  | {type: "job"; job: JobStatus}
  /** Rows, catalog or watchlists of the lake shown have changed. */
  | {type: "lake"; version: number};

/** Figures and rows of the store shown, made in a worker. */
export interface Figures {
  /** A view of lib/ledger as JSON text. */
  view(name: FigureName, query: object): Promise<string>;
  /** A ledger table as an Arrow IPC stream. */
  table(
    name: TableName,
    query: {accounts?: readonly string[]; positions: "latest" | "all"}
  ): Promise<{bytes: Uint8Array; version: number}>;
}

/** The files of the store shown. A new one always goes to the person's own store. */
export interface Imports {
  /** Stores a file, in a worker: what ImportPool does. */
  add(source: Readable, options: {name: string} & ImportOptions): Promise<ImportReport>;
  /** Takes a file out of the set; false when it is not in it. */
  undo(sha256: string): Promise<boolean>;
  /** Everything that the store shown holds, as one file. */
  export(): Promise<Uint8Array>;
  /** Takes in the files of such a one that are not there; all or none. */
  restore(source: Readable, signal: AbortSignal): Promise<Restored>;
}

/** Tags, notes and rules in the store shown. */
export interface Tags {
  put(entry: TagEntry): Promise<void>;
  /** False when there was none. */
  remove(target: TagTarget): Promise<boolean>;
  rules(rules: readonly TagRule[]): Promise<void>;
}

/** How the Flex Web Service is set up and doing. */
export interface FlexStatus {
  configured: boolean;
  message: string;
  queries: {
    id: string;
    name: string | null;
    lastPull: {at: string; ok: boolean; message: string; code: string | null} | null;
    to: string | null;
    /** Boxes to tick in the query: see lib/statements/query-check.ts. */
    missing: QueryGap[];
  }[];
  nextPull: string | null;
  running: string | null;
  /** Files to download by hand, beyond the days that a query reaches. */
  history: {account: string; year: number; from: string; to: string; sentence: string}[];
}

export interface Flex {
  status(): Promise<FlexStatus>;
  /** Starts a pull of what is new, or of all that each query gives; throws a Problem (409) when nothing is configured. */
  fetch(what: "new" | "all"): JobStatus;
}

export const ANSWER_FORMATS = ["json", "arrow", "csv", "parquet"] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** Rows of a query in the format asked for: `shown` of the `matches` that there are. */
export interface LakeAnswer {
  bytes: Uint8Array;
  shown: number;
  matches: number;
  version: number;
}

export interface LakeStorage {
  /** Folder of the lake. */
  dir: string;
  parts: number;
  replies: number;
  quarantine: number;
  catalog: number;
}

/** A file of a dataset's rows that never changes, known by its content. */
export interface LakePart {
  sha256: string;
  bytes: number;
  rows: number;
  /** First and last day, ISO. */
  from: string;
  to: string;
}

/** The lake shown: vendors' rows on this disk, and the jobs that bring them. Read and written in workers. */
export interface LakeDesk {
  /** Changes with every commit to the lake shown, another process's too. */
  version(): Promise<number>;
  catalog(): Promise<CatalogEntry[]>;
  /** Bytes on disk, by what they are, and where. */
  storage(): Promise<LakeStorage>;
  symbols(layer: Layer, id: DatasetId): Promise<SymbolEntry[]>;
  problems(dataset?: string): Promise<(LakeProblem & {dataset: string})[]>;
  /** @throws Problem 404 when there is no such dataset */
  query(query: LakeQuery, format: AnswerFormat): Promise<LakeAnswer>;
  /** The files of a dataset's rows. @throws Problem 404 when there is no such dataset */
  partsOf(layer: Layer, id: DatasetId): Promise<LakePart[]>;
  /** One of them, Parquet. @throws Problem 404 when the dataset does not have it */
  readPart(layer: Layer, id: DatasetId, sha256: string): Promise<Uint8Array>;
  vendors(): VendorFacts[];
  /** Starts a pull; @throws Problem 400 for what the vendor does not offer, 409 without its key */
  pull(ask: PullAsk): JobStatus;
  /** Starts a pull of all that Markets reads. */
  pullMarkets(): JobStatus;
  /** Starts a pull of what is new in every tracked dataset; @throws Problem 409 when nothing is tracked */
  updateAll(): Promise<JobStatus>;
  /** When what is new is pulled by itself, ISO UTC; null when it is only when asked. */
  nextUpdate(): string | null;
  /** How far a pull is, one of an earlier run of the desk too; undefined when there is none. */
  pullStatus(id: string): Promise<{record: ToldPull; progress: PullProgress | null} | undefined>;
  /** The pulls so far, the latest first. */
  pulls(): Promise<ToldPull[]>;
  /** Takes in a CSV that a person downloaded, where the vendor's site serves no program. */
  importCsv(file: {
    vendor: string;
    symbol: string;
    frequency: Frequency;
    name: string;
    text: string;
  }): Promise<ToldPull>;
  /** Starts a check of parts, checksums, gaps and duplicates; `repair` puts right what can be. */
  verify(options: {dataset?: string; repair: boolean}): JobStatus;
  watchlists(): Promise<Watchlist[]>;
  setWatchlists(lists: readonly Watchlist[]): Promise<void>;
}

/** Views of lib/market, as the API names them. */
export type MarketViewName =
  | "overview"
  | "rates"
  | "fx"
  | "equities"
  | "commodities"
  | "macro"
  | "what-changed"
  | "curves"
  | "fed-liquidity"
  | "cb-meetings"
  | "sparklines"
  | "historical";

/** Figures of Markets, made in a worker from the lake shown and kept until that changes. */
export interface MarketDesk {
  /** A view as JSON text. @throws Problem 404 for a symbol that is not in the lake */
  view(
    name: MarketViewName,
    query: {symbol?: string; days?: number; ids?: readonly string[]}
  ): Promise<string>;
  /** The daily series that the views are made of, as an Arrow IPC stream. */
  series(): Promise<{bytes: Uint8Array; version: number}>;
}

/** Computations of lib/tasks in worker threads, and the runs that are kept of them in the store shown. */
export interface TaskDesk {
  /**
   * Runs a task as a job and keeps its run; the result is JSON text.
   * @param gone ends it: whoever asked has gone
   * @throws TaskError when it gives nothing
   */
  run(name: TaskName, given: unknown, gone: AbortSignal): Promise<{run: KeptRun; output: string}>;
  /** The latest first. */
  list(query: {task?: string | undefined; limit: number}): KeptRun[];
  get(key: string): {run: KeptRun; output: string} | undefined;
  /** False when there is none of that key. */
  remove(key: string): Promise<boolean>;
}

/** A part of the desk and how it is. */
export interface ComponentHealth {
  name: string;
  status: "ok" | "degraded" | "off";
  message: string;
}

/** All that the front door hands its visitors on to; put together in cli/. */
export interface Services {
  /** Version of the program. */
  version: string;
  tradingMode: Config["TRADING_MODE"];
  status(): Status;
  figures: Figures;
  imports: Imports;
  tags: Tags;
  flex: Flex;
  lake: LakeDesk;
  markets: MarketDesk;
  tasks: TaskDesk;
  /** Of the room shown. @throws Problem 503 while no broker is open */
  readonly trading: Trading;
  /** Runs of strategies, the person's own in the demo too. */
  strategyRuns: KeptRuns;
  /** What moves in the room shown; empty while no broker is open. */
  readonly live: LiveRoom;
  jobs: Jobs;
  announcements: Announcer;
  /** Store and Flex; the bridge adds what is its own. */
  health(): Promise<ComponentHealth[]>;
}
