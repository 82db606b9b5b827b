import type {AccountFigures, LivePosition} from "../../lib/live/figures.js";
import type {Broker} from "../broker/broker.js";
import type {DeskLog} from "./desk-log.js";
import {heldPositions, lastSessionAt} from "./situation.js";

/** How long an execution may come after the position that it made. */
const LATE_MS = 1000;

const DUST = 1e-9;

interface AccountWatchOptions {
  log: DeskLog;
  broker: Broker;
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Whether the lists agree and the link is there, so that a difference is news. */
  isSettled: () => boolean;
  /** Reads the lists again. */
  compare: () => Promise<void>;
}

/** Looks at what a broker tells of accounts and positions between two comparisons of its lists. */
export class AccountWatch {
  readonly #options: AccountWatchOptions;
  readonly #seen = new Map<string, number>();
  readonly #ending = new AbortController();
  #looking: Promise<void> | undefined;

  constructor(options: AccountWatchOptions) {
    this.#options = options;
  }

  close(): void {
    this.#ending.abort();
  }

  /** Keeps what an account was worth at the end of each session, by our last look before it. */
  hearFigures({account, netLiquidation}: Pick<AccountFigures, "account" | "netLiquidation">): void {
    const {log, now} = this.#options;
    if (netLiquidation === null) return;
    const day = lastSessionAt(now());
    const known = log.controls.close(account);
    if (known?.day !== day) {
      const value = this.#seen.get(account) ?? (known === null ? netLiquidation : known.value);
      log.append({kind: "control", by: "the desk", control: {what: "close", account, day, value}});
    }
    this.#seen.set(account, netLiquidation);
  }

  /** Reads the lists again when a position stays other than ours: somebody traded of whom TWS does not tell this client. */
  hearPosition({account, contract: {conId}}: LivePosition): void {
    const {log, broker, wait, isSettled, compare} = this.#options;
    const differs = () => {
      const ours = heldPositions({log}).find((held) => held.account === account && held.conId === conId);
      const theirs = broker.positions(account).find((held) => held.contract.conId === conId);
      return Math.abs((ours?.units ?? 0) - (theirs?.units ?? 0)) > DUST;
    };
    if (this.#looking || !isSettled() || !differs()) return;
    this.#looking = wait(LATE_MS, this.#ending.signal)
      .then(() => (differs() && isSettled() ? compare() : undefined))
      .catch(() => undefined) // the desk stops
      .finally(() => (this.#looking = undefined));
  }
}
