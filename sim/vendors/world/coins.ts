/** Coins, traded every day of the week. */

import {dayOf} from "./days.js";
import {EXCHANGES} from "./exchanges.js";
import type {Ground} from "./ground.js";
import type {Levels, Listing} from "./listing.js";
import {walk} from "./walk.js";

interface Coin {
  symbol: string;
  name: string;
  binance: string;
  first: string;
  decimals: number;
  volume: number;
  levels?: string;
}

/** Coins by Yahoo's and by Binance's symbol. */
export const COINS: readonly Coin[] = [
  {
    symbol: "BTC-USD",
    name: "Bitcoin USD",
    binance: "BTCUSDT",
    first: "2014-09-17",
    decimals: 2,
    volume: 32e9
  },
  {
    symbol: "ETH-USD",
    name: "Ethereum USD",
    binance: "ETHUSDT",
    first: "2017-08-17",
    decimals: 2,
    volume: 18e9,
    levels:
      "2014-01-01 1, 2015-12 0.93, 2016-12 8, 2017-08-17 300, 2017-12 756, 2018-01-13 1396, 2018-12 133, 2019-12 130, " +
      "2020-12 737, 2021-05-11 4168, 2021-11-08 4812, 2021-12 3682, 2022-06-18 993, 2022-12 1196, 2023-12 2281, " +
      "2024-03-11 4066, 2024-12 3332, 2025-04-08 1472, 2025-08-22 4831, 2025-12 2967, 2026-12 2750"
  },
  {
    symbol: "SOL-USD",
    name: "Solana USD",
    binance: "SOLUSDT",
    first: "2020-08-11",
    decimals: 2,
    volume: 4e9,
    levels:
      "2014-01-01 1, 2020-08-11 3.2, 2020-12 1.8, 2021-11-06 258, 2021-12 170, 2022-12 9.96, 2023-12 101.5, 2024-12 189, " +
      "2025-12 125, 2026-12 122"
  }
];

export function coins(ground: Ground): Listing[] {
  return COINS.map(({symbol, name, first, decimals, volume, levels}) => ({
    symbol,
    name,
    type: "CRYPTOCURRENCY",
    exchange: EXCHANGES.crypto,
    currency: "USD",
    decimals,
    first: dayOf(first),
    volume,
    dailyRange: levels ? 0.045 : 0.032,
    levels: (): Levels => ({
      days: ground.grids.everyDay.days,
      values: levels
        ? walk(ground.grids.everyDay, {
            name: symbol,
            anchors: levels,
            volatility: 0.45,
            drift: 0.1,
            follows: [[ground.bitcoinChanges(), 1.05]]
          })
        : ground.bitcoin()
    })
  }));
}
