import type {JournalEntry} from "../../lib/orders/journal.js";
import type {HeldPosition} from "../../lib/orders/reconcile.js";
import {DEFAULT_LIMITS} from "../../lib/orders/risk/limits.js";
import type {TradingState} from "../../lib/orders/risk/situation.js";
import type {LimitSet} from "./trading.js";

const DUST = 1e-9;

/** How trading goes, made of the journal's control lines alone. */
export class Controls {
  readonly #limits = new Map<string, LimitSet>();
  readonly #closes = new Map<string, {day: string; value: number}>();
  /** By account and contract: what is added to the fills' sum to give what is held. */
  readonly #adjusted = new Map<string, number>();
  readonly #started = new Set<string>();
  readonly #begun = new Map<string, number>();
  #state: TradingState = "ACTIVE";
  #kill: {by: string; reason: string; at: number} | null = null;

  /** @param net units that all executions before this line brought, by `account conId` */
  apply({at, body}: JournalEntry, net: ReadonlyMap<string, number>): void {
    if (body.kind !== "control") return;
    const {by, control} = body;
    switch (control.what) {
      case "limits":
        this.#limits.set(control.account, {account: control.limits, strategies: control.strategies});
        break;
      case "state":
        this.#state = control.state;
        break;
      case "kill-switch":
        this.#kill = control.on ? {by, reason: control.reason, at} : null;
        break;
      case "positions":
        this.#forget(control.accounts, net);
        for (const {account, conId, units} of control.rows) this.#adjust(account, conId, units, net);
        this.#started.add(control.broker);
        break;
      case "acknowledge":
        this.#adjust(control.account, control.conId, control.units, net);
        break;
      case "paper-reset":
        this.#forget([control.account], net);
        this.#closes.set(control.account, {day: control.day, value: control.cash});
        this.#begun.set(control.account, at);
        break;
      case "close":
        this.#closes.set(control.account, {day: control.day, value: control.value});
        break;
      default: // what was done once, and stands in the audit
    }
  }

  get state(): TradingState {
    return this.#state;
  }

  get kill(): {by: string; reason: string; at: number} | null {
    return this.#kill;
  }

  limits(account: string): LimitSet {
    return this.#limits.get(account) ?? {account: DEFAULT_LIMITS, strategies: {}};
  }

  close(account: string): {day: string; value: number} | null {
    return this.#closes.get(account) ?? null;
  }

  /** When an account was begun anew last; null where it never was. */
  begun(account: string): number | null {
    return this.#begun.get(account) ?? null;
  }

  /** Whether positions were ever taken over from a broker. */
  isStarted(broker: "paper" | "ibkr"): boolean {
    return this.#started.has(broker);
  }

  /** What is held by our own count: as it was taken over, and every execution since. */
  positions(net: ReadonlyMap<string, number>): HeldPosition[] {
    return [...new Set([...net.keys(), ...this.#adjusted.keys()])].flatMap((key) => {
      const [account, conId] = key.split(" ");
      const units = (net.get(key) ?? 0) + (this.#adjusted.get(key) ?? 0);
      return Math.abs(units) > DUST ? [{account, conId: Number(conId), units}] : [];
    });
  }

  /** From here on nothing is held in these accounts. */
  #forget(accounts: readonly string[], net: ReadonlyMap<string, number>): void {
    for (const [key, units] of net)
      if (accounts.includes(key.split(" ", 1)[0])) this.#adjusted.set(key, -units);
  }

  #adjust(account: string, conId: number, units: number, net: ReadonlyMap<string, number>): void {
    const key = positionKey(account, conId);
    this.#adjusted.set(key, units - (net.get(key) ?? 0));
  }
}

/** Names a position among others. */
export const positionKey = (account: string, conId: number): string => `${account} ${conId}`;
