/** Currencies: what a euro is worth on each day, in each of them. */

import {type AccountMarket, accountRates, through} from "./account.js";
import {CURRENCIES, FIXED} from "./currency-table.js";
import {EXCHANGES} from "./exchanges.js";
import type {Ground} from "./ground.js";
import {type Listing, onWeekdays} from "./listing.js";
import {onceEach} from "./once.js";
import {walk} from "./walk.js";

const EUR_USD =
  "2014-01-01 1.3743, 2014-05-06 1.393, 2014-12 1.21, 2015-03-13 1.05, 2015-12 1.0862, 2016-05-02 1.153, 2016-12-20 1.0385, " +
  "2017-12 1.2005, 2018-02-15 1.25, 2018-12 1.1467, 2019-12 1.1213, 2020-03-20 1.07, 2020-12 1.2216, 2021-12 1.137, " +
  "2022-09-27 0.96, 2022-12 1.0705, 2023-07-14 1.1228, 2023-10-03 1.0469";
const GBP_USD =
  "2014-01-01 1.656, 2014-12 1.5577, 2015-12 1.4736, 2016-06-23 1.4877, 2016-07-06 1.293, 2016-12 1.234, 2017-12 1.3513, " +
  "2018-12 1.2754, 2019-12 1.3257, 2020-03-19 1.1485, 2020-12 1.3673, 2021-12 1.3532, 2022-09-26 1.0684, " +
  "2022-12 1.2077, 2023-07-13 1.3137, 2023-10-03 1.2075";
const USD_PER_YEN =
  "2014-01-01 0.0095, 2014-12 0.00835, 2015-12 0.00831, 2016-08-18 0.01001, 2016-12 0.00855, 2017-12 0.00887, " +
  "2018-12 0.00911, 2019-12 0.0092, 2020-12 0.00969, 2021-12 0.00869, 2022-10-20 0.00666, 2022-12 0.00763, " +
  "2023-06 0.00693";

/** Units of each currency for one euro, on the weekdays of the world; unrounded. */
export function perEuros(ground: Ground, account: AccountMarket): (currency: string) => Float64Array {
  const {weekdays} = ground.grids;
  const once = onceEach();
  const perEuroOf = (currency: string): Float64Array => once(currency, () => make(currency));
  const dollarsPer = (currency: "EUR" | "GBP" | "JPY", history: string, volatility: number, load: number) =>
    through(ground, currency, history, accountRates(account, currency), volatility, [
      [ground.dollar(), load]
    ]);

  function make(currency: string): Float64Array {
    if (currency === "EUR") return new Float64Array(weekdays.days.length).fill(1);
    if (currency === "USD") return dollarsPer("EUR", EUR_USD, 0.045, -1);
    const dollars = perEuroOf("USD");
    if (currency === "GBP") return dollarsPer("GBP", GBP_USD, 0.05, -0.9).map((one, i) => dollars[i] / one);
    if (currency === "JPY")
      return dollarsPer("JPY", USD_PER_YEN, 0.07, -0.7).map((one, i) => dollars[i] / one);
    const spec = CURRENCIES[currency];
    if (!spec) throw new RangeError(`no currency ${currency} in the world`);
    const {per, volatility, dollar = 0, shares = 0, levels} = spec;
    const path = walk(weekdays, {
      name: currency,
      anchors: levels,
      volatility,
      follows: [
        [ground.dollar(), dollar],
        [ground.shares(), shares]
      ]
    });
    return per === "EUR" ? path : path.map((one, i) => one * dollars[i]);
  }
  return perEuroOf;
}

const CODES = new Set(["EUR", ...FIXED.keys()]);

/** A pair as Yahoo names it: `EURUSD=X`, `JPY=X` for yen a dollar; undefined when a currency is unknown. */
export function pair(
  symbol: string,
  ground: Ground,
  perEuro: (currency: string) => Float64Array
): Listing | undefined {
  const [, base = "USD", quote = ""] = /^([A-Z]{3})?([A-Z]{3})=X$/.exec(symbol) ?? [];
  if (!CODES.has(base) || !CODES.has(quote) || base === quote) return undefined;
  const values = () => perEuro(quote).map((one, i) => one / perEuro(base)[i]);
  return {
    symbol,
    name: `${base}/${quote}`,
    type: "CURRENCY",
    exchange: EXCHANGES.currencies,
    currency: quote,
    decimals: values().at(-1)! > 50 ? 3 : 5,
    volume: 0,
    dailyRange: 0.005,
    levels: onWeekdays(ground, values)
  };
}

/** The dollar's index as ICE defines it. */
export function dollarIndex(ground: Ground, perEuro: (currency: string) => Float64Array): Listing {
  const values = () => {
    const [usd, jpy, gbp, cad, sek, chf] = ["USD", "JPY", "GBP", "CAD", "SEK", "CHF"].map(perEuro);
    return usd.map(
      (euro, i) =>
        50.14348112 *
        euro ** -0.576 *
        (jpy[i] / euro) ** 0.136 *
        (euro / gbp[i]) ** -0.119 *
        (cad[i] / euro) ** 0.091 *
        (sek[i] / euro) ** 0.042 *
        (chf[i] / euro) ** 0.036
    );
  };
  return {
    symbol: "DX-Y.NYB",
    name: "US Dollar Index",
    type: "INDEX",
    exchange: EXCHANGES.ice,
    currency: "USD",
    decimals: 3,
    volume: 0,
    dailyRange: 0.004,
    levels: onWeekdays(ground, values)
  };
}
