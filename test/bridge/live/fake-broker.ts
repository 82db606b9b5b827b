import type {Broker, BrokerEvent, ContractFacts} from "../../../bridge/broker/broker.js";
import type {AccountFigures, LivePosition, LiveQuote} from "../../../lib/live/figures.js";
import {linkStatus, shareFacts} from "../broker-told.js";

/** What tests of live data need of a broker: it tells what it is told to tell, and counts its open lines. */
export function fakeBroker() {
  const listeners = new Set<(event: BrokerEvent) => void>();
  const quotes = new Map<number, LiveQuote>();
  const told = {
    isUp: true,
    open: [] as number[],
    accounts: [] as AccountFigures[],
    positions: [] as LivePosition[]
  };
  const broker = {
    kind: "ibkr",
    clientId: 1,
    status: () => linkStatus({phase: told.isUp ? "ready" : "waiting"}),
    accounts: () => told.accounts.map(({account}) => account),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async contracts({conId = 0}) {
      if (!told.isUp) throw new Error("the link is down");
      return conId === UNKNOWN ? [] : [factsOf(conId)];
    },
    quote: (conId) => quotes.get(conId) ?? null,
    watchQuote({contract: {conId}}) {
      told.open.push(conId);
      return () => void told.open.splice(told.open.indexOf(conId), 1);
    },
    figures: (account) => told.accounts.find((one) => one.account === account) ?? null,
    positions: () => told.positions
  } satisfies Partial<Broker>;
  return {
    broker: broker as unknown as Broker, // what live data asks of one
    told,
    quotes,
    tell: (event: BrokerEvent) => {
      for (const listener of listeners) listener(event);
    }
  };
}

/** A contract that the fake does not know. */
export const UNKNOWN = 404;

const factsOf = (conId: number): ContractFacts =>
  shareFacts(conId, "AAA", {primaryExchange: "NYSE", steps: []});

export const positionOf = (account: string, conId: number, units: number): LivePosition => ({
  account,
  contract: factsOf(conId).contract,
  label: "AAA",
  units,
  averageCost: 9,
  price: 10,
  priceAt: 0,
  value: 10 * units,
  unrealized: units,
  daily: 0
});
