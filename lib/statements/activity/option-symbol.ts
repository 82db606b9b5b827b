import {canonicalDecimal} from "../../money/decimal.js";
import {isDay} from "../../time/day.js";

/** What the symbol of an option says of it. */
export interface OptionTerms {
  underlyingSymbol: string;
  /** ISO day. */
  expiry: string;
  /** Canonical decimal. */
  strike: string;
  putCall: "C" | "P";
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
/** `AAPL 20JAN23 150 C`, as IBKR writes it for people, and `AAPL  230120C00150000`, as the OCC does. */
const READABLE = /^(\S.*?)\s+(\d{2})([A-Z]{3})(\d{2})\s+(\d+(?:\.\d+)?)\s+([CP])$/;
const OCC = /^(\S{1,6}?)\s*(\d{2})(\d{2})(\d{2})([CP])(\d{5})(\d{3})$/;

/** Returns the terms that an option's symbol says, in the old or the new style; undefined if it is neither. */
export function optionTerms(symbol: string): OptionTerms | undefined {
  const readable = READABLE.exec(symbol);
  if (readable) {
    const [, root, day, month, year, strike, putCall] = readable;
    return terms(root, `20${year}`, MONTHS.indexOf(month) + 1, day, strike, putCall);
  }
  const occ = OCC.exec(symbol);
  if (!occ) return undefined;
  const [, root, year, month, day, putCall, whole, thousandths] = occ;
  return terms(root, `20${year}`, Number(month), day, `${whole}.${thousandths}`, putCall);
}

function terms(
  underlyingSymbol: string,
  year: string,
  month: number,
  day: string,
  price: string,
  putCall: string
): OptionTerms | undefined {
  const expiry = `${year}-${String(month).padStart(2, "0")}-${day}`;
  const strike = canonicalDecimal(price);
  if (!isDay(expiry) || strike === undefined) return undefined;
  return {underlyingSymbol, expiry, strike, putCall: putCall === "C" ? "C" : "P"};
}
