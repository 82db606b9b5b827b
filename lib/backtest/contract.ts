/**
 * The execution contract: when a decision is known, when it fills, at what price. Both engines, the paper broker and
 * the rebalancer take these rules from here; `guides/execution-contract.md` says them in words.
 */
export interface ExecutionRules {
  /**
   * Earliest fill of what is decided at a bar's close: the next bar's open, or, by choice and with a badge, the same
   * close, which a live order cannot get.
   */
  fill: "next-open" | "same-close";
  /**
   * Which of a stop and a target that lie in one bar is met first: the worse for the position, the better, or by the
   * path open, nearer extreme, farther extreme, close.
   */
  path: "pessimistic" | "optimistic" | "nearer-extreme";
  /**
   * A stop that the open has passed fills at the open; a limit that the open betters fills at the open. False fills both
   * at their own price, as some engines do.
   */
  gaps: boolean;
  /** Most of a bar's volume that one order takes, 0 to 1; the rest waits. 1 where volume is not known. */
  volumeShare: number;
  /** Whole units only; a fraction is cut towards zero. */
  wholeUnits: boolean;
  /** Equity divided by the largest gross exposure that an opening order may leave: 1 is cash only, 0.5 twice the equity. */
  margin: number;
  /** Whether what is open after the last bar is closed at its close, and listed so. */
  closeAtEnd: boolean;
  /**
   * What a size is reckoned with, at the time of the decision: `close` the last known close, `fill` the price that it
   * will fill at, known only to who looks ahead: allowed in profiles that reproduce others, never by default.
   */
  sizing: "close" | "fill";
}

/** Named rules; `default` is ours, the others reproduce a peer's. */
export const PROFILES = {
  default: {
    fill: "next-open",
    path: "pessimistic",
    gaps: true,
    volumeShare: 1,
    wholeUnits: false,
    margin: 1,
    closeAtEnd: true,
    sizing: "close"
  },
  "backtesting.py": {
    fill: "next-open",
    path: "pessimistic",
    gaps: true,
    volumeShare: 1,
    wholeUnits: true,
    margin: 1,
    closeAtEnd: true,
    sizing: "fill"
  },
  "lean-daily": {
    fill: "next-open",
    path: "pessimistic",
    gaps: true,
    volumeShare: 1,
    wholeUnits: true,
    margin: 0.5,
    closeAtEnd: false,
    sizing: "close"
  }
} as const satisfies Readonly<Record<string, ExecutionRules>>;

export type ProfileName = keyof typeof PROFILES;
