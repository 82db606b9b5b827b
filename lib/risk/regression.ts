import {deviation} from "./moments.js";
import {studentTwoSided} from "./student.js";

/** One coefficient of a regression, and how sure it is. */
export interface Coefficient {
  /** Name of the factor; "constant" for the first. */
  factor: string;
  value: number;
  standardError: number;
  /** value / standardError; null when the error is 0 (a perfect fit). */
  t: number | null;
  /** Probability of such a t or a larger one when the true value is 0: Student's t with n - k degrees of freedom. */
  p: number | null;
}

/** A linear regression with a constant. */
export interface Regression {
  /** The constant first, then the factors in the order given. */
  coefficients: readonly Coefficient[];
  /** 1 - residual over total sum of squares; null when y does not vary. */
  rSquared: number | null;
  adjustedRSquared: number | null;
  /** Standard deviation of the residuals, n - k in the denominator. */
  residualDeviation: number;
  /** y less the fit, oldest first, of the rows that counted; shape (n). */
  residuals: Float64Array;
  constants: {
    /** Rows that counted. */
    n: number;
    /** Rows left out because a value was missing. */
    dropped: number;
    errors: "ols" | "hac";
    /** Bartlett lags of HAC errors; null for plain ones. */
    lags: number | null;
  };
}

/** A regression that cannot be made: why. */
export interface NoRegression {
  reason: string;
}

/**
 * Returns the least squares fit of y to a constant and the factors, by a QR decomposition (Householder).
 *
 * `ols`: errors s sqrt((X'X)^-1), equal variance assumed. `hac`: Newey and West's, right under changing variance and
 * autocorrelation up to `lags`, with Bartlett's weights and n / (n - k) for small samples.
 *
 * @param y by period, oldest first; shape (n), NaN = none: the row is left out
 * @param factors by name, same periods; shape (n) each, NaN = none
 * @param options.lags of HAC; default floor(4 (n / 100)^(2/9))
 * @returns the fit, or why there is none: too few rows, or factors that are one another's combination or constant
 * @throws RangeError if lengths differ, a value is infinite, or the lags are no whole number in 0..n-1
 * @see statsmodels OLS(...).fit(), and cov_type="HAC" with use_correction; Newey & West (1987), Econometrica 55(3)
 */
export function regress(
  y: Float64Array,
  factors: Readonly<Record<string, Float64Array>>,
  {errors = "ols", lags}: {errors?: "ols" | "hac"; lags?: number} = {}
): Regression | NoRegression {
  const columns = Object.entries(factors);
  check(y, columns);
  const rows = Array.from(y.keys()).filter(
    (i) => !Number.isNaN(y[i]) && columns.every(([, column]) => !Number.isNaN(column[i]))
  );
  const [n, k] = [rows.length, columns.length + 1];
  if (n <= k) return {reason: `needs more than ${k} complete rows: ${n}`};
  const names = ["constant", ...columns.map(([name]) => name)];
  const x = [
    new Float64Array(n).fill(1),
    ...columns.map(([, column]) => Float64Array.from(rows, (row) => column[row]))
  ];
  const target = Float64Array.from(rows, (row) => y[row]);
  const {r, fitted, dependent} = decompose(x, target);
  if (dependent !== undefined) {
    return {reason: `${names[dependent]} is a combination of the factors before it, or constant`};
  }
  const inverse = invertUpper(r, k);
  const values = Float64Array.from({length: k}, (_, i) =>
    fitted.subarray(0, k).reduce((sum, f, j) => (j < i ? sum : sum + inverse[i * k + j] * f), 0)
  );
  const residuals = target.map(
    (value, row) => value - x.reduce((sum, column, i) => sum + column[row] * values[i], 0)
  );
  const left = residuals.reduce((sum, e) => sum + e * e, 0);
  const used = errors === "hac" ? (lags ?? Math.floor(4 * (n / 100) ** (2 / 9))) : null;
  if (used !== null && !(Number.isInteger(used) && used >= 0 && used < n)) {
    throw new RangeError(`invalid lags: ${used}: a whole number below the ${n} rows`);
  }
  const gram = product(inverse, k);
  const variances = used === null ? scaled(gram, left / (n - k), k) : neweyWest(x, residuals, gram, used);
  const total = deviation(target, 1) ** 2 * (n - 1);
  const rSquared = total > 0 ? 1 - left / total : null;
  return {
    coefficients: names.map((factor, i) => coefficient(factor, values[i], Math.sqrt(variances[i]), n - k)),
    rSquared,
    adjustedRSquared: rSquared === null ? null : 1 - ((1 - rSquared) * (n - 1)) / (n - k),
    residualDeviation: Math.sqrt(left / (n - k)),
    residuals,
    constants: {n, dropped: y.length - n, errors, lags: used}
  };
}

function coefficient(factor: string, value: number, standardError: number, degrees: number): Coefficient {
  const t = standardError > 0 ? value / standardError : null;
  return {factor, value, standardError, t, p: t === null ? null : studentTwoSided(t, degrees)};
}

/** Length of a column's rest, relative to the column, below which it is a combination of those before. */
const DEPENDENT = 1e-10;

/** X = QR by Householder's reflections: R (k x k, row by row) and Q'y; or the first column that adds nothing. */
function decompose(
  x: readonly Float64Array[],
  y: Float64Array
): {r: Float64Array; fitted: Float64Array; dependent?: number} {
  const columns = x.map((column) => column.slice());
  const fitted = y.slice();
  const k = columns.length;
  const r = new Float64Array(k * k);
  for (let j = 0; j < k; ++j) {
    const column = columns[j];
    const length = norm(column.subarray(j));
    if (!(length > DEPENDENT * norm(x[j]))) return {r, fitted, dependent: j};
    const pivot = column[j] > 0 ? -length : length;
    const mirror = column.slice(j);
    mirror[0] -= pivot;
    const size = norm(mirror) ** 2;
    for (const other of [...columns.slice(j), fitted]) {
      let along = 0;
      for (let i = 0; i < mirror.length; ++i) along += mirror[i] * other[j + i];
      for (let i = 0; i < mirror.length; ++i) other[j + i] -= ((2 * along) / size) * mirror[i];
    }
    for (let i = 0; i <= j; ++i) r[i * k + j] = column[i];
  }
  return {r, fitted};
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** Inverse of an upper triangle. */
function invertUpper(r: Float64Array, k: number): Float64Array {
  const inverse = new Float64Array(k * k);
  for (let column = 0; column < k; ++column) {
    for (let i = column; i >= 0; --i) {
      let sum = i === column ? 1 : 0;
      for (let j = i + 1; j <= column; ++j) sum -= r[i * k + j] * inverse[j * k + column];
      inverse[i * k + column] = sum / r[i * k + i];
    }
  }
  return inverse;
}

/** (X'X)^-1 = R^-1 R^-1'. */
function product(inverse: Float64Array, k: number): Float64Array {
  const gram = new Float64Array(k * k);
  for (let i = 0; i < k; ++i) {
    for (let j = 0; j < k; ++j) {
      for (let m = Math.max(i, j); m < k; ++m) gram[i * k + j] += inverse[i * k + m] * inverse[j * k + m];
    }
  }
  return gram;
}

/** Diagonal of s^2 (X'X)^-1. */
function scaled(gram: Float64Array, variance: number, k: number): Float64Array {
  return Float64Array.from({length: k}, (_, i) => gram[i * k + i] * variance);
}

/** Diagonal of (X'X)^-1 S (X'X)^-1 n / (n - k), S the residuals' weighted by Bartlett up to the lags. */
function neweyWest(
  x: readonly Float64Array[],
  residuals: Float64Array,
  gram: Float64Array,
  lags: number
): Float64Array {
  const k = x.length;
  const n = residuals.length;
  const scores = x.map((column) => column.map((value, row) => value * residuals[row]));
  const middle = new Float64Array(k * k);
  for (let lag = 0; lag <= lags; ++lag) {
    const weight = 1 - lag / (lags + 1);
    for (let i = 0; i < k; ++i) {
      for (let j = 0; j < k; ++j) {
        let sum = 0;
        for (let t = lag; t < n; ++t) sum += scores[i][t] * scores[j][t - lag];
        middle[i * k + j] += weight * sum;
        if (lag > 0) middle[j * k + i] += weight * sum;
      }
    }
  }
  const variances = new Float64Array(k);
  for (let i = 0; i < k; ++i) {
    for (let a = 0; a < k; ++a) {
      for (let b = 0; b < k; ++b) variances[i] += gram[i * k + a] * middle[a * k + b] * gram[b * k + i];
    }
    variances[i] *= n / (n - k);
  }
  return variances;
}

function check(y: Float64Array, columns: readonly [string, Float64Array][]): void {
  for (const [name, column] of [["y", y] as const, ...columns]) {
    if (column.length !== y.length)
      throw new RangeError(`${name} has ${column.length} rows, y has ${y.length}`);
    const wrong = column.findIndex((value) => Math.abs(value) === Infinity);
    if (wrong >= 0) throw new RangeError(`invalid ${name}[${wrong}]: ${column[wrong]}`);
  }
}
