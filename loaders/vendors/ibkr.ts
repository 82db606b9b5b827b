import {type Row, rowsOf} from "../../lib/lake/columns.js";
import {dayNumber} from "../../lib/time/day.js";
import {checkAsk} from "./ask.js";
import {noData} from "./parsed.js";
import {closeOf, LENGTH_MS, type Trading} from "./sessions.js";
import type {Ask, SymbolFacts, Vendor} from "./vendor.js";

const SOURCE = "Interactive Brokers";

/** A bar as it comes, prices in the contract's currency. */
export interface HistoryBar {
  /** Date at the exchange, ISO. */
  day: string;
  /** When it began, milliseconds since 1970 UTC; null for a bar of a day. */
  from: number | null;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number | null;
  vwap: number | null;
  trades: number | null;
}

/** Some bars of a symbol, oldest first, and what it is. */
export interface HistoryPage {
  facts: SymbolFacts;
  trading: Trading;
  bars: readonly HistoryBar[];
}

/**
 * The way to IBKR's history: TWS's socket, which is the bridge's and is handed in.
 * @throws VendorError
 */
export type History = (ask: Ask, signal: AbortSignal) => AsyncIterable<HistoryPage>;

/**
 * Returns the rows of bars, each with the time of its close: of a day the close of its session, of minutes and hours their
 * length after they began, or the beginning of the next where that comes before. Bars that were open at `at` are left out.
 */
export function rowsOfHistory(
  {facts, trading, bars}: HistoryPage,
  {symbol, frequency}: Pick<Ask, "symbol" | "frequency">,
  at: number
): Row<"bars">[] {
  const {timeZone, unit} = facts;
  return bars
    .map(({from, ...bar}, i) => {
      const next = bars[i + 1]?.from ?? Infinity;
      const time =
        from === null
          ? closeOf(dayNumber(bar.day), timeZone, trading)
          : Math.min(from + LENGTH_MS[frequency]!, next); // of each that is offered
      return {symbol, time, ...bar, currency: unit};
    })
    .filter(({time}) => time <= at);
}

/** Bars of whatever the account may see, over the socket of a TWS or IB Gateway that is running. */
export function createIbkr(history: History): Vendor {
  const ibkr: Vendor = {
    id: "ibkr",
    name: SOURCE,
    offers: {bars: ["1d", "1m", "5m", "15m", "30m", "1h", "4h"]},
    universe: "markets",
    calendar: "nyse",
    overlapDays: 7,
    key: null,
    rate: {perMinute: 60, burst: 6},
    note: "TWS or IB Gateway must run; prices are adjusted for splits up to the day they are pulled",

    async *pull(ask, web, signal) {
      checkAsk(ibkr, ask);
      let found = false;
      for await (const page of history(ask, signal)) {
        const rows = rowsOfHistory(page, ask, web.now().getTime());
        if (!rows.length) continue;
        found = true;
        yield {facts: page.facts, rows: [rowsOf("bars", rows)]};
      }
      if (!found) throw noData(SOURCE, ask);
    }
  };
  return ibkr;
}
