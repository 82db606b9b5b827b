import type {Trade} from "./trade.js";

/** What a backtest gives, whichever engine ran it. Columns have one value a moment: each time at which a bar ended. */
export interface BacktestResult {
  /** Milliseconds since 1970 UTC, rising. */
  time: Float64Array;
  /** Value of the account at that close, in base currency, what was done at it included. */
  equity: Float64Array;
  /** 1 where something was held during the bar, its first and last one included. */
  held: Uint8Array;
  /** In the order of their closing. */
  trades: Trade[];
  /** Value of all units bought and sold, in base currency. */
  traded: number;
  /** What a reader must be told of the rules: see `badgesOf`. */
  badges: string[];
}
