/** A currency's minor unit as vendors write it: how many make one of the major unit. */
export interface MajorCurrency {
  /** ISO code. */
  currency: string;
  /** What a price is divided by: 100 for pence. Division, not a product with 0.01: 7541 pence are 75.41, exactly so. */
  divisor: number;
}

/** Codes that vendors write for minor units; capitals matter, since `GBp` is pence and `GBP` pounds. */
const MINOR: ReadonlyMap<string, MajorCurrency> = new Map([
  ["GBp", {currency: "GBP", divisor: 100}],
  ["GBX", {currency: "GBP", divisor: 100}],
  ["GBx", {currency: "GBP", divisor: 100}],
  ["ZAc", {currency: "ZAR", divisor: 100}],
  ["ZAC", {currency: "ZAR", divisor: 100}],
  ["ILA", {currency: "ILS", divisor: 100}],
  ["ILa", {currency: "ILS", divisor: 100}],
  ["ILX", {currency: "ILS", divisor: 100}],
  ["KWF", {currency: "KWD", divisor: 1000}],
  ["USX", {currency: "USD", divisor: 100}],
  ["USx", {currency: "USD", divisor: 100}],
  ["EUX", {currency: "EUR", divisor: 100}],
  ["CAX", {currency: "CAD", divisor: 100}]
]);

/**
 * Returns the major unit of a currency code as a vendor declares it, and what its prices are divided by: pence
 * (`GBp`, `GBX`), South African cents (`ZAc`), agorot (`ILA`), Kuwaiti fils (`KWF`), US cents of grains and softs
 * (`USX`). Any other code is taken as it is, with divisor 1: magnitude is never guessed from.
 */
export function majorCurrency(code: string): MajorCurrency {
  return MINOR.get(code) ?? {currency: code, divisor: 1};
}

/** A unit of a macro series, and what its values are multiplied by to be in it. */
export interface CanonicalUnit {
  /** percent, usd, index, persons, number, … */
  unit: string;
  factor: number;
}

const SCALES: ReadonlyMap<string, number> = new Map([
  ["tens", 10],
  ["hundreds", 100],
  ["thousands", 1e3],
  ["thous.", 1e3],
  ["millions", 1e6],
  ["mil.", 1e6],
  ["billions", 1e9],
  ["bil.", 1e9],
  ["trillions", 1e12]
]);

const CURRENCIES: ReadonlyMap<string, string> = new Map([
  ["dollar", "usd"],
  ["u.s. dollar", "usd"],
  ["us dollar", "usd"],
  ["united states dollar", "usd"],
  ["$", "usd"],
  ["us $", "usd"],
  ["u.s. $", "usd"],
  ["euro", "eur"],
  ["british pound", "gbp"],
  ["pound sterling", "gbp"],
  ["yen", "jpy"],
  ["japanese yen", "jpy"],
  ["canadian dollar", "cad"],
  ["swiss franc", "chf"],
  ["swedish krona", "sek"],
  ["chinese yuan renminbi", "cny"],
  ["chinese yuan", "cny"]
]);

/** Things that are counted, as FRED names them, singular. */
const COUNTED: ReadonlyMap<string, string> = new Map([
  ["person", "persons"],
  ["unit", "units"],
  ["number", "number"],
  ["job", "jobs"],
  ["barrel", "barrels"],
  ["hour", "hours"],
  ["week", "weeks"],
  ["month", "months"],
  ["vehicle", "vehicles"],
  ["ratio", "ratio"],
  ["basis point", "basis points"]
]);

/**
 * Returns the unit in which the lake holds a series that a vendor declares in words, and the factor to it: `Millions of
 * U.S. Dollars` is 1e6 usd, `Index 1982-1984=100` an index, `Dollars per Hour` usd per hour. Prices of a base year
 * stay in the unit's name: `chained 2017 usd`. Words that are not understood are kept as they are, with
 * factor 1: never guessed.
 *
 * @param text a series' units in the vendor's metadata
 */
export function canonicalUnit(text: string): CanonicalUnit {
  const words = text.trim().replaceAll(/\s+/g, " ");
  return scaled(words.toLowerCase()) ?? {unit: words, factor: 1};
}

function scaled(words: string): CanonicalUnit | null {
  if (/^(percent|per cent|%)( per annum| per year| change\b.*)?$/.test(words))
    return {unit: "percent", factor: 1};
  if (/^index( .*=\s*1(?:00)?(?:\.0+)?)?$/.test(words)) return {unit: "index", factor: 1};
  const rate = /^(.+?) (?:per|\/) ([a-z ]+)$/.exec(words);
  if (rate) {
    const of = scaled(rate[1]);
    return of && {...of, unit: `${of.unit} per ${rate[2]}`};
  }
  const level = /^level in (\S+)$/.exec(words);
  if (level) return named("number", SCALES.get(level[1]));
  const count = /^(\S+) of (.+)$/.exec(words);
  return count ? named(count[2], SCALES.get(count[1])) : named(words, 1);
}

function named(words: string, factor: number | undefined): CanonicalUnit | null {
  const chained = /^(?:chained |constant )?\d{4} /.exec(words)?.[0] ?? "";
  const rest = words.slice(chained.length);
  const singular = rest.endsWith("s") ? rest.slice(0, -1) : rest;
  const unit = CURRENCIES.get(singular) ?? COUNTED.get(singular);
  return unit === undefined || factor === undefined ? null : {unit: chained + unit, factor};
}
