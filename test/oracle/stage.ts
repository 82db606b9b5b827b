/** Where random accounts live: their days, prices and rates, and how a row is written. */
import {addDays} from "../../lib/time/day.js";
import {stateOf} from "./figures.js";
import {Fraction} from "./fraction.js";
import {BUYER, identity, INSTRUMENTS, RENAMED, SPUN, type Instrument} from "./instruments.js";
import {quantityOf} from "./lots.js";
import {plain, Random} from "./random.js";
import type {Holding} from "./replay.js";
import type {Books} from "./figures.js";
import {Market} from "./market.js";
import type {Row} from "./rows.js";

/** Business days from a Monday without an exchange holiday before Good Friday. */
const FIRST = "2026-03-02";
const MOST_DAYS = 18;

const ACCOUNTS = ["U9000001", "U9000002"];
export const CURRENCIES = ["USD", "EUR", "JPY"];
const IN_USD: Readonly<Record<string, number>> = {USD: 1, EUR: 1.0842, JPY: 0.0067};

export class Stage {
  readonly random: Random;
  readonly rows: Row[] = [];
  readonly market = new Market();
  readonly books: Books & {rows: Row[]};
  readonly accounts: string[];
  readonly days: string[];
  /** Prices in units of their last decimal. */
  readonly prices = new Map<string, number>();
  readonly rates = new Map<string, number>();
  /** What issuers have done so far, once for each: see `Issuers`. */
  readonly done = new Set<string>();
  /** 1, or the size of money in a world of the very small or the very large. */
  readonly scale: number;
  day = FIRST;
  clock = 0;
  #id = 40_000;

  constructor(seed: number) {
    this.random = new Random(seed * 2_654_435_761 + 1);
    const random = this.random;
    const base = random.pick(["USD", "USD", "EUR"]);
    this.books = {rows: this.rows, market: this.market, base, opening: []};
    this.accounts = ACCOUNTS.slice(0, random.between(1, 2));
    this.scale = random.pick([1, 1, 1, 1, 0.001, 100_000]);
    this.days = businessDays(random.between(4, MOST_DAYS));
    for (const {conid, price, decimals} of [...INSTRUMENTS, RENAMED, SPUN, BUYER]) {
      this.prices.set(conid, Math.round(price * 10 ** decimals.price));
    }
    for (const currency of CURRENCIES) this.rates.set(currency, IN_USD[currency] / IN_USD[base]);
  }

  businessDayBefore(day: string): string {
    const at = this.days.indexOf(day);
    return at > 0 ? this.days[at - 1] : addDays(FIRST, -3);
  }

  move(): void {
    for (const [conid, units] of this.prices) {
      this.prices.set(conid, Math.max(1, Math.round(units * (1 + (this.random.next() - 0.49) * 0.05))));
    }
    for (const [currency, rate] of this.rates) {
      if (currency === this.books.base) continue;
      const moved = Math.round(rate * (1 + (this.random.next() - 0.5) * 0.02) * 10_000);
      this.rates.set(currency, Math.max(moved, 20) / 10_000);
    }
  }

  quote(day: string): void {
    for (const {conid, decimals} of [...INSTRUMENTS, RENAMED, SPUN, BUYER]) {
      this.market.mark(conid, day, Fraction.parse(plain(this.prices.get(conid) as number, decimals.price)));
    }
    for (const [currency, rate] of this.rates) {
      if (currency !== this.books.base) {
        this.market.rate(currency, day, Fraction.parse(plain(Math.round(rate * 10_000), 4)));
      }
    }
  }

  row(section: string, element: string, account: string, fields: Record<string, string | undefined>): void {
    const level =
      {Trade: "EXECUTION", CashTransaction: "DETAIL", CorporateAction: "DETAIL", Transfer: "TRANSFER"}[
        element
      ] ?? "";
    const given = Object.entries(fields).filter((one): one is [string, string] => one[1] !== undefined);
    this.rows.push({section, element, account, day: this.day, level, fields: Object.fromEntries(given)});
  }

  next(): string {
    this.#id += 3;
    return String(this.#id);
  }

  time(): string {
    this.clock += this.random.between(1, 4);
    const [hours, minutes] = [10 + Math.floor(this.clock / 60), this.clock % 60];
    return `${this.day}T${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}:00`;
  }

  cash(
    account: string,
    type: string,
    currency: string,
    amount: string,
    more: Record<string, string> = {}
  ): void {
    this.row("CashTransactions", "CashTransaction", account, {
      dateTime: this.day,
      settleDate: this.day,
      currency,
      amount,
      type,
      description: type.toUpperCase(),
      ...more,
      transactionID: this.next()
    });
  }

  trade(
    account: string,
    instrument: Instrument,
    quantity: string,
    price: string,
    more: Record<string, string> = {}
  ): string {
    const id = this.next();
    const size = Fraction.parse(quantity);
    const multiplier = Fraction.parse(instrument.multiplier);
    const proceeds = size.times(Fraction.parse(price)).times(multiplier).negated;
    const commission = Fraction.parse(
      more["ibCommission"] ?? Fraction.parse(instrument.commission).times(size.size).text()
    );
    const taxes =
      instrument.extra?.["taxed"] && size.sign > 0 && !more["notes"]
        ? size.times(Fraction.parse("0.01")).negated
        : Fraction.ZERO;
    const margined = instrument.category === "FUT" || instrument.category === "CFD";
    this.row("Trades", "Trade", account, {
      ...identity(instrument),
      tradeID: `7${id}`,
      transactionID: id,
      ibOrderID: `5${id}`,
      ibExecID: `0000e1.${id}.01.01`,
      tradeDate: this.day,
      dateTime: this.time(),
      settleDateTarget: this.day,
      transactionType: "ExchTrade",
      exchange: "NYSE",
      buySell: size.sign < 0 ? "SELL" : "BUY",
      quantity,
      tradePrice: price,
      proceeds: proceeds.text(),
      taxes: taxes.text(),
      ibCommission: commission.text(),
      ibCommissionCurrency: instrument.currency,
      netCash: (margined ? commission : proceeds.plus(commission).plus(taxes)).text(),
      ...more
    });
    return id;
  }

  held(account: string, {conid}: Instrument): Holding | undefined {
    const holding = stateOf(this.books, account, this.day)?.holdings.get(conid);
    return holding && quantityOf(holding.lots).sign ? holding : undefined;
  }

  allHeld(account: string): Holding[] {
    const holdings = stateOf(this.books, account, this.day)?.holdings.values() ?? [];
    return [...holdings].filter(({lots}) => quantityOf(lots).sign);
  }

  worth(instrument: Instrument, quantity: Fraction, day = this.day): Fraction {
    const mark =
      this.market.markOn(instrument.conid, day) ??
      Fraction.parse(plain(this.prices.get(instrument.conid) as number, instrument.decimals.price));
    return quantity.times(mark).times(Fraction.parse(instrument.multiplier));
  }

  money(low: number, high: number): string {
    const amount = this.random.between(
      Math.round(low * 100 * this.scale),
      Math.round(high * 100 * this.scale)
    );
    return plain(amount || 1, 2);
  }

  price({conid, decimals}: Instrument): string {
    const units = this.prices.get(conid) as number;
    return plain(Math.max(1, Math.round(units * (1 + (this.random.next() - 0.5) * 0.02))), decimals.price);
  }

  quantity({size, decimals}: Instrument): string {
    const scaled = size * Math.min(this.scale, 100_000);
    return plain(
      Math.max(1, Math.round(scaled * this.random.next() * 10 ** decimals.quantity)),
      decimals.quantity
    );
  }
}

function businessDays(count: number): string[] {
  const days: string[] = [];
  for (let day = FIRST; days.length < count; day = addDays(day, 1)) {
    if (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) days.push(day);
  }
  return days;
}
