import type {OrderType} from "../../backtest/contract.js";
import type {OrderIntent} from "../order.js";
import type {PaperAccount} from "./account.js";
import {Draft, type PaperEvent, type PaperTerms} from "./draft.js";
import {endOfDay, type TradingSession} from "./tick.js";
import {isOfAuction, type WorkingOrder} from "./working.js";

/** An order as it is handed to the paper broker. */
export interface HandedOrder {
  intent: OrderIntent;
  orderId: number;
  permId: number;
  /** Number of the entry, of an exit; 0 for none. */
  parentId: number;
  /** Whether it, and those that wait for it, go to work. */
  transmit: boolean;
  /** Regular sessions of its contract that are known; null when not told. */
  sessions: readonly TradingSession[] | null;
}

/** Of an order whose entry is not there. */
const MISSING_PARENT = 10006;

/** Takes an order, or rejects it with the reason; what is asked of cash is asked when it fills (rule 18). */
export function takeOrder(
  account: PaperAccount,
  handed: HandedOrder,
  terms: PaperTerms
): {account: PaperAccount; events: PaperEvent[]} {
  const draft = new Draft(account, terms);
  const order = workingOf(account, handed, terms);
  const reason = refusal(order, handed.sessions, terms);
  const parent = draft.orders.find(({orderId}) => orderId === handed.parentId);
  draft.orders.push(order);
  if (reason !== null) draft.end(order, "rejected", reason);
  else if (handed.parentId !== 0 && !parent)
    draft.end(order, "rejected", "its entry is not there", MISSING_PARENT);
  else {
    if (handed.transmit) transmit(draft, order);
    draft.tell({kind: "taken", order});
  }
  return draft.done();
}

/** Takes orders back by their numbers; those that do not wait are left out. */
export function cancelOrders(
  account: PaperAccount,
  orderIds: ReadonlySet<number>,
  terms: PaperTerms
): {account: PaperAccount; events: PaperEvent[]} {
  const draft = new Draft(account, terms);
  for (const order of draft.orders)
    if (orderIds.has(order.orderId) && order.units > 0) draft.end(order, "cancelled", "taken back");
  return draft.done();
}

/** The last order of a bracket sends the others of it to work. */
function transmit(draft: Draft, order: WorkingOrder): void {
  const entry = order.parentId === 0 ? order.orderId : order.parentId;
  for (const other of draft.orders) {
    if (other.transmitted || (other.orderId !== entry && other.parentId !== entry)) continue;
    other.transmitted = true;
    if (other !== order) draft.tell({kind: "changed", order: other});
  }
}

function workingOf(account: PaperAccount, handed: HandedOrder, {rules, now}: PaperTerms): WorkingOrder {
  const {intent, orderId, permId, parentId, sessions} = handed;
  const side = intent.action === "BUY" ? 1 : -1;
  const seen = account.seen.get(intent.contract.conId);
  return {
    intent,
    orderId,
    permId,
    parentId,
    type: typeOf(intent),
    side,
    takenAt: now,
    endsAt: endOf(intent, sessions, now),
    transmitted: false,
    units: rules.wholeUnits ? Math.trunc(intent.quantity) : intent.quantity,
    filled: 0,
    spent: 0,
    charged: 0,
    woken: parentId === 0 ? null : 0,
    best: intent.type === "TRAIL" ? ((side > 0 ? seen?.ask : seen?.bid) ?? null) : null,
    elected: false,
    problem: null
  };
}

/** An order for the opening is one for the open, whatever its type is called. */
function typeOf({type, tif}: OrderIntent): OrderType {
  if (tif !== "OPG") return type;
  return type === "MKT" ? "MOO" : type === "LMT" ? "LOO" : type;
}

function endOf(
  {tif, until, type}: OrderIntent,
  sessions: readonly TradingSession[] | null,
  now: number
): number | null {
  if (tif === "GTD") return until ?? null;
  const isOfOpen = tif === "OPG" || type === "MOO" || type === "LOO";
  if (tif === "DAY" && !isOfOpen) return endOfDay(sessions, now);
  return type === "MOC" || type === "LOC" ? endOfDay(sessions, now) : null;
}

const HAS_LIMIT: ReadonlySet<OrderType> = new Set(["LMT", "STP LMT", "LOO", "LOC"]);
const HAS_STOP: ReadonlySet<OrderType> = new Set(["STP", "STP LMT"]);

/** Returns why an order cannot be taken; null when it can. */
function refusal(
  order: WorkingOrder,
  sessions: readonly TradingSession[] | null,
  terms: PaperTerms
): string | null {
  const {intent, type, units} = order;
  const {quantity, limit, stop, trail, tif, until, contract} = intent;
  if (!(quantity > 0 && quantity < Infinity)) return `the quantity is ${quantity}`;
  if (!(units > 0)) return `it is for less than a unit: ${quantity}`;
  if (!(contract.multiplier > 0)) return `the multiplier of ${contract.symbol} is not known`;
  if (HAS_LIMIT.has(type) !== (limit !== undefined))
    return `${type} ${limit === undefined ? "needs a" : "takes no"} limit`;
  if (HAS_STOP.has(type) !== (stop !== undefined))
    return `${type} ${stop === undefined ? "needs a" : "takes no"} stop price`;
  if ((type === "TRAIL") !== (trail !== undefined)) return `${type} and a trail do not go together`;
  if ((tif === "IOC" || tif === "FOK") && type !== "MKT" && type !== "LMT")
    return `${tif} goes with MKT and LMT`;
  if ((tif === "GTD") !== (until !== undefined)) return "GTD and a last moment go together";
  if (until !== undefined && until <= terms.now) return "its last moment is over";
  if (isOfAuction(order) && !sessions?.some(({to}) => terms.now < to))
    return `the sessions of ${contract.symbol} are not known, and ${type} waits for one`;
  return terms.costsOf(contract)
    ? null
    : `nobody has said what trading ${contract.secType} in ${contract.currency} costs`;
}
