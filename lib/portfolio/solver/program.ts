/** A limit on a linear form of the variables: least <= coefficients'x + the absolute sum <= most. */
export interface Row {
  /** In words, as it stands in a list of limits that cannot be met together. */
  name: string;
  /** Shape (n). */
  coefficients: Float64Array;
  /** What is added to the linear form: the sum of |x| or of |x - at| over the weights. Then `least` is -Infinity. */
  absolute?: "gross" | "turnover";
  /** -Infinity is none. */
  least: number;
  /** Infinity is none; equal to `least` for an exact limit. */
  most: number;
}

/** Sum over forms of weight x max(0, form'x): with it the expected shortfall is a linear program. */
export interface Hinges {
  /** What each variable adds to each form, variable by variable; shape (n x count). */
  forms: Float64Array;
  /** > 0, of every form. */
  weight: number;
  count: number;
}

/**
 * What the solver works on: minimize (scale / 2) x'Px + (diagonal / 2) |weights|^2 + linear'x + sum of cost |x - at| +
 * hinges, within bounds and rows. The first `weights` variables are weights of assets; the others are helpers, that
 * absolute values, costs and the diagonal do not touch.
 */
export interface Program {
  /** Variables. */
  n: number;
  /** How many of them, from the first on, are weights of assets. */
  weights: number;
  /** P, symmetric and positive semidefinite, row by row, of the weights alone; shape (weights x weights). */
  quadratic?: Float64Array;
  /** Multiplies P; >= 0. */
  scale: number;
  /** >= 0. */
  diagonal: number;
  /** Shape (n). */
  linear: Float64Array;
  /** Shape (n); -Infinity is none. */
  lower: Float64Array;
  /** Shape (n), no less than `lower`; Infinity is none. */
  upper: Float64Array;
  rows: readonly Row[];
  /** Where costs and turnover are counted from; shape (weights). */
  at: Float64Array;
  /** Cost of one unit of |x - at|, >= 0; shape (weights). */
  cost: Float64Array;
  hinges?: Hinges;
}

/** A point and the prices of what binds there. */
export interface Point {
  /** Shape (n). */
  x: Float64Array;
  /** Of each row, > 0 where the most binds, < 0 where the least does. */
  rows: Float64Array;
  /** Of each hinge, between 0 and its weight. */
  hinges: Float64Array;
}

/** Returns scale P x + diagonal x, the gradient of the quadratic terms; zero for the variables that are no weights. */
export function quadraticGradient(program: Program, x: Float64Array): Float64Array {
  return quadraticSlopes(
    program,
    x,
    Int32Array.from({length: program.n}, (_, i) => i)
  );
}

/** Returns of `quadraticGradient` what belongs to some variables, given in rising order. */
export function quadraticSlopes(
  {weights, quadratic, scale, diagonal}: Program,
  x: Float64Array,
  variables: Int32Array
): Float64Array {
  const slopes = new Float64Array(variables.length);
  if (quadratic && scale) addProducts(quadratic, scale, x.subarray(0, weights), variables, slopes);
  for (let a = 0; a < variables.length; ++a) {
    const i = variables[a];
    if (i < weights) slopes[a] += diagonal * x[i];
  }
  return slopes;
}

/** Adds some rows of scale P x to `out`, four at once; only the columns are read of what is not zero. */
function addProducts(
  matrix: Float64Array,
  scale: number,
  x: Float64Array,
  rows: Int32Array,
  out: Float64Array
): void {
  const n = x.length;
  const held = new Int32Array(n);
  let count = 0;
  for (let j = 0; j < n; ++j) if (x[j] !== 0) held[count++] = j;
  let a = 0;
  for (; a + 3 < rows.length && rows[a + 3] < n; a += 4) {
    const r0 = rows[a] * n;
    const r1 = rows[a + 1] * n;
    const r2 = rows[a + 2] * n;
    const r3 = rows[a + 3] * n;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < count; ++k) {
      const j = held[k];
      const value = x[j];
      s0 += matrix[r0 + j] * value;
      s1 += matrix[r1 + j] * value;
      s2 += matrix[r2 + j] * value;
      s3 += matrix[r3 + j] * value;
    }
    out[a] += scale * s0;
    out[a + 1] += scale * s1;
    out[a + 2] += scale * s2;
    out[a + 3] += scale * s3;
  }
  for (; a < rows.length && rows[a] < n; ++a) {
    const row = rows[a] * n;
    let sum = 0;
    for (let k = 0; k < count; ++k) sum += matrix[row + held[k]] * x[held[k]];
    out[a] += scale * sum;
  }
}

/** Returns coefficients'x and the absolute sum of a row. */
export function rowValue({weights, at}: Program, {coefficients, absolute}: Row, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; ++i) sum += coefficients[i] * x[i];
  if (absolute === "gross") for (let i = 0; i < weights; ++i) sum += Math.abs(x[i]);
  if (absolute === "turnover") for (let i = 0; i < weights; ++i) sum += Math.abs(x[i] - at[i]);
  return sum;
}

/** Returns what each hinge's form is at x; shape (count), empty without hinges. */
export function hingeValues({hinges}: Program, x: Float64Array): Float64Array {
  const values = new Float64Array(hinges?.count ?? 0);
  if (hinges) addForms(hinges.forms, x, values);
  return values;
}

/** Adds forms'x to `out`. */
export function addForms(forms: Float64Array, x: Float64Array, out: Float64Array): void {
  const count = out.length;
  for (let i = 0, from = 0; from < forms.length; ++i, from += count) {
    const factor = x[i];
    if (factor) for (let t = 0; t < count; ++t) out[t] += forms[from + t] * factor;
  }
}

/** Adds forms times prices, of each form, to `out`. */
export function addPriced(forms: Float64Array, prices: Float64Array, out: Float64Array): void {
  const count = prices.length;
  for (let i = 0, from = 0; from < forms.length; ++i, from += count) {
    let sum = 0;
    for (let t = 0; t < count; ++t) sum += forms[from + t] * prices[t];
    out[i] += sum;
  }
}
