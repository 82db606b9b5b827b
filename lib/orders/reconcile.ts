import {netShares, type Execution} from "./executions.js";
import {intentOfRef} from "./order.js";
import {FINAL, type OrderState} from "./state.js";

/** An order as IBKR lists it, working or completed. */
export interface ListedOrder {
  account: string;
  conId: number;
  permId: number;
  /** 0 in completed orders, which have none. */
  orderId: number;
  clientId: number;
  orderRef: string;
  status: string;
}

/** A list of IBKR's, read after a connection was made. */
export interface ReadList<T> {
  rows: readonly T[];
  /** How often it was read to its end since the connection was made, with the same rows. */
  reads: number;
  /** Oldest moment that it tells of, milliseconds since 1970 UTC. */
  reachesTo: number;
}

/** A position; of an account and a contract. */
export interface HeldPosition {
  account: string;
  conId: number;
  /** Below zero when short. */
  units: number;
}

/** All that IBKR tells after a connection. A list that cannot be read, as orders while the API is read-only, is null. */
export interface BrokerLists {
  working: ReadList<ListedOrder> | null;
  completed: ReadList<ListedOrder> | null;
  executions: ReadList<Execution> | null;
  positions: ReadList<HeldPosition> | null;
}

/** What is ours: orders by the journal, and positions by the executions that we know. */
export interface OwnBooks {
  orders: readonly OrderState[];
  positions: readonly HeldPosition[];
}

/** Why trading stays locked, or what a person should know. */
export type Discrepancy =
  /** A list has not been read to its end twice: nothing can be decided yet. */
  | {kind: "unread"; list: keyof BrokerLists; sentence: string}
  /** IBKR works an order that is not in our journal: another program's or a person's. It is left alone. */
  | {kind: "stranger"; order: ListedOrder; sentence: string}
  /** What is held differs; trading is locked until it is acknowledged. */
  | {kind: "position"; account: string; conId: number; ours: number; theirs: number; sentence: string}
  /** An order of ours of which no list tells, and that may have arrived. */
  | {kind: "unknown"; intent: string; conId: number; sentence: string};

/** What a reconciliation decides. */
export interface Reconciliation {
  /** By intent: what the lists say of orders that were open in the journal. */
  decisions: ReadonlyMap<string, "known" | "not-sent" | "unknown">;
  discrepancies: readonly Discrepancy[];
  /** Contracts that may not be traded until Flex or a person has settled them. */
  locked: ReadonlySet<number>;
  /** Whether orders may be sent: all was read, and positions agree. */
  isUnlocked: boolean;
}

/** How often each list is read to its end before what it lacks counts as lacking. */
export const READS = 2;

/** Clocks of two machines differ: an intent this much older than a list's reach is within it. */
const CLOCK_MS = 5000;

const DUST = 1e-9;

/**
 * Compares the journal with what IBKR tells after a connection. An order that all three lists lack, each read to its end
 * twice and reaching back to its time, was never sent; where one of them was not read or does not reach back so far, it
 * is unknown and its contract is locked. Nothing is ever sent again by itself.
 *
 * @param isReadOnly whether IBKR refuses orders: then working and completed orders cannot be read, and need not be
 */
export function reconcile(
  {orders, positions}: OwnBooks,
  lists: BrokerLists,
  {isReadOnly = false}: {isReadOnly?: boolean} = {}
): Reconciliation {
  const decisions = new Map<string, "known" | "not-sent" | "unknown">();
  const discrepancies: Discrepancy[] = [];
  const needed: (keyof BrokerLists)[] = isReadOnly
    ? ["positions", "executions"]
    : ["positions", "working", "completed", "executions"];
  for (const list of needed)
    if (!isRead<unknown>(lists[list]))
      discrepancies.push({
        kind: "unread",
        list,
        sentence: `${NAMES[list]} have not been read whole twice yet`
      });

  for (const state of orders) {
    if (FINAL.has(state.status)) continue;
    const decision = decide(state, lists);
    if (decision === null) continue;
    decisions.set(state.intent.id, decision);
    if (decision === "unknown") {
      const {id, contract} = state.intent;
      const sentence = `order ${id} of ${contract.symbol} is in none of IBKR's lists that reach back to it: settle it by hand, or wait for the statement`;
      discrepancies.push({kind: "unknown", intent: id, conId: contract.conId, sentence});
    }
  }
  const ours = new Set(orders.map(({intent}) => intent.id));
  for (const order of lists.working?.rows ?? []) {
    const intent = intentOfRef(order.orderRef);
    if (intent !== undefined && ours.has(intent)) continue;
    const sentence = `IBKR works order ${order.permId} of contract ${order.conId}, which is not in the journal: it is left alone`;
    discrepancies.push({kind: "stranger", order, sentence});
  }
  if (isRead(lists.positions)) discrepancies.push(...positionsThatDiffer(positions, lists.positions.rows));
  const blocks = discrepancies.some(({kind}) => kind === "unread" || kind === "position");
  return {
    decisions,
    discrepancies,
    locked: new Set(discrepancies.flatMap((each) => (each.kind === "unknown" ? [each.conId] : []))),
    isUnlocked: !blocks
  };
}

const NAMES: Readonly<Record<keyof BrokerLists, string>> = {
  working: "working orders",
  completed: "completed orders",
  executions: "executions",
  positions: "positions"
};

function isRead<T>(list: ReadList<T> | null): list is ReadList<T> {
  return list !== null && list.reads >= READS;
}

/**
 * Returns what the lists say of an order, whose executions were taken in before: one that they filled whole has ended.
 * One that they filled in part, and that neither works nor is completed, is unknown. Null while they do not say enough to
 * decide and one is still to be read.
 */
function decide(state: OrderState, lists: BrokerLists): "known" | "not-sent" | "unknown" | null {
  const {working, completed, executions} = lists;
  const isIt = ({orderRef, permId}: {orderRef: string; permId: number}) =>
    intentOfRef(orderRef) === state.intent.id || (state.permId !== null && permId === state.permId);
  for (const list of [working, completed]) if (list?.rows.some(isIt)) return "known";
  const all = [working, completed, executions];
  if (all.some((list) => list !== null && list.reads < READS)) return null;
  const since = state.intent.at - CLOCK_MS;
  const areWhole = all.every((list) => list !== null && list.reachesTo <= since);
  const isExecuted = executions?.rows.some(isIt) === true;
  if (isExecuted || state.permId !== null || state.filled > 0) return "unknown"; // IBKR knew it once
  return areWhole ? "not-sent" : "unknown";
}

function positionsThatDiffer(ours: readonly HeldPosition[], theirs: readonly HeldPosition[]): Discrepancy[] {
  const keyOf = ({account, conId}: HeldPosition) => `${account} ${conId}`;
  const both = new Map<string, {account: string; conId: number; ours: number; theirs: number}>();
  const entry = (position: HeldPosition) => {
    const {account, conId} = position;
    const found = both.get(keyOf(position)) ?? {account, conId, ours: 0, theirs: 0};
    both.set(keyOf(position), found);
    return found;
  };
  for (const position of ours) entry(position).ours += position.units;
  for (const position of theirs) entry(position).theirs += position.units;
  return [...both.values()]
    .filter((each) => Math.abs(each.ours - each.theirs) > DUST)
    .map((each) => ({
      kind: "position",
      ...each,
      sentence: `${each.account} holds ${each.theirs} of contract ${each.conId} by IBKR, ${each.ours} by our executions: acknowledge it to go on`
    }));
}

/** Returns the positions that executions lead to from those before them. */
export function positionsAfter(
  before: readonly HeldPosition[],
  executions: readonly Pick<Execution, "account" | "conId" | "side" | "shares">[]
): HeldPosition[] {
  const units = new Map<string, HeldPosition>();
  for (const {account, conId, units: held} of before)
    units.set(`${account} ${conId}`, {account, conId, units: held});
  for (const execution of executions) {
    const {account, conId} = execution;
    const key = `${account} ${conId}`;
    const held = units.get(key)?.units ?? 0;
    units.set(key, {account, conId, units: held + netShares([execution])});
  }
  return [...units.values()].filter(({units: held}) => Math.abs(held) > DUST);
}
