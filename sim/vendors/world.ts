/** The world that all vendors tell of: one set of paths, the same for every clock, known up to a time. */

import {newYorkDate} from "../account/market/calendar.js";
import {accountListings, accountMarket} from "./world/account.js";
import {coins} from "./world/coins.js";
import {commodities, contract} from "./world/commodities.js";
import {dollarIndex, pair, perEuros} from "./world/currencies.js";
import {FIXED} from "./world/currency-table.js";
import {MATURITIES, REAL_MATURITIES} from "./world/curve.js";
import {dayOf, indexAt, isoOf} from "./world/days.js";
import {EXCHANGES, instant, isSession, lastSession, localDay} from "./world/exchanges.js";
import {balanceSheet} from "./world/fed.js";
import {fredSeries} from "./world/fred.js";
import {ground as makeGround} from "./world/ground.js";
import {indices} from "./world/indices.js";
import {type Bars, barsOf, type Listing} from "./world/listing.js";
import type {Bar, World} from "./world/known.js";
import {once, onceEach} from "./world/once.js";
import {nextBusinessDay, referenceRates} from "./world/reference-rates.js";
import {shares} from "./world/shares.js";
import {listingOf, seriesOf} from "./world/truth.js";
import {rounded} from "./world/walk.js";

export type {World, WorldBars, WorldSeries} from "./world/known.js";

/** Paths for a demo account whose history ends at a time; the world at any time from then on. */
export function worlds(accountNow: Date): (now: Date) => World {
  let year = 0;
  let parts: Parts;
  return (now) => {
    if (now.getUTCFullYear() > year) {
      year = Math.max(now.getUTCFullYear(), accountNow.getUTCFullYear());
      parts = partsOf(accountNow, year);
    }
    return worldAt(parts, now);
  };
}

const MOST_KEPT = 4;
const kept = new Map<string, Parts>();

/** The paths of an account's day that reach to the end of a year and more; the last few are kept. */
function partsOf(accountNow: Date, year: number): Parts {
  const key = `${newYorkDate(accountNow)} ${year}`;
  const parts = kept.get(key) ?? makeParts(makeGround(year), accountNow);
  kept.delete(key);
  kept.set(key, parts);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!); // there are some
  return parts;
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
    known.set(listing.symbol, {...listing, levels: once(listing.levels)});
  }
  return {
    ground,
    known,
    perEuro,
    fred: once(() => fredSeries(ground)),
    rates: once(() => referenceRates(ground)),
    sheet: once(() => balanceSheet(ground)),
    each: onceEach()
  };
}

function worldAt({ground, known, perEuro, fred, rates, sheet, each}: Parts, now: Date): World {
  const seconds = Math.floor(now.getTime() / 1000);
  const today = localDay(EXCHANGES.nyse, seconds);
  let working = today; // FRED puts out nothing on other days
  while (!isSession(EXCHANGES.bonds, working)) --working;
  const {weekdays, wednesdays} = ground.grids;

  const listing = (symbol: string): Listing | undefined =>
    known.get(symbol) ??
    each(`pair ${symbol}`, () => pair(symbol, ground, perEuro)) ??
    each(`contract ${symbol} ${today}`, () => contract(symbol, ground, known, today));

  const barsUntil = (one: Listing, until: number): Bars =>
    each(`bars ${one.symbol} ${until}`, () => barsOf(one, until));

  /** A day's bar as it will be, whether or not there is a session on it. */
  const wholeBar = (one: Listing, day: number): Bar => {
    const forced = {
      ...one.exchange,
      sessions: (at: number) => (at === day ? true : one.exchange.sessions?.(at))
    };
    const bars = each(`live ${one.symbol} ${day}`, () => barsOf({...one, exchange: forced}, day));
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
      const {days, values} = each(`fred ${one.id}`, () => one.rows());
      const end = indexAt(days, working - one.lagDays) + 1;
      return {days: Array.from(days).slice(0, end), values: Array.from(values).slice(0, end)};
    },

    fixing(currency) {
      const {decimals, from = "2014-01-01", to = "9999-12-31"} = FIXED.get(currency)!;
      const [first, end] = [dayOf(from), Math.min(dayOf(to), lastSession(EXCHANGES.target, seconds))];
      return each(`fixing ${currency} ${end}`, () => {
        const values = perEuro(currency);
        const days = Array.from(weekdays.days).filter(
          (day) => day >= first && day <= end && isSession(EXCHANGES.target, day)
        );
        return {days, values: days.map((day) => rounded(values[indexAt(weekdays.days, day)], decimals))};
      });
    },

    yieldDays: () =>
      each(`yield days ${lastSession(EXCHANGES.bonds, seconds)}`, () => {
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
