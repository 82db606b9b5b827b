import type {IbkrBroker} from "../bridge/broker/ibkr/ibkr.js";
import {createPaperBroker, type PaperBroker, type PaperOptions} from "../bridge/broker/paper/paper.js";
import {openPaperStore} from "../bridge/broker/paper/store.js";
import {OrdersStore} from "../bridge/execution/orders-store.js";

export interface DeskParts {
  orders: OrdersStore;
  ibkr: IbkrBroker;
  /** Null where orders go to IBKR. */
  paper: PaperBroker | null;
}

interface PartsOptions {
  /** File of the journal. */
  orders: string;
  /** File of the paper account; null where orders go to IBKR. */
  paper: string | null;
  connect: () => IbkrBroker;
  terms: Omit<PaperOptions, "data" | "store">;
}

/** Opens journal, link and paper account: all, or, where a file is not as it should be, nothing. */
export function openParts({orders, paper, connect, terms}: PartsOptions): DeskParts {
  const opened: {close(): unknown}[] = [];
  const open = <T extends {close(): unknown}>(part: T): T => {
    opened.push(part);
    return part;
  };
  try {
    const journal = open(new OrdersStore(orders));
    const store = paper === null ? null : open(openPaperStore(paper));
    const ibkr = open(connect());
    return {orders: journal, ibkr, paper: store && createPaperBroker({...terms, data: ibkr, store})};
  } catch (error) {
    for (const part of opened) void part.close();
    throw error;
  }
}
