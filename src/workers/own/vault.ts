import type {KeptFile} from "../../lib/ledger/kept-file.js";
import type {Coverage} from "../../lib/ledger/tables.js";
import type {TagBook} from "../../lib/ledger/tags/tag.js";
import type {ChangeSummary} from "../../lib/ledger/views.js";
import type {Watchlist} from "../../lib/market/watchlist.js";

/** A file in the browser's own store. */
export interface OwnFile extends KeptFile {
  /** Under which its rows are kept: another at each import. */
  id: string;
  /** Its row elements, and in how many parts the rows of each are. */
  elements: {element: string; parts: number}[];
}

/** All that says which files the store holds and what they make; it is replaced as a whole. */
export interface OwnState {
  /** Grows with each change. */
  version: number;
  /** Which program's tables are kept. */
  edition: string;
  files: OwnFile[];
  coverage: Coverage[];
  changes: ChangeSummary[];
  /** The version that was last exported; 0 when none was. */
  exported: number;
  /** The person's own tags, notes and rules. */
  tags?: TagBook;
  watchlists?: readonly Watchlist[];
}

export const EMPTY: OwnState = {version: 0, edition: "", files: [], coverage: [], changes: [], exported: 0};

/** Where the browser keeps bytes. Rows of a file that is not in the state are nobody's, and swept away. */
export interface Vault {
  state(): Promise<OwnState>;
  putPart(file: string, element: string, n: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  part(file: string, element: string, n: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The state and tables of its ledger, both of one moment. @throws OwnStoreError `damaged` if a table is not there */
  read(
    names: readonly string[]
  ): Promise<{state: OwnState; tables: ReadonlyMap<string, Uint8Array<ArrayBuffer>>}>;
  /** Makes the state, and the tables if there are new ones, what is given: all at once, or nothing. */
  commit(state: OwnState, tables?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<void>;
  /** Removes the rows of all files that are not in the state. */
  sweep(): Promise<void>;
}

/** Why the browser keeps nothing: `denied`, `full`, `insecure`, `newer`, `damaged`. */
export class OwnStoreError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OwnStoreError";
    this.code = code;
  }
}

/** The browser removed what it kept, as it may where a site was not allowed to keep it for good. */
export function damaged(): OwnStoreError {
  return new OwnStoreError(
    "damaged",
    "the browser lost some of what it kept for this site: remove the file and import it again, or restore an export"
  );
}
