/** Messages about the session itself. */

import type {Message} from "./frames.js";

/** @param id the request's or the order's; -1 when it is about the session */
export function error(version: number, id: number, code: number, message: string): Message {
  return [4, 2, id, code, message, ...(version >= 166 ? [""] : [])];
}

/** A real server leaves a comma behind the last account. */
export const managedAccounts = (accounts: readonly string[]): Message => [15, 1, `${accounts.join(",")},`];

export const nextValidId = (orderId: number): Message => [9, 1, orderId];

export const currentTime = (now: Date): Message => [49, 1, Math.floor(now.getTime() / 1000)];

export const userInfo = (reqId: number): Message => [107, reqId, ""];
