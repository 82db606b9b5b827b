/** A decimal of any length: units of 10^-scale. */
export interface Decimal {
  units: bigint;
  /** Decimal places, not below zero. */
  scale: number;
}

const CANONICAL = /^(?:0|-?(?:[1-9]\d*|0(?=\.))(?:\.\d*[1-9])?)$/;
const WRITTEN = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const MAX_DIGITS = 400;

/**
 * Returns the plain text of a decimal as others write it: sign, thousands commas and exponent are resolved
 * exactly (`1E-9` is `0.000000001`), zeros that say nothing are left out, minus zero is `0`.
 * @returns undefined if the text is no decimal, or one of more than 400 digits
 */
export function canonicalDecimal(text: string): string | undefined {
  if (CANONICAL.test(text) && text.length <= MAX_DIGITS) return text;
  const match = WRITTEN.exec(text.trim());
  if (!match) return undefined;
  const [, sign, grouped, fraction = "", exponent = "0"] = match;
  const digits = grouped.replaceAll(",", "") + fraction;
  const point = digits.length - fraction.length + Number(exponent);
  if (!digits || digits.length > MAX_DIGITS || Math.abs(point) > MAX_DIGITS) return undefined;
  const whole = (point > 0 ? digits.slice(0, point).padEnd(point, "0") : "").replace(/^0+/, "") || "0";
  const rest = (point < 0 ? digits.padStart(digits.length - point, "0") : digits.slice(point)).replace(
    /0+$/,
    ""
  );
  const plain = rest ? `${whole}.${rest}` : whole;
  return sign === "-" && plain !== "0" ? `-${plain}` : plain;
}

/** Returns the decimal that a canonical text says. */
export function parseDecimal(text: string): Decimal {
  const point = text.indexOf(".");
  if (point < 0) return {units: BigInt(text), scale: 0};
  return {units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1};
}

/** Returns the canonical text of a decimal. */
export function formatDecimal({units, scale}: Decimal): string {
  const negative = units < 0n;
  const digits = String(negative ? -units : units).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return `${negative ? "-" : ""}${whole}${fraction && "."}${fraction}`;
}

/** Returns a + b, exactly. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return {units: raise(a, scale) + raise(b, scale), scale};
}

/** Returns a x b, exactly. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return {units: a.units * b.units, scale: a.scale + b.scale};
}

function raise({units, scale}: Decimal, to: number): bigint {
  return scale === to ? units : units * 10n ** BigInt(to - scale);
}
