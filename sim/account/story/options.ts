/** Options: a call rolled twice and assigned, a put that expires, an index spread settled in cash, three still open. */

import {float, whole, type Amount} from "../booking/amounts.js";
import {sumOf} from "../booking/lots.js";
import {execute} from "../booking/trading.js";
import {addDays} from "../market/calendar.js";
import {INDEX, SHARES, option, type Instrument} from "../market/instruments.js";
import {indexOn, monthlyExpiry, type Timetable} from "../market/timetable.js";
import type {Happening, Plot, Stage} from "./stage.js";

export function options(plot: Plot): Happening[] {
  return [...coveredCall(plot), ...expiredPut(plot), ...indexSpread(plot), ...stillOpen(plot)];
}

/** The first monthly expiry that lies some days after a date. */
export function expiryAfter(date: string, days: number): string {
  const earliest = addDays(date, days);
  for (let month = Number(earliest.slice(5, 7)), year = Number(earliest.slice(0, 4)); ; ++month) {
    const expiry = monthlyExpiry(year + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1);
    if (expiry >= earliest) return expiry;
  }
}

const at = ({days}: Timetable, date: string): number => indexOn(days, date);
const CALLS = whole(2);
const COVER = whole(200);

/** Sold, bought back and sold a month later, twice; the third one is assigned: the shares go at the strike. */
function coveredCall({time, market}: Plot): Happening[] {
  const {software} = SHARES;
  const start = time.coveredCall;
  const close = (day: number): number => float(market.mark(software, day));
  const expiries = [expiryAfter(time.days[start], 25)];
  while (expiries.length < 3) expiries.push(expiryAfter(expiries.at(-1)!, 20));
  const assigned = at(time, expiries[2]);
  const strikes = [
    Math.ceil(close(start) * 1.03),
    Math.ceil(close(at(time, expiries[0]) - 3) * 1.02),
    Math.floor(close(assigned) * 0.97)
  ];
  const [first, second, third] = expiries.map((expiry, i) =>
    option(software, expiry, String(strikes[i]), "C")
  );
  const roll = (from: Instrument, to: Instrument): Happening => ({
    day: at(time, from.expiry!) - 3,
    run(stage) {
      stage.trade(stage.main, from, CALLS);
      stage.trade(stage.main, to, -CALLS);
      stage.tell(stage.main, "covered call rolled");
    }
  });
  return [
    {
      day: start,
      run(stage) {
        atLeast(stage, software, COVER);
        stage.trade(stage.main, first, -CALLS);
        stage.tell(stage.main, "covered call sold");
      }
    },
    roll(first, second),
    roll(second, third),
    {
      day: assigned,
      run(stage) {
        const {main} = stage;
        const premium = -sumOf(main.position(third).lots, "cost");
        const book = {type: "BookTrade", notes: "A", time: "162000"} as const;
        execute(main, {...book, instrument: third, quantity: CALLS, price: 0n, assigned: true});
        execute(main, {...book, instrument: software, quantity: -COVER, price: third.strike!, premium});
        stage.tell(main, "covered call assigned");
      }
    }
  ];
}

/** A put bought as insurance; the market stays above it. */
function expiredPut({time, market}: Plot): Happening[] {
  const {total} = SHARES;
  const start = time.expiredPut;
  const expiry = expiryAfter(time.days[start], 40);
  const end = at(time, expiry);
  const low = Math.min(float(market.mark(total, start)), float(market.mark(total, end)));
  const put = option(total, expiry, String(Math.floor(low * 0.95)), "P");
  return [
    {day: start, run: (stage) => void stage.trade(stage.main, put, whole(2))},
    {
      day: end,
      run(stage) {
        settle(stage, put, 0n, "Ep");
        stage.tell(stage.main, "option expired");
      }
    }
  ];
}

/** A put spread on the index that ends between its strikes: one leg is settled in cash, the other expires. */
function indexSpread({time, market}: Plot): Happening[] {
  const start = time.indexSpread;
  const expiry = expiryAfter(time.days[start], 30);
  const end = at(time, expiry);
  const level = float(market.mark(INDEX, end));
  const upper = Math.ceil(level / 5) * 5 + 5;
  const short = option(INDEX, expiry, String(upper), "P");
  const long = option(INDEX, expiry, String(upper - 25), "P");
  return [
    {
      day: start,
      run(stage) {
        stage.trade(stage.main, short, whole(-1));
        stage.trade(stage.main, long, whole(1));
        stage.tell(stage.main, "index spread opened");
      }
    },
    {
      day: end,
      run(stage) {
        settle(stage, short, stage.main.mark(short), "A");
        settle(stage, long, 0n, "Ep");
        stage.tell(stage.main, "index spread settled in cash");
      }
    }
  ];
}

/** Open at the end: a short call at its strike and a long put that expire this week or next, a short put for later. */
function stillOpen({time, market}: Plot): Happening[] {
  const {chips, total, energy} = SHARES;
  const n = time.days.length;
  const last = (instrument: Instrument): number => float(market.mark(instrument, n - 1));
  const call = option(chips, time.nextExpiry, String(Math.floor(last(chips) * 0.99)), "C");
  const put = option(total, time.nextExpiry, String(Math.ceil(last(total) * 0.995)), "P");
  const later = option(energy, expiryAfter(time.today, 24), String(Math.floor(last(energy) * 0.94)), "P");
  return [
    {day: n - 22, run: (stage) => void stage.trade(stage.main, put, whole(2))},
    {
      day: n - 18,
      run(stage) {
        atLeast(stage, chips, COVER);
        stage.trade(stage.main, call, -CALLS);
        stage.tell(stage.main, "short call at risk");
      }
    },
    {
      day: n - 9,
      run: (stage) => void stage.trade(stage.main, later, whole(-1), {orderReference: "app:demo-put"})
    }
  ];
}

/** Ends the main account's position in an option at its settlement price. */
function settle({main}: Stage, instrument: Instrument, price: Amount, notes: string): void {
  const quantity = -main.quantity(instrument);
  execute(main, {instrument, quantity, price, type: "BookTrade", notes, time: "162000"});
}

function atLeast(stage: Stage, instrument: Instrument, quantity: Amount): void {
  const missing = quantity - stage.main.quantity(instrument);
  if (missing > 0n) stage.trade(stage.main, instrument, missing);
}
