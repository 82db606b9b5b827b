/** A point of a par curve: the coupon, bond-equivalent percent a year, at which a bond of that maturity costs 100. */
export interface ParPoint {
  years: number;
  percent: number;
}

/**
 * Returns a function that gives the par yield at any maturity between the first point and the last, by monotone cubic
 * Hermite interpolation: it passes through every point, and between two it never leaves their range. Outside, and
 * without points, it gives NaN: nothing is extrapolated.
 *
 * The Treasury's own curve (monotone convex, since 2021-12-06) is published at these points only; between them ours is
 * an interpolation, not the Treasury's.
 *
 * @param points by maturity, ascending, each maturity once
 * @throws RangeError if they are not
 * @see Fritsch & Butland (1984), “A method for constructing local monotone piecewise cubic interpolants”, SIAM J. Sci.
 *   Stat. Comput. 5(2); ends as in Moler, “Numerical Computing with MATLAB”, 3.6 (what SciPy's PchipInterpolator does)
 */
export function interpolatePar(points: readonly ParPoint[]): (years: number) => number {
  const n = points.length;
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    x[i] = points[i].years;
    y[i] = points[i].percent;
    if (!Number.isFinite(y[i]) || !(x[i] > (i ? x[i - 1] : 0))) {
      throw new RangeError(`invalid par curve: ${y[i]} percent at ${x[i]} years`);
    }
  }
  if (n < 2) return (years) => (n && years === x[0] ? y[0] : NaN);
  const slope = derivatives(x, y);
  let i = 0;
  return (years) => {
    if (!(years >= x[0] && years <= x[n - 1])) return NaN;
    while (i > 0 && years < x[i]) --i;
    while (i < n - 2 && years > x[i + 1]) ++i;
    const h = x[i + 1] - x[i];
    const t = (years - x[i]) / h;
    const u = 1 - t;
    return (
      u * u * ((1 + 2 * t) * y[i] + t * h * slope[i]) +
      t * t * ((1 + 2 * u) * y[i + 1] - u * h * slope[i + 1])
    );
  };
}

function derivatives(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  const h = new Float64Array(n - 1);
  const d = new Float64Array(n - 1);
  for (let i = 0; i < n - 1; ++i) {
    h[i] = x[i + 1] - x[i];
    d[i] = (y[i + 1] - y[i]) / h[i];
  }
  if (n === 2) return Float64Array.of(d[0], d[0]);
  const slope = new Float64Array(n);
  slope[0] = atEnd(h[0], h[1], d[0], d[1]);
  slope[n - 1] = atEnd(h[n - 2], h[n - 3], d[n - 2], d[n - 3]);
  for (let i = 1; i < n - 1; ++i) {
    if (d[i - 1] * d[i] <= 0) continue;
    const before = 2 * h[i] + h[i - 1];
    const after = h[i] + 2 * h[i - 1];
    slope[i] = (before + after) / (before / d[i - 1] + after / d[i]);
  }
  return slope;
}

/** Three-point slope at an end, bent so that the curve keeps its direction. */
function atEnd(h0: number, h1: number, d0: number, d1: number): number {
  const slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
  if (slope * d0 <= 0) return 0;
  return d0 * d1 < 0 && Math.abs(slope) > 3 * Math.abs(d0) ? 3 * d0 : slope;
}
