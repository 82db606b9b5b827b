import {setImmediate} from "node:timers/promises";
import type {RowCounts, SectionCounts} from "../../lib/ledger/import-counts.js";
import {allSinks} from "../../lib/statements/all-sinks.js";
import {Inspector, type Inspection} from "../../lib/statements/inspect.js";
import type {QueryGap} from "../../lib/statements/query-check.js";
import {QuerySeen} from "../../lib/statements/query-seen.js";
import {readStatements, type OpenBytes} from "../../lib/statements/read.js";
import type {DateOrder} from "../../lib/time/flex-date.js";
import {applyStaged} from "./apply.js";
import {connectWriter, type WriterLimits} from "./connect.js";
import {explain} from "./errors.js";
import type {Store} from "./open.js";
import {Meter} from "./source.js";
import {Stage} from "./stage.js";

export interface ImportSource {
  /** The file's name, as it is shown. */
  name: string;
  open: OpenBytes;
  /** Bytes, where they are known beforehand: for the progress. */
  size?: number;
  /** How slash dates are to be read, where the file itself does not tell. */
  dateFormat?: DateOrder;
  /** The only account that the file may be of. */
  account?: string;
  /** Tells what the import would do, and does nothing. */
  preview?: boolean;
}

/** How far an import is: bytes read, then rows stored, then groups of rows merged. */
export interface ImportProgress {
  phase: "read" | "store" | "merge";
  done: number;
  /** Null while it is not known. */
  total: number | null;
  /** Rows read so far. */
  rows: number;
}

export interface ImportTools extends WriterLimits {
  now: () => Date;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
  read?: typeof readStatements;
}

/** What `tearsheet inspect` tells of the file, and what storing it did. */
export interface ImportReport extends Inspection, RowCounts {
  sha256: string;
  /** Whether the file was in the store before: then nothing changed. */
  known: boolean;
  /** The counts, section by section. */
  sections: SectionCounts[];
  /** Boxes to tick in the Flex query that the file is of. */
  missing: QueryGap[];
}

/**
 * Stores a file's rows and brings the ledger's tables up to date, in one transaction; a file that is in the
 * store already changes nothing.
 * @throws StatementError when the file is refused, StoreError when the store is in the way; the store is then as before
 */
export async function importFile(
  store: Store,
  source: ImportSource,
  tools: ImportTools
): Promise<ImportReport> {
  const {name, open, size = null, dateFormat, account, preview = false} = source;
  const {signal, onProgress, read = readStatements} = tools;
  const db = connectWriter(store.path, tools);
  try {
    const stage = new Stage(db, account);
    const meter = new Meter();
    const measured = meter.measure(open, async () => {
      onProgress?.({phase: "read", done: meter.bytes, total: size, rows: stage.rows});
      await setImmediate();
      signal?.throwIfAborted();
    });
    const inspector = new Inspector();
    const seen = new QuerySeen();
    const {format, warnings} = await read(measured, allSinks([inspector, stage, seen]), {
      dateFormat,
      account
    });
    stage.flush();
    const statements = inspector.inspect();
    const bases = statements.map(({base}) => base);
    const sha256 = meter.sha256();
    const staged = {sha256, name, bytes: meter.bytes, format, warnings, bases};
    const {known, counts, sections} = await applyStaged(db, stage, staged, tools, {preview});
    const missing = seen.missing();
    return {
      file: name,
      format,
      statements,
      warnings,
      errors: [],
      sha256,
      ...counts,
      sections,
      known,
      missing
    };
  } catch (error) {
    throw explain(error, store.path);
  } finally {
    db.close();
  }
}
