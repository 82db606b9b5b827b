/** What the stand-in's messages are compared by with recorded ones. */

import {expect} from "vitest";
import type {Listing} from "../../../sim/tws/listing.js";
import {fieldsOf, frame, type Message} from "../../../sim/tws/wire/frames.js";
import {CONTRACTS, known, type Recorded} from "./recorded.js";

/** Versions that the stand-in has for those that were recorded: nothing differs between them, `later` aside. */
export const OLD = 176;
export const NEW = 193;

/**
 * Compares what the stand-in writes with what was recorded: as many fields, and each the same text or number.
 * @param free places of which the stand-in has no value of its own
 */
export function expectSame(ours: Message, recorded: Recorded, free: readonly number[] = []): void {
  const [mine, theirs] = [fieldsOf(frame(ours).toString("utf8", 4)), known(recorded)];
  expect(mine.length, recorded.source).toBe(theirs.length);
  const plain = (fields: readonly string[]) =>
    fields.map((field, i) => {
      if (free.includes(i)) return "";
      return field !== "" && Number.isFinite(Number(field)) ? Number(field) : field;
    });
  expect(plain(mine), recorded.source).toEqual(plain(theirs));
}

export const AAPL: Listing = {
  conId: 265598,
  symbol: "AAPL",
  secType: "STK",
  expiry: "",
  expiryTime: "",
  strike: 0,
  right: "",
  multiplier: 1,
  primaryExchange: "NASDAQ",
  exchanges: CONTRACTS.share173.fields[16].split(","),
  currency: "USD",
  localSymbol: "AAPL",
  tradingClass: "NMS",
  longName: "APPLE INC",
  industry: "Technology",
  stockType: "COMMON",
  isin: "US0378331005",
  minTick: 0.01,
  priceMagnifier: 1,
  marketRule: 26,
  timeZone: "US/Eastern",
  underlying: undefined,
  price: 200,
  volatility: 0.3
};
