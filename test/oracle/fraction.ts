/** Length of a denominator from which a fraction is reduced. */
const LONG = 10n ** 40n;

/** Exact fractions: the oracle's own arithmetic, which shares no code with lib/money. */
export class Fraction {
  static readonly ZERO = new Fraction(0n, 1n);
  static readonly ONE = new Fraction(1n, 1n);
  readonly top: bigint;
  readonly bottom: bigint;

  private constructor(top: bigint, bottom: bigint) {
    this.top = top;
    this.bottom = bottom;
  }

  /** The fraction; in lowest terms once it gets long. */
  static of(top: bigint, bottom = 1n): Fraction {
    if (bottom === 0n) throw new RangeError("division by zero");
    if (bottom > 0n && bottom < LONG) return new Fraction(top, bottom);
    const sign = bottom < 0n ? -1n : 1n;
    const common = divisor(top < 0n ? -top : top, sign * bottom) * sign;
    return new Fraction(top / common, bottom / common);
  }

  /** The number that a plain decimal says. */
  static parse(text: string): Fraction {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (!match) throw new RangeError(`invalid decimal: ${text}`);
    const [, sign, whole, decimals = ""] = match;
    const digits = BigInt(whole + decimals);
    return Fraction.of(sign ? -digits : digits, 10n ** BigInt(decimals.length));
  }

  plus(other: Fraction): Fraction {
    if (this.top === 0n) return other;
    if (other.top === 0n) return this;
    if (this.bottom % other.bottom === 0n) {
      return Fraction.of(this.top + other.top * (this.bottom / other.bottom), this.bottom);
    }
    return Fraction.of(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.negated);
  }

  times(other: Fraction): Fraction {
    return Fraction.of(this.top * other.top, this.bottom * other.bottom);
  }

  over(other: Fraction): Fraction {
    return Fraction.of(this.top * other.bottom, this.bottom * other.top);
  }

  get negated(): Fraction {
    return new Fraction(-this.top, this.bottom);
  }

  /** -1, 0 or 1. */
  get sign(): number {
    return this.top < 0n ? -1 : this.top > 0n ? 1 : 0;
  }

  get size(): Fraction {
    return this.top < 0n ? this.negated : this;
  }

  equals(other: Fraction): boolean {
    return this.top * other.bottom === other.top * this.bottom;
  }

  /** Whether it is less than another. */
  below(other: Fraction): boolean {
    return this.top * other.bottom < other.top * this.bottom;
  }

  /** As a plain decimal, rounded half to even where it has more decimals. */
  text(decimals = 12): string {
    const unit = 10n ** BigInt(decimals);
    const [top, sign] = this.top < 0n ? [-this.top, "-"] : [this.top, ""];
    const twice = (2n * top * unit) / this.bottom;
    const exact = (2n * top * unit) % this.bottom === 0n;
    let rounded = (twice + 1n) / 2n;
    if (exact && twice % 2n === 1n && rounded % 2n === 1n) --rounded;
    if (rounded === 0n) return "0";
    const digits = String(rounded).padStart(decimals + 1, "0");
    const whole = digits.slice(0, digits.length - decimals);
    const rest = digits.slice(digits.length - decimals).replace(/0+$/, "");
    return `${sign}${whole}${rest && `.${rest}`}`;
  }

  /** The nearest float, as far as seventeen digits tell. */
  get float(): number {
    return Number(this.text(20));
  }
}

function divisor(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a;
}

/** The sum of some fractions. */
export function sum(values: Iterable<Fraction>): Fraction {
  let total = Fraction.ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}
