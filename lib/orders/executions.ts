/** An execution as IBKR reports it: once, twice, late, or corrected by another. */
export interface Execution {
  /** Four parts with points between; a correction differs in the last alone. */
  execId: string;
  account: string;
  conId: number;
  side: "BOT" | "SLD";
  /** > 0. */
  shares: number;
  price: number;
  /** Milliseconds since 1970 UTC. */
  time: number;
  /** IBKR's own number of the order, for ever; 0 where not told. */
  permId: number;
  /** Of the client that placed it; 0 with `orderId` 0 where a person did by hand. */
  clientId: number;
  orderId: number;
  /** Empty where the order had none. */
  orderRef: string;
}

/** What an execution cost; it may come later, or twice. */
export interface CommissionReport {
  /** Of that very execution. */
  execId: string;
  commission: number;
  currency: string;
}

/** An execution as it counts. */
export interface Fill extends Execution {
  /** Null until it is reported. */
  commission: {amount: number; currency: string} | null;
  /** Earlier reports of it that this one corrects, oldest first. */
  corrects: readonly Execution[];
}

/**
 * Returns what an execution and all its corrections share.
 * @throws RangeError if it has no revision
 */
export function executionKey(execId: string): {key: string; revision: number} {
  const point = execId.lastIndexOf(".");
  const revision = Number(execId.slice(point + 1));
  if (point <= 0 || !/^\d+$/.test(execId.slice(point + 1)))
    throw new RangeError(`an execution id ends with a revision, as in 0000e0d5.65a1.01.01: ${execId}`);
  return {key: execId.slice(0, point), revision};
}

/**
 * The executions of an account as they count: each once, whatever comes twice, late or out of order; of an execution and
 * its corrections the highest revision counts, and is marked as such until positions and Flex have settled it.
 */
export class ExecutionBook {
  readonly #reports = new Map<string, Map<number, Execution>>();
  readonly #commissions = new Map<string, CommissionReport>();

  /**
   * Takes a report in.
   * @returns what it was: new, one that is there already, or a correction of one, whichever came first
   * @throws RangeError if its id has no revision, or if it says something else than the same id said before
   */
  add(execution: Execution): "new" | "same" | "correction" {
    const {key, revision} = executionKey(execution.execId);
    const revisions = this.#reports.get(key);
    if (!revisions) {
      this.#reports.set(key, new Map([[revision, execution]]));
      return "new";
    }
    const known = revisions.get(revision);
    if (!known) {
      revisions.set(revision, execution);
      return "correction";
    }
    if (known.shares !== execution.shares || known.price !== execution.price || known.side !== execution.side)
      throw new RangeError(
        `execution ${execution.execId} was ${known.side} ${known.shares} at ${known.price}, now ${execution.side} ${execution.shares} at ${execution.price}`
      );
    return "same";
  }

  /** Takes a commission in; the last report of an execution counts. */
  addCommission(report: CommissionReport): void {
    this.#commissions.set(report.execId, report);
  }

  /** Returns what counts, by time, then id. */
  fills(): Fill[] {
    return [...this.#reports.values()]
      .map((revisions) => this.#fillOf(revisions))
      .sort((a, b) => a.time - b.time || (a.execId < b.execId ? -1 : 1));
  }

  #fillOf(revisions: ReadonlyMap<number, Execution>): Fill {
    const ordered = [...revisions].sort(([a], [b]) => a - b).map(([, execution]) => execution);
    const last = ordered[ordered.length - 1];
    const report = this.#commissions.get(last.execId);
    return {
      ...last,
      commission: report ? {amount: report.commission, currency: report.currency} : null,
      corrects: ordered.slice(0, -1)
    };
  }
}

/** Returns the units that fills brought, below zero where more was sold. */
export function netShares(fills: readonly Pick<Fill, "side" | "shares">[]): number {
  return fills.reduce((sum, {side, shares}) => sum + (side === "BOT" ? shares : -shares), 0);
}
