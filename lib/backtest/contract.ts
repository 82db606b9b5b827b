/**
 * The execution contract: when a decision is known, when it fills, at what price. Both engines, the paper broker and
 * the rebalancer take these rules from here; `guides/execution-contract.md` says them in words, by the same numbers.
 */
export interface ExecutionRules {
  /**
   * Earliest fill of what is decided at a bar's close: the next bar's open, or, by choice and with a badge, the same
   * close, which a live order cannot get (rules 2, 3).
   */
  fill: "next-open" | "same-close";
  /** Index of the first bar at whose close a strategy is asked (rule 1). */
  firstDecision: number;
  /**
   * When an order for a share of the equity becomes units: at the price it fills at, as a broker does with an amount of
   * money, or at the close of its decision, as it does with units (rule 4).
   */
  sizing: "fill" | "close";
  /** What the whole equity is for such an order, as a share of it; less than 1 keeps the rest as cash (rule 4). */
  wholeEquity: number;
  /** Whole units only; a fraction is cut towards zero (rule 5). */
  wholeUnits: boolean;
  /**
   * Which way a bar was walked, low or high first: the way that leaves the account less at its close, the one that
   * leaves it more, or to the extreme nearer to the open first (rule 7).
   */
  path: "pessimistic" | "optimistic" | "nearer-extreme";
  /** Most of a bar's volume, as a share of it, that all fills of a symbol take in that bar; null is no cap (rule 11). */
  volumeShare: number | null;
  /**
   * An order for a share of the equity first closes what is held and cancels what waits, and opens anew, even on the side
   * that is held (rule 4).
   */
  exclusive: boolean;
  /** Equity over the gross value that may be held when a fill opens: 1 is cash only, 0.5 twice the equity (rule 18). */
  margin: number;
  /** Whether slippage is paid on each fill, or, as a spread taken once, on what opens a position (rule 20). */
  slippage: "fills" | "entries";
  /** What is left of an account whose equity is gone: the debt as it is, or nothing (rule 21). */
  ruin: "debt" | "zero";
  /**
   * After the last bar: what is held is closed at its last close and listed; or the last bar is worked once more, with
   * what was ordered at its close and a close of what is held, at its open; or it is left as it is (rule 22).
   */
  end: "close" | "last-bar-again" | "leave";
}

/** The order types that mean something on bars (rule 8). */
export const ORDER_TYPES = ["MKT", "LMT", "STP", "STP LMT", "TRAIL", "MOO", "LOO", "MOC", "LOC"] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** How long an order waits (rule 9). */
export type TimeInForce = "GTC" | "DAY" | "GTD" | "IOC" | "FOK";

/** Named rules; `default` is ours, the others reproduce a peer's. */
export const PROFILES = {
  default: {
    fill: "next-open",
    firstDecision: 0,
    sizing: "fill",
    wholeEquity: 1,
    wholeUnits: false,
    path: "pessimistic",
    volumeShare: null,
    exclusive: false,
    margin: 1,
    slippage: "fills",
    ruin: "debt",
    end: "close"
  },
  "backtesting.py": {
    fill: "next-open",
    firstDecision: 1,
    sizing: "fill",
    wholeEquity: 1 - Number.EPSILON,
    wholeUnits: true,
    path: "pessimistic",
    volumeShare: null,
    exclusive: true,
    margin: 1,
    slippage: "entries",
    ruin: "zero",
    end: "last-bar-again"
  },
  "lean-daily": {
    fill: "next-open",
    firstDecision: 0,
    sizing: "close",
    wholeEquity: 0.9975,
    wholeUnits: true,
    path: "pessimistic",
    volumeShare: null,
    exclusive: false,
    margin: 0.5,
    slippage: "fills",
    ruin: "debt",
    end: "leave"
  }
} as const satisfies Readonly<Record<string, ExecutionRules>>;

export type ProfileName = keyof typeof PROFILES;

/** Returns what a reader must be told of rules that no live order gets, a short label each; none for the default. */
export function badgesOf({fill, path}: ExecutionRules): string[] {
  return [
    ...(fill === "same-close" ? ["fills at the close it was decided on"] : []),
    ...(path === "optimistic" ? ["optimistic path within the bar"] : [])
  ];
}
