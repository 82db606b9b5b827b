import {canonicalDecimal} from "../money/decimal.js";
import {readFlexClock, readFlexDate, type DateOrder, type SlashDates} from "../time/flex-date.js";
import {isCurrency} from "./currencies.js";
import type {AttributeKind} from "./flex-attributes.js";
import {StatementError} from "./statement.js";

/** Cash types under the name that IBKR gives them now, by what they have in common with their former names. */
const CASH_TYPES = new Map(
  [
    "Deposits & Withdrawals",
    "Dividends",
    "Payment In Lieu Of Dividends",
    "Withholding Tax",
    "871(m) Withholding",
    "Broker Interest Paid",
    "Broker Interest Received",
    "Bond Interest Paid",
    "Bond Interest Received",
    "Broker Fees",
    "Other Fees",
    "Advisor Fees",
    "Commission Adjustments",
    "Price Adjustments"
  ].map((name) => [letters(name), name])
);

/** Returns the present name of a cash type: `Deposits/Withdrawals` is `Deposits & Withdrawals`. */
export function presentCashType(name: string): string {
  return CASH_TYPES.get(letters(name)) ?? name;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

const CANONICAL_DECIMAL = /^(?:0|-?(?:[1-9]\d{0,30}|0(?=\.))(?:\.\d{0,30}[1-9])?)$/;
const MAX_DAYS = 20_000;

/**
 * Turns the printed values of one file into canonical ones.
 * What is no value becomes "", as does a date that cannot be read: the caller counts those by `onUnreadable`.
 */
export class FlexValues {
  readonly #dates: SlashDates;
  readonly #days = new Map<string, string>();
  readonly #where: () => string;

  /**
   * @param order which comes first in a date with slashes, if it is known
   * @param where where in the file the value stands, for errors
   */
  constructor(order: DateOrder | undefined, where: () => string) {
    this.#dates = {order};
    this.#where = where;
  }

  /**
   * Returns the canonical value; "" for none; undefined for a date that is none.
   * @throws StatementError if a number or a currency is none, or a date can be read in two ways
   */
  read(kind: AttributeKind, raw: string, element: string, name: string): string | undefined {
    if (isNothing(raw)) return "";
    switch (kind) {
      case "text":
        return raw;
      case "decimal":
        return CANONICAL_DECIMAL.test(raw) ? raw : this.#decimal(raw, element, name);
      case "date":
        return this.#date(raw, element, name)?.slice(0, 10);
      case "time":
        return this.#date(raw, element, name);
      case "clock":
        return raw === "MULTI" ? "" : (readFlexClock(raw) ?? raw);
      case "boolean":
        return /^(?:y|yes|true)$/i.test(raw) ? "Y" : /^(?:n|no|false)$/i.test(raw) ? "N" : raw;
      case "codes":
        return raw.split(raw.includes(";") ? ";" : ",").map((code) => code.trim()).filter(Boolean).join(";"); // prettier-ignore
      case "cashType":
        return presentCashType(raw);
      case "base":
        return this.#base(raw, element, name);
      case "open":
        return canonicalDecimal(raw) ?? raw;
      case "private":
        return "";
    }
  }

  #decimal(raw: string, element: string, name: string): string {
    if (raw === "MULTI") return "";
    return (
      canonicalDecimal(raw) ??
      this.#refuse(
        "bad-number",
        `${element}@${name}`,
        `${element}@${name} is no number: ${shorten(raw)}`,
        "download the statement again"
      )
    );
  }

  #base(raw: string, element: string, name: string): string {
    if (isCurrency(raw)) return raw;
    return this.#refuse("bad-currency", `${element}@${name}`, `${element}@${name} is no currency: ${shorten(raw)}`, "a statement's base currency is a code of three letters such as USD"); // prettier-ignore
  }

  #date(raw: string, element: string, name: string): string | undefined {
    if (raw === "MULTI") return "";
    const known = this.#days.get(raw);
    if (known !== undefined) return known;
    // IBKR's default forms, by hand: days repeat, times do not.
    if (raw.length === 15 && raw.charCodeAt(8) === SEMICOLON) {
      const day = this.#days.get(raw.slice(0, 8));
      const time = raw.slice(9);
      if (day !== undefined && DAYTIME.test(time))
        return `${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
    }
    const reading = readFlexDate(raw.trim(), this.#dates);
    if ("value" in reading) {
      if (reading.value.length === 10) this.#remember(raw, reading.value);
      else if (raw.length === 15) this.#remember(raw.slice(0, 8), reading.value.slice(0, 10));
      return reading.value;
    }
    if (reading.fault === "unreadable") return undefined;
    throw ambiguousDate(reading.fault, `${element}@${name}`, raw, this.#where());
  }

  #remember(raw: string, day: string): void {
    if (/^\d{8}$/.test(raw) || raw.length === 10)
      if (this.#days.size < MAX_DAYS) this.#days.set(` ${raw}`.slice(1), day);
  }

  #refuse(code: string, place: string, what: string, todo: string): never {
    throw new StatementError({
      code,
      message: `${what} (${this.#where()}): ${todo}`,
      where: `${place}, ${this.#where()}`
    });
  }
}

const SEMICOLON = 59;
const DAYTIME = /^(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/;

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
  where: string
): StatementError {
  const what =
    fault === "ambiguous"
      ? `day and month cannot be told apart in ${place}: ${shorten(raw)}`
      : `${place} does not fit the order of day and month in the file's other dates: ${shorten(raw)}`;
  return new StatementError({
    code: "ambiguous-date",
    message: `${what} (${where}): say which comes first with --date-format mdy or --date-format dmy, or set the query's date format to yyyy-MM-dd`,
    where: `${place}, ${where}`
  });
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
