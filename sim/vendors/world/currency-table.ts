/** Currencies that the ECB fixes. */

import {yearEnds} from "./walk.js";

export interface Currency {
  name: string;
  /** Decimals of the ECB's rate. */
  decimals: number;
  /** What its anchors are per: euro or dollar. */
  per: "EUR" | "USD";
  volatility: number;
  /** How much it shares of the dollar's day, and of the share market's. */
  dollar?: number;
  shares?: number;
  levels: string;
  /** First and last day of the ECB's rate. */
  from?: string;
  to?: string;
}

/** A currency as the ECB fixes it. */
export type Fixing = Pick<Currency, "name" | "decimals" | "from" | "to">;

/** A currency's levels at the ends of the years 2013 to 2026. */
function perDollar(
  name: string,
  volatility: number,
  dollar: number,
  shares: number,
  ends: number[],
  decimals = 4
): Currency {
  return {name, decimals, per: "USD", volatility, dollar, shares, levels: yearEnds(...ends)};
}
function perEuro(name: string, volatility: number, ends: number[], decimals = 4): Currency {
  return {name, decimals, per: "EUR", volatility, levels: yearEnds(...ends)};
}

/** Currencies of which the ECB publishes a rate, but dollar, yen and pound. */
export const CURRENCIES: Record<string, Currency> = {
  CHF: {
    ...perEuro("Swiss franc", 0.045, []),
    levels:
      "2014-01-01 1.2276, 2015-01-14 1.201, 2015-01-16 1.0128, 2015-12 1.0835, 2016-12 1.0739, 2017-12 1.1702, 2018-12 1.1269, " +
      "2019-12 1.0854, 2020-12 1.0802, 2021-12 1.0331, 2022-12 0.9847, 2023-12 0.926, 2024-12 0.9412, 2025-12 0.9314, " +
      "2026-12 0.93"
  },
  SEK: perEuro(
    "Swedish krona",
    0.07,
    [
      8.8591, 9.393, 9.1895, 9.5525, 9.8438, 10.2548, 10.4468, 10.0343, 10.2503, 11.1218, 11.096, 11.459,
      10.8, 10.9
    ]
  ),
  NOK: perEuro(
    "Norwegian krone",
    0.085,
    [
      8.363, 9.042, 9.603, 9.0863, 9.8403, 9.9483, 9.8638, 10.4703, 9.9888, 10.5138, 11.2405, 11.795, 11.8,
      11.4
    ]
  ),
  DKK: perEuro(
    "Danish krone",
    0.001,
    [
      7.4593, 7.4453, 7.4626, 7.4344, 7.4449, 7.4673, 7.4715, 7.4409, 7.4364, 7.4365, 7.4529, 7.4578, 7.469,
      7.468
    ]
  ),
  PLN: perEuro(
    "Polish zloty",
    0.065,
    [4.1543, 4.2732, 4.2639, 4.4103, 4.177, 4.3014, 4.2568, 4.5597, 4.5969, 4.6808, 4.3395, 4.275, 4.22, 4.24]
  ),
  CZK: perEuro(
    "Czech koruna",
    0.045,
    [
      27.427, 27.735, 27.023, 27.021, 25.535, 25.724, 25.408, 26.242, 24.858, 24.116, 24.724, 25.185, 24.24,
      24.35
    ],
    3
  ),
  HUF: perEuro(
    "Hungarian forint",
    0.075,
    [297.04, 315.54, 315.98, 309.83, 310.33, 320.98, 330.53, 363.89, 369.19, 400.87, 382.8, 411.35, 385, 364],
    2
  ),
  RON: perEuro(
    "Romanian leu",
    0.02,
    [4.471, 4.4828, 4.524, 4.539, 4.6585, 4.6635, 4.783, 4.8683, 4.949, 4.9495, 4.9756, 4.9743, 5.09, 5.12]
  ),
  BGN: {...perEuro("Bulgarian lev", 0, []), levels: "2014-01-01 1.9558, 2025-12 1.9558", to: "2025-12-31"},
  ISK: {
    ...perEuro(
      "Icelandic krona",
      0.06,
      [156, 154, 141.3, 119.1, 124.3, 133.2, 135.8, 156.1, 147.6, 151.5, 150.5, 143.9, 147.5, 146],
      2
    ),
    from: "2018-02-01"
  },
  TRY: perDollar(
    "Turkish lira",
    0.13,
    0.3,
    -0.2,
    [2.15, 2.34, 2.92, 3.53, 3.79, 5.29, 5.95, 7.43, 13.4, 18.7, 29.5, 35.36, 42.95, 47.5]
  ),
  AUD: perDollar(
    "Australian dollar",
    0.06,
    0.9,
    -0.25,
    [1.121, 1.2229, 1.372, 1.388, 1.281, 1.4178, 1.424, 1.297, 1.3769, 1.4679, 1.4667, 1.6159, 1.498, 1.45]
  ),
  NZD: perDollar(
    "New Zealand dollar",
    0.065,
    0.9,
    -0.22,
    [
      1.2165, 1.2817, 1.4625, 1.4421, 1.4088, 1.4888, 1.4849, 1.3918, 1.4616, 1.5748, 1.5816, 1.7872, 1.735,
      1.7
    ]
  ),
  CAD: perDollar(
    "Canadian dollar",
    0.05,
    0.65,
    -0.15,
    [
      1.0621, 1.1621, 1.384, 1.344, 1.2571, 1.3637, 1.2988, 1.2725, 1.2719, 1.3544, 1.3243, 1.4389, 1.371,
      1.385
    ]
  ),
  CNY: perDollar(
    "Chinese yuan renminbi",
    0.025,
    0.25,
    -0.03,
    [6.054, 6.2052, 6.4855, 6.945, 6.5075, 6.8785, 6.9632, 6.5398, 6.3524, 6.8987, 7.1, 7.2988, 6.99, 6.9]
  ),
  HKD: {
    ...perDollar("Hong Kong dollar", 0.005, 0, 0, []),
    levels:
      "2014-01-01 7.754, 2016-12 7.755, 2018-06 7.846, 2019-12 7.79, 2020-12 7.753, 2021-12 7.797, 2022-06 7.847, 2023-12 7.809, " +
      "2025-05-02 7.751, 2025-12 7.782, 2026-12 7.79"
  },
  SGD: perDollar(
    "Singapore dollar",
    0.025,
    0.5,
    -0.05,
    [
      1.2625, 1.3248, 1.4177, 1.4469, 1.3373, 1.3629, 1.3454, 1.3218, 1.349, 1.3392, 1.319, 1.3657, 1.285,
      1.28
    ]
  ),
  KRW: perDollar(
    "South Korean won",
    0.055,
    0.55,
    -0.15,
    [1055, 1091, 1175, 1208, 1067, 1111, 1155, 1086, 1189, 1260, 1294, 1475, 1440, 1420],
    2
  ),
  INR: perDollar(
    "Indian rupee",
    0.035,
    0.2,
    -0.06,
    [61.8, 63.3, 66.2, 67.9, 63.9, 69.6, 71.3, 73.1, 74.5, 82.7, 83.2, 85.6, 89.8, 91.5]
  ),
  IDR: perDollar(
    "Indonesian rupiah",
    0.045,
    0.2,
    -0.1,
    [12170, 12385, 13785, 13470, 13555, 14380, 13865, 14050, 14250, 15570, 15390, 16100, 16680, 16900],
    2
  ),
  ILS: perDollar(
    "Israeli shekel",
    0.05,
    0.4,
    -0.15,
    [3.4725, 3.891, 3.894, 3.847, 3.477, 3.747, 3.454, 3.211, 3.11, 3.526, 3.6, 3.646, 3.19, 3.1]
  ),
  MXN: perDollar(
    "Mexican peso",
    0.085,
    0.3,
    -0.3,
    [13.04, 14.74, 17.21, 20.73, 19.66, 19.65, 18.93, 19.91, 20.53, 19.5, 16.97, 20.83, 17.99, 17.8]
  ),
  MYR: perDollar(
    "Malaysian ringgit",
    0.04,
    0.35,
    -0.06,
    [3.276, 3.497, 4.293, 4.486, 4.046, 4.132, 4.09, 4.02, 4.166, 4.405, 4.594, 4.472, 4.06, 4]
  ),
  PHP: perDollar(
    "Philippine peso",
    0.04,
    0.25,
    -0.05,
    [44.4, 44.7, 47.1, 49.7, 49.9, 52.6, 50.7, 48, 51, 55.7, 55.4, 57.8, 58.9, 59.5],
    3
  ),
  THB: perDollar(
    "Thai baht",
    0.045,
    0.35,
    -0.05,
    [32.9, 32.9, 36, 35.8, 32.6, 32.4, 29.9, 30, 33.2, 34.6, 34.4, 34.3, 31.5, 31.8],
    3
  ),
  BRL: perDollar(
    "Brazilian real",
    0.12,
    0.4,
    -0.3,
    [2.363, 2.658, 3.96, 3.255, 3.312, 3.88, 4.025, 5.194, 5.57, 5.279, 4.855, 6.18, 5.5, 5.4]
  ),
  ZAR: perDollar(
    "South African rand",
    0.12,
    0.5,
    -0.3,
    [10.49, 11.57, 15.47, 13.74, 12.38, 14.38, 14, 14.69, 15.94, 17.02, 18.28, 18.87, 16.6, 16.8]
  )
};

/** Currencies that the ECB gives a rate of, as it calls them, with its decimals. */
export const FIXED: ReadonlyMap<string, Fixing> = new Map<string, Fixing>([
  ["USD", {name: "US dollar", decimals: 4}],
  ["JPY", {name: "Japanese yen", decimals: 2}],
  ["GBP", {name: "UK pound sterling", decimals: 5}],
  ...Object.entries(CURRENCIES)
]);
