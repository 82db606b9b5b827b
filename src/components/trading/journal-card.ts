import type {RiskEvent} from "../../lib/orders/desk.js";
import type {JournalEntry} from "../../lib/orders/journal.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {readJournal, verifyJournal, type Risk} from "./calls.js";
import {whom} from "./kill-words.js";
import {liveTable} from "./live-table.js";
import {clock} from "./times.js";

/** Lines of the journal that are shown, the latest. */
const SHOWN = 50;

interface JournalCard {
  node: HTMLElement;
  show(risk: Pick<Risk, "events">): void;
}

/** Returns what the risk gate decided lately, and the journal behind it with the check of its chain. */
export function journalCard(): JournalCard {
  const events = liveTable<RiskEvent & {key: string}>({
    label: "Decisions",
    heads: ["Time", "What", "Says", "Why"],
    keyOf: ({key}) => key,
    empty: "Nothing was decided yet.",
    cells: ({at, kind, allowed, reason}) => [
      clock(at),
      kind.replace("-", " "),
      allowed === null
        ? ""
        : h("span", {class: allowed ? "good" : "bad"}, allowed ? "✓ allowed" : "✗ refused"),
      h("span", {class: "live-text"}, reason || "every rule passed")
    ]
  });
  const lines = liveTable<JournalEntry>({
    label: "Journal",
    heads: ["#Line", "Time", "What", "Hash"],
    keyOf: ({seq}) => String(seq),
    empty: "The journal is empty.",
    cells: (entry) => [
      String(entry.seq),
      clock(entry.at),
      h("span", {class: "live-text"}, entryInWords(entry)),
      h("code", {"data-tip": entry.hash}, entry.hash.slice(0, 10))
    ]
  });
  const check = h("p", {class: "small", role: "status"});
  const verify = h(
    "button",
    {type: "button", class: "button quiet", onclick: () => void read()},
    "Verify the journal"
  );
  const place = h("div");

  async function read(): Promise<void> {
    verify.disabled = true;
    try {
      const {lines: count, head, problem} = await verifyJournal();
      check.className = `small ${problem ? "bad" : "good"}`;
      check.textContent = problem
        ? `${problem.sentence} (${count} lines before it hold)`
        : `${count} lines hold, each as it was written; the last has the hash ${head.slice(0, 16)}…`;
      lines.show((await readJournal(Math.max(0, count - SHOWN))).toReversed());
      place.replaceChildren(lines.node);
    } catch (error) {
      check.className = "small bad";
      check.textContent = (error as Error).message;
    }
    verify.disabled = false;
  }

  const content = h(
    "div",
    {class: "stack-small"},
    events.node,
    h("div", {class: "data-buttons"}, verify),
    check,
    place
  );
  const node = chartCard(() => content, {
    title: "Decisions and journal",
    finding: "What the risk gate decided lately, and whether the journal is as it was written.",
    definition:
      "Each order is written down before it is sent, each line with the hash of the one before: who changes a line breaks every one after it."
  });
  return {
    node,
    show: ({events: told}) =>
      events.show(
        told.map((event, i) => ({...event, key: `${event.at} ${event.order ?? ""} ${told.length - i}`}))
      )
  };
}

function entryInWords({body}: JournalEntry): string {
  switch (body.kind) {
    case "intent": {
      const {action, quantity, contract} = body.intent;
      return `intent: ${action === "BUY" ? "buy" : "sell"} ${quantity} ${contract.symbol}`;
    }
    case "decision":
      return body.decision.allowed ? "decision: allowed" : `decision: refused, ${body.decision.reason ?? ""}`;
    case "event":
      return `${body.event.kind}${body.event.kind === "status" ? `: ${body.event.status}` : ""}`;
    case "control":
      return `${body.control.what}, by ${whom(body.by)}`;
    default:
      return body.kind;
  }
}
