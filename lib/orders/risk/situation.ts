import type {OrderContract, OrderIntent} from "../order.js";

/** What new orders may do: all, only reduce what is held, or nothing. */
export type TradingState = "ACTIVE" | "REDUCING" | "HALTED";

/** A market price as it came. */
export interface Quote {
  bid: number | null;
  ask: number | null;
  last: number | null;
  /** Whether it is of this moment; anything else gives no collar. */
  kind: "live" | "delayed" | "frozen" | "delayed-frozen";
  /** When it came, milliseconds since 1970 UTC. */
  at: number;
}

/** A position, or what is on order of a contract. */
export interface Stake {
  contract: OrderContract;
  /** Below zero when short, or for a sale. */
  units: number;
  /** In base currency, not below zero; null where a price or a rate is missing. */
  notional: number | null;
}

/** What IBKR says an order would do to the margin; a number that it leaves out is null. */
export interface WhatIf {
  equityWithLoanAfter: number | null;
  initMarginAfter: number | null;
}

/** All that a decision rests on, as it is at its moment. */
export interface Situation {
  /** Milliseconds since 1970 UTC. */
  now: number;
  state: TradingState;
  /** `KILL_SWITCH` of the settings. */
  isKilledBySetting: boolean;
  /** The one that a person or a rule has thrown, with who and why. */
  kill: {by: string; reason: string} | null;
  /** Why nothing can be sent at this moment; null when it can. */
  blocked: string | null;
  /** Contracts that wait for reconciliation. */
  locked: ReadonlySet<number>;
  /** Of the contract to be traded. */
  quote: Quote | null;
  /** Price of what it is on, live; null where there is none. */
  underlying: number | null;
  /** Units of base for one of the contract's currency; null where there is none. */
  rate: number | null;
  /** All that is held in the account. */
  positions: readonly Stake[];
  /** What works: units signed, of each order the rest; of the order's own group what is more than the order itself. */
  working: readonly Stake[];
  /** Whether an order of its group has filled: one fill takes the others away. */
  isGroupFilled: boolean;
  /** Intents of this account that went out lately, any order. */
  recent: readonly Pick<OrderIntent, "at" | "contract" | "action" | "quantity" | "type" | "limit" | "stop">[];
  /** Net asset value at the last session's close plus flows since less net liquidation, in base; null with the reason. */
  dailyLoss: {loss: number | null; reason: string | null};
  /** Whether the contract trades now; null where its hours are not known. */
  isOpen: boolean | null;
  /** Null where it was not asked for, or cannot be. */
  whatIf: WhatIf | null;
  /** Whether the broker has margins at all: without them the rule does not apply. */
  hasMargin: boolean;
}

/** Age from which a live quote is stale, in milliseconds. */
export const STALE_MS = 15_000;

/** Returns the price to hold an order against: between bid and ask, else the last; null when none is live and fresh. */
export function referencePrice({quote, now}: Pick<Situation, "quote" | "now">): number | null {
  if (!quote || quote.kind !== "live" || now - quote.at > STALE_MS) return null;
  const {bid, ask, last} = quote;
  if (bid !== null && ask !== null && bid > 0 && ask >= bid) return (bid + ask) / 2;
  return last !== null && last > 0 ? last : null;
}

/** Returns the units that an order would change the position by. */
export const signedUnits = ({action, quantity}: Pick<OrderIntent, "action" | "quantity">): number =>
  action === "BUY" ? quantity : -quantity;

/** Tells whether an order only reduces what is held, what already works to reduce it counted. */
export function onlyReduces(intent: OrderIntent, {positions, working}: Situation): boolean {
  const units = signedUnits(intent);
  const of = (stakes: readonly Stake[]) =>
    stakes.filter(({contract}) => contract.conId === intent.contract.conId);
  const held = of(positions).reduce((sum, stake) => sum + stake.units, 0);
  if (held * units >= 0) return false;
  const reducing = of(working).reduce((sum, stake) => sum + (stake.units * held < 0 ? stake.units : 0), 0);
  return Math.abs(units + reducing) <= Math.abs(held) + 1e-9;
}
