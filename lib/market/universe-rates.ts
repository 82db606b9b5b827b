import type {Every, Instrument, Place} from "./instrument.js";

type Line = readonly [symbol: string, label: string];

const PERCENT = {unit: "percent", changeUnit: "bp"} as const;

/** Points of the par curve with their maturity in years. */
export const PAR_POINTS = [
  {symbol: "BC_1MONTH", label: "1 month", years: 1 / 12, fred: "DGS1MO"},
  {symbol: "BC_1_5MONTH", label: "1.5 months", years: 0.125, fred: null},
  {symbol: "BC_2MONTH", label: "2 months", years: 2 / 12, fred: null},
  {symbol: "BC_3MONTH", label: "3 months", years: 0.25, fred: "DGS3MO"},
  {symbol: "BC_4MONTH", label: "4 months", years: 4 / 12, fred: null},
  {symbol: "BC_6MONTH", label: "6 months", years: 0.5, fred: "DGS6MO"},
  {symbol: "BC_1YEAR", label: "1 year", years: 1, fred: "DGS1"},
  {symbol: "BC_2YEAR", label: "2 years", years: 2, fred: "DGS2"},
  {symbol: "BC_3YEAR", label: "3 years", years: 3, fred: "DGS3"},
  {symbol: "BC_5YEAR", label: "5 years", years: 5, fred: "DGS5"},
  {symbol: "BC_7YEAR", label: "7 years", years: 7, fred: "DGS7"},
  {symbol: "BC_10YEAR", label: "10 years", years: 10, fred: "DGS10"},
  {symbol: "BC_20YEAR", label: "20 years", years: 20, fred: "DGS20"},
  {symbol: "BC_30YEAR", label: "30 years", years: 30, fred: "DGS30"}
] as const;

/** Points of the real (TIPS) par curve with their maturity in years. */
export const REAL_POINTS = [5, 7, 10, 20, 30].map((years) => ({
  symbol: `TC_${years}YEAR`,
  label: `${years} years`,
  years,
  fred: `DFII${years}`
}));

/** The US Treasury's par yield curve, bond-equivalent percent; FRED holds most of the points, too. */
export const TREASURY_CURVE: readonly Instrument[] = PAR_POINTS.map(({symbol, label, fred}) => ({
  ...treasury(symbol, "US Treasury par curve", label),
  name: `Treasury of ${label}`,
  ...(fred && {fallback: `fred:${fred}`})
}));

/** The US Treasury's par real yield curve. */
export const REAL_CURVE: readonly Instrument[] = REAL_POINTS.map(({symbol, label, fred}) => ({
  ...treasury(symbol, "TIPS real yields", label),
  name: `TIPS of ${label}`,
  fallback: `fred:${fred}`
}));

/** Overnight and other rates, and credit spreads. */
export const MONEY: readonly Instrument[] = [
  {
    ...percent("rates", "Money market", ["EFFR", "Effective federal funds rate"]),
    fallback: "new-york-fed:EFFR"
  },
  percent("rates", "Money market", ["DFF", "Federal funds rate, every day"]),
  {...percent("rates", "Money market", ["SOFR", "SOFR"]), fallback: "new-york-fed:SOFR"},
  {
    ...percent("rates", "Money market", ["OBFR", "Overnight bank funding rate"]),
    fallback: "new-york-fed:OBFR"
  },
  percent("rates", "Money market", ["IORB", "Interest on reserve balances"]),
  percent("rates", "Money market", ["RRPONTSYAWARD", "Overnight reverse repo award rate"]),
  percent("rates", "Lending", ["MORTGAGE30US", "30-year mortgage"], "week"),
  percent("rates", "Lending", ["MORTGAGE15US", "15-year mortgage"], "week"),
  percent("rates", "Lending", ["DPRIME", "Bank prime loan rate"]),
  percent("rates", "Lending", ["DAAA", "Moody's Aaa corporate yield"]),
  percent("rates", "Lending", ["DBAA", "Moody's Baa corporate yield"]),
  percent("rates", "Spreads", ["BAMLC0A0CM", "Investment grade OAS"]),
  percent("rates", "Spreads", ["BAMLH0A0HYM2", "High yield OAS"]),
  percent("rates", "Breakeven inflation", ["T5YIFR", "5-year, 5-year forward inflation"]),
  ...["EFFR", "SOFR", "OBFR"].map((symbol) => ({
    ...PERCENT,
    id: `new-york-fed:${symbol}`,
    panel: "input" as const,
    group: "Reference rates",
    label: symbol,
    provider: "new-york-fed",
    symbol,
    kind: "series" as const,
    every: "day" as const
  }))
];

/** What the macro pulse shows as it is published; what it computes from index levels is in `computed.ts`. */
export const MACRO: readonly Instrument[] = [
  percent("macro", "Prices", ["MICH", "Expected inflation in a year (Michigan)"], "month"),
  percent("macro", "Labour", ["UNRATE", "Unemployment rate"], "month"),
  {...level("macro", "Labour", ["ICSA", "Initial claims"], "persons", "Number", "week"), held: "number"},
  {...level("macro", "Labour", ["CCSA", "Continued claims"], "persons", "Number", "week"), held: "number"},
  {
    ...level("macro", "Labour", ["JTSJOL", "Job openings"], "jobs", "Level in Thousands", "month"),
    held: "number"
  },
  percent("macro", "Activity", ["A191RL1Q225SBEA", "Real GDP growth, annual rate"], "quarter"),
  {
    ...percent("macro", "Activity", ["TCU", "Capacity utilization"], "month"),
    held: "Percent of Capacity",
    published: "Percent of Capacity"
  },
  level(
    "macro",
    "Activity",
    ["HOUST", "Housing starts, annual rate"],
    "units",
    "Thousands of Units",
    "month"
  ),
  level(
    "macro",
    "Activity",
    ["UMCSENT", "Consumer sentiment (Michigan)"],
    "index",
    "Index 1966:Q1=100",
    "month"
  ),
  {
    ...level(
      "macro",
      "Money and conditions",
      ["NFCI", "Chicago Fed financial conditions"],
      "index",
      "Index",
      "week"
    ),
    changeUnit: "absolute"
  },
  input("CPIAUCSL", "index", "Index 1982-1984=100"),
  input("CPILFESL", "index", "Index 1982-1984=100"),
  input("PCEPI", "index", "Index 2017=100"),
  input("PCEPILFE", "index", "Index 2017=100"),
  input("PPIACO", "index", "Index 1982=100"),
  input("CES0500000003", "usd per hour", "Dollars per Hour"),
  input("PAYEMS", "persons", "Thousands of Persons"),
  input("INDPRO", "index", "Index 2017=100"),
  input("RSAFS", "usd", "Millions of Dollars"),
  input("M2SL", "usd", "Billions of Dollars")
];

/** The Fed's balance sheet, release H.4.1: Wednesday levels; reverse repo also by day. */
export const FED_BALANCE: readonly Instrument[] = [
  balance("WALCL", "Total assets", "Millions of U.S. Dollars", "week"),
  balance("TREAST", "Treasury securities held outright", "Millions of U.S. Dollars", "week"),
  balance("WSHOMCB", "Mortgage-backed securities held outright", "Millions of U.S. Dollars", "week"),
  balance("WDTGAL", "Treasury general account", "Millions of U.S. Dollars", "week"),
  balance("WLRRAL", "Reverse repurchase agreements", "Millions of U.S. Dollars", "week"),
  balance("WRESBAL", "Reserve balances, week's average", "Billions of U.S. Dollars", "week"),
  balance("RRPONTSYD", "Overnight reverse repo", "Billions of US Dollars", "day")
];

/** The System Open Market Account by kind, from the New York Fed. */
export const SOMA: readonly Instrument[] = (
  [
    ["SOMA_BILLS", "Treasury bills"],
    ["SOMA_NOTESBONDS", "Treasury notes and bonds"],
    ["SOMA_TIPS", "TIPS"],
    ["SOMA_TIPS_INFLATION", "Inflation compensation of TIPS"],
    ["SOMA_FRN", "Floating rate notes"],
    ["SOMA_MBS", "Agency mortgage-backed securities"],
    ["SOMA_CMBS", "Agency commercial mortgage-backed securities"],
    ["SOMA_AGENCIES", "Agency debt"],
    ["SOMA_TOTAL", "All holdings"]
  ] as const
).map(([symbol, label]) => ({
  id: `new-york-fed:${symbol}`,
  panel: "liquidity",
  group: "System Open Market Account",
  label,
  provider: "new-york-fed",
  symbol,
  kind: "series",
  unit: "usd billion",
  held: "usd",
  changeUnit: "fraction",
  every: "week"
}));

/** Policy rates; where FRED has no policy rate of a bank, the overnight rate that it steers. */
export const POLICY: readonly Instrument[] = [
  percent("policy", "Federal Reserve", ["DFEDTARL", "Fed funds target range, lower"]),
  percent("policy", "Federal Reserve", ["DFEDTARU", "Fed funds target range, upper"]),
  percent("policy", "European Central Bank", ["ECBDFR", "Deposit facility rate"]),
  percent("policy", "European Central Bank", ["ECBMRRFR", "Main refinancing rate"]),
  percent("policy", "Bank of England", ["IUDSOIA", "SONIA, the overnight rate Bank Rate steers"]),
  percent("policy", "Bank of Japan", ["IRSTCI01JPM156N", "Overnight call rate, month's average"], "month")
];

function treasury(symbol: string, group: string, label: string): Instrument {
  const id = `treasury:${symbol}`;
  return {
    id,
    panel: "rates",
    group,
    label,
    provider: "treasury",
    symbol,
    kind: "series",
    ...PERCENT,
    every: "day"
  };
}

function percent(panel: Place, group: string, [symbol, label]: Line, every: Every = "day"): Instrument {
  return {...fred(panel, group, [symbol, label], every), ...PERCENT, published: "Percent"};
}

function level(
  panel: Place,
  group: string,
  line: Line,
  unit: string,
  published: string,
  every: Every
): Instrument {
  return {...fred(panel, group, line, every), unit, published, changeUnit: "fraction"};
}

function input(symbol: string, unit: string, published: string): Instrument {
  return level("input", "Levels", [symbol, symbol], unit, published, "month");
}

function balance(symbol: string, label: string, published: string, every: Every): Instrument {
  const line = level("liquidity", "Fed balance sheet", [symbol, label], "usd billion", published, every);
  return {...line, held: "usd"};
}

function fred(panel: Place, group: string, [symbol, label]: Line, every: Every) {
  return {
    id: `fred:${symbol}`,
    panel,
    group,
    label,
    provider: "fred",
    symbol,
    kind: "series",
    every
  } as const;
}
