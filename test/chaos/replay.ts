import type {JournalEntry} from "../../lib/orders/journal.js";
import type {OrderIntent} from "../../lib/orders/order.js";
import {type OrderEvent, type OrderState, stateOf} from "../../lib/orders/state.js";

/** An order as its lines in the journal have it. */
export interface Seen {
  state: OrderState;
  events: {seq: number; event: OrderEvent}[];
}

/** What somebody else traded. */
interface Stranger {
  account: string;
  conId: number;
  side: "BOT" | "SLD";
  shares: number;
}

/** Where orders stand by the journal alone, and what others traded; each execution once, as it was last told. */
export function replay(entries: readonly JournalEntry[]): {
  states: Map<string, Seen>;
  strangers: Stranger[];
} {
  const intents = new Map<string, OrderIntent>();
  const events = new Map<string, Seen["events"]>();
  const strangers = new Map<string, Stranger>();
  for (const {seq, body} of entries) {
    if (body.kind === "intent") intents.set(body.intent.id, body.intent);
    if (body.kind === "event")
      events.set(body.intent, [...(events.get(body.intent) ?? []), {seq, event: body.event}]);
    if (body.kind === "stranger" && body.event.kind === "execution") {
      const {execution} = body.event;
      strangers.set(execution.execId.slice(0, execution.execId.lastIndexOf(".")), execution);
    }
  }
  const states = new Map(
    [...intents].map(([id, intent]): [string, Seen] => {
      const own = events.get(id) ?? [];
      return [
        id,
        {
          state: stateOf(
            intent,
            own.map(({event}) => event)
          ),
          events: own
        }
      ];
    })
  );
  return {states, strangers: [...strangers.values()]};
}
