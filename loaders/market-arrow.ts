import type {MarketContext} from "../lib/market/markets.js";
import type {MarketSet} from "../lib/market/series.js";
import {encodeArrow} from "./formats/arrow.js";

/** What the views of Markets are made with, beside the series. */
export type MarketLists = Pick<MarketContext, "meetings" | "watchlists">;

/** Returns a set as an Arrow IPC stream: see `GET /api/data/market`. */
export function encodeMarketSet(set: MarketSet, lists: MarketLists): Uint8Array<ArrayBuffer> {
  const all = [...set.values()];
  const length = all.reduce((sum, {days}) => sum + days.length, 0);
  const [day, value] = [new Int32Array(length), new Float64Array(length)];
  const series: string[] = [];
  for (const {id, days, values} of all) {
    day.set(days, series.length);
    value.set(values, series.length);
    for (let i = 0; i < days.length; ++i) series.push(id);
  }
  const facts = all.map(({id, name, unit, source, pulledAt}) => ({id, name, unit, source, pulledAt}));
  return encodeArrow(
    [
      {name: "series", type: "text", values: series},
      {name: "day", type: "day", values: day},
      {name: "value", type: "number", values: value}
    ],
    length,
    new Map(Object.entries({series: facts, ...lists}).map(([name, value]) => [name, JSON.stringify(value)]))
  );
}
