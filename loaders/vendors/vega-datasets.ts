import {readFile} from "node:fs/promises";
import {z} from "zod";
import {rowsOf} from "../../lib/lake/columns.js";
import {dayNumber} from "../../lib/time/day.js";
import {momentInZone} from "../../lib/time/zone.js";
import {NEW_YORK} from "../../lib/time/calendar.js";
import {checkAsk} from "./ask.js";
import {checked, noData, parsedCsv} from "./parsed.js";
import {type Vendor, VendorError} from "./vendor.js";

const SOURCE = "vega-datasets";
const SYMBOL = "^GSPC";
const CLOSE_MINUTES = 16 * 60;

const price = z.coerce.number().positive();
const Session = z.object({
  date: z.iso.date(),
  open: price,
  high: price,
  low: price,
  close: price,
  volume: z.coerce.number().nonnegative()
});
const COLUMNS = Object.keys(Session.shape);

/** Returns the sessions of the package's CSV. @throws VendorError if it is another file than the one that is known */
export function parseSessions(csv: string): z.infer<typeof Session>[] {
  return parsedCsv(csv, COLUMNS, SOURCE).map((row) => checked(Session, row, SOURCE));
}

/**
 * The S&P 500 day by day as the npm package vega-datasets ships it (BSD-3-Clause; Yahoo Finance is its source): a real
 * series that needs no network. It ends, and is named so.
 */
export const vegaDatasets: Vendor = {
  id: SOURCE,
  name: "vega-datasets (npm)",
  offers: {bars: ["1d"]},
  universe: "sp500-to-2020-04-17",
  calendar: "none",
  overlapDays: 0,
  key: null,
  rate: {perMinute: 6000, burst: 100},
  note: `${SYMBOL} from 2000-01-03 to 2020-04-17, a file of the program's own: nothing is fetched`,

  async *pull(ask) {
    checkAsk(vegaDatasets, ask);
    const {symbol, from, to} = ask;
    if (symbol !== SYMBOL)
      throw new VendorError("unknown-symbol", `${SOURCE} has ${SYMBOL} only, no ${symbol}`);
    const file = new URL("../data/sp500-2000.csv", import.meta.resolve("vega-datasets"));
    const csv = `${await readFile(file, "utf8")}\n`; // its last line has no end
    const sessions = parseSessions(csv).filter(({date}) => date >= from && date <= to);
    if (!sessions.length) throw noData(SOURCE, ask);
    yield {
      facts: {symbol, name: "S&P 500, to 2020-04-17", unit: "", timeZone: NEW_YORK},
      rows: [
        rowsOf(
          "bars",
          sessions.map(({date: day, ...bar}) => ({
            symbol,
            day,
            time: momentInZone(dayNumber(day), CLOSE_MINUTES, NEW_YORK),
            ...bar
          }))
        )
      ]
    };
  }
};
