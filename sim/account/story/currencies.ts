/** Cash in other currencies: euros and pounds that are bought before they are spent, yen that are borrowed. */

import type {AccountBook} from "../booking/account-book.js";
import {float, rounded, whole} from "../booking/amounts.js";
import {forex} from "../booking/forex.js";
import {pair, type Instrument} from "../market/instruments.js";
import type {Happening, Plot, Stage} from "./stage.js";

const EUR_USD = pair("EUR", "USD");
const GBP_USD = pair("GBP", "USD");
const USD_JPY = pair("USD", "JPY");

export function currencies({time}: Plot): Happening[] {
  return [
    ...[3, 60, 150, 260, 400, 520, 650].map((day) => ({day, run: convert})),
    {day: time.days.length - 33, run: borrowYen}
  ];
}

/** Whether a purchase can be paid; what it needs of euros or pounds is bought first. */
export function affordable(
  stage: Stage,
  book: AccountBook,
  {currency}: Instrument,
  dollars: number
): boolean {
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
