import type {JournalBody} from "../../lib/orders/journal.js";
import type {OrderIntent} from "../../lib/orders/order.js";
import {FINAL} from "../../lib/orders/state.js";
import type {Broker} from "../broker/broker.js";
import type {DeskLog} from "./desk-log.js";

interface SenderOptions {
  log: DeskLog;
  broker: Broker;
  /** Why nothing may go out at this very moment; null when it may. */
  stopped: () => string | null;
  now: () => number;
}

/** The one place from which orders and cancels go to a broker. */
export class Sender {
  readonly #log: DeskLog;
  readonly #broker: Broker;
  readonly #stopped: () => string | null;
  readonly #now: () => number;
  /** Orders that wait for the rate, by intent. */
  readonly #placing = new Map<string, Promise<boolean>>();

  constructor({log, broker, stopped, now}: SenderOptions) {
    this.#log = log;
    this.#broker = broker;
    this.#stopped = stopped;
    this.#now = now;
  }

  /**
   * Sends an order with its children, once: that it is being sent is on the disk before a byte leaves. What does not
   * reach the wire is settled as not sent; nothing is ever tried again.
   */
  async send(family: readonly OrderIntent[]): Promise<void> {
    this.#log.refresh(); // a kill switch may have been thrown in another process
    const stopped = this.#stopped();
    const at = this.#now();
    if (stopped !== null) return this.#settle(family, stopped);
    const first = this.#broker.takeOrderId(this.#log.book.greatestOrderId);
    const ids = family.map((_, i) => (i === 0 ? first : this.#broker.takeOrderId(first)));
    const {clientId} = this.#broker;
    const bodies = family.map((intent, i): JournalBody => ({
      kind: "event",
      intent: intent.id,
      event: {kind: "sending", at, orderId: ids[i], clientId}
    }));
    this.#log.append(...bodies);
    const results = await Promise.all(
      family.map((intent, i) => {
        const parent = family.findIndex(({id}) => id === intent.parent);
        const order = {intent, orderId: ids[i], transmit: i === family.length - 1};
        const placed = this.#broker
          .place(parent < 0 ? order : {...order, parentId: ids[parent]})
          .then((isSent) => {
            this.#placing.delete(intent.id);
            if (!isSent) this.#settle([intent], "it did not reach the wire");
            return isSent;
          });
        this.#placing.set(intent.id, placed);
        return placed;
      })
    );
    if (results[0] && results.includes(false)) await this.cancel([family[0].id]); // a part of a bracket is no bracket
  }

  /**
   * Hands cancels to the wire; those that the link does not take are sent by {@link resume}.
   * @returns by id, whether it went out
   */
  async cancel(ids: readonly string[]): Promise<Map<string, boolean>> {
    const at = this.#now();
    const open = ids.flatMap((id) => {
      const order = this.#log.book.get(id);
      return order && !FINAL.has(order.state.status) && order.state.orderId !== null ? [order] : [];
    });
    const fresh = open.filter(({state}) => state.status !== "cancelling");
    this.#log.append(
      ...fresh.map(({intent}): JournalBody => ({
        kind: "event",
        intent: intent.id,
        event: {kind: "cancelling", at}
      }))
    );
    const results = await Promise.all(
      open.map(async ({intent, state}) => {
        const placing = this.#placing.get(intent.id);
        if (placing && !(await placing)) return [intent.id, true] as const; // it never left: there is nothing to cancel
        return [intent.id, await this.#broker.cancel(state.orderId!)] as const; // open ones have a number
      })
    );
    return new Map(results);
  }

  /** Whether an order is being looked into or waits for its turn on the wire. */
  isPlacing(id: string): boolean {
    return this.#placing.has(id);
  }

  /** Sends the cancels again that nothing was heard of, a cancel may be sent twice, and those of more orders. */
  async resume(more: readonly string[] = []): Promise<void> {
    const waiting = this.#log.book.open(this.#broker.kind).filter(({state}) => state.status === "cancelling");
    await this.cancel([...waiting.map(({intent}) => intent.id), ...more]);
  }

  #settle(family: readonly OrderIntent[], by: string): void {
    const at = this.#now();
    this.#log.append(
      ...family.map(({id}): JournalBody => ({
        kind: "event",
        intent: id,
        event: {kind: "settled", at, as: "not-sent", by}
      }))
    );
  }
}
