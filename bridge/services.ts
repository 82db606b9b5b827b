import type {Readable} from "node:stream";
import type {Config} from "../config.js";
import type {TableName} from "../lib/ledger/tables.js";
import type {TagEntry, TagRule, TagTarget} from "../lib/ledger/tags/tag.js";
import type {QueryGap} from "../lib/statements/query-check.js";
import type {FigureName} from "./jobs/figures.js";
import type {ImportOptions} from "./jobs/import-pool.js";
import type {JobStatus, Jobs} from "./jobs/jobs.js";
import type {Announcer} from "./live/announcer.js";
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
  | {type: "job"; job: JobStatus};

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
  trading: Config["TRADING_MODE"];
  status(): Status;
  figures: Figures;
  imports: Imports;
  tags: Tags;
  flex: Flex;
  jobs: Jobs;
  announcements: Announcer;
  /** Store and Flex; the bridge adds what is its own. */
  health(): Promise<ComponentHealth[]>;
}
