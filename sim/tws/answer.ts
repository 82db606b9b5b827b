/** Every request to its answer. */

import * as account from "./answer-account.js";
import * as bars from "./answer-bars.js";
import * as contracts from "./answer-contracts.js";
import * as orders from "./answer-orders.js";
import * as quotes from "./answer-quotes.js";
import type {Desk} from "./desk.js";
import {NOTES} from "./faults.js";
import type {HistoricalPacing} from "./historical-pacing.js";
import type {Session} from "./session.js";
import {currentTime, managedAccounts, nextValidId, userInfo} from "./wire/encode-status.js";
import type {Request} from "./wire/requests.js";

/** Requests that change orders; they wait while the link to IBKR is down. */
export type OrderRequest = Extract<Request, {kind: "placeOrder" | "cancelOrder" | "globalCancel"}>;

export const isOrderRequest = (request: Request): request is OrderRequest =>
  ["placeOrder", "cancelOrder", "globalCancel"].includes(request.kind);

/** Changes orders as a client asks. */
export function order(session: Session, request: OrderRequest, desk: Desk): void {
  const {exchange, clock, faults} = desk;
  if (faults.readOnly) {
    const [code, message] = NOTES.readOnly;
    return session.error("orderId" in request ? request.orderId : -1, code, message);
  }
  if (request.kind === "placeOrder") return exchange.place(session.clientId, request, clock());
  if (request.kind === "cancelOrder") return exchange.cancel(session.clientId, request.orderId, clock());
  return exchange.cancelAll(clock());
}

/** Answers what asks and does not change an order. */
export function answer(
  session: Session,
  request: Exclude<Request, OrderRequest>,
  desk: Desk,
  pacing: HistoricalPacing
): void {
  const {subscriptions} = session;
  switch (request.kind) {
    case "startApi":
    case "logLevel":
      return undefined;
    case "ids":
      return session.send(nextValidId(desk.exchange.nextId(session.clientId)));
    case "managedAccounts":
      return session.send(managedAccounts(desk.house.accounts));
    case "currentTime":
      return session.send(currentTime(desk.clock()));
    case "userInfo":
      return session.send(userInfo(request.reqId));
    case "accountSummary":
      return account.summary(session, request, desk);
    case "accountUpdates":
      return account.updates(session, request, desk);
    case "accountUpdatesMulti":
      return account.updatesMulti(session, request, desk);
    case "positions":
      return account.positions(session, desk);
    case "cancelPositions":
      subscriptions.positions = false;
      return undefined;
    case "pnl":
      return account.profit(session, request, desk);
    case "pnlSingle":
      return account.profitSingle(session, request, desk);
    case "contractDetails":
      return contracts.details(session, request, desk);
    case "matchingSymbols":
      return contracts.samples(session, request, desk);
    case "optionParameters":
      return contracts.options(session, request, desk);
    case "marketRule":
      return contracts.rule(session, request);
    case "marketDataType":
      session.dataType = request.type;
      return undefined;
    case "marketData":
      return quotes.start(session, request, desk);
    case "cancelMarketData":
      return quotes.stop(session, request.reqId);
    case "historicalData":
      return bars.history(session, request, desk, pacing);
    case "cancelHistoricalData":
      return bars.stopHistory(session, request.reqId);
    case "headTimestamp":
      return bars.head(session, request, desk);
    case "realTimeBars":
      return bars.realTime(session, request, desk);
    case "openOrders":
      return orders.openOrders(session, desk);
    case "allOpenOrders":
      return orders.allOpenOrders(session, desk);
    case "autoOpenOrders":
      return orders.autoOpenOrders(session, request.bind, desk);
    case "completedOrders":
      return orders.completedOrders(session, request, desk);
    case "executions":
      return orders.executions(session, request, desk);
    case "cancelRealTimeBars":
    case "cancelAccountSummary":
    case "cancelAccountUpdatesMulti":
    case "cancelHeadTimestamp":
    case "cancelPnl":
    case "cancelPnlSingle":
      return cancel(session, request.kind, request.reqId);
    case "unknown":
      return session.error(-1, 321, `Error validating request.-'00' : cause - unknown message ${request.id}`);
  }
}

function cancel(session: Session, kind: string, reqId: number): void {
  const {realTime, summaries, accountValues, pnl, pnlSingle} = session.subscriptions;
  const streams: Readonly<Record<string, Map<number, unknown>>> = {
    cancelRealTimeBars: realTime,
    cancelAccountSummary: summaries,
    cancelAccountUpdatesMulti: accountValues,
    cancelPnl: pnl,
    cancelPnlSingle: pnlSingle
  };
  streams[kind]?.delete(reqId);
}
