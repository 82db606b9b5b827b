import type {OrderType} from "../backtest/contract.js";

/** What is traded: fields of IBKR's contract that tell one from another. */
export interface OrderContract {
  /** IBKR's number of the contract. */
  conId: number;
  symbol: string;
  secType:
    | "STK"
    | "OPT"
    | "FUT"
    | "FOP"
    | "CASH"
    | "BOND"
    | "IND"
    | "CFD"
    | "FUND"
    | "CRYPTO"
    | "WAR"
    | "CMDTY";
  /** ISO code. */
  currency: string;
  exchange: string;
  /** Units of what is delivered for one contract; 1 for shares. */
  multiplier: number;
}

/** How long a live order waits. */
export type LiveTimeInForce = "DAY" | "GTC" | "GTD" | "IOC" | "FOK" | "OPG";

/** What a person or a strategy wants done, as it is written down before anything is sent. It never changes. */
export interface OrderIntent {
  /** A UUID. */
  id: string;
  /** When it was written down, milliseconds since 1970 UTC. */
  at: number;
  account: string;
  contract: OrderContract;
  action: "BUY" | "SELL";
  /** > 0. */
  quantity: number;
  type: OrderType;
  /** Of LMT, STP LMT, LOO, LOC, in the contract's currency. */
  limit?: number;
  /** Of STP, STP LMT. */
  stop?: number;
  /** How far a TRAIL stays behind, an amount or a fraction. */
  trail?: {amount: number} | {fraction: number};
  tif: LiveTimeInForce;
  /** Of GTD: the last moment, milliseconds since 1970 UTC. */
  until?: number;
  /** May fill outside regular trading hours. */
  outsideHours?: boolean;
  /** Intent whose fill brings this one to life. */
  parent?: string;
  /** Group of which one fill takes the others away. */
  oca?: string;
  /** Only ever reduces what is held. */
  reduceOnly?: boolean;
  /** Strategy that wants it; absent for a person's own. */
  strategy?: string;
}

const PREFIX = "app:";

/** Returns the reference that an order carries to IBKR and back, in its executions and in Flex. */
export const orderRefOf = ({id}: Pick<OrderIntent, "id">): string => `${PREFIX}${id}`;

/** Returns the intent that a reference names; undefined for an order of another program or of a person's hand. */
export function intentOfRef(ref: string | undefined): string | undefined {
  return ref?.startsWith(PREFIX) && ref.length > PREFIX.length ? ref.slice(PREFIX.length) : undefined;
}
