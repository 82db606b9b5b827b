/** Messages about fills. */

import {type Listing, toWire} from "../listing.js";
import type {Fill} from "../working.js";
import {contractFields} from "./encode-contract.js";
import {ABSENT, type Message} from "./frames.js";
import {eastern} from "./time.js";

/** @param reqId -1 for a fill that just happened */
export function execDetails(version: number, reqId: number, fill: Fill, listing: Listing): Message {
  const {execId, orderId, account, exchange, action, quantity, permId, clientId} = fill;
  return [
    11,
    reqId,
    orderId,
    ...contractFields(listing, exchange),
    execId,
    eastern(fill.at),
    account,
    exchange,
    action === "BUY" ? "BOT" : "SLD",
    quantity,
    toWire(listing, fill.price),
    permId,
    clientId,
    0,
    fill.cumulative,
    toWire(listing, fill.averagePrice),
    fill.orderRef,
    "",
    "",
    "",
    2,
    ...(version >= 178 ? [false] : [])
  ];
}

export const execDetailsEnd = (reqId: number): Message => [55, 1, reqId];

export function commissionReport({execId, commission, currency, realized}: Fill): Message {
  return [59, 1, execId, commission, currency, realized ?? ABSENT, ABSENT, ""];
}
