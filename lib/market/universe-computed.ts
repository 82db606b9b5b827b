import type {Every, Instrument, Place, Recipe} from "./instrument.js";
import {PAR_POINTS, REAL_POINTS} from "./universe-rates.js";

const PAR_IDS = PAR_POINTS.map(({symbol}) => `treasury:${symbol}`);

/** Nominal less real par yield of the same day. */
export const BREAKEVENS: readonly Instrument[] = REAL_POINTS.map(({years, label}) => ({
  ...computed("rates", "Breakeven inflation", `BREAKEVEN_${years}Y`, label, {
    by: "less",
    of: [`treasury:BC_${years}YEAR`, `treasury:TC_${years}YEAR`]
  }),
  name: `Breakeven of ${label}`
}));

/** Differences of par yields of the same day. */
export const SLOPES: readonly Instrument[] = [
  slope("2S10S", "2s10s: 10 years less 2 years", "BC_10YEAR", "BC_2YEAR"),
  slope("3M10Y", "3m10y: 10 years less 3 months", "BC_10YEAR", "BC_3MONTH"),
  slope("5S30S", "5s30s: 30 years less 5 years", "BC_30YEAR", "BC_5YEAR")
];

/** Forward rates of the bootstrapped Treasury curve. */
export const FORWARDS: readonly Instrument[] = (
  [
    [1, 1],
    [2, 1],
    [3, 2],
    [5, 5],
    [10, 10]
  ] as const
).map(([start, length]) =>
  computed("curves", "Forward rates", `${start}Y${length}Y`, `${start}y${length}y`, {
    by: "forward",
    of: PAR_IDS,
    start,
    length
  })
);

/** The dollar index, by its formula, from ECB fixings. */
export const DOLLAR: readonly Instrument[] = [
  {
    ...computed("fx", "Dollar index", "DXY", "DXY", {
      by: "dxy",
      of: ["ecb:EURUSD", "ecb:EURJPY", "ecb:EURGBP", "ecb:EURCAD", "ecb:EURSEK", "ecb:EURCHF"]
    }),
    unit: "index",
    changeUnit: "fraction"
  }
];

/** Pairs without the euro, through the euro on the same day. */
export const CROSSES: readonly Instrument[] = [
  ...["GBP", "AUD", "NZD"].map((currency) => cross("G10 against the dollar", currency, "USD")),
  ...["JPY", "CHF", "CAD", "SEK", "NOK"].map((currency) => cross("G10 against the dollar", "USD", currency)),
  ...["CNY", "HKD", "SGD", "KRW", "INR", "MXN", "BRL", "ZAR", "TRY", "PLN"].map((currency) =>
    cross("Other currencies", "USD", currency)
  )
];

/** Rates of change of what FRED publishes as levels. */
export const GROWTH: readonly Instrument[] = [
  yoy("Prices", "CPIAUCSL", "Consumer prices"),
  yoy("Prices", "CPILFESL", "Core consumer prices"),
  yoy("Prices", "PCEPI", "PCE prices"),
  yoy("Prices", "PCEPILFE", "Core PCE prices"),
  yoy("Prices", "PPIACO", "Producer prices, all commodities"),
  {
    ...computed("macro", "Labour", "PAYEMS_CHANGE", "Payrolls, change of a month", {
      by: "change",
      of: ["fred:PAYEMS"]
    }),
    unit: "persons",
    changeUnit: "absolute",
    every: "month"
  },
  yoy("Labour", "CES0500000003", "Average hourly earnings"),
  yoy("Activity", "INDPRO", "Industrial production"),
  yoy("Activity", "RSAFS", "Retail sales"),
  yoy("Money and conditions", "M2SL", "M2")
];

/** Total assets less general account less reverse repo, Wednesday levels of one release. */
export const NET_LIQUIDITY: Instrument = {
  ...computed("liquidity", "Fed balance sheet", "NET_LIQUIDITY", "Net liquidity", {
    by: "less",
    of: ["fred:WALCL", "fred:WDTGAL", "fred:WLRRAL"]
  }),
  unit: "usd billion",
  held: "usd",
  changeUnit: "fraction",
  every: "week"
};

function computed(
  panel: Place,
  group: string,
  symbol: string,
  label: string,
  recipe: Recipe,
  every: Every = "day"
): Instrument {
  return {
    id: `computed:${symbol}`,
    panel,
    group,
    label,
    provider: "computed",
    symbol,
    kind: "series",
    unit: "percent",
    changeUnit: "bp",
    every,
    recipe
  };
}

function slope(symbol: string, label: string, long: string, short: string): Instrument {
  const of = [`treasury:${long}`, `treasury:${short}`];
  return {
    ...computed("rates", "Spreads", symbol, label, {by: "less", of}),
    unit: "basis points",
    held: "percent"
  };
}

/** Units of the second currency for one of the first, through the euro. */
function cross(group: string, base: string, quote: string): Instrument {
  const of = [`ecb:EUR${quote}`, `ecb:EUR${base}`];
  const pair = computed("fx", group, base + quote, `${base}/${quote}`, {by: "ratio", of});
  return {...pair, unit: quote.toLowerCase(), changeUnit: "fraction"};
}

function yoy(group: string, symbol: string, label: string): Instrument {
  const of = [`fred:${symbol}`];
  return computed("macro", group, `${symbol}_YOY`, `${label}, over a year`, {by: "yoy", of}, "month");
}
