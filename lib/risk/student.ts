/**
 * Returns the probability that Student's t is further from zero than the given value, on either side.
 *
 * @param t any number; its sign does not count
 * @param degrees of freedom, > 0
 * @returns in [0, 1]; to 1e-12 relative
 * @see Abramowitz & Stegun (1964) 26.5.27; Press et al., Numerical Recipes 6.4 (incomplete beta by continued fraction)
 */
export function studentTwoSided(t: number, degrees: number): number {
  if (!(degrees > 0)) throw new RangeError(`invalid degrees of freedom: ${degrees}`);
  if (Number.isNaN(t)) return NaN;
  if (Math.abs(t) === Infinity) return 0;
  return incompleteBeta(degrees / 2, 0.5, degrees, t * t);
}

/** I_x(a, b) at x = p / (p + q), both kept so that neither 1 - x nor x loses its digits. */
function incompleteBeta(a: number, b: number, p: number, q: number): number {
  const [x, y] = [p / (p + q), q / (p + q)];
  if (y === 0) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y));
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(a, b, x)) / a
    : 1 - (front * continuedFraction(b, a, y)) / b;
}

const TINY = 1e-300;

/** Lentz's way through the continued fraction of the incomplete beta function. */
function continuedFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m < 10_000; ++m) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    product *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return product;
}

function apart(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** ln Gamma(x) for x > 0, by Stirling's series from x >= 12 on. */
function logGamma(x: number): number {
  let shift = 1;
  let z = x;
  for (; z < 12; ++z) shift *= z;
  const inverse = 1 / (z * z);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - Math.log(shift);
}
