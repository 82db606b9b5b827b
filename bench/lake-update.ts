import {rowsOf, type Row, type Rows} from "../lib/lake/columns.js";
import {rowAt} from "../lib/lake/concat.js";
import type {PullRecord} from "../lib/lake/pull.js";
import type {Lake} from "../loaders/lake/port.js";
import {runPull} from "../loaders/pull/run.js";
import type {Ask, Vendor} from "../loaders/vendors/vendor.js";
import type {Web} from "../loaders/web.js";

/** How an update went. */
export interface Update {
  seconds: number;
  /** Symbols that the vendor was asked for. */
  asked: number;
  record: PullRecord;
}

/**
 * Updates all symbols of a lake from a vendor that answers at once, with the last of the rows that are there.
 * @param bars what the lake holds, each symbol on as many days
 * @param now when: after the last day there may be a session to ask for
 */
export async function updateAll(lake: Lake, bars: Rows<"bars">, now: string): Promise<Update> {
  const symbols = [...new Set(bars.columns.symbol)];
  const each = bars.length / symbols.length;
  let asked = 0;
  const vendor: Vendor = {
    id: "bench",
    name: "Bench",
    offers: {bars: ["1d"]},
    universe: "shares",
    calendar: "nyse",
    overlapDays: 7,
    key: null,
    rate: {perMinute: 1e6, burst: 1e6},
    note: "",
    async *pull({symbol, from, to}: Ask) {
      ++asked;
      const last = (symbols.indexOf(symbol) + 1) * each;
      const rows = Array.from({length: 10}, (_, i) => rowAt(bars, last - 10 + i) as Row<"bars">); // a row of bars
      const facts = {symbol, name: symbol, unit: "USD", timeZone: "America/New_York"};
      yield {
        facts,
        rows: [
          rowsOf(
            "bars",
            rows.filter(({day}) => day! >= from && day! <= to)
          )
        ]
      }; // each has a day
    }
  };
  const web: Web = {
    get: () => Promise.reject(new Error("there is no web in a bench")),
    hold() {},
    key: null,
    now: () => new Date(now)
  };
  const start = performance.now();
  const record = await runPull(
    {id: now, what: "update-all", asks: [{vendor: "bench", symbols}]},
    {
      lake,
      sources: new Map([["bench", {vendor, web}]]),
      now: () => new Date(now),
      onProgress() {},
      signal: new AbortController().signal
    }
  );
  return {seconds: (performance.now() - start) / 1000, asked, record};
}
