import type {LiveQuote} from "../../../lib/live/figures.js";
import type {Log} from "../../log.js";
import type {Broker, BrokerEvent, ContractFacts} from "../broker.js";
import {createAccounts} from "./account.js";
import {type BarsAsk, type BrokerBar, historicalBars} from "./bars.js";
import {createContracts} from "./contracts.js";
import {createHistoricalPacing} from "./historical-pacing.js";
import {createLists} from "./lists.js";
import {createOrders} from "./orders.js";
import {createPositions} from "./positions.js";
import {createQuotes} from "./quotes.js";
import {realTimeBars} from "./real-time-bars.js";
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
  /** Bars of some days, oldest first, span by span, as IBKR's pacing allows. @throws Problem, see historicalBars */
  history(facts: ContractFacts, ask: BarsAsk, signal?: AbortSignal): AsyncGenerator<BrokerBar[]>;
  /** Tells each five seconds of a contract once they are over, until it is ended; a refusal in words. */
  watchBars(
    facts: ContractFacts,
    hear: (bar: BrokerBar) => void,
    hearProblem: (sentence: string) => void
  ): () => void;
}

export interface IbkrOptions {
  /** Closed with the broker. */
  wire: Wire;
  log: Pick<Log, "error">;
  /** Milliseconds since 1970 UTC. */
  now?: () => number;
  /** Milliseconds that only ever grow. */
  clock?: () => number;
  /** Market-data lines of the account; 100 when not told. */
  lines?: number;
}

/** Makes a broker of a wire: orders and lists, contracts, quotes, accounts, positions. */
export function createIbkrBroker(options: IbkrOptions): IbkrBroker {
  const {wire, log, now = Date.now, clock = () => performance.now(), lines} = options;
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
  const pacing = createHistoricalPacing(clock);
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
    history: (facts, ask, signal) => historicalBars({wire, pacing, now}, facts, ask, signal),
    watchBars: (facts, hear, hearProblem) => realTimeBars(wire, facts, hear, hearProblem),
    async close() {
      for (const part of [quotes, accounts, positions, orders, lists]) part.close();
      await wire.close();
      off();
    }
  };
}
