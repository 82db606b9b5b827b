/** What the demo account's own market says: its currencies, its shares, its index. Other vendors must say the same. */

import {float} from "../../account/booking/amounts.js";
import {addBusinessDays, newYorkDate} from "../../account/market/calendar.js";
import {SHARES, type Instrument, type ShareName} from "../../account/market/instruments.js";
import {INDEX_BEFORE, market, SPIN_OFF_SHARES, SPLIT_RATIO} from "../../account/market/market.js";
import {timetable} from "../../account/market/timetable.js";
import {dayOf, indexAt, isoOf} from "./days.js";
import {EXCHANGES, type Exchange, type ExchangeName} from "./exchanges.js";
import type {Ground} from "./ground.js";
import type {Dividend, Levels, Listing, Split} from "./listing.js";
import {rounded, walk} from "./walk.js";

const SEED = 7;

/** The market of the account whose history ends before a day. */
export function accountMarket(now: Date) {
  const time = timetable(newYorkDate(now));
  return {time, days: Int32Array.from(time.days, dayOf), market: market(SEED, time)};
}
export type AccountMarket = ReturnType<typeof accountMarket>;

/** US dollars for a euro, a pound and a yen on the days of the account's history. */
export function accountRates({days, market}: AccountMarket, currency: "EUR" | "GBP" | "JPY"): Levels {
  return {days, values: Array.from(days, (_, i) => float(market.rate(currency, i)))};
}

/** A path on weekdays that is the account's where the account has one. */
export function through(
  {grids}: Ground,
  name: string,
  history: string,
  known: Levels,
  volatility: number,
  follows: readonly (readonly [Float64Array, number])[] = []
): Float64Array {
  const {days, values} = known;
  const [from, to] = [days[0], days[days.length - 1]];
  const before = history.split(", ").filter((anchor) => anchor < isoOf(from));
  const path = walk(grids.weekdays, {
    name,
    anchors: [...before, `${isoOf(from)} ${values[0]}`, `${isoOf(to)} ${values[days.length - 1]}`].join(", "),
    volatility,
    follows
  });
  grids.weekdays.days.forEach((day, i) => {
    if (day < from || day > to) return;
    const at = indexAt(days, day);
    path[i] = days[at] === day ? values[at] : Math.sqrt(values[at] * values[at + 1]);
  });
  return path;
}

const PLACES: Record<string, {ending: string; exchange: ExchangeName; currency?: string}> = {
  NYSE: {ending: "", exchange: "nyse"},
  NASDAQ: {ending: "", exchange: "nasdaq"},
  ARCA: {ending: "", exchange: "arca"},
  LSE: {ending: ".L", exchange: "london", currency: "GBp"},
  IBIS: {ending: ".DE", exchange: "frankfurt"},
  SBF: {ending: ".PA", exchange: "paris"},
  TSEJ: {ending: ".T", exchange: "tokyo"}
};

/** Instruments that no longer have their symbol: renamed, or gone in a merger. */
const GONE: readonly ShareName[] = ["foods", "paper"];

/** The account's shares and index by Yahoo's symbols, its closes where it has them and a path that leads there before. */
export function accountListings(ground: Ground, account: AccountMarket): Listing[] {
  const {time, days, market} = account;
  const names = (Object.keys(SHARES) as ShareName[]).filter((name) => !GONE.includes(name));
  return [...names.map(listing), index()];

  function listing(name: ShareName): Listing {
    const instrument: Instrument = SHARES[name];
    const {ending, exchange, currency = instrument.currency} = PLACES[instrument.listingExchange];
    const pence = currency === "GBp" ? 100 : 1;
    const decimals = Math.max(0, market.decimals(instrument) - (pence === 100 ? 2 : 0));
    const closes = Array.from(days, (_, i) => rounded(pence * float(market.mark(instrument, i)), decimals));
    const listed = name === "diagnostics" ? time.spinOff : 0;
    const split: Split[] =
      name === "chips" ? [{day: days[time.split], numerator: SPLIT_RATIO, denominator: 1}] : [];
    const spun: Split[] =
      name === "health" ? [{day: days[time.spinOff], ...spunOff(closes[time.spinOff])}] : [];
    const payer = name === "foodsRenamed" ? "foods" : name;
    const paid = market.dividends.filter((one) => one.name === payer && one.ex < days.length);
    return {
      symbol: instrument.symbol + ending,
      name: instrument.issuer ?? instrument.symbol,
      type: instrument.subCategory === "ETF" ? "ETF" : "EQUITY",
      exchange: openOn(EXCHANGES[exchange], days),
      currency,
      decimals,
      ...(listed > 0 && {first: days[listed]}),
      volume: 2.5e6,
      dailyRange: 0.013,
      levels: () => ({
        days: ground.grids.weekdays.days,
        values: through(
          ground,
          instrument.symbol,
          `2014-01-01 ${closes[0] * 0.52}`,
          {days, values: closes},
          0.2,
          [[ground.shares(), 0.8]]
        )
      }),
      splits: [...split, ...spun],
      dividends: () =>
        paid.map(({ex, perShare}): Dividend => ({day: days[ex], amount: rounded(pence * float(perShare), 6)}))
    };
  }

  /** Yahoo tells a spin-off as a split: what a share was worth with the part of a child's that it became. */
  function spunOff(parent: number): {numerator: number; denominator: number} {
    const child = float(market.mark(SHARES.diagnostics, time.spinOff)) / SPIN_OFF_SHARES;
    return {numerator: Math.round((1000 * (parent + child)) / parent), denominator: 1000};
  }

  function index(): Listing {
    const before = dayOf(addBusinessDays(time.days[0], -1));
    const known = {days: [before, ...days], values: [INDEX_BEFORE, ...market.index]};
    return {
      symbol: "^DMX",
      name: "Demo 500",
      type: "INDEX",
      exchange: openOn(EXCHANGES.snp, days),
      currency: "USD",
      decimals: 2,
      volume: 0,
      dailyRange: 0.01,
      levels: () => ({
        days: ground.grids.weekdays.days,
        values: through(ground, "DMX", "2014-01-01 1850", known, 0.03, [[ground.shares(), 0.95]])
      })
    };
  }
}

/** An exchange that is open on the account's days, and on no other day between its first and last. */
function openOn(exchange: Exchange, days: Int32Array): Exchange {
  const sessions = new Set(days);
  const [from, to] = [days[0], days[days.length - 1]];
  return {...exchange, sessions: (day) => (day < from || day > to ? undefined : sessions.has(day))};
}
