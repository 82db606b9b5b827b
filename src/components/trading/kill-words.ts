import type {CancelResult, OrderRow, TradingStatus} from "../../lib/orders/desk.js";

/** Returns who threw the kill switch, when and why; null while orders may go out. */
export function killInWords({
  kill,
  isKilledBySetting
}: Pick<TradingStatus, "kill" | "isKilledBySetting">): string | null {
  if (isKilledBySetting)
    return "No order goes out: KILL_SWITCH is set. Take it out of the settings and start the desk again.";
  if (!kill) return null;
  const time = new Date(kill.at).toLocaleString("en-GB", {dateStyle: "medium", timeStyle: "medium"});
  return `No order goes out: the kill switch was thrown on ${time} by ${whom(kill.by)}: ${kill.reason}`;
}

/** Returns in words who asked: a page shows a session, a script the token. */
export function whom(by: string): string {
  if (by === "session") return "a page";
  return by === "bearer" ? "a script with the token" : by;
}

const ENDED: ReadonlySet<OrderRow["status"]> = new Set(["filled", "cancelled", "rejected", "not-sent"]);

/** Returns what became of an order that a kill switch cancels, by its row as it is now; `done` when nothing more comes. */
export function cancelInWords(
  {what, sentence}: Pick<CancelResult, "what" | "sentence">,
  row: Pick<OrderRow, "status" | "filled" | "quantity"> | undefined
): {text: string; done: boolean} {
  if (what === "kept" || what === "dropped") return {text: sentence, done: true};
  if (!row || !ENDED.has(row.status)) return {text: sentence, done: false};
  if (row.status === "filled") return {text: "it filled before the cancel came", done: true};
  return {
    text: row.filled > 0 ? `cancelled; ${row.filled} of ${row.quantity} had filled` : "cancelled",
    done: true
  };
}
