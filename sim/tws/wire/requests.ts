/** Everything that a client may ask, read from its fields. */

import {type Leg, readLegs, readWanted, type Wanted} from "./contract.js";
import {type PlaceOrder, readPlaceOrder} from "./order.js";
import {FieldReader} from "./reader.js";

export type Request =
  | {kind: "startApi"; clientId: number; capabilities: string}
  | {
      kind: "marketData";
      reqId: number;
      wanted: Wanted;
      legs: Leg[];
      genericTicks: string;
      snapshot: boolean;
      regulatory: boolean;
    }
  | {kind: "marketDataType"; type: number}
  | ({kind: "placeOrder"} & PlaceOrder)
  | {kind: "cancelOrder"; orderId: number; manualTime: string}
  | {kind: "globalCancel"}
  | {kind: "openOrders" | "allOpenOrders" | "managedAccounts" | "currentTime"}
  | {kind: "autoOpenOrders"; bind: boolean}
  | {kind: "accountUpdates"; subscribe: boolean; account: string}
  | {kind: "accountUpdatesMulti"; reqId: number; account: string; modelCode: string; ledgerAndNlv: boolean}
  | {kind: "executions"; reqId: number; filter: ExecutionFilter}
  | {kind: "ids"; count: number}
  | {kind: "contractDetails"; reqId: number; wanted: Wanted; issuerId: string}
  | ({kind: "historicalData"} & HistoricalQuery)
  | {kind: "realTimeBars"; reqId: number; wanted: Wanted; what: string; regularHours: boolean}
  | {kind: "positions" | "cancelPositions"}
  | {kind: "accountSummary"; reqId: number; group: string; tags: string[]}
  | {
      kind: "optionParameters";
      reqId: number;
      symbol: string;
      exchange: string;
      secType: string;
      conId: number;
    }
  | {kind: "matchingSymbols"; reqId: number; pattern: string}
  | {kind: "headTimestamp"; reqId: number; wanted: Wanted; what: string; formatDate: number}
  | {kind: "marketRule"; id: number}
  | {kind: "pnl"; reqId: number; account: string; modelCode: string}
  | {kind: "pnlSingle"; reqId: number; account: string; modelCode: string; conId: number}
  | {kind: "completedOrders"; apiOnly: boolean}
  | {kind: "userInfo"; reqId: number}
  | {kind: Cancel; reqId: number}
  | {kind: "logLevel"; level: number}
  | {kind: "unknown"; id: number};

export type Cancel =
  | "cancelMarketData"
  | "cancelHistoricalData"
  | "cancelRealTimeBars"
  | "cancelAccountSummary"
  | "cancelAccountUpdatesMulti"
  | "cancelHeadTimestamp"
  | "cancelPnl"
  | "cancelPnlSingle";

export interface HistoricalQuery {
  reqId: number;
  wanted: Wanted;
  end: string;
  barSize: string;
  duration: string;
  regularHours: boolean;
  what: string;
  formatDate: number;
  keepUpToDate: boolean;
}

export interface ExecutionFilter {
  clientId: number;
  account: string;
  time: string;
  symbol: string;
  secType: string;
  exchange: string;
  side: string;
}

type Read = (reader: FieldReader, version: number) => Request;

const withId =
  (kind: Cancel, versioned = true): Read =>
  (reader) => {
    if (versioned) reader.skip();
    return {kind, reqId: reader.whole()};
  };

const plain =
  (
    kind: "openOrders" | "allOpenOrders" | "managedAccounts" | "currentTime" | "positions" | "cancelPositions"
  ): Read =>
  () => ({kind});

const READ: ReadonlyMap<number, Read> = new Map<number, Read>([
  [1, readMarketData],
  [2, withId("cancelMarketData")],
  [3, (reader, version) => ({kind: "placeOrder", ...readPlaceOrder(reader, version)})],
  [4, readCancelOrder],
  [5, plain("openOrders")],
  [6, (r) => (r.skip(), {kind: "accountUpdates", subscribe: r.flag(), account: r.text()})],
  [7, readExecutions],
  [8, (r) => (r.skip(), {kind: "ids", count: r.whole()})],
  [9, readContractDetails],
  [14, (r) => (r.skip(), {kind: "logLevel", level: r.whole()})],
  [15, (r) => (r.skip(), {kind: "autoOpenOrders", bind: r.flag()})],
  [16, plain("allOpenOrders")],
  [17, plain("managedAccounts")],
  [20, readHistorical],
  [25, withId("cancelHistoricalData")],
  [49, plain("currentTime")],
  [50, readRealTimeBars],
  [51, withId("cancelRealTimeBars")],
  [58, () => ({kind: "globalCancel"})],
  [59, (r) => (r.skip(), {kind: "marketDataType", type: r.whole()})],
  [61, plain("positions")],
  [62, readAccountSummary],
  [63, withId("cancelAccountSummary")],
  [64, plain("cancelPositions")],
  [71, (r) => (r.skip(), {kind: "startApi", clientId: r.whole(), capabilities: r.left ? r.text() : ""})],
  [76, readAccountUpdatesMulti],
  [77, withId("cancelAccountUpdatesMulti")],
  [78, readOptionParameters],
  [81, (r) => ({kind: "matchingSymbols", reqId: r.whole(), pattern: r.text()})],
  [87, readHeadTimestamp],
  [90, withId("cancelHeadTimestamp", false)],
  [91, (r) => ({kind: "marketRule", id: r.whole()})],
  [92, (r) => ({kind: "pnl", reqId: r.whole(), account: r.text(), modelCode: r.text()})],
  [93, withId("cancelPnl", false)],
  [94, readPnlSingle],
  [95, withId("cancelPnlSingle", false)],
  [99, (r) => ({kind: "completedOrders", apiOnly: r.flag()})],
  [104, (r) => ({kind: "userInfo", reqId: r.whole()})]
]);

/**
 * Reads one message of a client.
 * @throws RangeError if it has too few fields, too many, or a text where a number must be
 */
export function readRequest(fields: readonly string[], version: number): Request {
  const reader = new FieldReader(fields);
  const id = reader.whole();
  const read = READ.get(id);
  if (!read) return {kind: "unknown", id};
  const request = read(reader, version);
  const rest = VERSION_ONLY.has(id) ? reader.left - 1 : reader.left;
  if (rest > 0 && id !== 58) throw new RangeError(`message ${id} has ${rest} fields too many`);
  return request;
}

/** Messages that are nothing but their version. */
const VERSION_ONLY = new Set([5, 16, 17, 49, 61, 64]);

function readMarketData(reader: FieldReader): Request {
  reader.skip();
  const reqId = reader.whole();
  const wanted = readWanted(reader);
  const legs = wanted.secType === "BAG" ? readLegs(reader) : [];
  if (reader.flag()) reader.skip(3);
  const genericTicks = reader.text();
  const request = {kind: "marketData" as const, reqId, wanted, legs, genericTicks};
  const [snapshot, regulatory] = [reader.flag(), reader.flag()];
  reader.skip();
  return {...request, snapshot, regulatory};
}

function readCancelOrder(reader: FieldReader, version: number): Request {
  if (version < 192) reader.skip();
  const orderId = reader.whole();
  const manualTime = version >= 169 ? reader.text() : "";
  if (version >= 192) reader.skip(2);
  return {kind: "cancelOrder", orderId, manualTime};
}

function readExecutions(reader: FieldReader): Request {
  reader.skip();
  return {
    kind: "executions",
    reqId: reader.whole(),
    filter: {
      clientId: reader.whole(),
      account: reader.text(),
      time: reader.text(),
      symbol: reader.text(),
      secType: reader.text(),
      exchange: reader.text(),
      side: reader.text()
    }
  };
}

function readContractDetails(reader: FieldReader, version: number): Request {
  reader.skip();
  const reqId = reader.whole();
  const wanted = readWanted(reader);
  wanted.includeExpired = reader.flag();
  wanted.secIdType = reader.text();
  wanted.secId = reader.text();
  return {kind: "contractDetails", reqId, wanted, issuerId: version >= 176 ? reader.text() : ""};
}

function readHistorical(reader: FieldReader): Request {
  const reqId = reader.whole();
  const wanted = readWanted(reader);
  wanted.includeExpired = reader.flag();
  const [end, barSize, duration] = reader.texts(3);
  const regularHours = reader.flag();
  const what = reader.text();
  const formatDate = reader.whole();
  if (wanted.secType === "BAG") readLegs(reader);
  const keepUpToDate = reader.flag();
  reader.skip();
  return {
    kind: "historicalData",
    reqId,
    wanted,
    end,
    barSize,
    duration,
    regularHours,
    what,
    formatDate,
    keepUpToDate
  };
}

function readRealTimeBars(reader: FieldReader): Request {
  reader.skip();
  const reqId = reader.whole();
  const wanted = readWanted(reader);
  reader.skip(); // bar size: TWS takes it and gives 5 seconds
  const what = reader.text();
  const regularHours = reader.flag();
  reader.skip();
  return {kind: "realTimeBars", reqId, wanted, what, regularHours};
}

function readAccountSummary(reader: FieldReader): Request {
  reader.skip();
  const [reqId, group, tags] = [reader.whole(), reader.text(), reader.text()];
  return {kind: "accountSummary", reqId, group, tags: tags.split(",").filter(Boolean)};
}

function readAccountUpdatesMulti(reader: FieldReader): Request {
  reader.skip();
  return {
    kind: "accountUpdatesMulti",
    reqId: reader.whole(),
    account: reader.text(),
    modelCode: reader.text(),
    ledgerAndNlv: reader.flag()
  };
}

function readOptionParameters(reader: FieldReader): Request {
  return {
    kind: "optionParameters",
    reqId: reader.whole(),
    symbol: reader.text(),
    exchange: reader.text(),
    secType: reader.text(),
    conId: reader.whole()
  };
}

function readHeadTimestamp(reader: FieldReader): Request {
  const reqId = reader.whole();
  const wanted = readWanted(reader);
  wanted.includeExpired = reader.flag();
  reader.skip(); // regular hours only
  return {kind: "headTimestamp", reqId, wanted, what: reader.text(), formatDate: reader.whole()};
}

function readPnlSingle(reader: FieldReader): Request {
  return {
    kind: "pnlSingle",
    reqId: reader.whole(),
    account: reader.text(),
    modelCode: reader.text(),
    conId: reader.whole()
  };
}
