import type {Instrument, Place} from "./instrument.js";

/** Currencies that the ECB fixes, ISO codes. */
const FIXED = (
  "USD JPY GBP CHF CAD AUD NZD SEK NOK CNY HKD SGD KRW INR MXN BRL ZAR TRY PLN " +
  "CZK DKK HUF IDR ILS ISK MYR PHP RON THB"
).split(" ");

/** Euro pairs that stand in the FX panel as the ECB fixes them; the others are only computed with. */
const EURO_ROWS = new Map([
  ["USD", "G10 against the dollar"],
  ["JPY", "G10 against the euro"],
  ["GBP", "G10 against the euro"],
  ["CHF", "G10 against the euro"],
  ["SEK", "G10 against the euro"],
  ["NOK", "G10 against the euro"]
]);

/** The ECB's reference rates: units of a currency for one euro. */
export const FIXINGS: readonly Instrument[] = FIXED.map((currency) => ({
  id: `ecb:EUR${currency}`,
  panel: EURO_ROWS.has(currency) ? "fx" : "input",
  group: EURO_ROWS.get(currency) ?? "Fixings",
  label: `EUR/${currency}`,
  provider: "ecb",
  symbol: `EUR${currency}`,
  kind: "fx",
  unit: currency.toLowerCase(),
  changeUnit: "fraction",
  every: "day"
}));

/** Share indices of the world, and the S&P 500's implied volatility by horizon. */
export const EQUITIES: readonly Instrument[] = [
  ...bars("equities", "Americas", "index", [
    ["^GSPC", "S&P 500"],
    ["^NDX", "Nasdaq 100"],
    ["^DJI", "Dow Jones Industrial"],
    ["^RUT", "Russell 2000"],
    ["^GSPTSE", "S&P/TSX Composite"],
    ["^BVSP", "Bovespa"],
    ["^MXX", "IPC Mexico"]
  ]),
  ...bars("equities", "Europe", "index", [
    ["^STOXX50E", "Euro Stoxx 50"],
    ["^GDAXI", "DAX"],
    ["^FCHI", "CAC 40"],
    ["^FTSE", "FTSE 100"],
    ["^SSMI", "SMI"],
    ["^AEX", "AEX"],
    ["^IBEX", "IBEX 35"],
    ["FTSEMIB.MI", "FTSE MIB"]
  ]),
  ...bars("equities", "Asia and Pacific", "index", [
    ["^N225", "Nikkei 225"],
    ["^HSI", "Hang Seng"],
    ["000001.SS", "Shanghai Composite"],
    ["^KS11", "KOSPI"],
    ["^TWII", "TAIEX"],
    ["^BSESN", "Sensex"],
    ["^STI", "Straits Times"],
    ["^AXJO", "S&P/ASX 200"]
  ]),
  ...bars("equities", "Implied volatility of the S&P 500", "percent", [
    ["^VIX9D", "VIX, 9 days"],
    ["^VIX", "VIX, 30 days"],
    ["^VIX3M", "VIX, 3 months"],
    ["^VIX6M", "VIX, 6 months"],
    ["^VIX1Y", "VIX, 1 year"]
  ]).map((row) => ({...row, unit: "vol points", changeUnit: "absolute" as const}))
];

/** Front-month futures. Yahoo quotes grains and softs in cents (USX); the lake holds dollars. */
export const COMMODITIES: readonly Instrument[] = [
  ...bars("commodities", "Energy", "usd per barrel", [
    ["CL=F", "WTI crude oil"],
    ["BZ=F", "Brent crude oil"]
  ]),
  ...bars("commodities", "Energy", "usd per mmbtu", [["NG=F", "Natural gas"]]),
  ...bars("commodities", "Energy", "usd per gallon", [
    ["RB=F", "Gasoline"],
    ["HO=F", "Heating oil"]
  ]),
  ...bars("commodities", "Metals", "usd per ounce", [
    ["GC=F", "Gold"],
    ["SI=F", "Silver"],
    ["PL=F", "Platinum"],
    ["PA=F", "Palladium"]
  ]),
  ...bars("commodities", "Metals", "usd per pound", [["HG=F", "Copper"]]),
  ...bars("commodities", "Grains", "usd per bushel", [
    ["ZC=F", "Corn"],
    ["ZW=F", "Wheat"],
    ["ZS=F", "Soybeans"]
  ]),
  ...bars("commodities", "Softs", "usd per pound", [
    ["KC=F", "Coffee"],
    ["SB=F", "Sugar"],
    ["CT=F", "Cotton"]
  ])
];

function bars(
  panel: Place,
  group: string,
  unit: string,
  lines: readonly (readonly [symbol: string, label: string])[]
): Instrument[] {
  return lines.map(([symbol, label]) => ({
    id: `yahoo:${symbol}`,
    panel,
    group,
    label,
    provider: "yahoo",
    symbol,
    kind: "bars",
    unit,
    changeUnit: "fraction",
    every: "day"
  }));
}
