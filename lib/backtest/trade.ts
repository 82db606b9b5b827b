/** A round trip: units that were opened at one price and closed at another, first opened first closed. */
export interface Trade {
  symbol: string;
  side: "long" | "short";
  /** Of the bars of its fills, milliseconds since 1970 UTC. */
  entryTime: number;
  exitTime: number;
  /** In the symbol's currency, per unit of the day it closed (splits in between divide the entry). */
  entryPrice: number;
  exitPrice: number;
  /** Units, > 0. */
  size: number;
  /** What it brought in base currency, commissions taken off; dividends are not in it. */
  pnl: number;
  /** The same in percent of the value it was opened for. */
  returnPercent: number;
  /** Of both ends, in base currency. */
  commission: number;
}
