import {keyOf} from "../key.js";
import type {OrderIntent} from "./order.js";
import type {HeldPosition} from "./reconcile.js";
import type {Decision} from "./risk/gate.js";
import type {RiskLimits} from "./risk/limits.js";
import type {TradingState} from "./risk/situation.js";
import type {OrderEvent} from "./state.js";

/** What is written down, in the order in which it happened; nothing is ever changed or taken out. */
export type JournalBody =
  /** By whom, and to which broker it goes. */
  | {kind: "intent"; intent: OrderIntent; by: string; broker: "paper" | "ibkr"; label: string}
  | {kind: "decision"; intent: string; decision: Decision}
  | {kind: "event"; intent: string; event: OrderEvent}
  /** An execution, or its cost, of an order that is not in this journal: it moves positions all the same. */
  | {kind: "stranger"; event: Extract<OrderEvent, {kind: "execution" | "commission"}>}
  | {kind: "control"; by: string; control: Control};

/** What changed how trading goes. */
export type Control =
  | {
      what: "limits";
      account: string;
      limits: RiskLimits;
      strategies: Readonly<Record<string, Partial<RiskLimits>>>;
    }
  | {what: "state"; state: TradingState; reason: string}
  /** Thrown or let go. */
  | {what: "kill-switch"; on: boolean; reason: string}
  /** Somebody wants an order cancelled; or everything in an account, other programs' orders too. */
  | {what: "cancel"; order: string}
  | {what: "cancel-everything"; account: string}
  /** The paper account begins anew with cash alone, on a day; what was before stays written down. */
  | {what: "paper-reset"; account: string; cash: number; day: string}
  /** A live account was typed in. */
  | {what: "confirm"; account: string}
  /** All positions as the broker told them at first: ours are counted from there. */
  | {
      what: "positions";
      broker: "paper" | "ibkr";
      accounts: readonly string[];
      rows: readonly HeldPosition[];
    }
  /** A difference of one contract, taken as it is. */
  | {what: "acknowledge"; account: string; conId: number; units: number}
  /** What a reconciliation came to. */
  | {what: "reconciled"; isUnlocked: boolean; sentences: readonly string[]}
  /** Net liquidation at the end of a session, in base currency. */
  | {what: "close"; account: string; day: string; value: number};

/** A line of the journal. */
export interface JournalEntry {
  /** From 1 on, without a gap. */
  seq: number;
  /** When it was written, milliseconds since 1970 UTC. */
  at: number;
  body: JournalBody;
  /** SHA-256, in hex, of this line and of the hash before it: who changes a line breaks every one after it. */
  hash: string;
}

/** Hash that the first line is chained to. */
export const JOURNAL_START = "0".repeat(64);

/** Returns the next line of a journal, as JSON keeps it: what is no number there is null. */
export function nextEntry(last: JournalEntry | undefined, at: number, body: JournalBody): JournalEntry {
  const kept = JSON.parse(JSON.stringify(body)) as JournalBody; // its own type but for numbers that are none
  const line = {seq: (last?.seq ?? 0) + 1, at, body: kept};
  return {...line, hash: hashOf(last?.hash ?? JOURNAL_START, line)};
}

/** What became of a check: how many lines hold, and the first that does not. */
export interface JournalCheck {
  lines: number;
  /** Hash of the last line that holds; write it down elsewhere, and a journal cut short is found too. */
  head: string;
  problem: {seq: number; sentence: string} | null;
}

/**
 * Follows the chain from its first line.
 * @param expectedHead hash that an earlier check ended with; a journal that lacks it was cut or made anew
 */
export function checkJournal(entries: Iterable<JournalEntry>, expectedHead?: string): JournalCheck {
  let [lines, head, isExpectedSeen] = [0, JOURNAL_START, expectedHead === undefined];
  for (const {seq, at, body, hash} of entries) {
    if (seq !== lines + 1)
      return {lines, head, problem: {seq, sentence: `line ${seq} follows line ${lines}: lines are missing`}};
    if (hash !== hashOf(head, {seq, at, body}))
      return {lines, head, problem: {seq, sentence: `line ${seq} is not as it was written`}};
    lines = seq;
    head = hash;
    if (hash === expectedHead) isExpectedSeen = true;
  }
  if (isExpectedSeen) return {lines, head, problem: null};
  const sentence = `no line has the hash ${expectedHead ?? ""}: the journal was cut short or made anew`;
  return {lines, head, problem: {seq: lines, sentence}};
}

function hashOf(before: string, line: Omit<JournalEntry, "hash">): string {
  return keyOf([before, line]);
}
