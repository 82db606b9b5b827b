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
  return halfBeta(degrees / 2, degrees, t * t);
}

/** I_x(a, 1/2) at x = p / (p + q), both kept so that neither x nor 1 - x loses its digits. */
function halfBeta(a: number, p: number, q: number): number {
  if (q === 0) return 1;
  const [x, y] = [p / (p + q), q / (p + q)];
  const front = (gammaRatio(a) / Math.sqrt(Math.PI)) * Math.exp(-a * Math.log1p(q / p)) * Math.sqrt(y);
  return x < (a + 1) / (a + 2.5)
    ? (front * continuedFraction(a, 0.5, x)) / a
    : 1 - (front * continuedFraction(0.5, a, y)) / 0.5;
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

/** Gamma(a + 1/2) / Gamma(a), by the difference of Stirling's series from a >= 12 on. */
function gammaRatio(a: number): number {
  let shift = 1;
  let z = a;
  for (; z < 12; ++z) shift *= z / (z + 0.5);
  const difference = z * Math.log1p(0.5 / z) - 0.5 + stirling(z + 0.5) - stirling(z);
  return shift * Math.sqrt(z) * Math.exp(difference);
}

function stirling(z: number): number {
  const inverse = 1 / (z * z);
  return (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / z;
}
