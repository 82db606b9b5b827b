import {dayNumber} from "../time/day.js";
import type {LakeProblem} from "./catalog.js";
import {numbersOf} from "./column.js";
import type {Columns, Rows} from "./columns.js";
import type {Frequency, Kind} from "./dataset.js";
import {type Finding, listed, setAside} from "./finding.js";
import type {Keys} from "./keys.js";

/** What is wrong with one row by itself. */
interface Fault {
  code: LakeProblem["code"];
  /** The value and what is wrong with it: `close -37.63 is not positive`. */
  what: string;
  /** Whether it is odd but may be. */
  isKept: boolean;
}

const DAY_MS = 86_400_000;

/** Prices come with up to seven digits (single precision) and go through a division or two. */
const ROUNDING = 1e-6;

/** What to do about a row that was set aside, by what is wrong with it. */
const ADVICE: Readonly<Partial<Record<LakeProblem["code"], string>>> = {
  "not-finite": "pull it again; if it stays, the vendor has no value",
  future: "set the clock, or ask the vendor",
  "mixed-units": "look at the unit of the vendor's times"
};
const PULL_AGAIN = "pull it again; if it stays, take another vendor for that day";

/** Futures as Yahoo names them (`CL=F`, `CLK20.NYM`), and yields that it gives as bars. */
const BELOW_ZERO = /=F$|^[A-Z0-9]+[FGHJKMNQUVXZ]\d\d\.(CBT|CME|CMX|NYM|NYB)$|^\^(IRX|FVX|TNX|TYX)$/;

/**
 * Tells whether a symbol's prices may be zero or less: futures' (WTI closed at -37.63 on 2020-04-20) and yields' that are
 * given as bars, by their names at Yahoo; never those of shares, funds, indices and coins.
 */
export function mayBeNegative(symbol: string): boolean {
  return BELOW_ZERO.test(symbol);
}

/**
 * Returns what is wrong with each row by itself, in the order of the rows: a value that is no number, a day to come, a
 * time that is not of its day, a price that is not positive, a volume below zero, a high that is not the highest.
 */
export function checkRows(
  rows: Rows,
  {names}: Keys,
  {frequency, today}: {frequency: Frequency; today: string}
): Finding[] {
  const findings: Finding[] = [];
  const faultOf = FAULTS[rows.kind] as (columns: unknown, i: number) => Fault | null; // the kind's own columns below
  const {day} = rows.columns;
  const time = numbersOf(rows, "time");
  const last = rows.kind === "actions" ? Infinity : dayNumber(today);
  const longest = frequency === "1mo" ? 32 : frequency === "1w" ? 8 : 1;
  for (let i = 0; i < rows.length; ++i) {
    const fault =
      (time ? timeFault(time[i], day[i], longest) : null) ??
      (day[i] > last ? bad("future", `it is after today, ${today}`) : null) ??
      faultOf(rows.columns, i);
    if (!fault) continue;
    const {code, what, isKept} = fault;
    const found = {code, symbol: names[i], day: day[i], what};
    findings.push(isKept ? listed(found, "kept") : setAside(i, found, ADVICE[code] ?? PULL_AGAIN));
  }
  return findings;
}

/** A close lies at most a day from its exchange date, by the time zone; that of a week or month within it. */
function timeFault(time: number, day: number, longest: number): Fault | null {
  const away = Math.floor(time / DAY_MS) - day;
  if (away >= -1 && away <= longest) return null;
  if (!Number.isFinite(time)) return bad("not-finite", `time is ${time}`);
  return bad("mixed-units", `time ${time} is not in milliseconds of that day`);
}

const FAULTS: {readonly [K in Kind]: (columns: Columns<K>, i: number) => Fault | null} = {
  bars: barFault,
  trades: ({symbol, price, size}, i) =>
    priceFault("price", price[i], symbol[i]) ?? countFault("size", size[i]) ?? odd("price", price[i]),
  quotes: ({bid, ask, bidSize, askSize}, i) =>
    countFault("bid", bid[i], "not-positive") ??
    countFault("ask", ask[i], "not-positive") ??
    countFault("bidSize", bidSize[i]) ??
    countFault("askSize", askSize[i]) ??
    (bid[i] > ask[i] ? kept("high-low", `bid ${bid[i]} is above ask ${ask[i]}`) : null),
  series: ({value}, i) => (Number.isFinite(value[i]) ? null : bad("not-finite", `value is ${value[i]}`)),
  fx: ({rate}, i) => priceFault("rate", rate[i], ""),
  actions: ({type, value}, i) => priceFault(type[i], value[i], "")
};

function barFault({symbol, open, high, low, close, volume, vwap, trades}: Columns<"bars">, i: number) {
  const [o, h, l, c] = [open[i], high[i], low[i], close[i]];
  return (
    priceFault("close", c, symbol[i]) ??
    givenPriceFault("open", o, symbol[i]) ??
    givenPriceFault("high", h, symbol[i]) ??
    givenPriceFault("low", l, symbol[i]) ??
    givenPriceFault("vwap", vwap[i], symbol[i]) ??
    countFault("volume", volume[i]) ??
    countFault("trades", trades[i]) ??
    orderFault("high", h, "close", c) ??
    orderFault("high", h, "open", o) ??
    orderFault("open", o, "low", l) ??
    orderFault("close", c, "low", l) ??
    odd("close", c)
  );
}

function priceFault(name: string, price: number, symbol: string): Fault | null {
  if (price > 0 && price < Infinity) return null;
  if (!Number.isFinite(price)) return bad("not-finite", `${name} is ${price}`);
  return mayBeNegative(symbol) ? null : bad("not-positive", `${name} ${price} is not positive`);
}

function givenPriceFault(name: string, price: number, symbol: string): Fault | null {
  return Number.isNaN(price) ? null : priceFault(name, price, symbol);
}

function countFault(name: string, count: number, code: Fault["code"] = "negative-volume"): Fault | null {
  if ((count >= 0 && count < Infinity) || Number.isNaN(count)) return null;
  return Number.isFinite(count)
    ? bad(code, `${name} ${count} is negative`)
    : bad("not-finite", `${name} is ${count}`);
}

function orderFault(upper: string, a: number, lower: string, b: number): Fault | null {
  return a >= b - ROUNDING * Math.abs(b) || Number.isNaN(a) || Number.isNaN(b)
    ? null
    : bad("high-low", `${upper} ${a} is below ${lower} ${b}`);
}

/** A price that passed though it is not positive. */
function odd(name: string, price: number): Fault | null {
  return price > 0
    ? null
    : kept("not-positive", `${name} ${price} is not positive, which a future or yield may be`);
}

const bad = (code: Fault["code"], what: string): Fault => ({code, what, isKept: false});
const kept = (code: Fault["code"], what: string): Fault => ({code, what, isKept: true});
