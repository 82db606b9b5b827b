import type {LiveQuote} from "../../../lib/live/figures.js";
import type {Log} from "../../log.js";
import type {Broker, BrokerEvent} from "../broker.js";
import {createAccounts} from "./account.js";
import {createContracts} from "./contracts.js";
import {createLists} from "./lists.js";
import {createOrders} from "./orders.js";
import {createPositions} from "./positions.js";
import {createQuotes} from "./quotes.js";
import type {Wire} from "./wire.js";

/** A stream of the broker's, for the health page. */
export interface StreamHealth {
  name: "quotes" | "account" | "positions";
  /** When the last of it came, milliseconds since 1970 UTC; null before. */
  at: number | null;
  /** What is the matter with it; null where nothing is. */
  problem: string | null;
}

/** IBKR over one wire. */
export interface IbkrBroker extends Broker {
  readonly kind: "ibkr";
  streams(): readonly StreamHealth[];
}

export interface IbkrOptions {
  /** Closed with the broker. */
  wire: Wire;
  log: Pick<Log, "error">;
  /** Milliseconds since 1970 UTC. */
  now?: () => number;
  /** Market-data lines of the account; 100 when not told. */
  lines?: number;
}

/** Makes a broker of a wire: orders and lists, contracts, quotes, accounts, positions. */
export function createIbkrBroker({wire, log, now = Date.now, lines}: IbkrOptions): IbkrBroker {
  const listeners = new Set<(event: BrokerEvent) => void>();
  const tell = (event: BrokerEvent): void => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log.error({err: error, kind: event.kind}, "ibkr: a listener failed"); // the others shall hear it all the same
      }
    }
  };

  const contracts = createContracts(wire, now);
  const {magnifierOf} = contracts;
  const orders = createOrders({wire, log, now, magnifierOf, tell});
  const lists = createLists({wire, now, magnifierOf});
  const quotes = createQuotes({
    wire,
    now,
    ...(lines !== undefined && {lines}),
    tell: (quote: LiveQuote) => tell({kind: "quote", quote})
  });
  const accounts = createAccounts({wire, now, tell: (figures) => tell({kind: "account", figures})});
  const positions = createPositions({wire, now, tell: (position) => tell({kind: "position", position})});
  const off = wire.onStatus((status) => tell({kind: "link", status}));

  return {
    kind: "ibkr",
    clientId: wire.clientId,
    hasMargin: true,
    status: () => wire.status(),
    accounts: () => wire.status().accounts,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    contracts: (ask) => contracts.find(ask),
    quote: (conId) => quotes.get(conId),
    watchQuote: (facts) => quotes.watch(facts),
    figures: (account) => accounts.figures(account),
    positions: (account) => positions.list(account),
    takeOrderId: (above) => orders.takeOrderId(above),
    place: (order) => orders.place(order),
    cancel: (orderId) => orders.cancel(orderId),
    dropQueue: () => orders.dropQueue(),
    cancelEverything: () => orders.cancelEverything(),
    whatIf: (intent) => orders.whatIf(intent),
    readLists: (signal) => lists.read(signal),
    streams: () => [
      {name: "quotes", at: quotes.lastAt(), problem: null},
      {name: "account", ...accounts.health()},
      {name: "positions", at: positions.lastAt(), problem: null}
    ],
    async close() {
      for (const part of [quotes, accounts, positions, orders, lists]) part.close();
      await wire.close();
      off();
    }
  };
}
