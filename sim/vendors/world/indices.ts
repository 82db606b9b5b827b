/** Share indices of the world, and the expected volatility of one of them. */

import {EXCHANGES, type ExchangeName} from "./exchanges.js";
import type {Ground} from "./ground.js";
import {type Listing, onWeekdays} from "./listing.js";
import {walk, yearEnds} from "./walk.js";

interface Index {
  name: string;
  exchange: ExchangeName;
  currency: string;
  /** How much of the S&P 500's day it shares, and what it has of its own in a year. */
  beta: number;
  own: number;
  volume: number;
  levels: string;
}

const INDICES: Record<string, Index> = {
  "^DJI": index(
    "Dow Jones Industrial Average",
    "dji",
    "USD",
    0.93,
    0.05,
    380e6,
    [16577, 17823, 17425, 19763, 24719, 23327, 28538, 30606, 36338, 33147, 37690, 42544, 48063, 47600]
  ),
  "^IXIC": index(
    "NASDAQ Composite",
    "nim",
    "USD",
    1.15,
    0.07,
    5.2e9,
    [4177, 4736, 5007, 5383, 6903, 6635, 8973, 12888, 15645, 10466, 15011, 19311, 23242, 22900]
  ),
  "^NDX": index(
    "NASDAQ 100",
    "nim",
    "USD",
    1.18,
    0.08,
    5.2e9,
    [3592, 4236, 4593, 4864, 6396, 6330, 8733, 12888, 16320, 10940, 16826, 21012, 25250, 24900]
  ),
  "^RUT": index(
    "Russell 2000 Index",
    "wcb",
    "USD",
    1.15,
    0.11,
    4.1e9,
    [1164, 1205, 1136, 1357, 1536, 1349, 1668, 1975, 2245, 1761, 2027, 2230, 2482, 2480]
  ),
  "^GSPTSE": index(
    "S&P/TSX Composite index",
    "toronto",
    "CAD",
    0.7,
    0.08,
    230e6,
    [13622, 14632, 13010, 15288, 16209, 14323, 17063, 17433, 21223, 19385, 20958, 24728, 31713, 31000]
  ),
  "^BVSP": index(
    "IBOVESPA",
    "saoPaulo",
    "BRL",
    0.75,
    0.18,
    11e6,
    [51507, 50007, 43350, 60227, 76402, 87887, 115645, 119017, 104822, 109735, 134185, 120283, 161125, 158000]
  ),
  "^MXX": index(
    "IPC MEXICO",
    "mexico",
    "MXN",
    0.5,
    0.12,
    180e6,
    [42727, 43146, 42978, 45643, 49354, 41640, 43541, 44067, 53272, 48464, 57386, 49513, 64300, 63000]
  ),
  "^STOXX50E": index(
    "ESTX 50 PR.EUR",
    "stoxx",
    "EUR",
    0.75,
    0.12,
    25e6,
    [3109, 3146, 3268, 3291, 3504, 3001, 3745, 3553, 4298, 3794, 4522, 4896, 5791, 5850]
  ),
  "^GDAXI": index(
    "DAX P",
    "frankfurt",
    "EUR",
    0.77,
    0.12,
    60e6,
    [9552, 9806, 10743, 11481, 12918, 10559, 13249, 13719, 15885, 13924, 16752, 19909, 24490, 24300]
  ),
  "^FCHI": index(
    "CAC 40",
    "paris",
    "EUR",
    0.75,
    0.12,
    65e6,
    [4296, 4273, 4637, 4862, 5313, 4731, 5978, 5551, 7153, 6474, 7543, 7381, 8150, 8100]
  ),
  "^FTSE": index(
    "FTSE 100",
    "ftse",
    "GBP",
    0.6,
    0.1,
    750e6,
    [6749, 6566, 6242, 7143, 7688, 6728, 7542, 6461, 7385, 7452, 7733, 8173, 9931, 9900]
  ),
  "^SSMI": index(
    "SMI PR",
    "zurich",
    "CHF",
    0.5,
    0.1,
    35e6,
    [8203, 8983, 8818, 8220, 9382, 8430, 10617, 10704, 12876, 10729, 11138, 11601, 13267, 13100]
  ),
  "^AEX": index(
    "AEX-Index",
    "paris",
    "EUR",
    0.75,
    0.1,
    70e6,
    [402, 424, 442, 483, 545, 488, 605, 625, 798, 689, 787, 879, 951, 955]
  ),
  "^IBEX": index(
    "IBEX 35...",
    "paris",
    "EUR",
    0.7,
    0.13,
    110e6,
    [9917, 10280, 9544, 9352, 10044, 8540, 9549, 8074, 8714, 8229, 10102, 11595, 17308, 17000]
  ),
  "FTSEMIB.MI": index(
    "FTSE MIB Index",
    "paris",
    "EUR",
    0.8,
    0.14,
    350e6,
    [18968, 19012, 21418, 19235, 21853, 18324, 23506, 22233, 27347, 23707, 30352, 34186, 44945, 44800]
  ),
  "^N225": index(
    "Nikkei 225",
    "osaka",
    "JPY",
    0.5,
    0.17,
    110e6,
    [16291, 17451, 19034, 19114, 22765, 20015, 23657, 27444, 28792, 26095, 33464, 39895, 50339, 51000]
  ),
  "^HSI": index(
    "HANG SENG INDEX",
    "hongKong",
    "HKD",
    0.4,
    0.19,
    3.1e9,
    [23306, 23605, 21914, 22001, 29919, 25846, 28190, 27231, 23398, 19781, 17047, 20060, 25631, 25900]
  ),
  "000001.SS": {
    ...index("SSE Composite Index", "shanghai", "CNY", 0.15, 0.17, 400e3, []),
    levels:
      "2014-01-01 2116, 2014-12 3235, 2015-06-12 5166, 2015-08-26 2927, 2015-12 3539, 2016-12 3104, 2017-12 3307, " +
      "2018-12 2494, 2019-12 3050, 2020-12 3473, 2021-12 3640, 2022-12 3089, 2023-12 2975, 2024-12 3352, 2025-12 3969, " +
      "2026-12 3900"
  },
  "^KS11": index(
    "KOSPI Composite Index",
    "seoul",
    "KRW",
    0.4,
    0.15,
    450e3,
    [2011, 1916, 1961, 2026, 2467, 2041, 2198, 2873, 2978, 2236, 2655, 2399, 4214, 4500]
  ),
  "^TWII": index(
    "TWSE Capitalization Weighted Stock Index",
    "taipei",
    "TWD",
    0.4,
    0.14,
    4.2e6,
    [8612, 9307, 8338, 9254, 10643, 9727, 11997, 14733, 18219, 14138, 17931, 23035, 28964, 30000]
  ),
  "^BSESN": index(
    "S&P BSE SENSEX",
    "mumbai",
    "INR",
    0.35,
    0.13,
    9e6,
    [21171, 27499, 26118, 26626, 34057, 36068, 41254, 47751, 58254, 60841, 72240, 78139, 85221, 84500]
  ),
  "^STI": index(
    "STI Index",
    "singapore",
    "SGD",
    0.35,
    0.1,
    200e6,
    [3167, 3365, 2883, 2881, 3403, 3069, 3223, 2844, 3124, 3251, 3240, 3788, 4640, 4700]
  ),
  "^AXJO": index(
    "S&P/ASX 200",
    "sydney",
    "AUD",
    0.4,
    0.12,
    650e3,
    [5352, 5411, 5296, 5666, 6065, 5646, 6684, 6587, 7445, 7039, 7591, 8159, 8714, 8700]
  )
};

/** Expected volatility beyond or short of thirty days: how far it goes with VIX, and its long-run level. */
const HORIZONS: Record<string, {name: string; share: number; level: number}> = {
  "^VIX9D": {name: "CBOE S&P 500 9-Day Volatility Index", share: 1.15, level: 15.5},
  "^VIX": {name: "CBOE Volatility Index", share: 1, level: 18},
  "^VIX3M": {name: "CBOE S&P 500 3-Month Volatility Index", share: 0.72, level: 20},
  "^VIX6M": {name: "CBOE S&P 500 6-Month Volatility Index", share: 0.55, level: 21.5},
  "^VIX1Y": {name: "CBOE S&P 500 1-Year Volatility Index", share: 0.42, level: 22.5}
};

export function indices(ground: Ground): Listing[] {
  const {grids, sp500, shares, vix} = ground;
  const sp = {type: "INDEX", decimals: 2, currency: "USD"} as const;
  return [
    {
      ...sp,
      symbol: "^GSPC",
      name: "S&P 500",
      exchange: EXCHANGES.snp,
      volume: 4.2e9,
      dailyRange: 0.01,
      levels: onWeekdays(ground, sp500)
    },
    ...Object.entries(INDICES).map(([symbol, {name, exchange, currency, beta, own, volume, levels}]) => ({
      ...sp,
      symbol,
      name,
      currency,
      exchange: EXCHANGES[exchange],
      volume,
      dailyRange: Math.hypot(beta * 0.17, own) / 16,
      levels: onWeekdays(ground, () =>
        walk(grids.weekdays, {
          name: symbol,
          anchors: levels,
          volatility: own,
          drift: 0.05,
          follows: [[shares(), beta]]
        })
      )
    })),
    ...Object.entries(HORIZONS).map(([symbol, {name, share, level}]) => ({
      ...sp,
      symbol,
      name,
      exchange: EXCHANGES.cboe,
      volume: 0,
      dailyRange: 0.05 * share,
      levels: onWeekdays(ground, () => vix().map((value) => level * (value / 18) ** share))
    }))
  ];
}

function index(
  name: string,
  exchange: ExchangeName,
  currency: string,
  beta: number,
  own: number,
  volume: number,
  ends: readonly number[]
): Index {
  return {name, exchange, currency, beta, own, volume, levels: yearEnds(...ends)};
}
