import type {RowCounts, SectionCounts} from "../../lib/ledger/import-counts.js";
import type {QueryGap} from "../../lib/statements/query-check.js";
import type {StatementWarning} from "../../lib/statements/statement.js";
import type {DateOrder} from "../../lib/time/flex-date.js";

/** How far the work is; `total` is null while it is not known. */
export interface Progress {
  /** What is being done: "reading", "waiting for another tab". */
  doing: string;
  /** Of what `done` and `total` count. */
  unit: "bytes" | "rows" | "steps";
  done: number;
  total: number | null;
}

/** What a file would bring. */
export interface Preview extends RowCounts {
  known: boolean;
  sections: readonly SectionCounts[];
  statements: readonly {account: string; from: string; to: string}[];
  warnings: readonly StatementWarning[];
  missing: readonly QueryGap[];
}

export interface Listening {
  onProgress: (progress: Progress) => void;
  signal: AbortSignal;
}

/** Files on their way into the ledger: looked at first, then taken in together, or not at all. */
export interface Intake {
  /** Tells what a file would bring. @throws with the reason in a sentence if it is refused */
  preview(file: File, options: Listening & {dateFormat?: DateOrder}): Promise<Preview>;
  /** Takes in the files that were looked at; resolves when pages show them. */
  commit(listening: Listening): Promise<void>;
  /** Throws away what was not taken in. */
  close(): void;
}

/** How safely the rows are kept; null what does not concern who keeps them. */
export interface Keeping {
  /** Bytes of this site in the browser, and how many it may have. */
  used: number | null;
  room: number | null;
  /** Whether the browser has promised not to remove them. */
  lasting: boolean | null;
  /** Changes since the last export. */
  unsaved: number | null;
}

/** Where statements go: to the bridge on this machine, or into this browser. */
export interface Importer {
  /** What becomes of a file, as a sentence. */
  promise: string;
  begin(): Intake;
  keeping(): Promise<Keeping>;
  undo(sha256: string, listening: Listening): Promise<void>;
  /** Returns everything as one file, and what is to be called when the person has it. */
  export(listening: Listening): Promise<{blob: Blob; saved: () => Promise<void>}>;
  /** Takes in the files of such a one that are not here; all or none. @throws with the reason in a sentence */
  restore(file: File, listening: Listening): Promise<{files: number; restored: number}>;
}
