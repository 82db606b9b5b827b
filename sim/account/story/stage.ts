/** What the chapters of the story are told on: the accounts, the market, the days. */

import {AccountBook, type World} from "../booking/account-book.js";
import {absolute, amount, exact, float, rounded, type Amount} from "../booking/amounts.js";
import type {Paid} from "../booking/income.js";
import type {Instrument} from "../market/instruments.js";
import type {Market} from "../market/market.js";
import {stream, type Random} from "../market/random.js";
import type {Timetable} from "../market/timetable.js";
import {execute, order, type Booked, type Execution} from "../booking/trading.js";

/** Account numbers: the main one, the second, and the number that the second had before IBKR migrated it. */
export const MAIN = "U7000001";
export const SECOND = "U7000002";
export const FORMER = "U6000009";

/** Something that happens on a day of the history. */
export interface Happening {
  day: number;
  /** Corporate actions come before the day's marks, the rest after. */
  morning?: boolean;
  run(stage: Stage): void;
}

/** One element of the story, as tests and guides name it. */
export interface StoryItem {
  day: string;
  account: string;
  what: string;
}

/** Everything a chapter may know beforehand. */
export interface Plot {
  seed: number;
  time: Timetable;
  market: Market;
}

export type Chapter = (plot: Plot) => Happening[];

const FIRST_IDS = {
  transaction: 31_400_000_000,
  trade: 712_000_000,
  order: 3_810_000_000,
  action: 141_000_000
};

export class Stage {
  readonly world: World;
  readonly random: Random;
  readonly story: StoryItem[] = [];
  /** Dividends paid so far. */
  readonly paid: (Paid & {book: AccountBook})[] = [];
  readonly main: AccountBook;
  readonly former: AccountBook;
  readonly second: AccountBook;

  constructor({seed, time, market}: Plot) {
    const next = {...FIRST_IDS};
    this.world = {
      market,
      time,
      today: 0,
      id: (kind) => String((next[kind] += kind === "transaction" ? 7 : 3))
    };
    this.random = stream(seed, "stage");
    this.main = new AccountBook(MAIN, this.world);
    this.former = new AccountBook(FORMER, this.world);
    this.second = new AccountBook(SECOND, this.world);
  }

  /** The accounts that IBKR reports on today. */
  get open(): AccountBook[] {
    const {today, time} = this.world;
    if (today < time.migration) return [this.main, this.former];
    return today === time.migration ? [this.main, this.former, this.second] : [this.main, this.second];
  }

  /** The second person's pocket: under its former number until the migration. */
  get pocket(): AccountBook {
    return this.world.today < this.world.time.migration ? this.former : this.second;
  }

  tell(book: AccountBook, what: string): void {
    this.story.push({day: book.day, account: book.id, what});
  }

  /** A price near the day's close, as a fill would have it. */
  price(instrument: Instrument, spread = 0.004): Amount {
    const decimals = this.world.market.decimals(instrument);
    const close = float(this.world.market.mark(instrument, this.world.today));
    const price = rounded(
      close * (1 + spread * this.random.normal()),
      instrument.currency === "GBP" ? 3 : decimals
    );
    return price > 0n ? price : amount("0.01");
  }

  /** Buys or sells at a price near the close, with the commission of the market. */
  trade(book: AccountBook, instrument: Instrument, quantity: Amount, extra: Partial<Execution> = {}): Booked {
    const price = extra.price ?? this.price(instrument);
    return execute(book, {
      instrument,
      quantity,
      price,
      ...charges(instrument, quantity, price),
      time: this.time(),
      ...extra
    });
  }

  /** The same in several fills under one order. */
  tradeInFills(book: AccountBook, instrument: Instrument, quantities: readonly Amount[]): Booked[] {
    const price = this.price(instrument);
    const tick = amount(instrument.currency === "JPY" ? "1" : "0.01");
    let time = this.random.between(0, 300);
    return order(
      book,
      quantities.map((quantity, i) => {
        const paid = price + tick * BigInt(i);
        time += this.random.between(0, 9);
        const charged = charges(instrument, quantity, paid, quantities.length);
        return {instrument, quantity, price: paid, ...charged, time: clock(time)};
      })
    );
  }

  private time(): string {
    return clock(this.random.between(0, 380));
  }
}

/** Minutes after the opening as IBKR prints a time. */
function clock(minutes: number): string {
  const at = 9 * 60 + 31 + minutes;
  return `${String(Math.floor(at / 60)).padStart(2, "0")}${String(at % 60).padStart(2, "0")}${String((minutes * 17) % 60).padStart(2, "0")}`;
}

/** Commission of a fixed schedule, and British stamp duty on what is bought there. */
function charges(
  {assetCategory, currency, multiplier}: Instrument,
  quantity: Amount,
  price: Amount,
  fills = 1
): {commission: Amount; taxes: Amount} {
  const size = Math.abs(float(quantity));
  const value = float(absolute(exact(exact(quantity, price), multiplier)));
  const taxes = currency === "GBP" && quantity > 0n ? rounded(-value * 0.005, 2) : 0n;
  const commission = ((): number => {
    if (assetCategory === "OPT") return 0.7 * size;
    if (assetCategory === "FUT") return 0.85 * size;
    if (assetCategory === "BILL") return 5;
    if (currency === "USD") return Math.max(1 / fills, 0.005 * size);
    if (currency === "JPY") return Math.max(80 / fills, 0.0008 * value);
    return Math.max(3 / fills, 0.0005 * value);
  })();
  return {commission: rounded(-commission, currency === "JPY" ? 0 : currency === "USD" ? 4 : 2), taxes};
}
