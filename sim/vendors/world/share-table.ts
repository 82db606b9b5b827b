/** Shares and funds that are known everywhere. */

import {dayOf} from "./days.js";
import type {ExchangeName} from "./exchanges.js";
import type {Split} from "./listing.js";
import {yearEnds} from "./walk.js";

export interface Share {
  name: string;
  exchange: ExchangeName;
  type?: "ETF";
  currency?: string;
  decimals?: number;
  beta: number;
  own: number;
  /** How many percent its price falls when the 10-year (30-year) yield rises by one point. */
  duration10?: number;
  duration30?: number;
  gold?: number;
  volume: number;
  /** Levels in today's shares: splits of later years already divided out. */
  levels: string;
  splits?: readonly Split[];
  yieldPerYear?: number;
  /** Ex-dates, as days of the year. */
  dates?: readonly string[];
}

export const QUARTERLY = ["03-21", "06-20", "09-19", "12-19"];
const MONTHLY = Array.from({length: 12}, (_, i) => `${String(i + 1).padStart(2, "0")}-01`);
const split = (day: string, numerator: number, denominator = 1): Split => ({
  day: dayOf(day),
  numerator,
  denominator
});

export const SHARES: Record<string, Share> = {
  SPY: fund(
    "SPDR S&P 500 ETF Trust",
    1,
    0.004,
    75e6,
    0.013,
    [184.69, 205.54, 203.87, 223.53, 266.86, 249.92, 321.86, 373.88, 474.96, 382.43, 475.31, 586.08, 682, 668]
  ),
  VOO: fund(
    "Vanguard S&P 500 ETF",
    1,
    0.004,
    6e6,
    0.013,
    [169.2, 188.4, 186.9, 205.3, 245.3, 229.8, 295.8, 343.7, 436.6, 351.3, 436.8, 538.8, 627, 614]
  ),
  QQQ: {
    ...fund(
      "Invesco QQQ Trust, Series 1",
      1.18,
      0.08,
      45e6,
      0.006,
      [
        87.96, 103.25, 111.86, 118.48, 155.76, 154.26, 212.61, 313.74, 397.85, 266.28, 409.52, 511.23, 614.3,
        605
      ]
    ),
    exchange: "nasdaq"
  },
  IWM: fund(
    "iShares Russell 2000 ETF",
    1.15,
    0.11,
    30e6,
    0.012,
    [115.4, 119.6, 112.6, 134.9, 152.5, 133.9, 165.7, 196.1, 222.5, 174.4, 200.7, 221, 246.5, 246]
  ),
  EEM: fund(
    "iShares MSCI Emerging Markets ETF",
    0.75,
    0.13,
    30e6,
    0.022,
    [41.8, 39.3, 32.2, 35, 47.1, 39.1, 44.9, 51.7, 48.9, 37.9, 40.2, 41.8, 54.7, 55]
  ),
  VXUS: {
    ...fund(
      "Vanguard Total International Stock Index Fund",
      0.72,
      0.09,
      4e6,
      0.029,
      [52.3, 48.8, 45.1, 45.9, 56.8, 47.3, 55.7, 60.2, 63.6, 51.7, 57.9, 58.9, 75.5, 76]
    ),
    exchange: "nasdaq"
  },
  TLT: {
    ...fund(
      "iShares 20+ Year Treasury Bond ETF",
      0,
      0.02,
      35e6,
      0.038,
      [101.9, 125.9, 120.6, 119.1, 126.9, 121.5, 135.5, 157.7, 148.2, 99.6, 98.9, 87.3, 87.2, 79.5]
    ),
    exchange: "nasdaq",
    duration30: 16,
    dates: MONTHLY
  },
  IEF: {
    ...fund(
      "iShares 7-10 Year Treasury Bond ETF",
      0,
      0.012,
      8e6,
      0.034,
      [99.2, 106, 105.6, 104.8, 105.6, 104.2, 110.2, 120, 115, 95.8, 96.4, 92.5, 96.1, 91]
    ),
    exchange: "nasdaq",
    duration10: 7.3,
    dates: MONTHLY
  },
  AGG: {
    ...fund(
      "iShares Core U.S. Aggregate Bond ETF",
      0.02,
      0.012,
      8e6,
      0.036,
      [106.4, 110.1, 108, 108.1, 109.3, 106.5, 112.4, 118.2, 114.1, 97, 99.3, 96.9, 99.9, 96.5]
    ),
    duration10: 5.8,
    dates: MONTHLY
  },
  HYG: {
    ...fund(
      "iShares iBoxx $ High Yield Corporate Bond ETF",
      0.35,
      0.03,
      35e6,
      0.057,
      [92.88, 89.6, 80.58, 86.55, 87.26, 81.1, 87.94, 87.3, 87.01, 73.63, 77.39, 78.65, 80.6, 79.9]
    ),
    duration10: 1.5,
    dates: MONTHLY
  },
  LQD: {
    ...fund(
      "iShares iBoxx $ Investment Grade Corporate Bond ETF",
      0.12,
      0.025,
      25e6,
      0.042,
      [114.2, 119.4, 114, 117.2, 121.6, 112.8, 128, 138.1, 132.5, 105.4, 110.7, 106.8, 110.5, 106.5]
    ),
    duration10: 8,
    dates: MONTHLY
  },
  GLD: {
    ...fund(
      "SPDR Gold Shares",
      0,
      0.02,
      8e6,
      0,
      [116.1, 113.6, 101.5, 109.6, 123.7, 121.3, 142.9, 178.4, 171, 169.6, 191.2, 242.1, 396.3, 390]
    ),
    gold: 1
  },
  AAPL: {
    ...company(
      "Apple Inc.",
      1.2,
      0.19,
      52e6,
      0.005,
      [20.04, 27.59, 26.32, 28.96, 42.31, 39.44, 73.41, 132.69, 177.57, 129.93, 192.53, 250.42, 272, 268]
    ),
    splits: [split("2014-06-09", 7), split("2020-08-31", 4)],
    dates: ["02-10", "05-12", "08-11", "11-10"]
  },
  MSFT: {
    ...company(
      "Microsoft Corporation",
      1.15,
      0.16,
      22e6,
      0.008,
      [37.4, 46.5, 55.5, 62.1, 85.5, 101.6, 157.7, 222.4, 336.3, 239.8, 376, 421.5, 484, 478]
    ),
    dates: ["02-20", "05-15", "08-21", "11-20"]
  },
  NVDA: {
    ...company(
      "NVIDIA Corporation",
      1.8,
      0.33,
      190e6,
      0.0003,
      [0.4, 0.5, 0.82, 2.67, 4.84, 3.34, 5.88, 13.06, 29.41, 14.61, 49.52, 134.29, 187, 182]
    ),
    splits: [split("2021-07-20", 4), split("2024-06-10", 10)],
    dates: ["03-10", "06-11", "09-11", "12-04"]
  },
  AMZN: {
    ...company(
      "Amazon.com, Inc.",
      1.2,
      0.22,
      40e6,
      0,
      [19.9, 15.5, 33.8, 37.5, 58.5, 75.1, 92.4, 162.8, 166.7, 84, 151.9, 219.4, 231, 228]
    ),
    splits: [split("2022-06-06", 20)]
  },
  GOOGL: {
    ...company(
      "Alphabet Inc.",
      1.1,
      0.18,
      30e6,
      0.004,
      [28, 26.5, 38.9, 39.6, 52.7, 52.2, 67, 87.6, 144.9, 88.2, 139.7, 189.3, 313, 300]
    ),
    splits: [split("2014-04-03", 1998, 1000), split("2022-07-18", 20)]
  },
  "BRK-B": {
    ...company(
      "Berkshire Hathaway Inc.",
      0.85,
      0.1,
      4e6,
      0,
      [118.6, 150.2, 132, 163, 198.2, 204.2, 226.5, 231.9, 299, 308.9, 356.7, 453.3, 502, 498]
    ),
    exchange: "nyse"
  },
  JPM: {
    ...company(
      "JPMorgan Chase & Co.",
      1.1,
      0.14,
      9e6,
      0.023,
      [58.5, 62.6, 66, 86.3, 106.9, 97.6, 139.4, 127.1, 158.4, 134.1, 170.1, 239.7, 322, 310]
    ),
    exchange: "nyse",
    dates: ["01-06", "04-06", "07-06", "10-06"]
  },
  XOM: {
    ...company(
      "Exxon Mobil Corporation",
      0.8,
      0.19,
      16e6,
      0.035,
      [101.2, 92.5, 78, 90.3, 83.6, 68.2, 69.8, 41.2, 61.2, 110.3, 100, 107.6, 120, 118]
    ),
    exchange: "nyse",
    dates: ["02-11", "05-13", "08-14", "11-14"]
  },
  "VOD.L": {
    ...company(
      "Vodafone Group Public Limited Company",
      0.5,
      0.2,
      60e6,
      0.07,
      [237, 222.5, 221, 199.9, 235, 152.9, 146.8, 121, 112.3, 84.2, 68.6, 68.3, 98.5, 96]
    ),
    exchange: "london",
    currency: "GBp",
    dates: ["06-06", "11-21"]
  },
  "ULVR.L": {
    ...company(
      "Unilever PLC",
      0.4,
      0.15,
      2.5e6,
      0.035,
      [2482, 2620, 2926, 3292.5, 4125.5, 4108.5, 4350.5, 4392, 3946.5, 4181, 3800, 4548, 4850, 4700]
    ),
    exchange: "london",
    currency: "GBp",
    decimals: 1,
    dates: ["02-26", "05-21", "08-13", "11-05"]
  },
  "SAP.DE": {
    ...company(
      "SAP SE",
      0.9,
      0.17,
      1.5e6,
      0.013,
      [62.3, 58.3, 73.4, 82.8, 93.5, 86.9, 120.3, 107.2, 124.9, 96.4, 139.5, 236.3, 208, 215]
    ),
    exchange: "frankfurt",
    currency: "EUR",
    dates: ["05-15"]
  },
  "7203.T": {
    ...company(
      "Toyota Motor Corporation",
      0.6,
      0.18,
      25e6,
      0.026,
      [1284, 1513, 1497, 1376, 1442, 1281, 1542, 1591, 2106, 1812, 2590, 3146, 3350, 3300]
    ),
    exchange: "tokyo",
    currency: "JPY",
    decimals: 1,
    splits: [split("2021-09-29", 5)],
    dates: ["03-30", "09-29"]
  }
};

function fund(
  name: string,
  beta: number,
  own: number,
  volume: number,
  yieldPerYear: number,
  ends: readonly number[]
): Share {
  return {
    name,
    type: "ETF",
    exchange: "arca",
    beta,
    own,
    volume,
    levels: yearEnds(...ends),
    yieldPerYear,
    dates: QUARTERLY
  };
}

function company(
  name: string,
  beta: number,
  own: number,
  volume: number,
  yieldPerYear: number,
  ends: readonly number[]
): Share {
  return {
    name,
    exchange: "nasdaq",
    beta,
    own,
    volume,
    levels: yearEnds(...ends),
    yieldPerYear,
    dates: QUARTERLY
  };
}
