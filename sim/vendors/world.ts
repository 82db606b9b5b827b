/** The world that all vendors tell of: one set of paths, the same for every clock, known up to a time. */

import {accountListings, accountMarket} from "./world/account.js";
import {coins} from "./world/coins.js";
import {commodities, contract} from "./world/commodities.js";
import {dollarIndex, pair, perEuros} from "./world/currencies.js";
import {FIXED, type Fixing} from "./world/currency-table.js";
import {MATURITIES, REAL_MATURITIES} from "./world/curve.js";
import {dayOf, indexAt, isoOf} from "./world/days.js";
import {EXCHANGES, instant, isSession, lastSession, localDay} from "./world/exchanges.js";
import {balanceSheet} from "./world/fed.js";
import {fredSeries} from "./world/fred.js";
import {ground as makeGround} from "./world/ground.js";
import {indices} from "./world/indices.js";
import {type Bars, barsOf, type Listing} from "./world/listing.js";
import {yahooSymbol} from "./world/names.js";
import type {Published} from "./world/published.js";
import {nextBusinessDay, type ReferenceRate, referenceRates} from "./world/reference-rates.js";
import {shares} from "./world/shares.js";
import {rounded} from "./world/walk.js";

/** One series as its vendor prints it: in the vendor's unit, with the vendor's decimals. */
export interface WorldSeries {
  /** `vendor:symbol`: `fred:DGS10`, `yahoo:^GSPC`, `ecb:EURUSD`. */
  id: string;
  name: string;
  unit: string;
  /** ISO, oldest first, each once. */
  days: string[];
  values: number[];
}

/** Bars as they were traded: never adjusted for a later split. */
export interface WorldBars {
  days: string[];
  open: number[];
  high: number[];
  low: number[];
  close: number[];
  volume: number[];
}

export interface Bar {
  day: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** A series by day number, NaN where the vendor lists a day without a value. */
export interface Column {
  days: number[];
  values: number[];
}

export interface World {
  now: Date;
  /** All that was published at the world's `now`. @throws RangeError if there is no such series */
  series: (id: string) => WorldSeries;
  /** Bars whose session was over at `now`. @throws RangeError if there are none of that name */
  bars(id: string): WorldBars;
  /** What Yahoo lists under a symbol; undefined for what is unknown, delisted, expired. */
  listing: (symbol: string) => Listing | undefined;
  barsOf(listing: Listing): Bars;
  /** The bar that a session open at `now` will have made; undefined while there is none. */
  openSession: (listing: Listing) => Bar | undefined;
  /** What it has made so far. @param always as if a session were open */
  liveBar(listing: Listing, always?: boolean): Bar | undefined;
  fred(id: string): Published | undefined;
  fredRows(series: Published): Column;
  fixings: ReadonlyMap<string, Fixing>;
  /** Units of a currency for one euro. */
  fixing(currency: string): Column;
  /** Par yields by the Treasury's names: `BC_10YEAR`, `TC_10YEAR`. */
  yields(name: string): Column;
  /** Days on which the Treasury published. */
  yieldDays(): number[];
  referenceRate(type: string): ReferenceRate | undefined;
  /** Holdings in dollars by kind, on Wednesdays. */
  soma(): {days: number[]; kinds: Record<string, ArrayLike<number>>};
}

/** Paths for a demo account whose history ends at a time; the world at any time from then on. */
export function worlds(accountNow: Date): (now: Date) => World {
  let ground = makeGround(accountNow);
  let parts = makeParts(ground, accountNow);
  return (now) => {
    if (now.getUTCFullYear() + 1 > Number(isoOf(ground.last).slice(0, 4))) {
      ground = makeGround(now);
      parts = makeParts(ground, accountNow);
    }
    return worldAt(parts, now);
  };
}

/** The world at a time, of the account whose history ends then. */
export const world = (now: Date): World => worlds(now)(now);

type Parts = ReturnType<typeof makeParts>;

function makeParts(ground: ReturnType<typeof makeGround>, accountNow: Date) {
  const account = accountMarket(accountNow);
  const perEuro = perEuros(ground, account);
  const known = new Map<string, Listing>();
  for (const listing of [
    ...indices(ground),
    ...commodities(ground),
    ...shares(ground),
    ...coins(ground),
    ...accountListings(ground, account),
    dollarIndex(ground, perEuro)
  ]) {
    known.set(listing.symbol, {...listing, levels: memo(listing.levels)});
  }
  const memory = new Map<string, unknown>();
  return {
    ground,
    known,
    perEuro,
    fred: memo(() => fredSeries(ground)),
    rates: memo(() => referenceRates(ground)),
    sheet: memo(() => balanceSheet(ground)),
    once: <T>(key: string, make: () => T): T => {
      if (!memory.has(key)) memory.set(key, make());
      return memory.get(key) as T; // what was made under that key
    }
  };
}

function worldAt({ground, known, perEuro, fred, rates, sheet, once}: Parts, now: Date): World {
  const seconds = Math.floor(now.getTime() / 1000);
  const today = localDay(EXCHANGES.nyse, seconds);
  let working = today; // FRED puts out nothing on other days
  while (!isSession(EXCHANGES.bonds, working)) --working;
  const {weekdays, wednesdays} = ground.grids;

  const listing = (symbol: string): Listing | undefined =>
    known.get(symbol) ??
    once(`pair ${symbol}`, () => pair(symbol, ground, perEuro)) ??
    once(`contract ${symbol} ${today}`, () => contract(symbol, ground, known, today));

  const barsUntil = (one: Listing, until: number): Bars =>
    once(`bars ${one.symbol} ${until}`, () => barsOf(one, until));

  const column = (
    all: ArrayLike<number>,
    values: (i: number) => number,
    keep: (day: number) => boolean
  ): Column => {
    const kept: Column = {days: [], values: []};
    for (let i = 0; i < all.length; ++i) {
      if (!keep(all[i])) continue;
      kept.days.push(all[i]);
      kept.values.push(values(i));
    }
    return kept;
  };

  /** A day's bar as it will be, whether or not there is a session on it. */
  const wholeBar = (one: Listing, day: number): Bar => {
    const forced = {
      ...one.exchange,
      sessions: (at: number) => (at === day ? true : one.exchange.sessions?.(at))
    };
    const bars = once(`live ${one.symbol} ${day}`, () => barsOf({...one, exchange: forced}, day));
    const at = bars.days.length - 1;
    const [open, high, low, close] = [bars.open[at], bars.high[at], bars.low[at], bars.close[at]];
    if (bars.days[at] === day) return {day, open, high, low, close, volume: bars.volume[at]};
    return {day, open: close, high: close, low: close, close, volume: 0};
  };

  const self: World = {
    now,
    listing,
    fixings: FIXED,
    barsOf: (one) => barsUntil(one, lastSession(one.exchange, seconds)),

    openSession(one) {
      const {exchange} = one;
      const day = localDay(exchange, seconds);
      const opened = isSession(exchange, day) && seconds >= instant(exchange, day, exchange.open);
      return opened && lastSession(exchange, seconds) !== day ? wholeBar(one, day) : undefined;
    },
    liveBar(one, always = false) {
      const whole =
        self.openSession(one) ?? (always ? wholeBar(one, localDay(one.exchange, seconds)) : undefined);
      if (!whole) return undefined;
      const {day, open, volume} = whole;
      const close = rounded(open + 0.6 * (whole.close - open), one.decimals);
      return {
        day,
        open,
        close,
        high: Math.max(open, close),
        low: Math.min(open, close),
        volume: Math.round(0.4 * volume)
      };
    },

    fred: (id) => fred().get(id),
    fredRows(one) {
      const {days, values} = once(`fred ${one.id}`, () => one.rows());
      const end = indexAt(days, working - one.lagDays) + 1;
      return {days: Array.from(days).slice(0, end), values: Array.from(values).slice(0, end)};
    },

    fixing(currency) {
      const {decimals, from = "", to = "9999"} = FIXED.get(currency)!;
      const values = perEuro(currency);
      const last = lastSession(EXCHANGES.target, seconds);
      return column(
        weekdays.days,
        (i) => rounded(values[i], decimals),
        (day) => day <= last && isSession(EXCHANGES.target, day) && isoOf(day) >= from && isoOf(day) <= to
      );
    },

    yieldDays: () =>
      once(`yield days ${today} ${lastSession(EXCHANGES.bonds, seconds)}`, () => {
        const last = lastSession(EXCHANGES.bonds, seconds);
        return Array.from(weekdays.days).filter((day) => day <= last && isSession(EXCHANGES.bonds, day));
      }),
    yields(name) {
      const maturity = MATURITIES.find(([known]) => known === name);
      const real = REAL_MATURITIES.find((years) => `TC_${years}YEAR` === name);
      if (!maturity && !real) throw new RangeError(`no yield ${name} in the world`);
      const values = maturity ? ground.curve().par(maturity[1]) : ground.curve().real(real!); // one of the two
      const first = dayOf(maturity?.[2] ?? "2003-01-02");
      const days = self.yieldDays().filter((day) => day >= first);
      return {days, values: days.map((day) => values[indexAt(weekdays.days, day)])};
    },

    referenceRate(type) {
      const rate = rates().get(type);
      if (!rate) return undefined;
      const published = rate.days.filter((day) => seconds >= (nextBusinessDay(day) * 24 + 14) * 3600).length;
      const cut = <T>(values: T[]) => values.slice(0, published);
      return {
        ...rate,
        days: cut(rate.days),
        rate: cut(rate.rate),
        percentiles: cut(rate.percentiles),
        volume: cut(rate.volume),
        ...(rate.target && {target: cut(rate.target)})
      };
    },

    soma() {
      const days = Array.from(wednesdays.days).filter((day) => day + 1 <= today);
      return {days, kinds: sheet().soma};
    },

    series: (id) => seriesOf(self, id),
    bars(id) {
      const {days, ...columns} = self.barsOf(listingOf(self, id));
      return {days: days.map(isoOf), ...columns};
    }
  };
  return self;
}

function seriesOf(world: World, id: string): WorldSeries {
  const [vendor, symbol] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
  const make = (name: string, unit: string, {days, values}: Column): WorldSeries => {
    const given = days.map((_, i) => i).filter((i) => Number.isFinite(values[i]));
    return {id, name, unit, days: given.map((i) => isoOf(days[i])), values: given.map((i) => values[i])};
  };
  switch (vendor) {
    case "fred":
    case "fred-graph": {
      const published = world.fred(symbol);
      if (!published) break;
      return make(published.title, published.units, world.fredRows(published));
    }
    case "ecb": {
      const currency = symbol.replace(/^EUR/, "");
      const fixing = world.fixings.get(currency);
      if (!fixing) break;
      return make(fixing.name, currency, world.fixing(currency));
    }
    case "treasury":
      return make(symbol, "percent", world.yields(symbol));
    case "new-york-fed": {
      const rate = world.referenceRate(symbol);
      if (rate) return make(symbol, "percent", {days: rate.days, values: rate.rate});
      const {days, kinds} = world.soma();
      const kind = SOMA_NAMES.get(symbol);
      if (!kind) break;
      return make(symbol, "usd", {days, values: days.map((_, i) => kinds[kind][i])});
    }
    default: {
      const listing = listingOf(world, id);
      const bars = world.barsOf(listing);
      return make(listing.name, listing.currency, {days: bars.days, values: bars.close});
    }
  }
  throw new RangeError(`no series ${id} in the world`);
}

const SOMA_NAMES = new Map([
  ["SOMA_BILLS", "bills"],
  ["SOMA_NOTESBONDS", "notesbonds"],
  ["SOMA_TIPS", "tips"],
  ["SOMA_TIPS_INFLATION", "tipsInflationCompensation"],
  ["SOMA_FRN", "frn"],
  ["SOMA_MBS", "mbs"],
  ["SOMA_CMBS", "cmbs"],
  ["SOMA_AGENCIES", "agencies"],
  ["SOMA_TOTAL", "total"]
]);

/** What a price vendor's symbol is, by Yahoo's: `binance:BTCUSDT`, `polygon:BRK.B`, `stooq:aapl.us`. */
function listingOf(world: World, id: string): Listing {
  const [vendor, symbol] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
  const listing = world.listing(yahooSymbol(vendor, symbol));
  if (!listing) throw new RangeError(`no series ${id} in the world`);
  return listing;
}

function memo<T>(make: () => T): () => T {
  let made: {value: T} | undefined;
  return () => (made ??= {value: make()}).value;
}
