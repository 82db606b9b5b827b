/** The long-term plan: deposits and withdrawals, the first purchases, and a few trades every week. */

import type {AccountBook} from "../booking/account-book.js";
import {float, rounded, whole, type Amount} from "../booking/amounts.js";
import {deposit} from "../booking/income.js";
import {SHARES, pair, type Instrument, type ShareName} from "../market/instruments.js";
import type {Plot, Happening, Stage} from "./stage.js";
import type {Timetable} from "../market/timetable.js";
import {forex} from "../booking/trading.js";

/** Shares of NAV that the main account steers to. */
const MAIN_PLAN: Partial<Record<ShareName, number>> = {
  total: 0.17,
  world: 0.08,
  bond: 0.07,
  income: 0.07,
  chips: 0.06,
  software: 0.065,
  foods: 0.045,
  energy: 0.04,
  bank: 0.045,
  health: 0.045,
  logistics: 0.035,
  retail: 0.025,
  paper: 0.03,
  tools: 0.03,
  water: 0.03,
  mining: 0.025,
  chemie: 0.03,
  luxe: 0.03,
  robotics: 0.03,
  noodles: 0.025
};

const SECOND_PLAN: Partial<Record<ShareName, number>> = {
  total: 0.45,
  bond: 0.12,
  bank: 0.17,
  logistics: 0.14
};

export const EUR_USD = pair("EUR", "USD");
export const GBP_USD = pair("GBP", "USD");
export const USD_JPY = pair("USD", "JPY");

export function core({time}: Plot): Happening[] {
  const happenings: Happening[] = [
    ...flows(time),
    ...firstPurchases(time),
    ...[3, 60, 150, 260, 400, 520, 650].map((day) => ({day, run: convert}))
  ];
  happenings.push({day: time.losing + 61, run: sellOut}, {day: time.days.length - 33, run: borrowYen});
  for (let day = 14; day < time.days.length; ++day) {
    if (day % 5 === 1 || day % 5 === 3)
      happenings.push({day, run: (stage) => steer(stage, stage.main, MAIN_PLAN)});
    if (day % 11 === 4) happenings.push({day, run: (stage) => steer(stage, stage.pocket, SECOND_PLAN)});
  }
  return happenings;
}

/** Money comes after a good year and goes after a bad one: so the two returns differ. */
function flows({losing, recovery, days}: Timetable): Happening[] {
  const flow = (day: number, run: (stage: Stage) => void): Happening => ({day, run});
  const dollars = (day: number, thousands: number) =>
    flow(day, (stage) => {
      deposit(stage.main, "USD", whole(1000 * thousands));
      stage.tell(stage.main, thousands > 0 ? "deposit" : "withdrawal");
    });
  return [
    dollars(0, 122),
    flow(0, ({former}) => deposit(former, "USD", whole(36_000))),
    dollars(losing - 12, 150),
    flow(losing - 8, ({pocket}) => deposit(pocket, "USD", whole(9_000))),
    flow(recovery - 27, raise),
    dollars(recovery - 25, -45),
    flow(losing + 70, (stage) => {
      deposit(stage.main, "EUR", whole(4_500));
      stage.tell(stage.main, "deposit in EUR");
    }),
    dollars(days.length - 75, 40),
    dollars(days.length - 46, -6)
  ];
}

/** Frightened, the owner sells the big funds near the bottom to take money out. */
function raise(stage: Stage): void {
  const {main} = stage;
  let missing = 48_000 - float(main.cash("USD"));
  for (const instrument of [SHARES.total, SHARES.income, SHARES.world, SHARES.software]) {
    const price = float(main.mark(instrument));
    const kept = instrument === SHARES.total || instrument === SHARES.software ? 200 : 0;
    const count = Math.floor(Math.min(float(main.quantity(instrument)) - kept, Math.max(0, missing) / price));
    if (count < 10) continue;
    stage.tradeInFills(main, instrument, [
      whole(-Math.floor(count / 2)),
      whole(Math.floor(count / 2) - count)
    ]);
    missing -= count * price;
  }
}

function firstPurchases(time: Timetable): Happening[] {
  const buy = (book: (stage: Stage) => AccountBook, plan: typeof MAIN_PLAN): Happening[] =>
    (Object.keys(plan) as ShareName[]).map((name, i) => ({
      day: 1 + Math.floor(i / 2),
      run: (stage) => toward(stage, book(stage), current(name, time, stage.world.today), plan[name]!, 0)
    }));
  return [...buy(({main}) => main, MAIN_PLAN), ...buy(({former}) => former, SECOND_PLAN)];
}

/** The share's present instrument: the issuer of foods takes another name on the way. */
export function current(name: ShareName, {rename}: Timetable, today: number): Instrument {
  return name === "foods" && today >= rename ? SHARES.foodsRenamed : SHARES[name];
}

/** One trade in one name of the plan, toward its weight and a little off it. */
function steer(stage: Stage, book: AccountBook, plan: typeof MAIN_PLAN): void {
  const {today, time} = stage.world;
  const names = (Object.keys(plan) as ShareName[]).filter((name) => tradable(name, time, today));
  if (!names.length) return;
  const name = names[stage.random.between(0, names.length - 1)];
  toward(stage, book, current(name, time, today), plan[name]!, 0.012, keep(name, book, stage));
}

/** Names leave the plan when their issuer goes, or when the owner has had enough. */
function tradable(name: ShareName, {merger, spinOff, losing, migration}: Timetable, today: number): boolean {
  if (name === "health" && Math.abs(today - spinOff) < 4) return false;
  if (name === "paper") return today < merger - 12;
  if (name === "retail") return today < losing + 60;
  return Math.abs(today - migration) > 4;
}

/** What must stay: shares that cover a written call. */
function keep(name: ShareName, book: AccountBook, {main, world}: Stage): Amount {
  if (book !== main) return 0n;
  if (name === "software" && world.today < world.time.coveredCall + 70) return whole(200);
  if (name === "chips" && world.today > world.time.split) return whole(200);
  return name === "total" ? whole(200) : 0n;
}

/** The owner has had enough of one of them. */
function sellOut(stage: Stage): void {
  const {main} = stage;
  const held = main.quantity(SHARES.retail);
  if (held === 0n) return;
  stage.tradeInFills(main, SHARES.retail, [
    whole(-Math.floor(float(held) / 2)),
    -held + whole(Math.floor(float(held) / 2))
  ]);
  stage.tell(main, "position sold at a loss");
}

function toward(
  stage: Stage,
  book: AccountBook,
  instrument: Instrument,
  weight: number,
  noise: number,
  kept: Amount = 0n
): void {
  const nav = [...book.nav().values()].reduce((sum, part) => sum + float(part), 0);
  const rate = float(book.rate(instrument.currency));
  const held = book.quantity(instrument);
  const price = float(book.mark(instrument)) * rate;
  const gap = weight * nav - float(held) * price + noise * nav * stage.random.normal();
  const value = Math.max(-0.035 * nav, Math.min(noise ? 0.035 * nav : Infinity, gap));
  const lot = instrument.currency === "JPY" ? 10 : 1;
  let count = Math.round(value / price / lot) * lot;
  const most = Math.max(0, Math.floor(float(held - kept)));
  if (count < -most) count = -most;
  if (Math.abs(count * price) < 250) return;
  if (count > 0 && !affordable(stage, book, instrument, count * price * 1.01)) return;
  const fills = Math.abs(count) < 8 ? 1 : stage.random.between(1, 3);
  const quantities = Array.from({length: fills}, (_, i) =>
    whole(Math.trunc(count / fills) + (i < count % fills ? 1 : 0))
  );
  const rest = quantities.reduce((sum, quantity) => sum + quantity, 0n);
  quantities[0] += whole(count) - rest;
  if (fills === 1) stage.trade(book, instrument, quantities[0]);
  else stage.tradeInFills(book, instrument, quantities);
}

/** Euros and pounds are bought before they are spent; yen are borrowed. */
function affordable(stage: Stage, book: AccountBook, {currency}: Instrument, dollars: number): boolean {
  if (currency === "JPY") return true;
  if (currency === "USD") return float(book.cash("USD")) > dollars + (book === stage.main ? 4000 : 200);
  const rate = float(book.rate(currency));
  const missing = dollars / rate - float(book.cash(currency));
  if (missing * rate > float(book.cash("USD"))) return false;
  if (missing > 0)
    buyCurrency(stage, book, currency === "EUR" ? EUR_USD : GBP_USD, Math.ceil(missing / 500 + 1) * 500);
  return true;
}

function buyCurrency(stage: Stage, book: AccountBook, instrument: Instrument, units: number): void {
  const close = float(book.rate(instrument.symbol.slice(0, 3)));
  forex(book, instrument, whole(units), rounded(close * (1 + 0.0008 * stage.random.normal()), 5));
  stage.tell(book, `forex ${instrument.symbol}`);
}

/** Some euros and pounds to hold; a part of the yen loan is paid back. */
function convert(stage: Stage): void {
  const {main} = stage;
  if (float(main.cash("EUR")) < 4000) buyCurrency(stage, main, EUR_USD, 3000);
  if (float(main.cash("GBP")) < 3000) buyCurrency(stage, main, GBP_USD, 2000);
  const close = 1 / float(main.rate("JPY"));
  const dollars = Math.floor((-0.35 * float(main.cash("JPY"))) / close / 100) * 100;
  if (dollars < 1500 || float(main.cash("USD")) < dollars + 3000) return;
  forex(main, USD_JPY, whole(-dollars), rounded(close, 3));
  stage.tell(main, "forex USD.JPY");
}

/** The yen loan that stands at the end. */
function borrowYen(stage: Stage): void {
  const {main} = stage;
  const close = 1 / float(main.rate("JPY"));
  const dollars = Math.round((2_200_000 + float(main.cash("JPY"))) / close / 100) * 100;
  if (dollars < 500) return;
  forex(main, USD_JPY, whole(dollars), rounded(close, 3));
  stage.tell(main, "forex USD.JPY");
}
