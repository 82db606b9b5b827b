/**
 * Where the link to TWS or IB Gateway stands. `login` and `restarting` are what happens every week and every day, not
 * faults; `refused` is what only a person can change: a client id that is in use, a version that is not spoken.
 */
export type LinkPhase =
  /** Not wanted by the settings. */
  | "off"
  | "connecting"
  /** Connected, and a first order number has come. */
  | "ready"
  /** TWS is there and has lost IBKR: error 1100. */
  | "cut"
  /** Its daily restart, or IBKR's nightly reset. */
  | "restarting"
  /** TWS waits for its user to log in, or nobody listens where it should. */
  | "login"
  | "refused"
  /** Lost; waits for its next try. */
  | "waiting";

/** The link as the desk and the health page show it. */
export interface LinkStatus {
  phase: LinkPhase;
  /** What is the matter and what to do, one sentence. */
  sentence: string;
  /** When this phase began, milliseconds since 1970 UTC. */
  since: number;
  /** Whether TWS refuses orders by its setting "Read-Only API". */
  isReadOnly: boolean;
  /** Host and port, as in `127.0.0.1:7497`. */
  address: string;
  clientId: number;
  /** What TWS announced; null before it did. */
  serverVersion: number | null;
  accounts: readonly string[];
  /** Time there and back of the last heartbeat, milliseconds; null before the first. */
  latencyMs: number | null;
  /** When the last byte came; null before the first. */
  lastByteAt: number | null;
  /** Difference of TWS's clock to ours, milliseconds; null before it was asked. */
  clockOffsetMs: number | null;
  /** Tries since it was last ready. */
  tries: number;
  /** When it tries next; null while it is connected or gave up. */
  nextTryAt: number | null;
  breaker: "closed" | "open" | "half-open";
  /** Market-data lines in use, of how many. */
  lines: {used: number; budget: number};
}
