/** What TWS says to an order before it takes it. */

import {fromWire, isOnTick, type Listing} from "./listing.js";
import {isSupported, needsLimit, needsStop} from "./matching.js";
import type {Order} from "./wire/order.js";
import {parseTime} from "./wire/time.js";

export interface Refusal {
  code: number;
  message: string;
}

const TIMES_IN_FORCE = ["", "DAY", "GTC", "IOC", "FOK", "GTD", "OPG"];

const invalid = (cause: string): Refusal => ({
  code: 321,
  message: `Error validating request.-'bN' : cause - ${cause}`
});

/** What is wrong with an order in itself; undefined when nothing is. */
export function refusalOf(order: Order, listing: Listing, accounts: readonly string[]): Refusal | undefined {
  const {account, action, orderType, tif, totalQuantity, lmtPrice, auxPrice} = order;
  if (!account && accounts.length > 1) return {code: 435, message: "You must specify an account."};
  if (account && !accounts.includes(account)) return invalid(`Invalid account code '${account}'.`);
  if (action !== "BUY" && action !== "SELL") return invalid(`Invalid side: ${action}`);
  if (!(totalQuantity !== undefined && totalQuantity > 0))
    return {code: 434, message: "The order size cannot be zero."};
  if (listing.secType !== "STK" && !Number.isInteger(totalQuantity))
    return {code: 10243, message: "Fractional-sized order cannot be placed via API for this instrument."};
  if (!isSupported(orderType) || listing.secType === "IND")
    return {code: 387, message: "Unsupported order type for this exchange and security type."};
  if (!TIMES_IN_FORCE.includes(tif)) return invalid(`Invalid time in force: ${tif}`);
  if (tif === "GTD" && !parseTime(order.goodTillDate))
    return {
      code: 391,
      message: "The time or time-zone entered is invalid. The correct format is yyyymmdd hh:mm:ss xx/xxxx"
    };
  if (needsLimit(orderType) && lmtPrice === undefined) return invalid("Missing limit price");
  if (needsStop(orderType) && auxPrice === undefined) return invalid("Missing stop price");
  if (orderType === "TRAIL" && auxPrice === undefined && order.trailingPercent === undefined)
    return invalid("Missing trailing amount");
  const prices = [needsLimit(orderType) ? lmtPrice : undefined, needsStop(orderType) ? auxPrice : undefined];
  if (prices.some((price) => price !== undefined && !isOnTick(listing, fromWire(listing, price))))
    return {
      code: 110,
      message: "The price does not conform to the minimum price variation for this contract."
    };
  return undefined;
}

/** Why an order may not be changed into another; undefined when it may. */
export function changeRefusal(before: Order, after: Order, sameContract: boolean): Refusal | undefined {
  const same =
    sameContract &&
    before.action === after.action &&
    before.orderType === after.orderType &&
    (after.account === "" || before.account === after.account);
  return same ? undefined : {code: 105, message: "Order being modified does not match original order."};
}
