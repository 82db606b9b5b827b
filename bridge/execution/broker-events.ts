import type {JournalBody} from "../../lib/orders/journal.js";
import type {OrderEvent} from "../../lib/orders/state.js";
import type {BrokerEvent} from "../broker/broker.js";
import type {OrderBook} from "./order-book.js";

/**
 * Returns the line that an event of a broker's adds to the journal; null when it says nothing new, or of an order that
 * is not ours.
 * @throws RangeError for an execution that contradicts what it said before
 */
export function lineOf(
  event: BrokerEvent,
  book: OrderBook,
  {broker, at}: {broker: "paper" | "ibkr"; at: number}
): JournalBody | null {
  switch (event.kind) {
    case "order": {
      const order = book.find(event, broker);
      if (!order || isRepeated(event.event, order.events)) return null;
      return {kind: "event", intent: order.intent.id, event: event.event};
    }
    case "execution": {
      const {execution} = event;
      const told = {kind: "execution", at, execution} as const;
      if (book.isKnown(told)) return null;
      const order = book.find(execution, broker);
      return order ? {kind: "event", intent: order.intent.id, event: told} : {kind: "stranger", event: told};
    }
    case "commission": {
      const {report} = event;
      const owner = book.ownerOf(report.execId);
      const told = {kind: "commission", at, report} as const;
      if (book.isKnown(told)) return null;
      return owner ? {kind: "event", intent: owner, event: told} : {kind: "stranger", event: told};
    }
    default:
      return null;
  }
}

/** Tells whether the last event of its kind said the same, and we did nothing since: brokers say things twice. */
function isRepeated(
  event: Extract<OrderEvent, {kind: "status" | "error"}>,
  events: readonly OrderEvent[]
): boolean {
  const i = events.findLastIndex(({kind}) => kind === event.kind);
  if (i < 0 || events.slice(i + 1).some(({kind}) => OURS.has(kind))) return false;
  const last = events[i];
  if (last.kind === "status" && event.kind === "status")
    return (
      last.status === event.status &&
      last.filled === event.filled &&
      last.remaining === event.remaining &&
      last.permId === event.permId
    );
  return (
    last.kind === "error" &&
    event.kind === "error" &&
    last.code === event.code &&
    last.message === event.message
  );
}

/** What we do to an order: what a broker says after it is an answer. */
const OURS: ReadonlySet<OrderEvent["kind"]> = new Set(["sending", "cancelling", "settled"]);
