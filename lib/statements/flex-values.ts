import {isStorable, parseAmount} from "../money/amount.js";
import {canonicalDecimal} from "../money/decimal.js";
import {readFlexClock, readFlexDate, type DateOrder, type SlashDates} from "../time/flex-date.js";
import {presentCashType} from "./cash-types.js";
import {isCurrency} from "./currencies.js";
import type {AttributeKind} from "./flex-attributes.js";
import {refusal, shorten} from "./refusal.js";
import type {StatementError} from "./statement.js";

/** The plain decimals that nearly all numbers are; all of them can be stored. */
const PLAIN = /^(?:0|-?(?:[1-9]\d{0,24}|0(?=\.))(?:\.\d{0,30}[1-9])?)$/;
/** IBKR's default form of a time, `yyyyMMdd;HHmmss`. */
const DEFAULT_TIME = /^\d{8};([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/;
const MAX_DAYS = 20_000;

/** Turns the printed values of one file into canonical ones. */
export class FlexValues {
  readonly #dates: SlashDates;
  /** Days as printed and as read: they repeat. */
  readonly #days = new Map<string, string>();
  readonly #line: () => number;

  /**
   * @param order which comes first in a date with slashes, if it is known
   * @param line the line that is being read, for errors
   */
  constructor(order: DateOrder | undefined, line: () => number) {
    this.#dates = {order};
    this.#line = line;
  }

  /**
   * Returns the canonical value of an attribute; "" for none; undefined for a date that cannot be read.
   * @throws StatementError if a number or a base currency is none, or a date can be read in two ways
   */
  read(kind: AttributeKind, raw: string, element: string, name: string): string | undefined {
    if (isNothing(raw)) return "";
    switch (kind) {
      case "text":
        return raw;
      case "decimal":
        return PLAIN.test(raw) ? raw : this.#decimal(raw, element, name);
      case "date":
        return this.#date(raw, element, name)?.slice(0, 10);
      case "time":
        return this.#date(raw, element, name);
      case "clock":
        return raw === "MULTI" ? "" : readFlexClock(raw);
      case "boolean":
        return yesOrNo(raw);
      case "codes":
        return joinCodes(raw);
      case "cashType":
        return presentCashType(raw);
      case "base":
        return this.#base(raw, element, name);
      case "open":
        return storable(raw) ?? raw;
      case "private":
        return "";
    }
  }

  #decimal(raw: string, element: string, name: string): string {
    if (raw === "MULTI") return "";
    const decimal = storable(raw);
    if (decimal !== undefined) return decimal;
    const fault =
      canonicalDecimal(raw) === undefined ? "is no number" : "has more than 26 digits before its point";
    throw this.#refuse("bad-number", `${element}@${name}`, `${fault}: ${shorten(raw)}`);
  }

  #base(raw: string, element: string, name: string): string {
    if (isCurrency(raw)) return raw;
    throw this.#refuse("bad-currency", `${element}@${name}`, `is no currency: ${shorten(raw)}`);
  }

  #refuse(code: string, place: string, what: string): StatementError {
    const line = `line ${this.#line()}`;
    return refusal(code, `${place} ${what} (${line}): download the statement again`, `${place}, ${line}`);
  }

  #date(raw: string, element: string, name: string): string | undefined {
    const known = this.#days.get(raw);
    if (known !== undefined) return known;
    const time = raw.length === 15 ? DEFAULT_TIME.exec(raw) : null;
    if (time) {
      const day = this.#date(raw.slice(0, 8), element, name);
      return day && `${day}T${time[1]}:${time[2]}:${time[3]}`;
    }
    if (raw === "MULTI") return "";
    const reading = readFlexDate(raw.trim(), this.#dates);
    if ("fault" in reading) {
      if (reading.fault === "unreadable") return undefined;
      throw ambiguousDate(reading.fault, `${element}@${name}`, raw, this.#line());
    }
    if (reading.value.length === 10 && this.#days.size < MAX_DAYS) this.#days.set(raw, reading.value);
    return reading.value;
  }
}

/** Returns the canonical text of a number that the ledger can hold; undefined for any other text. */
function storable(raw: string): string | undefined {
  const decimal = canonicalDecimal(raw);
  return decimal !== undefined && isStorable(parseAmount(decimal)) ? decimal : undefined;
}

/** Tells whether a printed value says that there is none. */
export function isNothing(raw: string): boolean {
  return (
    raw === "" ||
    raw === "-" ||
    raw === "--" ||
    raw === "N/A" ||
    (raw.charCodeAt(0) <= 32 && raw.trim() === "")
  );
}

/** Returns the refusal of a date with slashes whose day and month cannot be told apart. */
export function ambiguousDate(
  fault: "ambiguous" | "contradicts",
  place: string,
  raw: string,
  line: number
): StatementError {
  const message =
    fault === "ambiguous"
      ? `day and month cannot be told apart in ${place}: ${shorten(raw)} (line ${line}): say which comes first with --date-format mdy or --date-format dmy`
      : `${place} does not fit the order of day and month in the other dates: ${shorten(raw)} (line ${line}): set the query's date format to yyyy-MM-dd and run it again, or give the --date-format (mdy or dmy) that fits`;
  return refusal("ambiguous-date", message, `${place}, line ${line}`);
}

function yesOrNo(raw: string): string {
  if (/^(?:y|yes|true)$/i.test(raw)) return "Y";
  return /^(?:n|no|false)$/i.test(raw) ? "N" : raw;
}

/** Lists are separated by semicolons, old ones by commas. */
function joinCodes(raw: string): string {
  const codes = raw.split(raw.includes(";") ? ";" : ",").map((code) => code.trim());
  return codes.filter((code) => code !== "").join(";");
}
