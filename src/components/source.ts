import type {LedgerTables} from "../lib/ledger/tables.js";
import type {ViewContext} from "../lib/ledger/views.js";

/**
 * Where a page's rows come from: the bridge, the browser's own store, or the snapshot built into the site. It
 * gives rows, never figures: those are made by lib/ in the page's worker.
 */
export interface Source {
  kind: "bridge" | "browser" | "snapshot";
  accounts(): Promise<{account: string; base: string | null; from: string; to: string}[]>;
  /** Rows of the accounts, all when empty; positions of the last two position days, or of every day. */
  ledger(accounts: readonly string[], options?: {positions?: "latest" | "all"}): Promise<LedgerTables>;
  context(): Promise<ViewContext>;
  /** Calls the listener after each change of the rows; returns what ends it. */
  subscribe(listener: () => void): () => void;
}
