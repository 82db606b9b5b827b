/** The Treasury's curves: four points move, and what lies between them is smooth. */

import type {Grid} from "./days.js";
import type {Policy} from "./policy.js";
import {standardNormals} from "./chance.js";
import {onceEach} from "./once.js";
import {rounded, walk} from "./walk.js";

const TWO =
  "2014-01-01 0.38, 2014-12 0.67, 2015-12 1.06, 2016-07-06 0.56, 2016-12 1.2, 2017-12 1.89, 2018-11-08 2.97, " +
  "2018-12 2.48, 2019-08 1.5, 2019-12 1.58, 2020-02-19 1.42, 2020-03-09 0.38, 2020-12 0.13, 2021-06 0.25, 2021-12 0.73, " +
  "2022-06-14 3.45, 2022-12 4.41, 2023-03-08 5.05, 2023-03-24 3.76, 2023-10-18 5.19, 2023-12 4.23, 2024-04-30 5.04, " +
  "2024-09-24 3.49, 2024-12 4.25, 2025-04-04 3.68, 2025-06 3.72, 2025-10-21 3.45, 2025-12 3.47, 2026-03 3.9, " +
  "2026-08-05 4.18, 2026-10-01 4.78, 2026-12 4.6";
const TEN =
  "2014-01-01 3.04, 2014-12 2.17, 2015-02-02 1.68, 2015-12 2.27, 2016-07-08 1.37, 2016-12 2.45, 2017-09-07 2.05, " +
  "2017-12 2.4, 2018-11-08 3.24, 2018-12 2.69, 2019-08 1.5, 2019-12 1.92, 2020-02-19 1.56, 2020-03-09 0.54, " +
  "2020-04 0.64, 2020-06 0.66, 2020-08-04 0.52, 2020-10 0.87, 2020-12 0.93, 2021-03 1.74, 2021-07 1.24, 2021-12 1.52, 2022-06-14 3.49, 2022-08-01 2.6, " +
  "2022-10-24 4.25, 2022-12 3.88, 2023-04-06 3.3, 2023-10-19 4.98, 2023-12 3.88, 2024-04-25 4.7, 2024-09-16 3.63, " +
  "2024-12 4.58, 2025-01-14 4.78, 2025-04-04 4.01, 2025-06 4.24, 2025-10-22 3.97, 2025-12 4.18, 2026-03 4.3, " +
  "2026-08-05 4.63, 2026-10-01 5.24, 2026-12 5.05";
const THIRTY =
  "2014-01-01 3.96, 2014-12 2.75, 2015-01-30 2.25, 2015-12 3.01, 2016-07-08 2.11, 2016-12 3.06, 2017-12 2.74, " +
  "2018-11-08 3.43, 2018-12 3.02, 2019-08 1.96, 2019-12 2.39, 2020-03-09 0.99, 2020-04 1.28, 2020-06 1.41, 2020-08-04 1.19, 2020-10 1.65, 2020-12 1.65, " +
  "2021-03 2.41, 2021-12 1.9, 2022-06-14 3.43, 2022-08-01 2.94, 2022-10-24 4.4, 2022-12 3.97, 2023-04-06 3.54, 2023-10-19 5.11, " +
  "2023-12 4.03, 2024-04-25 4.82, 2024-09-16 3.94, 2024-12 4.78, 2025-01-14 4.98, 2025-04-04 4.41, 2025-06 4.78, " +
  "2025-10-22 4.54, 2025-12 4.84, 2026-03 4.9, 2026-08-05 5.17, 2026-10-01 5.61, 2026-12 5.45";
const INFLATION = {
  5:
    "2014-01-01 1.77, 2014-12 1.17, 2015-12 1.25, 2016-02-11 0.95, 2016-12 1.83, 2017-12 1.86, 2018-12 1.49, " +
    "2019-12 1.71, 2020-03-19 0.14, 2020-06 1.17, 2020-12 1.97, 2021-12 2.87, 2022-03-25 3.59, 2022-12 2.38, " +
    "2023-12 2.12, 2024-12 2.38, 2025-12 2.3, 2026-06 2.5, 2026-12 2.55",
  10:
    "2014-01-01 2.24, 2014-12 1.68, 2015-12 1.58, 2016-02-11 1.18, 2016-12 1.97, 2017-12 1.98, 2018-12 1.71, " +
    "2019-12 1.77, 2020-03-19 0.5, 2020-06 1.34, 2020-12 1.99, 2021-12 2.59, 2022-04-21 3.02, 2022-12 2.3, " +
    "2023-12 2.17, 2024-12 2.34, 2025-12 2.25, 2026-06 2.4, 2026-12 2.45",
  30:
    "2014-01-01 2.4, 2014-12 1.95, 2015-12 1.75, 2016-02-11 1.5, 2016-12 2.07, 2017-12 2.05, 2018-12 1.83, " +
    "2019-12 1.81, 2020-03-19 0.9, 2020-06 1.6, 2020-12 2.05, 2021-12 2.4, 2022-04-21 2.6, 2022-12 2.3, " +
    "2023-12 2.2, 2024-12 2.3, 2025-12 2.22, 2026-06 2.3, 2026-12 2.35"
};

/** Maturities of the par curve in years by the Treasury's names, with the day from which they are published. */
export const MATURITIES = [
  ["BC_1MONTH", 1 / 12, "2001-07-31"],
  ["BC_1_5MONTH", 1.5 / 12, "2025-02-18"],
  ["BC_2MONTH", 2 / 12, "2018-10-16"],
  ["BC_3MONTH", 0.25, "1990-01-02"],
  ["BC_4MONTH", 4 / 12, "2022-10-19"],
  ["BC_6MONTH", 0.5, "1990-01-02"],
  ["BC_1YEAR", 1, "1990-01-02"],
  ["BC_2YEAR", 2, "1990-01-02"],
  ["BC_3YEAR", 3, "1990-01-02"],
  ["BC_5YEAR", 5, "1990-01-02"],
  ["BC_7YEAR", 7, "1990-01-02"],
  ["BC_10YEAR", 10, "1990-01-02"],
  ["BC_20YEAR", 20, "1993-10-01"],
  ["BC_30YEAR", 30, "1990-01-02"]
] as const;
export const REAL_MATURITIES = [5, 7, 10, 20, 30] as const;

/** Nelson and Siegel's loadings of level, slope and curvature, with a second curvature (Svensson). */
function loadings(years: number): number[] {
  const [x, y] = [years / 1.5, years / 8];
  const slope = (1 - Math.exp(-x)) / x;
  return [1, slope, slope - Math.exp(-x), (1 - Math.exp(-y)) / y - Math.exp(-y)];
}

/** What share each knot's yield has in the yield of a maturity, when the curve runs through all knots. */
export function shares(knots: readonly number[], years: number): number[] {
  const n = knots.length;
  const equations = Array.from({length: n}, (_, row) => [
    ...knots.map((knot) => loadings(knot)[row]),
    loadings(years)[row]
  ]);
  for (let i = 0; i < n; ++i) {
    const pivot = equations.findIndex((row, at) => at >= i && Math.abs(row[i]) > 1e-12);
    [equations[i], equations[pivot]] = [equations[pivot], equations[i]];
    for (let row = 0; row < n; ++row) {
      if (row === i) continue;
      const factor = equations[row][i] / equations[i][i];
      equations[row] = equations[row].map((value, column) => value - factor * equations[i][column]);
    }
  }
  return equations.map((row, i) => row[n] / row[i]);
}

export interface Curve {
  /** Par yield of a maturity, two decimals as they are published, on each day of the grid. */
  par(years: number): Float64Array;
  /** Par real yield: par yield less expected inflation. */
  real(years: number): Float64Array;
}

export function curve(weekdays: Grid, {expected}: Policy): Curve {
  const {days} = weekdays;
  const common = standardNormals("rates level", days.length).map((z) => (0.8 * z) / Math.sqrt(261));
  const knot = (name: string, anchors: string, load: number, volatility: number) => {
    const line = walk(weekdays, {name, anchors, scale: "level", volatility: 0});
    const stress = line.map((percent) => Math.min(1.15, 0.2 + percent / 3.5)); // low yields move less
    const follows = [[common.map((change, i) => change * stress[i]), load]] as const;
    return walk(weekdays, {name, anchors, scale: "level", volatility, follows, stress});
  };
  const bills = walk(weekdays, {
    name: "bill spread",
    scale: "level",
    anchors:
      "2014-01-01 -0.04, 2015-12 -0.02, 2018-12 0.02, 2020-06 0.05, 2022-12 0.05, 2025-12 0.03, 2026-10 0.1",
    volatility: 0.25,
    stays: 0.9
  });
  const knots = [
    bills.map((spread, i) => Math.max(0.01, spread + expected(days[i], days[i], days[i] + 91))),
    knot("2 years", TWO, 0.85, 0.35),
    knot("10 years", TEN, 1, 0.3),
    knot("30 years", THIRTY, 0.9, 0.33)
  ];
  const inflation = ([5, 10, 30] as const).map((years) =>
    walk(weekdays, {
      name: `inflation ${years}`,
      anchors: INFLATION[years],
      scale: "level",
      volatility: 0.22 - years / 400,
      follows: [[common, 0.35 - years / 300]]
    })
  );

  const between = (by: readonly Float64Array[], weights: readonly number[]) =>
    days.length ? by[0].map((_, i) => weights.reduce((sum, weight, k) => sum + weight * by[k][i], 0)) : by[0];
  const once = onceEach();
  const par = (years: number) =>
    once(`par ${years}`, () =>
      between(knots, shares([0.25, 2, 10, 30], years)).map((percent) => rounded(Math.max(0, percent), 2))
    );
  return {
    par,
    real: (years) =>
      once(`real ${years}`, () => {
        const expectedInflation = between(inflation, lagrange([5, 10, 30], years));
        return par(years).map((percent, i) => rounded(percent - expectedInflation[i], 2));
      })
  };
}

/** Weights of a parabola through three maturities, in the logarithm of years. */
function lagrange(knots: readonly number[], years: number): number[] {
  const x = Math.log(years);
  const at = knots.map(Math.log);
  return at.map((xi, i) =>
    at.reduce((weight, xj, j) => (i === j ? weight : (weight * (x - xj)) / (xi - xj)), 1)
  );
}
