/** What random accounts trade: one instrument of each kind, in three currencies; none of them exists. */
export interface Instrument {
  conid: string;
  symbol: string;
  category: string;
  currency: string;
  multiplier: string;
  /** Decimals of its price and of its quantity: together eight at most, so that all amounts are exact. */
  decimals: {price: number; quantity: number};
  /** First price, and how many of it one trade has at most. */
  price: number;
  size: number;
  /** Commission for one unit, signed as cash. */
  commission: string;
  extra?: Readonly<Record<string, string>>;
  /** Only ever comes in by transfer, without a cost. */
  foreign?: boolean;
}

const stock = (
  conid: string,
  symbol: string,
  currency: string,
  price: number,
  more: Partial<Instrument> = {}
): Instrument => ({
  conid,
  symbol,
  category: "STK",
  currency,
  multiplier: "1",
  decimals: {price: 2, quantity: 0},
  price,
  size: 200,
  commission: "-0.005",
  ...more
});

export const ALFA = stock("9001", "ALFA", "USD", 120);
export const BETA = stock("9002", "BETA", "EUR", 45, {commission: "-0.02", extra: {taxed: "Y"}});
export const GAMM = stock("9003", "GAMM", "JPY", 2400, {decimals: {price: 0, quantity: 0}, commission: "-1"});
export const DELT = stock("9004", "DELT", "USD", 31, {
  decimals: {price: 2, quantity: 4},
  size: 20,
  commission: "-0.01"
});
export const TINY = stock("9005", "TINY", "USD", 0.0123, {
  decimals: {price: 4, quantity: 0},
  size: 1_000_000,
  commission: "0"
});
export const SINK = stock("9006", "SINK", "EUR", 3);
/** Came from another broker. */
export const ZETA = stock("9007", "ZETA", "USD", 17, {foreign: true});

const option = (conid: string, putCall: string, strike: string, underlying: Instrument): Instrument => ({
  conid,
  symbol: `${underlying.symbol}  260618${putCall}00${strike}000`,
  category: "OPT",
  currency: underlying.currency,
  multiplier: "100",
  decimals: {price: 2, quantity: 0},
  price: 4,
  size: 5,
  commission: "-0.7",
  extra: {
    underlyingConid: underlying.conid,
    underlyingSymbol: underlying.symbol,
    strike,
    expiry: "2026-06-18",
    putCall
  }
});

const INDEX: Instrument = {...stock("9010", "XIDX", "USD", 600), category: "IND"};

export const OPTIONS: readonly Instrument[] = [
  option("9101", "C", "125", ALFA),
  option("9102", "P", "115", ALFA),
  option("9103", "C", "046", BETA)
].map((one) => ({...one, extra: {...one.extra, strike: String(Number(one.extra?.["strike"]))}}));

/** Settled in cash: realizes on the option. */
export const CASH_SETTLED = option("9104", "P", "600", INDEX);

const future = (
  conid: string,
  symbol: string,
  currency: string,
  price: number,
  multiplier: string
): Instrument => ({
  conid,
  symbol,
  category: "FUT",
  currency,
  multiplier,
  decimals: {price: 2, quantity: 0},
  price,
  size: 3,
  commission: "-0.85",
  extra: {expiry: "2026-06-19", underlyingSymbol: symbol.slice(0, 3)}
});

export const BILL: Instrument = {
  ...stock("9301", "T 0 06/26", "USD", 99),
  category: "BILL",
  multiplier: "0.01",
  decimals: {price: 3, quantity: 0},
  size: 20_000,
  commission: "-0.00025"
};

export const INSTRUMENTS: readonly Instrument[] = [
  ALFA,
  BETA,
  GAMM,
  DELT,
  TINY,
  SINK,
  ZETA,
  ...OPTIONS,
  CASH_SETTLED,
  future("9201", "MEQM6", "USD", 5200, "5"),
  future("9202", "GXQM6", "EUR", 131, "100"),
  BILL,
  {...BILL, conid: "9302", symbol: "BND 4 2030", category: "BOND", currency: "EUR", price: 101},
  {...stock("9401", "CFDQ", "EUR", 62), category: "CFD"},
  {
    ...stock("9501", "COINQ", "USD", 61_000),
    category: "CRYPTO",
    decimals: {price: 0, quantity: 8},
    size: 0.02,
    commission: "0"
  },
  {...stock("9601", "FNDQ", "USD", 88), category: "FUND", decimals: {price: 2, quantity: 3}, commission: "0"}
];

/** What comes out of corporate actions: a name changed, a part spun off, a buyer. */
export const RENAMED = stock("9702", "BETB", "EUR", 45, {commission: "-0.02", foreign: true});
export const SPUN = stock("9701", "ALFB", "USD", 30, {foreign: true});
export const BUYER = stock("9703", "BUYR", "EUR", 8, {foreign: true});

/** The attributes by which a row names it. */
export function identity({
  conid,
  symbol,
  category,
  multiplier,
  currency,
  extra = {}
}: Instrument): Record<string, string> {
  const {taxed: _, ...named} = extra;
  return {assetCategory: category, symbol, conid, multiplier, currency, ...named};
}
