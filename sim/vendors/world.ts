/** The world that all vendors tell of. */

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

export interface World {
  /** All that was published at the world's `now`. @throws RangeError if there is no such series */
  series(id: string): WorldSeries;
}
