/** One daily series of the lake, as Markets reads it: closes of bars, fixings, or values of a macro series. */
export interface MarketSeries {
  /** `provider:symbol`, as `universe.ts` names it: `fred:DGS10`, `yahoo:^GSPC`, `ecb:EURUSD`. */
  id: string;
  /** What the vendor calls it. */
  name: string;
  /** Unit of the values: percent, usd, index, … */
  unit: string;
  /** Vendor, as a person reads it. */
  source: string;
  /** Days since 1970-01-01, ascending, each once. */
  days: Int32Array;
  /** Finite values, one a day of `days`. */
  values: Float64Array;
  /** When it was last pulled well, ISO UTC; null where not known. */
  pulledAt: string | null;
}

/** All series that the lake holds of those that Markets asks for, by id. */
export type MarketSet = ReadonlyMap<string, MarketSeries>;
