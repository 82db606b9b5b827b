import {checkJournal, type JournalEntry} from "../../lib/orders/journal.js";
import {positionsAfter} from "../../lib/orders/reconcile.js";
import {FINAL, type OrderEvent, type OrderState} from "../../lib/orders/state.js";
import type {Entry, Tws} from "../../sim/tws/service.js";
import {replay, type Seen} from "./replay.js";

/** What the journal is held against. */
interface Told {
  tws: Pick<Tws, "broken" | "positions">;
  /** Positions before the run. */
  before: ReturnType<Tws["positions"]>;
  /** The stand-in's own books. */
  ledger: readonly Entry[];
  /** Sequence numbers of the journal at which a desk was killed. */
  killedAt: readonly number[];
}

interface Verdict {
  problems: string[];
  /** What orders went through, once for each. */
  met: string[];
}

/** Holds the journal against the stand-in's own ledger. */
export function judge(entries: readonly JournalEntry[], {tws, before, ledger, killedAt}: Told): Verdict {
  const problems: string[] = [];
  const check = checkJournal(entries);
  if (check.problem) problems.push(`the journal does not verify: ${check.problem.sentence}`);
  if (tws.broken.length) problems.push(`the stand-in could not read ${tws.broken.length} messages`);
  const {states, strangers} = replay(entries);

  const placed = new Map<string, number>();
  for (const entry of ledger)
    if (entry.kind === "order" && entry.order.orderRef)
      placed.set(entry.order.orderRef, (placed.get(entry.order.orderRef) ?? 0) + 1);
  for (const [ref, times] of placed) if (times > 1) problems.push(`${ref} was sent ${times} times`);

  const lastStatus = new Map<string, string>();
  const refs = new Map<number, string>();
  for (const entry of ledger) {
    if (entry.kind === "order") refs.set(entry.permId, entry.order.orderRef);
    if (entry.kind === "status") lastStatus.set(refs.get(entry.permId) ?? "", entry.status);
  }
  for (const {state} of states.values()) {
    const ref = `app:${state.intent.id}`;
    const theirs = lastStatus.get(ref);
    const fits = FITS[state.status];
    if (fits === undefined || !fits.includes(theirs ?? "never"))
      problems.push(`${ref} is ${state.status} here and ${theirs ?? "never"} there`);
  }
  for (const ref of placed.keys())
    if (ref.startsWith("app:") && !states.has(ref.slice(4))) problems.push(`${ref} is not in the journal`);

  const sum = (rows: readonly {account: string; conId: number; units: number}[]) =>
    Object.fromEntries(rows.map(({account, conId, units}) => [`${account} ${conId}`, units]));
  const own = positionsAfter(
    before.map(({account, conId, quantity}) => ({account, conId, units: quantity})),
    [...[...states.values()].flatMap(({state}) => state.fills), ...strangers]
  );
  const [ours, theirs] = [
    sum(own),
    sum(tws.positions().map(({account, conId, quantity}) => ({account, conId, units: quantity})))
  ];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)]))
    if (Math.abs((ours[key] ?? 0) - (theirs[key] ?? 0)) > 1e-9)
      problems.push(`position ${key}: ${ours[key] ?? 0} here, ${theirs[key] ?? 0} there`);
  problems.push(...leftBesideAFill(states.values()));
  return {problems, met: metBy(states, killedAt)};
}

/** Returns what orders went through, once for each. */
function metBy(states: ReadonlyMap<string, Seen>, killedAt: readonly number[]): string[] {
  const met: string[] = [];

  for (const {state, events} of states.values()) {
    const kinds = events.map(({event}) => event.kind);
    const at = (kind: OrderEvent["kind"]) => kinds.indexOf(kind);
    const sent = events.find(({event}) => event.kind === "sending");
    const next = sent && events[events.indexOf(sent) + 1];
    const crossed = sent && next && killedAt.some((seq) => sent.seq <= seq && seq < next.seq);
    if (crossed) {
      const isSettled = next.event.kind === "settled";
      met.push(isSettled ? "on its way at a kill, never arrived" : "on its way at a kill, found again");
    }
    if (state.status === "filled") met.push("filled");
    if (state.status === "not-sent") met.push("not sent");
    if (state.status === "rejected") met.push("refused");
    if (state.status === "cancelled") met.push("cancelled");
    if (at("execution") >= 0 && !kinds.slice(0, at("execution")).includes("status"))
      met.push("a fill before any status");
    if (at("cancelling") >= 0 && kinds.lastIndexOf("execution") > at("cancelling"))
      met.push("a fill after a cancel");
    if (state.fills.some(({corrects}) => corrects.length)) met.push("an execution corrected");
    if (state.fills.length > 1) met.push("filled in parts");
  }
  return met;
}

/** What the stand-in may say of an order that we say this of; `never` when it never had it. */
const FITS: Partial<Record<OrderState["status"], readonly string[]>> = {
  held: ["PreSubmitted"],
  working: ["Submitted"],
  "partly-filled": ["Submitted", "PreSubmitted"],
  blocked: ["Inactive"],
  filled: ["Filled"],
  cancelled: ["Cancelled", "ApiCancelled"],
  rejected: ["never", "Inactive", "Cancelled"],
  "not-sent": ["never"]
};

/** Orders that still work though another of their group has filled. */
function leftBesideAFill(all: Iterable<Seen>): string[] {
  const groups = new Map<string, OrderState[]>();
  for (const {state} of all) {
    const {oca, parent} = state.intent;
    if (oca !== undefined && parent === undefined) groups.set(oca, [...(groups.get(oca) ?? []), state]);
  }
  return [...groups].flatMap(([group, states]) =>
    states
      .filter(
        (state) => !FINAL.has(state.status) && states.some((other) => other !== state && other.filled > 0)
      )
      .map(({intent, status}) => `app:${intent.id} is ${status} though another of ${group} has filled`)
  );
}
