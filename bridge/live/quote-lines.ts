import type {Broker} from "../broker/broker.js";
import type {LiveTables} from "./tables.js";

interface Line {
  holders: number;
  /** Closes it at the broker; undefined until it is open there. */
  close: (() => void) | undefined;
  isAsking: boolean;
}

/** Lines of market data that pages hold: one a contract, open while anybody looks. */
export class QuoteLines {
  readonly #tables: LiveTables;
  readonly #lines = new Map<number, Line>();
  #broker: Broker | undefined;

  constructor(tables: LiveTables) {
    this.#tables = tables;
  }

  /** Holds a line; returns what frees it. It opens as soon as there is a broker whose link is up. */
  hold(conId: number): () => void {
    const line = this.#lines.get(conId) ?? {holders: 0, close: undefined, isAsking: false};
    this.#lines.set(conId, line);
    ++line.holders;
    void this.#open(conId, line);
    let isHeld = true;
    return () => {
      if (isHeld && --line.holders === 0) this.#drop(conId, line);
      isHeld = false;
    };
  }

  /** Opens at this broker all that is held and is not open there; to be called again when its link is up. */
  openAt(broker: Broker): void {
    if (this.#broker !== broker)
      for (const line of this.#lines.values()) {
        line.close?.();
        line.close = undefined;
      }
    this.#broker = broker;
    for (const [conId, line] of this.#lines) void this.#open(conId, line);
  }

  async #open(conId: number, line: Line): Promise<void> {
    const broker = this.#broker;
    if (!broker || line.close || line.isAsking) return;
    line.isAsking = true;
    const [facts] = await broker.contracts({conId}).catch(() => []); // the link is down: openAt comes again
    line.isAsking = false;
    if (broker !== this.#broker) return this.#open(conId, line);
    if (!facts || line.holders === 0) return;
    line.close = broker.watchQuote(facts);
    const quote = broker.quote(conId);
    if (quote) this.#tables.put("quotes", String(conId), quote);
  }

  #drop(conId: number, line: Line): void {
    line.close?.();
    line.close = undefined;
    this.#lines.delete(conId);
    this.#tables.remove("quotes", String(conId));
  }
}
