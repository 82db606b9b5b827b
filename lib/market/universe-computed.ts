import type {Every, Instrument, Place, Recipe} from "./instrument.js";
import {REAL_POINTS} from "./universe-rates.js";

/** Rows that we derive from others of the same day, labelled computed. */
export const COMPUTED: readonly Instrument[] = [
  ...REAL_POINTS.map(({years, label}) =>
    computed("rates", "Breakeven inflation", `BREAKEVEN_${years}Y`, label, "difference", [
      `treasury:BC_${years}YEAR`,
      `treasury:TC_${years}YEAR`
    ])
  ),
  slope("2S10S", "2s10s", "BC_10YEAR", "BC_2YEAR"),
  slope("3M10Y", "3m10y", "BC_10YEAR", "BC_3MONTH"),
  slope("5S30S", "5s30s", "BC_30YEAR", "BC_5YEAR"),
  {
    ...computed("fx", "Dollar index", "DXY", "DXY", "dxy", [
      "ecb:EURUSD",
      "ecb:EURJPY",
      "ecb:EURGBP",
      "ecb:EURCAD",
      "ecb:EURSEK",
      "ecb:EURCHF"
    ]),
    unit: "index",
    changeUnit: "fraction"
  },
  ...["GBP", "AUD", "NZD"].map((currency) => cross("G10 against the dollar", currency, "USD")),
  ...["JPY", "CHF", "CAD", "SEK", "NOK"].map((currency) => cross("G10 against the dollar", "USD", currency)),
  ...["CNY", "HKD", "SGD", "KRW", "INR", "MXN", "BRL", "ZAR", "TRY", "PLN"].map((currency) =>
    cross("Other currencies", "USD", currency)
  ),
  yoy("Prices", "CPIAUCSL", "Consumer prices"),
  yoy("Prices", "CPILFESL", "Core consumer prices"),
  yoy("Prices", "PCEPI", "PCE prices"),
  yoy("Prices", "PCEPILFE", "Core PCE prices"),
  yoy("Prices", "PPIACO", "Producer prices, all commodities"),
  {
    ...computed(
      "macro",
      "Labour",
      "PAYEMS_CHANGE",
      "Payrolls, change of a month",
      "change",
      ["fred:PAYEMS"],
      "month"
    ),
    unit: "persons",
    changeUnit: "absolute"
  },
  yoy("Labour", "CES0500000003", "Average hourly earnings"),
  yoy("Activity", "INDPRO", "Industrial production"),
  yoy("Activity", "RSAFS", "Retail sales"),
  yoy("Money and conditions", "M2SL", "M2")
];

function computed(
  panel: Place,
  group: string,
  symbol: string,
  label: string,
  recipe: Recipe,
  of: readonly string[],
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
    recipe,
    of
  };
}

function slope(symbol: string, label: string, long: string, short: string): Instrument {
  return computed("rates", "Spreads", symbol, label, "difference", [`treasury:${long}`, `treasury:${short}`]);
}

/** Units of the second currency for one of the first, through the euro. */
function cross(group: string, base: string, quote: string): Instrument {
  const pair = computed("fx", group, base + quote, `${base}/${quote}`, "ratio", [
    `ecb:EUR${quote}`,
    `ecb:EUR${base}`
  ]);
  return {...pair, unit: quote.toLowerCase(), changeUnit: "fraction"};
}

function yoy(group: string, symbol: string, label: string): Instrument {
  const id = `fred:${symbol}`;
  return computed("macro", group, `${symbol}_YOY`, `${label}, over a year`, "yoy", [id], "month");
}
