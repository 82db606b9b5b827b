import {type BarSizeSetting, EventName, type WhatToShow} from "@stoqey/ib";
import {addDays, dayNumber, dayOf, daysBetween} from "../../../lib/time/day.js";
import {dayInZone, momentInZone} from "../../../lib/time/zone.js";
import {Problem} from "../../problem.js";
import type {ContractFacts} from "../broker.js";
import type {HistoricalPacing} from "./historical-pacing.js";
import {inCurrency, told} from "./number.js";
import {request, RequestError} from "./request.js";
import {toTws} from "./tws-time.js";
import type {Wire} from "./wire.js";

/** A bar as TWS tells it, prices in the contract's currency. */
export interface BrokerBar {
  /** Date at the exchange, ISO. */
  day: string;
  /** When it began, milliseconds since 1970 UTC; null for a bar of a day. */
  from: number | null;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Null where nothing is traded, as in midpoints. */
  volume: number | null;
  vwap: number | null;
  trades: number | null;
}

/** TWS's word for a bar's length, the length, and the days and word of the longest span it gives at once. */
const SIZES = {
  "1m": {size: "1 min", seconds: 60, days: 7, span: "1 W"},
  "5m": {size: "5 mins", seconds: 300, days: 7, span: "1 W"},
  "15m": {size: "15 mins", seconds: 900, days: 7, span: "1 W"},
  "30m": {size: "30 mins", seconds: 1800, days: 7, span: "1 W"},
  "1h": {size: "1 hour", seconds: 3600, days: 28, span: "1 M"},
  "4h": {size: "4 hours", seconds: 14_400, days: 28, span: "1 M"},
  "1d": {size: "1 day", seconds: 86_400, days: 365, span: "1 Y"}
} as const;
export type BarFrequency = keyof typeof SIZES;
export const BAR_FREQUENCIES = Object.keys(SIZES) as readonly BarFrequency[]; // keys of the constant above

/** Days of the exchange, both included. */
export interface BarsAsk {
  from: string;
  to: string;
  frequency: BarFrequency;
}

export interface BarsTools {
  wire: Wire;
  pacing: HistoricalPacing;
  /** Milliseconds since 1970 UTC. */
  now: () => number;
}

const ANSWER_MS = 60_000;
const NO_ANSWER = 162;

/** What bars are made of: trades, or midpoints where trades are not told. */
export function shownOf({contract}: ContractFacts): WhatToShow {
  const {secType} = contract;
  const isQuoted = secType === "CASH" || secType === "CFD" || secType === "CMDTY";
  return (isQuoted ? "MIDPOINT" : secType === "CRYPTO" ? "AGGTRADES" : "TRADES") as WhatToShow; // its own words
}

/** Of what trades in sessions the regular ones, of what trades round the clock all hours. */
export const isRegular = ({contract}: ContractFacts): boolean =>
  !["FUT", "FOP", "CASH", "CRYPTO", "CMDTY"].includes(contract.secType);

/**
 * Asks for the bars of some days, span by span, and gives those of each, oldest first; the newest may still grow. IBKR has
 * adjusted them for splits up to now.
 * @throws Problem 503 and 504 by the link, 403 where the account may not see them, 429 where IBKR was asked too often,
 * 422 for a contract without a zone or what TWS refuses, 502 for a bar that cannot be read
 */
export async function* historicalBars(
  {wire, pacing, now}: BarsTools,
  facts: ContractFacts,
  {from, to, frequency}: BarsAsk,
  signal?: AbortSignal
): AsyncGenerator<BrokerBar[]> {
  const {label, timeZone, contract} = facts;
  const {size, seconds, days, span} = SIZES[frequency];
  if (timeZone === null)
    throw new Problem(422, "no-zone", `the zone of ${label} is not known: its days cannot be told`);
  for (let first = from; first <= to; first = addDays(first, days)) {
    const last = [addDays(first, days - 1), to].sort()[0];
    const end = momentInZone(dayNumber(last), 1440, timeZone);
    if (momentInZone(dayNumber(first), 0, timeZone) > now()) return;
    const until = end < now() ? toTws(end) : ""; // now
    const duration = frequency === "1d" ? `${daysBetween(first, last) + 1} D` : span;
    const what = shownOf(facts);
    const ask = {conId: contract.conId, exchange: contract.exchange, what, barSeconds: seconds};
    const release = await pacing.acquire({...ask, rest: `${until} ${duration}`}, signal);
    try {
      const bars = await spanOf(wire, facts, {until, duration, size: size as BarSizeSetting, what}, signal); // its own words
      const within = bars.filter(({day}) => day >= first && day <= last);
      if (within.length) yield within;
    } finally {
      release();
    }
  }
}

interface Span {
  until: string;
  duration: string;
  size: BarSizeSetting;
  what: WhatToShow;
}

async function spanOf(
  wire: Wire,
  facts: ContractFacts,
  {until, duration, size, what}: Span,
  signal: AbortSignal | undefined
): Promise<BrokerBar[]> {
  const {conId, exchange} = facts.contract;
  try {
    return await request<BrokerBar[]>(wire, {
      what: `bars of ${facts.label}`,
      timeoutMs: ANSWER_MS,
      signal,
      start(id, {on, done, fail}) {
        const bars: BrokerBar[] = [];
        on(EventName.historicalData, (reqId: number, date: string, ...values: (number | undefined)[]) => {
          if (reqId !== id) return;
          if (date.startsWith("finished")) return done(bars);
          const bar = barOf(date, values, facts);
          if (bar) bars.push(bar);
          else
            fail(new Problem(502, "unreadable", `TWS tells of a bar of ${facts.label} that cannot be read`));
        });
        return (api) =>
          api.reqHistoricalData(
            id,
            {conId, exchange},
            until,
            duration,
            size,
            what,
            isRegular(facts) ? 1 : 0,
            2, // times as seconds since 1970
            false
          );
      }
    });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.code === NO_ANSWER && /no data/i.test(error.message)) return [];
    throw refusalOf(error, facts);
  }
}

/** @param values open, high, low, close, volume, count, average, as the library gives them */
function barOf(
  date: string,
  values: readonly (number | undefined)[],
  facts: ContractFacts
): BrokerBar | null {
  const [open, high, low, close] = values.slice(0, 4).map((value) => price(value, facts));
  const [volume, trades, vwap] = values.slice(4, 7);
  const time = timeOf(date, facts.timeZone!); // asked for only with a zone
  if (!time || open === null || high === null || low === null || close === null) return null;
  return {
    ...time,
    open,
    high,
    low,
    close,
    volume: amount(volume),
    vwap: amount(volume) === null || !vwap ? null : price(vwap, facts),
    trades: amount(trades)
  };
}

/** A day as `20261120`, a moment as seconds since 1970. */
function timeOf(date: string, zone: string): Pick<BrokerBar, "day" | "from"> | null {
  if (/^\d{8}$/.test(date)) {
    const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
    return {day, from: null};
  }
  if (!/^\d{9,11}$/.test(date)) return null;
  const from = Number(date) * 1000;
  return {day: dayOf(dayInZone(from, zone)), from};
}

function price(value: number | undefined, {priceMagnifier}: ContractFacts): number | null {
  const given = told(value);
  return given === null ? null : inCurrency(given, priceMagnifier);
}

/** -1 where nothing is counted. */
const amount = (value: number | undefined): number | null => {
  const given = told(value);
  return given === null || given < 0 ? null : given;
};

function refusalOf({code, message}: RequestError, {label}: ContractFacts): Problem {
  const words = `TWS gives no bars of ${label}: ${message} (${code})`;
  if (/pacing/i.test(message)) return new Problem(429, "pacing", `${words}: wait some minutes`);
  if (/permission|subscri/i.test(message)) return new Problem(403, "not-entitled", words);
  return new Problem(422, "bars-refused", words);
}
