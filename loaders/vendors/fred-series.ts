import type {Row} from "../../lib/lake/columns.js";
import {canonicalUnit} from "../../lib/lake/units.js";
import {VendorError} from "./vendor.js";

const NUMBER = /^-?\d+(\.\d+)?$/;

/** An observation as FRED writes it: `.` or nothing where a value is missing. */
export interface Written {
  date: string;
  value: string;
}

/** Returns whether a text may name a series: FRED's names are capitals, digits and underscores. */
export function isSeriesName(symbol: string): boolean {
  return /^[A-Z0-9_]{1,60}$/.test(symbol);
}

/** The error for a series that FRED does not have. */
export function unknownSeries(symbol: string): VendorError {
  return new VendorError(
    "unknown-symbol",
    `FRED has no series named ${symbol}: look for its name at fred.stlouisfed.org`
  );
}

/**
 * Returns the rows of a series in the unit that the lake holds it in; a missing value is left out.
 *
 * @param published the series' unit in FRED's words: `Millions of U.S. Dollars`
 * @throws VendorError if a value is no number
 */
export function rowsOfSeries(
  series: string,
  written: readonly Written[],
  published: string
): {unit: string; rows: Row<"series">[]} {
  const {unit, factor} = canonicalUnit(published);
  // Moved by its decimal point, not multiplied: 5.123 billion is 5123000000, exactly so.
  const exponent = Math.round(Math.log10(factor));
  const rows = written
    .filter(({value}) => value !== "." && value !== "")
    .map(({date, value}) => {
      if (!NUMBER.test(value))
        throw new VendorError(
          "changed-format",
          `FRED's value of ${series} on ${date} is no number: ${value}`
        );
      return {series, day: date, value: Number(`${value}e${exponent}`), unit};
    });
  return {unit, rows};
}
