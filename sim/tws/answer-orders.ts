/** Answers about orders and executions, and what is told when they change. */

import {newYorkDate} from "../account/market/calendar.js";
import type {Desk} from "./desk.js";
import type {Happening} from "./exchange.js";
import {NOTES} from "./faults.js";
import type {Session} from "./session.js";
import {
  completedOrder,
  completedOrdersEnd,
  openOrder,
  openOrderEnd,
  orderStatus
} from "./wire/encode-order.js";
import {commissionReport, execDetails, execDetailsEnd} from "./wire/encode-execution.js";
import {error} from "./wire/encode-status.js";
import type {Message} from "./wire/frames.js";
import type {ExecutionFilter, Request} from "./wire/requests.js";
import {parseTime} from "./wire/time.js";
import type {Fill, Working} from "./working.js";

/** What one happening says to the client whose order it is. */
export function messagesOf(happening: Happening, {version, faults}: Desk): Message[] {
  switch (happening.kind) {
    case "order":
      return [openOrder(version, happening.one), orderStatus(happening.one)];
    case "fill": {
      const {one, fill} = happening;
      return [execDetails(version, -1, fill, one.listing), commissionReport(fill)];
    }
    case "whatIf":
      return [openOrder(version, happening.one, faults.noMargins ? "unknown" : happening.margins)];
    case "error":
      return [error(version, happening.orderId, happening.code, happening.message)];
  }
}

/** Whose order it is. */
export const ownerOf = (happening: Happening): number =>
  happening.kind === "error" ? happening.clientId : happening.one.clientId;

function list(session: Session, orders: readonly Working[], {version}: Desk): void {
  for (const one of orders) session.send(openOrder(version, one), orderStatus(one));
  session.send(openOrderEnd());
}

/** What a client may see and change: its own; client 0 sees also those made by hand. */
export function openOrders(session: Session, desk: Desk): void {
  if (desk.faults.readOnly) return session.note(NOTES.readOnly);
  list(
    session,
    desk.exchange.working().filter((one) => one.clientId === session.clientId),
    desk
  );
}

export function allOpenOrders(session: Session, desk: Desk): void {
  if (desk.faults.readOnly) return session.note(NOTES.readOnly);
  list(session, desk.exchange.working(), desk);
}

/** Binds what is made by hand to client 0, from now on too. */
export function autoOpenOrders(session: Session, bind: boolean, desk: Desk): void {
  if (session.clientId !== 0) {
    return session.error(
      -1,
      321,
      "Error validating request.-'bC' : cause - Only the client id 0 may bind orders"
    );
  }
  if (bind) desk.exchange.bind();
}

export function completedOrders(session: Session, {apiOnly}: {apiOnly: boolean}, desk: Desk): void {
  const {exchange, faults, version, clock} = desk;
  if (faults.readOnly) return session.note(NOTES.readOnly);
  const today = newYorkDate(clock());
  for (const one of exchange.completed()) {
    if (newYorkDate(one.completedAt ?? one.placedAt) !== today) continue;
    if (apiOnly && one.orderId <= 0) continue;
    session.send(completedOrder(version, one));
  }
  return session.send(completedOrdersEnd());
}

/** Executions since midnight, each with its commission. */
export function executions(
  session: Session,
  {reqId, filter}: Extract<Request, {kind: "executions"}>,
  desk: Desk
): void {
  const {exchange, catalogue, version, clock} = desk;
  const today = newYorkDate(clock());
  for (const fill of exchange.fills()) {
    const listing = catalogue.byId(fill.conId)!; // it was traded
    if (newYorkDate(fill.at) !== today || !passes(fill, listing, filter)) continue;
    session.send(execDetails(version, reqId, fill, listing), commissionReport(fill));
  }
  session.send(execDetailsEnd(reqId));
}

function passes(
  fill: Fill,
  {symbol, secType}: {symbol: string; secType: string},
  filter: ExecutionFilter
): boolean {
  const since = filter.time ? parseTime(filter.time) : undefined;
  const side = filter.side.toUpperCase();
  return (
    (!filter.clientId || fill.clientId === filter.clientId) &&
    (!filter.account || fill.account === filter.account) &&
    (!since || fill.at >= since) &&
    (!filter.symbol || symbol === filter.symbol) &&
    (!filter.secType || secType === filter.secType) &&
    (!filter.exchange || fill.exchange === filter.exchange) &&
    (!side || fill.action === {BUY: "BUY", BOT: "BUY", SELL: "SELL", SLD: "SELL"}[side])
  );
}
