import {existsSync} from "node:fs";
import {onlyReducing} from "../../lib/orders/protective.js";
import type {KillAsk} from "../../lib/orders/desk.js";
import type {Broker} from "../broker/broker.js";
import type {DeskLog} from "./desk-log.js";
import {OrdersStore} from "./orders-store.js";
import type {Sender} from "./send.js";
import {heldPositions} from "./situation.js";
import type {CancelResult} from "./trading.js";

/**
 * Throws the kill switch, or lets go. Nothing goes out from the moment of the call: the line is written, and what waits
 * for the rate is dropped, before anything is waited for. Then working orders that could open or increase a position are
 * cancelled, one by one; those that only reduce one stay unless all are wanted.
 */
export async function throwKillSwitch(
  {on, reason, cancel}: KillAsk,
  by: string,
  {log, broker, sender}: {log: DeskLog; broker: Broker; sender: Sender}
): Promise<CancelResult[]> {
  log.append({kind: "control", by, control: {what: "kill-switch", on, reason}});
  if (!on) return [];
  broker.dropQueue();
  if (cancel === "none") return [];
  const open = log.book.open(broker.kind).filter(({state}) => state.orderId !== null);
  const kept =
    cancel === "all-ours"
      ? new Set<string>()
      : onlyReducing(
          open.map(({state}) => state),
          heldPositions({log})
        );
  const cancelled = await sender.cancel(open.map(({intent}) => intent.id).filter((id) => !kept.has(id)));
  return open.map(({intent: {id}, label}): CancelResult => {
    if (kept.has(id))
      return {order: id, label, what: "kept", sentence: `${label} only reduces what is held: it stays`};
    if (log.book.get(id)?.state.status === "not-sent")
      return {order: id, label, what: "dropped", sentence: `${label} had not left: it never will`};
    return cancelled.get(id)
      ? {order: id, label, what: "sent", sentence: `the cancel of ${label} is on the wire`}
      : {
          order: id,
          label,
          what: "queued",
          sentence: `the link is down: ${label} is cancelled when it is back`
        };
  });
}

/**
 * Throws the kill switch where no desk runs: one that starts, or that runs all the same, obeys it before its next order.
 * @param file the orders.db of the store
 */
export function throwKillSwitchOffline(
  file: string,
  {on, reason}: Pick<KillAsk, "on" | "reason">,
  by: string,
  now: number
): void {
  if (!existsSync(file) && !on) return;
  const store = new OrdersStore(file);
  try {
    store.append(now, [{kind: "control", by, control: {what: "kill-switch", on, reason}}]);
  } finally {
    store.close();
  }
}
