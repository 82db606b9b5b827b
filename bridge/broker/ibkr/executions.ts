import type {CommissionReport as RawCommission, Contract, Execution as RawExecution} from "@stoqey/ib";
import type {CommissionReport, Execution} from "../../../lib/orders/executions.js";
import {Problem} from "../../problem.js";
import {inCurrency, told} from "./number.js";
import {momentOf} from "./tws-time.js";

/** Looks up what venue prices of a contract are divided by to be in its currency; at once where it is known. */
export type Magnifier = (conId: number) => number | Promise<number>;

/**
 * Returns an execution as it is booked, its price in the contract's currency; null for one that cannot be: without an id,
 * a number or a time.
 *
 * @param ownOffset of TWS's zone to UTC, milliseconds; null when it is not known
 */
export function executionOf(
  {conId = 0}: Contract,
  raw: RawExecution,
  magnifier: number,
  ownOffset: number | null
): Execution | null {
  const {
    execId = "",
    acctNumber: account = "",
    side,
    permId = 0,
    clientId = 0,
    orderId = 0,
    orderRef = ""
  } = raw;
  const [shares, price, time] = [told(raw.shares), told(raw.price), momentOf(raw.time, ownOffset)];
  if (!execId || !conId || shares === null || price === null || time === null) return null;
  return {
    execId,
    account,
    conId,
    side: side === "BOT" ? "BOT" : "SLD",
    shares,
    price: inCurrency(price, magnifier),
    time,
    permId,
    clientId,
    orderId,
    orderRef
  };
}

/** Returns what an execution cost; null while TWS does not say it. */
export function commissionOf({execId, commission, currency}: RawCommission): CommissionReport | null {
  const amount = told(commission);
  return execId && currency && amount !== null ? {execId, commission: amount, currency} : null;
}

/**
 * Looks a magnifier up for a price that was paid. A contract that TWS's catalogue lacks (a combination, one that has
 * expired) has none: contracts quoted in pence and the like are all in it.
 * @throws Problem 503, 504 while it cannot be looked up
 */
export async function magnifierOfPaid(magnifierOf: Magnifier, conId: number): Promise<number> {
  try {
    return await magnifierOf(conId);
  } catch (error) {
    if (error instanceof Problem && error.status === 422) return 1;
    throw error;
  }
}
