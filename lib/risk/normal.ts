const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
const ROOT_PI = Math.sqrt(Math.PI);

/** Returns the density of the standard normal distribution at x. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_TWO_PI;
}

/**
 * Returns the probability that a standard normal variable is at most x, to 1e-14 relative for |x| < 8 (beyond: x^2 1e-16).
 * @see Cody (1969), "Rational Chebyshev approximations for the error function", Mathematics of Computation 23
 */
export function normalProbability(x: number): number {
  const y = Math.abs(x) / Math.SQRT2;
  if (y <= 0.46875) return 0.5 + (Math.sign(x) * errorFunction(y)) / 2;
  const upper = complement(y) / 2;
  return x < 0 ? upper : 1 - upper;
}

/** Returns a0 x^n + a1 x^(n-1) + … + an. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** erf(y) for |y| <= 0.46875. */
function errorFunction(y: number): number {
  const square = y * y;
  return (y * polynomial(ERF_TOP, square)) / polynomial(ERF_BOTTOM, square);
}

/** erfc(y) for y > 0.46875. */
function complement(y: number): number {
  if (y > 27) return 0;
  // exp(-y^2) in two factors, so that the rounding of y^2 is not blown up
  const cut = Math.trunc(y * 16) / 16;
  const scale = Math.exp(-cut * cut) * Math.exp(-(y - cut) * (y + cut));
  if (y <= 4) return (scale * polynomial(MIDDLE_TOP, y)) / polynomial(MIDDLE_BOTTOM, y);
  const inverse = 1 / (y * y);
  const rest = (inverse * polynomial(FAR_TOP, inverse)) / polynomial(FAR_BOTTOM, inverse);
  return (scale * (1 / ROOT_PI - rest)) / y;
}

const ERF_TOP = [
  1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2,
  3.20937758913846947e3
];
const ERF_BOTTOM = [
  1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
];
const MIDDLE_TOP = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
  2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3,
  1.23033935479799725e3
];
const MIDDLE_BOTTOM = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
  3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3
];
const FAR_TOP = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4
];
const FAR_BOTTOM = [
  1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
  2.33520497626869185e-3
];

/**
 * Returns x such that a standard normal variable is at most x with the given probability, to 1e-15 relative.
 * @returns -Infinity at 0, Infinity at 1, NaN outside
 * @see Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37(3)
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return NaN;
  const centred = probability - 0.5;
  if (Math.abs(centred) <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (centred * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
  }
  const outside = Math.min(probability, 1 - probability);
  if (outside === 0) return Math.sign(centred) * Infinity;
  const r = Math.sqrt(-Math.log(outside));
  const size =
    r <= 5
      ? polynomial(SIDE_TOP, r - 1.6) / polynomial(SIDE_BOTTOM, r - 1.6)
      : polynomial(TAIL_TOP, r - 5) / polynomial(TAIL_BOTTOM, r - 5);
  return Math.sign(centred) * size;
}

const CENTRE_TOP = [
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
  1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608
];
const CENTRE_BOTTOM = [
  5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4,
  5.3941960214247511077e3, 6.871870074920579083e2, 4.2313330701600911252e1, 1
];
const SIDE_TOP = [
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734
];
const SIDE_BOTTOM = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
  6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1
];
const TAIL_TOP = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
  2.9656057182850489123e-1, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772
];
const TAIL_BOTTOM = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  1.48753612908506148525e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1
];
