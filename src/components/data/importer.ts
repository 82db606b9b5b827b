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

/** Where statements go: to the bridge on this machine, or into this browser. */
export interface Importer {
  /** What becomes of a file, as a sentence. */
  promise: string;
  begin(): Intake;
  undo(sha256: string, listening: Listening): Promise<void>;
}
