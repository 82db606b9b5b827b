/**
 * How figures are printed: the one place. Pages, exports and the tests that hold the pages against the API
 * call these functions. Amounts arrive as exact decimal texts and are rounded here, once, half to even.
 */

export const NOT_AVAILABLE = "n/a";

interface NumberStyle {
  locale?: string | undefined;
  /** A plus before what is above zero. */
  signed?: boolean;
  /** Decimals; the rest is rounded half to even. */
  digits?: number;
}

/** Returns an amount of money with the decimals of its currency, without the currency: "−1,234.50". */
export function formatAmount(amount: string | null, currency: string, style: NumberStyle = {}): string {
  return print(amount, {digits: currencyDigits(currency), ...style});
}

/** Returns a quantity with the decimals it has, eight at most: "0.0808". */
export function formatQuantity(quantity: string | null, {locale, signed = false}: NumberStyle = {}): string {
  return print(quantity, {locale, signed, least: 0, digits: 8});
}

/** Returns a price with two to six decimals: "104.255". */
export function formatPrice(price: string | null, {locale}: NumberStyle = {}): string {
  return print(price, {locale, least: 2, digits: 6});
}

/** Returns a fraction as percent: 0.0123 is "1.23%". */
export function formatPercent(fraction: number | null, {digits = 2, ...style}: NumberStyle = {}): string {
  return print(fraction, {...style, digits, percent: true});
}

/** Returns a bare number: a ratio, a count, an index value. */
export function formatNumber(value: number | null, {digits = 2, ...style}: NumberStyle = {}): string {
  return print(value, {...style, digits});
}

/** Returns a short number for an axis: "1.2M". */
export function formatCompact(value: number, locale?: string): string {
  const format = formatter(`compact|${locale}`, locale, {notation: "compact", maximumFractionDigits: 1});
  return minus(format, value);
}

/** Returns a day as "20 Nov 2026", or without the year. */
export function formatDay(
  day: string | null,
  {year = true, locale}: {year?: boolean; locale?: string} = {}
): string {
  if (day === null) return NOT_AVAILABLE;
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const month = new Intl.DateTimeFormat(locale, {month: "short", timeZone: "UTC"}).format(date);
  return `${date.getUTCDate()} ${month}${year ? ` ${date.getUTCFullYear()}` : ""}`;
}

/** Returns how old a time is: "now", "5 min", "3 h", "2 d"; a bare day counts in days. */
export function formatAge(asOf: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(asOf)) / 60_000);
  const days = Math.floor(minutes / (24 * 60));
  if (asOf.length === 10) return days < 1 ? "today" : `${days} d`;
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${days} d`;
}

/** Returns 1, −1 or 0 by the sign of the printed text: what prints as zero has no sign. */
export function direction(printed: string): -1 | 0 | 1 {
  if (!/[1-9]/.test(printed)) return 0;
  return /[-−]/.test(printed) ? -1 : 1;
}

/** Returns the decimals a currency is counted in; two when the code is unknown. */
export function currencyDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat("en", {style: "currency", currency}).resolvedOptions().maximumFractionDigits ??
      2)
    : 2;
  digitsOf.set(currency, digits);
  return digits;
}

const digitsOf = new Map<string, number>();

interface Print extends NumberStyle {
  digits: number;
  least?: number;
  percent?: boolean;
}

function print(
  value: string | number | null,
  {locale, signed = false, digits, least = digits, percent = false}: Print
) {
  if (value === null || Number.isNaN(value)) return NOT_AVAILABLE;
  return minus(
    formatter(`${locale}|${signed}|${least}|${digits}|${percent}`, locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: digits,
      roundingMode: "halfEven",
      signDisplay: signed ? "exceptZero" : "negative",
      style: percent ? "percent" : "decimal"
    }),
    value
  );
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(
  key: string,
  locale: string | undefined,
  options: Intl.NumberFormatOptions
): Intl.NumberFormat {
  let format = formatters.get(key);
  if (!format) formatters.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

/** Intl takes a decimal text digit by digit; TypeScript wants to be told that it is one. */
const minus = (format: Intl.NumberFormat, value: string | number): string =>
  format.format(value as number | `${number}`).replace("-", "−");
