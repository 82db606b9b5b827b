/** Messages with prices; a price here is already as the wire has it. */

import type {Greeks} from "../greeks.js";
import type {Bar} from "../market.js";
import type {Field, Message} from "./frames.js";

/** @param attributes bits: 1 can execute automatically, 2 past limit, 4 before the open */
export const tickPrice = (
  reqId: number,
  type: number,
  price: number,
  size: number | undefined,
  attributes = 1
): Message => [1, 6, reqId, type, price, size, attributes];

export const tickSize = (reqId: number, type: number, size: number): Message => [2, 6, reqId, type, size];

export const tickGeneric = (reqId: number, type: number, value: number): Message => [
  45,
  6,
  reqId,
  type,
  value
];

export const tickString = (reqId: number, type: number, value: string): Message => [
  46,
  6,
  reqId,
  type,
  value
];

export const tickReqParams = (reqId: number, minTick: number, exchange: string): Message => [
  81,
  reqId,
  minTick,
  exchange,
  3
];

export const tickSnapshotEnd = (reqId: number): Message => [57, 1, reqId];

export const marketDataType = (reqId: number, type: number): Message => [58, 1, reqId, type];

/** -1 and -2 are TWS's words for "not known". */
export function tickOption(reqId: number, type: number, one: Greeks): Message {
  const {volatility, delta, price, gamma, vega, theta, underlying} = one;
  return [21, reqId, type, 0, volatility, delta, price, 0, gamma, vega, theta, underlying];
}

/** A bar as it goes out, its time written as it was asked for. */
export type TimedBar = Omit<Bar, "start"> & {time: string | number};

export function historicalData(reqId: number, from: string, to: string, bars: readonly TimedBar[]): Message {
  return [
    17,
    reqId,
    from,
    to,
    bars.length,
    ...bars.flatMap(({time, open, high, low, close, volume, average, count}): Field[] => [
      time,
      open,
      high,
      low,
      close,
      volume,
      average,
      count
    ])
  ];
}

/** The bar that grows: open, close, high, low, in another order than above. */
export function historicalUpdate(reqId: number, one: TimedBar): Message {
  const {time, open, high, low, close, volume, average, count} = one;
  return [90, reqId, count, time, open, close, high, low, average, volume];
}

export const headTimestamp = (reqId: number, time: string): Message => [88, reqId, time];

export function realTimeBar(reqId: number, one: TimedBar): Message {
  const {time, open, high, low, close, volume, average, count} = one;
  return [50, 3, reqId, time, open, high, low, close, volume, average, count];
}
