import {dayNumber} from "../time/day.js";
import type {Rows} from "./columns.js";

/** A split or a dividend of a symbol, by its ex-date. */
export interface CorporateEvent {
  /** Ex-date, in days since 1970. */
  day: number;
  /** New shares for one old, or the amount a share. */
  value: number;
  /** ISO code of a dividend; empty where not given. */
  currency: string;
}

/** Returns the splits, or the dividends, of each symbol with an ex-date up to a day (ISO), by ex-date. */
export function eventsOf(
  {columns: {symbol, day, type, value, currency}, length}: Rows<"actions">,
  wanted: "split" | "dividend",
  asOf: string
): Map<string, CorporateEvent[]> {
  const last = dayNumber(asOf);
  const events = new Map<string, CorporateEvent[]>();
  for (let i = 0; i < length; ++i) {
    if (type[i] !== wanted || day[i] > last) continue;
    const event = {day: day[i], value: value[i], currency: currency[i]};
    const held = events.get(symbol[i]);
    if (held) held.push(event);
    else events.set(symbol[i], [event]);
  }
  for (const ofSymbol of events.values()) ofSymbol.sort((a, b) => a.day - b.day);
  return events;
}

/**
 * Returns how many shares at the end of one day there are for one at the end of an earlier day.
 * @param splits of the symbol
 * @param after the earlier day, in days since 1970: a split of that day is done by its end
 */
export function ratioBetween(splits: readonly CorporateEvent[], after: number, upTo: number): number {
  let ratio = 1;
  for (const {day, value} of splits) if (day > after && day <= upTo) ratio *= value;
  return ratio;
}
