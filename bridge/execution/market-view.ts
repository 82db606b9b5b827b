import type {Broker, ContractFacts} from "../broker/broker.js";
import {Problem} from "../problem.js";

/** How long a first quote is waited for. */
const QUOTE_MS = 1500;

/** What a decision needs of the market. */
export interface MarketView {
  /** @throws Problem 422 for a contract that there is not */
  factsOf: (conId: number) => Promise<ContractFacts>;
  /** Runs with the quotes of a contract and of what it is on held open: the first of each there, or not to be had in time. */
  withQuotes: <T>(facts: ContractFacts, work: () => Promise<T>) => Promise<T>;
}

/** @param wait as `timers/promises` does it */
export function createMarketView(
  data: Broker,
  wait: (ms: number, signal: AbortSignal) => Promise<void>
): MarketView {
  async function factsOf(conId: number): Promise<ContractFacts> {
    const [facts] = await data.contracts({conId});
    if (!facts)
      throw new Problem(
        422,
        "no-such-contract",
        `there is no contract ${conId}: /api/contracts finds contracts by symbol`
      );
    return facts;
  }

  async function withQuotes<T>(facts: ContractFacts, work: () => Promise<T>): Promise<T> {
    const underlying = facts.underlying === null ? [] : await data.contracts({conId: facts.underlying});
    const all = [facts, ...underlying];
    const releases = all.map((each) => data.watchQuote(each));
    try {
      await firstQuotes(all.map(({contract}) => contract.conId));
      return await work();
    } finally {
      for (const release of releases) release();
    }
  }

  function firstQuotes(conIds: readonly number[]): Promise<void> {
    const missing = new Set(conIds.filter((conId) => data.quote(conId) === null));
    if (!missing.size) return Promise.resolve();
    return new Promise((resolve) => {
      const ending = new AbortController();
      const end = () => {
        ending.abort();
        off();
        resolve();
      };
      const off = data.subscribe((event) => {
        if (event.kind === "quote") missing.delete(event.quote.conId);
        if (!missing.size) end();
      });
      wait(QUOTE_MS, ending.signal).then(end, () => undefined);
    });
  }

  return {factsOf, withQuotes};
}
