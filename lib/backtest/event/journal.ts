import type {BarAction} from "../bars.js";
import type {OrderType, TimeInForce} from "../contract.js";

/** What happened, in order: every decision, what became of it and why. Times are milliseconds since 1970 UTC. */
export type JournalRecord =
  | Signalled
  | Ordered
  | Elected
  | Filled
  | Ended
  | Happened
  | Carried
  | {kind: "ruin"; time: number; equity: number}
  | {kind: "stopped"; time: number; strategy: string; reason: string};

/** A strategy wants to hold a share of the equity. */
export interface Signalled {
  kind: "signal";
  time: number;
  symbol: string;
  share: number;
}

/** An order was accepted. */
export interface Ordered {
  kind: "order";
  time: number;
  order: number;
  symbol: string;
  type: OrderType;
  tif: TimeInForce;
  /** Above zero buys; null while a share is not units yet. */
  units: number | null;
  share?: number;
  limit?: number;
  stop?: number;
  oco?: string;
  /** The entry whose exit it is. */
  parent?: number;
}

/** A stop was met. */
export interface Elected {
  kind: "elected";
  time: number;
  order: number;
  symbol: string;
  price: number;
}

/** Units changed hands. */
export interface Filled {
  kind: "fill";
  time: number;
  order: number;
  symbol: string;
  /** Above zero were bought. */
  units: number;
  /** In the symbol's currency, slippage in it. */
  price: number;
  /** In base currency. */
  commission: number;
  /** Units of base for one of the symbol's currency. */
  rate: number;
}

/** An order ended without being filled whole. */
export interface Ended {
  kind: "cancelled" | "rejected" | "expired";
  time: number;
  order: number;
  symbol: string;
  reason: string;
}

/** What holding cost since the last moment. */
export interface Carried {
  kind: "carry";
  time: number;
  /** Null for cash. */
  symbol: string | null;
  /** What it paid, in base currency; below zero was taken. */
  cash: number;
}

/** A corporate action or a halt. */
export interface Happened {
  kind: BarAction["kind"];
  time: number;
  symbol: string;
  value: number;
  /** Held before it. */
  units: number;
  /** What it paid, in base currency; below zero was taken. */
  cash: number;
}
