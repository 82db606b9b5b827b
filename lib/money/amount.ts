/**
 * An exact amount of money, quantity or rate: an integer count of 1e-12.
 * The same representation as DECIMAL(38,12) in Arrow, Parquet and DuckDB.
 */
export type Amount = bigint;

/** Decimal places of an Amount. */
export const AMOUNT_SCALE = 12;

const ONE = 10n ** BigInt(AMOUNT_SCALE);

const LIMIT = 10n ** 38n;

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/**
 * Returns the amount that a plain decimal text says; digits beyond the twelfth are rounded half to even.
 * @param text canonical decimal, e.g. `-1234.5`
 * @throws RangeError if the text is not a plain decimal
 */
export function parseAmount(text: string): Amount {
  const match = PLAIN.exec(text);
  if (!match || (!match[2] && !match[3])) throw new RangeError(`invalid amount: ${text}`);
  const [, sign, whole, fraction = ""] = match;
  const kept = BigInt(whole + fraction.slice(0, AMOUNT_SCALE).padEnd(AMOUNT_SCALE, "0"));
  const rest = fraction.slice(AMOUNT_SCALE);
  const value = rest && roundsUp(rest, kept) ? kept + 1n : kept;
  return sign === "-" ? -value : value;
}

/** Tells whether DECIMAL(38,12) holds the amount: it has no more than 26 digits before the point. */
export function isStorable(amount: Amount): boolean {
  return -LIMIT < amount && amount < LIMIT;
}

function roundsUp(rest: string, kept: bigint): boolean {
  const half = rest[0] === "5" && /^50*$/.test(rest);
  return half ? (kept & 1n) === 1n : rest[0] >= "5";
}

/** Returns the amount as a plain decimal text, exact, without trailing zeros; zero is `0`. */
export function formatAmount(amount: Amount): string {
  const negative = amount < 0n;
  const digits = String(negative ? -amount : amount).padStart(AMOUNT_SCALE + 1, "0");
  const fraction = digits.slice(-AMOUNT_SCALE).replace(/0+$/, "");
  return `${negative ? "-" : ""}${digits.slice(0, -AMOUNT_SCALE)}${fraction && "."}${fraction}`;
}

/** Returns the nearest float; for statistics and pictures, never for booking. */
export function toNumber(amount: Amount): number {
  return Number(formatAmount(amount));
}

/** Returns the quotient rounded half to even; @throws RangeError if the divisor is zero. */
function divideRounded(numerator: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new RangeError("division by zero");
  const quotient = numerator / divisor;
  const rest = numerator % divisor;
  const twice = 2n * absolute(rest);
  const size = absolute(divisor);
  if (twice < size || (twice === size && (quotient & 1n) === 0n)) return quotient;
  return quotient + (numerator < 0n === divisor < 0n ? 1n : -1n);
}

/** Returns a x b, rounded half to even at the twelfth decimal. */
export function multiply(a: Amount, b: Amount): Amount {
  return divideRounded(a * b, ONE);
}

/** Returns a / b, rounded half to even at the twelfth decimal; @throws RangeError if b is zero. */
export function divide(a: Amount, b: Amount): Amount {
  return divideRounded(a * ONE, b);
}

/**
 * Returns the share `part / whole` of an amount, rounded once, half to even; @throws RangeError if the whole is zero.
 */
export function proportion(amount: Amount, part: Amount, whole: Amount): Amount {
  return part === whole ? amount : divideRounded(amount * part, whole);
}

/**
 * Returns the amount in parts by weight, which sum to it exactly: each is rounded once, the last takes the rest.
 * @param weights of one sign; where all are zero, the first has it all
 */
export function apportion(amount: Amount, weights: readonly Amount[]): Amount[] {
  if (weights.length === 1) return [amount];
  let [left, rest] = [amount, sumAmounts(weights)];
  return weights.map((weight) => {
    const part = proportion(left, weight, rest);
    left -= part;
    rest -= weight;
    return part;
  });
}

/** Returns the amount rounded half to even to the given decimals, 0 to 12. */
export function roundAmount(amount: Amount, decimals: number): Amount {
  const unit = 10n ** BigInt(AMOUNT_SCALE - decimals);
  return divideRounded(amount, unit) * unit;
}

/** Returns the amount without its sign. */
export function absolute(amount: Amount): Amount {
  return amount < 0n ? -amount : amount;
}

/** Returns the sum; 0n when there is none. */
export function sumAmounts(amounts: Iterable<Amount>): Amount {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
}

export const ZERO: Amount = 0n;
export const UNIT: Amount = ONE;
