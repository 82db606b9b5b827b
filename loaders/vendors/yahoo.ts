import {unadjust, unadjustDividends} from "../../lib/lake/adjust.js";
import {type Row, type Rows, rowsOf} from "../../lib/lake/columns.js";
import {type Frequency, isIntraday} from "../../lib/lake/dataset.js";
import {dayNumber, dayOf} from "../../lib/time/day.js";
import {dayInZone} from "../../lib/time/zone.js";
import type {Web} from "../web.js";
import {checkAsk} from "./ask.js";
import {madeAt} from "./clock.js";
import {noData} from "./parsed.js";
import {firstDayOf} from "./sessions.js";
import type {Ask, Pulled, Vendor} from "./vendor.js";
import {type Chart, chartError, parseChart, shortest, SOURCE} from "./yahoo-chart.js";

const DAY_MS = 86_400_000;
/** It answers no program that does not call itself a browser. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

const INTERVALS = {
  "1m": "1m",
  "5m": "5m",
  "15m": "15m",
  "30m": "30m",
  "1h": "60m",
  "1d": "1d",
  "1w": "1wk",
  "1mo": "1mo"
};
type Offered = keyof typeof INTERVALS;
const FREQUENCIES = Object.keys(INTERVALS) as Offered[]; // keys of the constant above

/** Days of intraday bars that Yahoo keeps, and that it gives at once. */
const INTRADAY: Readonly<Partial<Record<Frequency, {kept: number; window: number}>>> = {
  "1m": {kept: 29, window: 7},
  "5m": {kept: 59, window: 59},
  "15m": {kept: 59, window: 59},
  "30m": {kept: 59, window: 59},
  "1h": {kept: 729, window: 365}
};

/** Bars of stocks, funds, indices, futures, currencies and coins, with dividends and splits: Yahoo's chart. */
export const yahoo: Vendor = {
  id: "yahoo",
  name: SOURCE,
  offers: {bars: ["1d", ...FREQUENCIES.filter((frequency) => frequency !== "1d")], actions: ["1d"]},
  universe: "markets",
  calendar: "nyse",
  overlapDays: 7,
  key: null,
  rate: {perMinute: 60, burst: 5},
  note: "free, no key, unofficial: for personal use, and it may end any day; minutes reach back 30 days, hours two years",

  async *pull(ask, web, signal) {
    checkAsk(yahoo, ask);
    yield* isIntraday(ask.frequency) ? intraday(ask, web, signal) : daily(ask, web, signal);
  }
};

/** Days, weeks and months in one reply, up to now whatever is asked: the splits up to now are needed to undo them. */
async function* daily(ask: Ask, web: Web, signal: AbortSignal): AsyncGenerator<Pulled> {
  const first = firstDayOf(ask.from, ask.frequency);
  const chart = await chartOf(ask, {from: (first - 1) * DAY_MS, to: tomorrow(web)}, web, signal);
  const within = daysOf({...ask, from: dayOf(first)});
  const actions = rowsOf("actions", asPaid(chart).filter(within));
  if (ask.kind === "actions") return yield {facts: chart.facts, rows: [actions]};
  const bars = chart.bars.filter(within);
  if (!bars.length) throw noData(SOURCE, ask);
  yield {facts: chart.facts, rows: [asTraded(bars, chart), actions]};
}

/** Minutes and hours by windows; the splits since the first of them are asked for before. */
async function* intraday(ask: Ask, web: Web, signal: AbortSignal): AsyncGenerator<Pulled> {
  const {kept, window} = INTRADAY[ask.frequency]!; // of each that is offered
  const end = Math.min(dayNumber(ask.to) + 2, Math.ceil(tomorrow(web) / DAY_MS));
  const start = Math.max(dayNumber(ask.from) - 1, Math.floor(web.now().getTime() / DAY_MS) - kept);
  const splits = await chartOf(
    {...ask, frequency: "1d"},
    {from: start * DAY_MS, to: tomorrow(web)},
    web,
    signal
  );
  let found = false;
  for (let from = start; from < end; from += window) {
    const to = Math.min(from + window, end);
    const chart = await chartOf(ask, {from: from * DAY_MS, to: to * DAY_MS}, web, signal);
    const bars = chart.bars.filter(daysOf(ask));
    if (!bars.length) continue;
    found = true;
    yield {facts: chart.facts, rows: [asTraded(bars, {...splits, facts: chart.facts})]};
  }
  if (!found) throw noData(SOURCE, ask);
}

interface Seen extends Chart {
  /** The exchange's day of the reply, up to which Yahoo has adjusted for splits. */
  asOf: string;
}

async function chartOf(
  {symbol, frequency}: Ask,
  {from, to}: {from: number; to: number},
  web: Web,
  signal: AbortSignal
): Promise<Seen> {
  const reply = await web.get(
    {
      path: `/v8/finance/chart/${encodeURIComponent(symbol)}`,
      query: {
        period1: String(from / 1000),
        period2: String(to / 1000),
        interval: INTERVALS[frequency as Offered], // checked by checkAsk
        events: "div,splits"
      },
      headers: {"user-agent": USER_AGENT},
      content: "json",
      accept: [400, 404, 422]
    },
    signal
  );
  if (reply.status !== 200 && !/^\s*\{/.test(reply.text)) throw chartError(String(reply.status), "", symbol);
  const at = madeAt(reply, web, SOURCE);
  const chart = parseChart(reply.text, {symbol, frequency, at});
  return {...chart, asOf: dayOf(dayInZone(at, chart.facts.timeZone))};
}

/** Bars as they were traded, from prices that Yahoo has adjusted for all splits up to the day of the reply. */
function asTraded(bars: Row<"bars">[], {actions, asOf, divisor}: Seen): Rows<"bars"> {
  const adjusted = rowsOf("bars", bars);
  const {columns, ...rows} = unadjust(adjusted, rowsOf("actions", actions), {asOf});
  const undone = (name: "open" | "high" | "low" | "close") =>
    columns[name].map((price, i) => traded(price, adjusted.columns[name][i], divisor));
  const volume = columns.volume.map((units, i) =>
    units === adjusted.columns.volume[i] ? units : Math.round(units)
  );
  return {
    ...rows,
    columns: {
      ...columns,
      open: undone("open"),
      high: undone("high"),
      low: undone("low"),
      close: undone("close"),
      volume
    }
  };
}

/** Splits, and dividends as they were paid, up to the day of the reply. */
function asPaid({actions, asOf}: Seen): Row<"actions">[] {
  const {value} = unadjustDividends(rowsOf("actions", actions), {asOf}).columns;
  return actions
    .map((action, i) => ({...action, value: paid(value[i], action.value!)})) // each action has a value
    .filter(({day}) => day! <= asOf);
}

/** Returns the price that Yahoo, which divides it by later splits and rounds it to single precision, has sent as another. */
function traded(price: number, adjusted: number, divisor: number): number {
  if (price === adjusted) return price;
  const ratio = price / adjusted;
  return shortest(price, (one) => Math.fround((one / ratio) * divisor));
}

/** Yahoo writes what splits have divided with six decimals. */
function paid(amount: number, adjusted: number): number {
  if (amount === adjusted) return amount;
  const ratio = amount / adjusted;
  return shortest(amount, (one) => Number((one / ratio).toFixed(6)));
}

function daysOf({from, to}: {from: string; to: string}): (row: {day?: string | null}) => boolean {
  return ({day}) => day! >= from && day! <= to; // each row has a day
}

function tomorrow(web: Web): number {
  return (Math.floor(web.now().getTime() / DAY_MS) + 2) * DAY_MS;
}
