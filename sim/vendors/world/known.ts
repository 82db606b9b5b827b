/** What is known of the world at a time. */

import type {Fixing} from "./currency-table.js";
import type {Bars, Listing} from "./listing.js";
import type {Published} from "./published.js";
import type {ReferenceRate} from "./reference-rates.js";

/** One series as its vendor prints it: in the vendor's unit, with the vendor's decimals. */
export interface WorldSeries {
  /** `vendor:symbol`: `fred:DGS10`, `yahoo:^GSPC`, `ecb:EURUSD`. */
  id: string;
  name: string;
  unit: string;
  /** ISO, oldest first, each once. */
  days: string[];
  values: number[];
}

/** Bars as they were traded: never adjusted for a later split. */
export interface WorldBars {
  days: string[];
  open: number[];
  high: number[];
  low: number[];
  close: number[];
  volume: number[];
}

export interface Bar {
  day: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** A series by day number, NaN where the vendor lists a day without a value. */
export interface Column {
  days: number[];
  values: number[];
}

export interface World {
  now: Date;
  /** All that was published at the world's `now`. @throws RangeError if there is no such series */
  series: (id: string) => WorldSeries;
  /** Bars whose session was over at `now`. @throws RangeError if there are none of that name */
  bars(id: string): WorldBars;
  /** What Yahoo lists under a symbol; undefined for what is unknown, delisted, expired. */
  listing: (symbol: string) => Listing | undefined;
  barsOf(listing: Listing): Bars;
  /** The bar that a session open at `now` will have made; undefined while there is none. */
  openSession: (listing: Listing) => Bar | undefined;
  /** What it has made so far. @param always as if a session were open */
  liveBar(listing: Listing, always?: boolean): Bar | undefined;
  fred(id: string): Published | undefined;
  fredRows(series: Published): Column;
  fixings: ReadonlyMap<string, Fixing>;
  /** Units of a currency for one euro. */
  fixing(currency: string): Column;
  /** Par yields by the Treasury's names: `BC_10YEAR`, `TC_10YEAR`. */
  yields(name: string): Column;
  /** Days on which the Treasury published. */
  yieldDays(): number[];
  referenceRate(type: string): ReferenceRate | undefined;
  /** Holdings in dollars by kind, on Wednesdays. */
  soma(): {days: number[]; kinds: Record<string, ArrayLike<number>>};
}
