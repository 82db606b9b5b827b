import {ExecutionBook, type CommissionReport, type Execution, type Fill} from "./executions.js";
import type {OrderIntent} from "./order.js";

/** Statuses as IBKR's API names them. */
export const IB_STATUSES = [
  "ApiPending",
  "PendingSubmit",
  "PendingCancel",
  "PreSubmitted",
  "Submitted",
  "ApiCancelled",
  "Cancelled",
  "Filled",
  "Inactive"
] as const;
export type IbStatus = (typeof IB_STATUSES)[number];

/** What has become of an order, as the desk says it. */
export type OrderStatus =
  /** Written down, not handed to the wire. */
  | "intent"
  /** Handed to the wire, nothing heard. */
  | "sent"
  /** IBKR has it; it waits for something: its parent, its hours, a stop price. */
  | "held"
  | "working"
  /** Some of it is filled, the rest works. */
  | "partly-filled"
  /** A cancel is on its way; it may still fill. */
  | "cancelling"
  /** Inactive: IBKR waits for someone, or has refused it; it may come to life. */
  | "blocked"
  | "filled"
  /** Ended before it was filled whole; what was filled counts. */
  | "cancelled"
  | "rejected"
  /** All three lists of IBKR's lack it and reach back to its time: it never arrived. */
  | "not-sent"
  /** The lists do not reach back so far; its contract stays locked until Flex or a person settles it. */
  | "unknown";

/** Statuses that nothing but a late fill changes. */
export const FINAL: ReadonlySet<OrderStatus> = new Set(["filled", "cancelled", "rejected", "not-sent"]);

/** What happens to an order, as it is written into the journal. */
export type OrderEvent =
  /** About to be handed to the wire, under this number. */
  | {kind: "sending"; at: number; orderId: number; clientId: number}
  /** A cancel is about to be handed to the wire. */
  | {kind: "cancelling"; at: number}
  | {kind: "status"; at: number; status: IbStatus; filled: number; remaining: number; permId: number}
  | {kind: "execution"; at: number; execution: Execution}
  | {kind: "commission"; at: number; report: CommissionReport}
  /** An error that names the order. */
  | {kind: "error"; at: number; code: number; message: string}
  /** What reconciliation, Flex or a person has decided. */
  | {kind: "settled"; at: number; as: "not-sent" | "unknown" | "cancelled" | "rejected"; by: string};

/** Where an order stands. */
export interface OrderState {
  readonly intent: OrderIntent;
  readonly status: OrderStatus;
  /** Units filled, by executions alone. */
  readonly filled: number;
  /** Units that IBKR says are filled, when it is more: executions are still to come. */
  readonly toldFilled: number;
  /** Mean price of the fills; NaN when there are none. */
  readonly averagePrice: number;
  readonly orderId: number | null;
  readonly clientId: number | null;
  readonly permId: number | null;
  /** Last error that named it. */
  readonly problem: {code: number; message: string} | null;
  readonly fills: readonly Fill[];
}

/** Errors that end an order that is named by them: IBKR refused it. */
const REJECTIONS: ReadonlySet<number> = new Set([103, 109, 110, 200, 201, 203, 321, 322, 10006]);
const CANCELLED = 202;
/** A cancel came too late, or there was nothing to cancel: the order is what it was. */
const CANCEL_REFUSED: ReadonlySet<number> = new Set([161, 10147, 10148, 10149]);

/** Rests of units that float sums leave. */
const DUST = 1e-9;

/**
 * Returns where an order stands after its events. What ends an order counts whenever it came, what it was doing before
 * counts by the last word; so events may repeat and those of an end may come in any order. It never leaves `filled`; a
 * fill that comes after a cancel counts.
 */
export function stateOf(intent: OrderIntent, events: Iterable<OrderEvent>): OrderState {
  const book = new ExecutionBook();
  let [orderId, clientId, permId]: [number | null, number | null, number | null] = [null, null, null];
  let [isCancelled, isRejected, isCancelling] = [false, false, false];
  let working: "sent" | "held" | "working" | "blocked" | null = null;
  let settled: "not-sent" | "unknown" | null = null;
  let [toldFilled, isToldFilled] = [0, false];
  let problem: OrderState["problem"] = null;
  for (const event of events) {
    switch (event.kind) {
      case "sending":
        ({orderId, clientId} = event);
        working ??= "sent";
        break;
      case "cancelling":
        isCancelling = true;
        break;
      case "status":
        if (event.permId > 0) permId = event.permId;
        toldFilled = Math.max(toldFilled, event.filled);
        if (event.status === "Filled") isToldFilled = true;
        else if (event.status === "Cancelled" || event.status === "ApiCancelled") isCancelled = true;
        else if (event.status === "PendingCancel") isCancelling = true;
        else if (working === null || WORKING[event.status] !== "sent") working = WORKING[event.status];
        settled = null; // IBKR knows it after all
        break;
      case "execution":
        if (event.execution.permId > 0) permId = event.execution.permId;
        book.add(event.execution);
        settled = null;
        break;
      case "commission":
        book.addCommission(event.report);
        break;
      case "error":
        problem = {code: event.code, message: event.message};
        if (event.code === CANCELLED) isCancelled = true;
        else if (CANCEL_REFUSED.has(event.code)) isCancelling = false;
        else if (REJECTIONS.has(event.code)) isRejected = true;
        break;
      case "settled":
        if (event.as === "cancelled") isCancelled = true;
        else if (event.as === "rejected") isRejected = true;
        else settled = event.as;
    }
  }
  const fills = book.fills();
  const filled = fills.reduce((sum, {shares}) => sum + shares, 0);
  const value = fills.reduce((sum, {shares, price}) => sum + shares * price, 0);
  const isFilled = isToldFilled || filled >= intent.quantity - DUST;
  return {
    intent,
    status: statusOf({isFilled, isCancelled, isRejected, isCancelling, working, settled, filled}),
    filled,
    toldFilled: Math.max(toldFilled, isToldFilled ? intent.quantity : 0),
    averagePrice: value / filled,
    orderId,
    clientId,
    permId,
    problem,
    fills
  };
}

const WORKING = {
  ApiPending: "sent",
  PendingSubmit: "sent",
  PreSubmitted: "held",
  Submitted: "working",
  Inactive: "blocked"
} as const;

interface Facts {
  isFilled: boolean;
  isCancelled: boolean;
  isRejected: boolean;
  isCancelling: boolean;
  working: "sent" | "held" | "working" | "blocked" | null;
  settled: "not-sent" | "unknown" | null;
  filled: number;
}

function statusOf({isFilled, isCancelled, isRejected, isCancelling, ...facts}: Facts): OrderStatus {
  if (isFilled) return "filled";
  if (isCancelled) return "cancelled";
  if (isRejected) return facts.filled > 0 ? "cancelled" : "rejected";
  if (facts.settled) return facts.settled;
  if (isCancelling) return "cancelling";
  if (facts.filled > 0 && facts.working !== "blocked") return "partly-filled";
  return facts.working ?? "intent";
}
