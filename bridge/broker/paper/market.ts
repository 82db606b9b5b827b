import type {LiveQuote} from "../../../lib/live/figures.js";
import {sessionAt, type Tick, tickOf} from "../../../lib/orders/paper/tick.js";
import type {Broker, ContractFacts} from "../broker.js";

/** Where the paper broker has contracts, prices and rates from: a broker, or bars that are played again. */
export interface PaperData extends Pick<
  Broker,
  "status" | "accounts" | "figures" | "contracts" | "quote" | "watchQuote" | "subscribe"
> {
  /** Of bars that are played: the prices of one moment together, with the ways between them. */
  onTicks?(listener: (ticks: readonly Tick[]) => void): () => void;
}

/** The market as the paper broker sees it. */
export interface PaperMarket {
  /** What is known of a contract; asked for once. @throws Problem as the data's broker does */
  facts(conId: number): Promise<ContractFacts>;
  known(conId: number): ContractFacts | undefined;
  /** Contracts that were wanted, and that the data does not have: nobody will quote them. */
  readonly gone: ReadonlySet<number>;
  /** Holds lines open for these contracts, and no others. */
  watch(conIds: ReadonlySet<number>): void;
  /** Returns units of `base` for one of a currency; null where the data has none. */
  rateOf(currency: string, base: string): number | null;
  close(): void;
}

/**
 * Joins the paper broker to its data.
 * @param now milliseconds since 1970 UTC
 * @param heard is called with the prices of each moment
 * @param lost is called when a contract that is watched turns out to be gone
 */
export function joinMarket(
  data: PaperData,
  now: () => number,
  {heard, lost}: {heard: (ticks: readonly Tick[]) => void; lost: (conId: number) => void}
): PaperMarket {
  const known = new Map<number, ContractFacts>();
  const asked = new Map<number, Promise<ContractFacts>>();
  const lines = new Map<number, (() => void) | null>();
  const volumes = new Map<number, number | null>();
  const gone = new Set<number>();

  const facts = (conId: number): Promise<ContractFacts> => {
    const before = asked.get(conId);
    const last = known.get(conId)?.sessions?.at(-1);
    if (before && !(last && last.to < now())) return before;
    const asking = data.contracts({conId}).then((found) => {
      const one = found.find(({contract}) => contract.conId === conId);
      if (!one) {
        gone.add(conId);
        throw new RangeError(`there is no contract ${conId}`);
      }
      gone.delete(conId);
      known.set(conId, one);
      return one;
    });
    asked.set(conId, asking);
    asking.catch(() => asked.delete(conId)); // it is asked for again the next time
    return asking;
  };
  const open = (conId: number): void => {
    lines.set(conId, null);
    facts(conId).then(
      (one) => {
        if (lines.get(conId) === null) lines.set(conId, data.watchQuote(one));
      },
      () => {
        lines.delete(conId); // tried again with the next order or when the link is back
        if (gone.has(conId)) lost(conId);
      }
    );
  };
  const hear = (quote: LiveQuote): void => {
    const {conId, at, volume} = quote;
    const session = sessionAt(known.get(conId)?.sessions ?? null, at);
    if (session === undefined && known.get(conId)?.sessions) facts(conId).catch(() => undefined); // of the days to come
    const tick = tickOf(quote, volumes.get(conId) ?? null, session);
    volumes.set(conId, volume);
    heard([tick]);
  };

  let wanted: ReadonlySet<number> = new Set();
  const hold = (): void => {
    for (const conId of wanted) if (!lines.has(conId)) open(conId);
    for (const [conId, release] of lines) {
      if (wanted.has(conId)) continue;
      lines.delete(conId);
      release?.();
    }
  };
  const leave = [
    data.onTicks?.(heard),
    data.subscribe((event) => {
      if (event.kind === "quote" && !data.onTicks) hear(event.quote);
      else if (event.kind === "link" && event.status.phase === "ready") hold();
    })
  ];
  return {
    facts,
    known: (conId) => known.get(conId),
    gone,
    watch(conIds) {
      wanted = conIds;
      hold();
    },
    rateOf(currency, base) {
      if (currency === base) return 1;
      for (const account of data.accounts()) {
        const figures = data.figures(account);
        if (!figures) continue;
        const rate = (code: string) => (code === figures.currency ? 1 : figures.rates[code]);
        const [own, ours] = [rate(currency), rate(base)];
        if (own > 0 && ours > 0) return own / ours;
      }
      return null;
    },
    close() {
      for (const end of leave) end?.();
      wanted = new Set();
      hold();
    }
  };
}
