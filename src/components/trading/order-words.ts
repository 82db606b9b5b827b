import type {OrderRow, TradingStatus} from "../../lib/orders/desk.js";
import type {LinkStatus} from "../../lib/live/link.js";
import type {OrderStatus} from "../../lib/orders/state.js";

/** What has become of an order, for a person. */
export const STATUS_WORDS: Readonly<Record<OrderStatus, string>> = {
  intent: "written down",
  sent: "sent",
  held: "held",
  working: "working",
  "partly-filled": "partly filled",
  cancelling: "being cancelled",
  blocked: "blocked",
  filled: "filled",
  cancelled: "cancelled",
  rejected: "refused",
  "not-sent": "not sent",
  unknown: "unknown"
};

const ENDED: ReadonlySet<OrderStatus> = new Set(["filled", "cancelled", "rejected", "not-sent"]);

/** Tells whether an order may still be cancelled. */
export const isOpen = ({status}: Pick<OrderRow, "status">): boolean => !ENDED.has(status);

/** Returns how loud a status is. */
export function statusTone(status: OrderStatus): "plain" | "info" | "warning" | "error" {
  if (status === "rejected" || status === "unknown") return "error";
  if (status === "blocked" || status === "cancelling" || status === "not-sent") return "warning";
  return ENDED.has(status) ? "plain" : "info";
}

/** Returns open orders first, of each the latest first. */
export function inOrder(rows: readonly OrderRow[]): OrderRow[] {
  return rows.toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.at - a.at);
}

/** Returns the rows with those that changed in their place, and those that are new. */
export function merged(rows: readonly OrderRow[], changes: Iterable<OrderRow>): OrderRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of changes) {
    const known = byId.get(row.id);
    if (!known || row.changedAt >= known.changedAt) byId.set(row.id, row);
  }
  return [...byId.values()];
}

/** Returns the name of where orders go, as its badge shows it. */
export function modeName({mode}: Pick<TradingStatus, "mode">): "PAPER" | "IBKR PAPER" | "LIVE" {
  if (mode === "live") return "LIVE";
  return mode === "ibkr-paper" ? "IBKR PAPER" : "PAPER";
}

/** Returns a link in one line: where it stands, how quick it is. */
export function linkInWords({phase, sentence, latencyMs}: LinkStatus): string {
  if (phase !== "ready") return sentence;
  return latencyMs === null ? sentence : `${sentence}, ${Math.round(latencyMs)} ms`;
}
