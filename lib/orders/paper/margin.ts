import type {OrderContract} from "../order.js";

/** What a position asks for, as shares of its notional: to be opened, and to be held. */
export interface MarginShares {
  initial: number;
  maintenance: number;
}

/** What is paid whole asks for all of it. */
const WHOLE: MarginShares = {initial: 1, maintenance: 1};

/** Of every future alike: rounder and mostly higher than the exchanges' own, which change with each contract and month. */
const FUTURE: MarginShares = {initial: 0.1, maintenance: 0.08};

/** Returns the shares of notional that a contract asks for on paper. */
export function marginOf(contract: Pick<OrderContract, "secType">): MarginShares {
  return isSettledDaily(contract) ? FUTURE : WHOLE;
}

/** Tells whether a contract costs nothing to open and is settled in cash each day, as a future; all else is paid whole. */
export function isSettledDaily({secType}: Pick<OrderContract, "secType">): boolean {
  return secType === "FUT";
}
