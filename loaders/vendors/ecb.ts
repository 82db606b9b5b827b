import {z} from "zod";
import {rowsOf} from "../../lib/lake/columns.js";
import {checkAsk} from "./ask.js";
import {checked, noData, parsedCsv} from "./parsed.js";
import {type Vendor, VendorError} from "./vendor.js";

const SOURCE = "the ECB";

/** One fixing as the ECB publishes it: units of `CURRENCY` for one euro. */
const Fixing = z.object({
  FREQ: z.literal("D"),
  CURRENCY: z.string().regex(/^[A-Z]{3}$/),
  CURRENCY_DENOM: z.literal("EUR"),
  TIME_PERIOD: z.iso.date(),
  OBS_VALUE: z.coerce.number().positive()
});
const COLUMNS = Object.keys(Fixing.shape);

/** A reference rate: units of `quote` for one euro. */
export interface Rate {
  quote: string;
  day: string;
  rate: number;
}

/**
 * Parses the ECB's SDMX CSV by column name; a day without a rate (empty or NaN) is left out.
 * @returns oldest first
 * @throws VendorError if a column is missing or a row malformed: a wrong rate is worse than none
 */
export function parseRates(csv: string): Rate[] {
  return parsedCsv(csv, COLUMNS, SOURCE)
    .filter(({OBS_VALUE}) => OBS_VALUE !== "" && OBS_VALUE !== "NaN")
    .map((row) => checked(Fixing, row, SOURCE))
    .map(({CURRENCY, TIME_PERIOD, OBS_VALUE}) => ({quote: CURRENCY, day: TIME_PERIOD, rate: OBS_VALUE}))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Euro reference rates of the European Central Bank: one fixing a TARGET day, about 16:00 in Frankfurt. */
export const ecb: Vendor = {
  id: "ecb",
  name: "European Central Bank",
  offers: {fx: ["1d"]},
  universe: "markets",
  calendar: "target",
  overlapDays: 7,
  key: null,
  rate: {perMinute: 60, burst: 5},
  note: "free, no key; reference rates, set once a TARGET day about 16:00 in Frankfurt, not prices to trade at",

  async *pull(ask, web, signal) {
    checkAsk(ecb, ask);
    const {symbol, from, to} = ask;
    const quote = /^EUR([A-Z]{3})$/.exec(symbol)?.[1];
    if (!quote || quote === "EUR") {
      throw new VendorError(
        "unknown-symbol",
        `the ECB has no rate named ${symbol}: its rates are per euro, write EURUSD`
      );
    }
    const request = {
      path: `/service/data/EXR/D.${quote}.EUR.SP00.A`,
      query: {startPeriod: from, endPeriod: to, format: "csvdata", detail: "dataonly"},
      content: "csv",
      accept: [404]
    } as const;
    const {status, text} = await web.get(request, signal);
    if (status === 404) throw noData("the ECB", ask);
    const rates = parseRates(text);
    const other = rates.find((rate) => rate.quote !== quote);
    if (other)
      throw new VendorError("not-what-was-asked", `the ECB sent ${other.quote} when asked for ${quote}`);
    if (!rates.length) throw noData("the ECB", ask);
    yield {
      facts: {symbol, name: `${quote} per euro, ECB reference rate`, unit: quote, timeZone: ""},
      rows: [
        rowsOf(
          "fx",
          rates.map(({day, rate}) => ({base: "EUR", quote, day, rate}))
        )
      ]
    };
  }
};
