/** What the demo account holds: instruments of issuers that do not exist, under numbers that nobody was given. */

import {amount, whole, type Amount} from "../booking/amounts.js";

export type AssetCategory = "STK" | "OPT" | "FUT" | "CFD" | "BILL" | "CASH";

export interface Instrument {
  /** Price series of the market that it follows; an instrument renamed by its issuer keeps its series. */
  series: string;
  conid: string;
  symbol: string;
  description: string;
  assetCategory: AssetCategory;
  subCategory: string;
  currency: string;
  listingExchange: string;
  multiplier: Amount;
  isin?: string;
  cusip?: string;
  issuer?: string;
  underlying?: Instrument;
  strike?: Amount;
  expiry?: string;
  putCall?: "C" | "P";
}

/** Luhn over the digits of a text whose letters count 10 to 35; the check digit of ISIN. */
function isinCheck(body: string): string {
  const digits = Array.from(body)
    .map((char) => parseInt(char, 36))
    .join("");
  let sum = 0;
  for (let i = digits.length - 1, double = true; i >= 0; --i, double = !double) {
    const value = Number(digits[i]) * (double ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
}

/** The check digit of CUSIP. */
function cusipCheck(body: string): string {
  let sum = 0;
  Array.from(body).forEach((char, i) => {
    const value = parseInt(char, 36) * (i % 2 ? 2 : 1);
    sum += Math.floor(value / 10) + (value % 10);
  });
  return String((10 - (sum % 10)) % 10);
}

/** CUSIP issuer numbers 990000 and up are kept free for private use, so these belong to nobody. */
function unitedStates(number: number): {isin: string; cusip: string} {
  const body = `99${String(number).padStart(4, "0")}10`;
  const cusip = body + cusipCheck(body);
  return {cusip, isin: `US${cusip}${isinCheck(`US${cusip}`)}`};
}

function elsewhere(country: string, number: number): {isin: string} {
  const body = `${country}${country === "GB" ? "00" : ""}ZDM${String(number).padStart(country === "GB" ? 4 : 6, "0")}`;
  return {isin: body + isinCheck(body)};
}

function share(
  symbol: string,
  issuer: string,
  number: number,
  {country = "US", subCategory = "COMMON", listingExchange = "NYSE", currency = "USD", series = symbol} = {}
): Instrument {
  return {
    series,
    conid: String(900_100_000 + number * 37),
    symbol,
    description: issuer.toUpperCase(),
    assetCategory: "STK",
    subCategory,
    currency,
    listingExchange,
    multiplier: whole(1),
    issuer,
    ...(country === "US" ? unitedStates(number) : elsewhere(country, number))
  };
}

const fund = (symbol: string, name: string, number: number): Instrument =>
  share(symbol, name, number, {subCategory: "ETF", listingExchange: "ARCA"});

const london = {country: "GB", listingExchange: "LSE", currency: "GBP"};
const xetra = {country: "DE", listingExchange: "IBIS", currency: "EUR"};
const paris = {country: "FR", listingExchange: "SBF", currency: "EUR"};
const tokyo = {country: "JP", listingExchange: "TSEJ", currency: "JPY"};
const nasdaq = {listingExchange: "NASDAQ"};

/** Shares and funds, by the name that the story uses. */
export const SHARES = {
  total: fund("VQTM", "Veldtquay Total Market ETF", 11),
  world: fund("VQWX", "Veldtquay World ex-US ETF", 12),
  bond: fund("VQBD", "Veldtquay Core Bond ETF", 13),
  income: fund("VQDY", "Veldtquay Dividend Income ETF", 14),
  chips: share("LKMQ", "Larkmoor Semiconductor Inc", 21, nasdaq),
  software: share("QLMR", "Quillmere Software Inc", 22, nasdaq),
  foods: share("CDWK", "Calderwyck Foods Co", 23),
  foodsRenamed: share("CWGQ", "Calderwyck Group Inc", 24, {series: "CDWK"}),
  energy: share("PLWQ", "Pellworthy Energy Corp", 25),
  bank: share("MGTQ", "Marrowgate Bancorp", 26),
  health: share("TNFQ", "Tarnfield Health Inc", 27),
  diagnostics: share("TNDQ", "Tarnfield Diagnostics Inc", 28, nasdaq),
  logistics: share("SVBQ", "Silverbeck Logistics Inc", 29),
  retail: share("DMWQ", "Dunmarrow Retail Inc", 30),
  paper: share("FNPQ", "Fennimoor Paper Co", 31),
  tools: share("BRHQ", "Brantholme Instruments Inc", 32),
  motors: share("WXCQ", "Wexcombe Motors Inc", 33, nasdaq),
  water: share("RVGQ", "Ravensgyll Water plc", 41, london),
  mining: share("THLQ", "Thornleigh Mining plc", 42, london),
  chemie: share("LDNQ", "Lindenhaag Chemie AG", 51, xetra),
  luxe: share("BVXQ", "Brevannes Luxe SA", 52, paris),
  robotics: share("9Z07", "Kitamorino Robotics KK", 61, tokyo),
  noodles: share("2Z88", "Shirasagiya Foods KK", 62, tokyo)
} as const satisfies Record<string, Instrument>;

export type ShareName = keyof typeof SHARES;

/** The demo's index, a price index of nothing. */
export const INDEX: Instrument = {
  series: "DMX",
  conid: "900000500",
  symbol: "DMX",
  description: "DEMO 500 INDEX",
  assetCategory: "STK",
  subCategory: "",
  currency: "USD",
  listingExchange: "CBOE",
  multiplier: whole(1),
  issuer: ""
};

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const MONTH_CODES = "FGHJKMNQUVXZ";

/** `21NOV25`, as IBKR writes an expiry inside a description. */
const shortDate = (day: string): string =>
  `${day.slice(8)}${MONTHS[Number(day.slice(5, 7)) - 1]}${day.slice(2, 4)}`;

/** Conids of derivatives: nine digits, the same for the same contract. */
function derivedConid(text: string): string {
  let hash = 7;
  for (const char of text) hash = (hash * 131 + char.charCodeAt(0)) % 89_999_983;
  return String(910_000_000 + hash);
}

/** An option on a share (physical delivery) or on the index (cash). */
export function option(
  underlying: Instrument,
  expiry: string,
  strike: string,
  putCall: "C" | "P"
): Instrument {
  const thousandths = String(Math.round(Number(strike) * 1000)).padStart(8, "0");
  const symbol = `${underlying.symbol.padEnd(6)}${expiry.slice(2).replaceAll("-", "")}${putCall}${thousandths}`;
  return {
    series: underlying.series,
    conid: derivedConid(symbol),
    symbol,
    description: `${underlying.symbol} ${shortDate(expiry)} ${strike} ${putCall}`,
    assetCategory: "OPT",
    subCategory: putCall,
    currency: underlying.currency,
    listingExchange: "CBOE",
    multiplier: whole(100),
    underlying,
    strike: amount(strike),
    expiry,
    putCall
  };
}

/** The micro future on the demo's index, cash settled on the third Friday of its quarter. */
export function indexFuture(expiry: string): Instrument {
  const month = Number(expiry.slice(5, 7));
  const symbol = `DMQ${MONTH_CODES[month - 1]}${expiry.slice(3, 4)}`;
  return {
    series: INDEX.series,
    conid: derivedConid(`${symbol}${expiry}`),
    symbol,
    description: `DMQ ${shortDate(expiry)}`,
    assetCategory: "FUT",
    subCategory: "",
    currency: "USD",
    listingExchange: "CME",
    multiplier: whole(2),
    underlying: INDEX,
    expiry
  };
}

/** A contract for difference on a share. */
export function difference(underlying: Instrument): Instrument {
  const symbol = `${underlying.symbol}n`;
  return {
    series: underlying.series,
    conid: derivedConid(symbol),
    symbol,
    description: `${underlying.currency} ${underlying.symbol}`,
    assetCategory: "CFD",
    subCategory: "",
    currency: underlying.currency,
    listingExchange: "",
    multiplier: whole(1),
    underlying
  };
}

/** A treasury bill: quantity is face value, the price is in percent of it. */
export function bill(maturity: string): Instrument {
  const {isin, cusip} = unitedStates(70);
  return {
    series: "BILL",
    conid: derivedConid(`bill${maturity}`),
    symbol: `B ${maturity.slice(5, 7)}/${maturity.slice(8)}/${maturity.slice(2, 4)}`,
    description: `DEMO TREASURY BILL B ${maturity.slice(5, 7)}/${maturity.slice(8)}/${maturity.slice(2, 4)}`,
    assetCategory: "BILL",
    subCategory: "",
    currency: "USD",
    listingExchange: "",
    multiplier: amount("0.01"),
    issuer: "Demo Treasury",
    isin,
    cusip,
    expiry: maturity
  };
}

/** A currency pair, e.g. EUR.USD: quantity is in the first, the price and the trade's currency in the second. */
export function pair(base: string, quote: string): Instrument {
  return {
    series: "",
    conid: derivedConid(`${base}.${quote}`),
    symbol: `${base}.${quote}`,
    description: `${base}.${quote}`,
    assetCategory: "CASH",
    subCategory: "",
    currency: quote,
    listingExchange: "",
    multiplier: whole(1)
  };
}
