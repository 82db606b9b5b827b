import {createStore} from "./store.js";

export interface Freshness {
  /** "Flex", "Demo", "TWS", "market". */
  source: string;
  /** ISO 8601. */
  asOf: string;
  state: "fresh" | "late" | "failed";
  detail: string;
}

/** What the frame says about the data; whoever opens the source sets it. */
export interface FrameInfo {
  mode: "DEMO" | "PAPER" | "LIVE" | null;
  /** Whether the page takes statements: once its desk is open. */
  imports: boolean;
  accounts: readonly {account: string; base: string | null}[];
  /** What can be reported in. */
  currencies: readonly string[];
  freshness: readonly Freshness[];
  symbols: readonly {symbol: string; description: string}[];
}

export const frameInfo = createStore<FrameInfo>({
  mode: null,
  imports: false,
  accounts: [],
  currencies: [],
  freshness: [],
  symbols: []
});
