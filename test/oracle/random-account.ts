/**
 * Random accounts: events of some weeks, drawn from a seed. Only events, marks and rates are made here; what follows
 * from them is what the oracle says.
 */
import {addDays} from "../../lib/time/day.js";
import {stateOf, type Books} from "./figures.js";
import type {Boxes, Calendar} from "./flex.js";
import {Fraction} from "./fraction.js";
import {
  ALFA,
  BETA,
  BILL,
  BUYER,
  CASH_SETTLED,
  DELT,
  GAMM,
  identity,
  INSTRUMENTS,
  OPTIONS,
  RENAMED,
  SINK,
  SPUN,
  TINY,
  ZETA,
  type Instrument
} from "./instruments.js";
import {quantityOf} from "./lots.js";
import {Market} from "./market.js";
import {plain, Random} from "./random.js";
import type {Holding} from "./replay.js";
import type {Row} from "./rows.js";

export interface World {
  seed: number;
  books: Books & {rows: Row[]};
  accounts: string[];
  calendar: Calendar;
  boxes: Boxes;
}

/** A dividend to come; money in cents. */
interface Due {
  account: string;
  instrument: Instrument;
  gross: number;
  tax: number;
  quantity: string;
  exDate: string;
  pay: string;
  actionID: string;
}

/** What issuers do, to what, and how many new shares stand for an old one where that moves the price. */
const ACTIONS = [
  ["split", ALFA, 2],
  ["reverse", TINY, 0.5],
  ["stock", DELT, 1.25],
  ["name", BETA, 0],
  ["spin", ALFA, 0],
  ["merge", SINK, 0],
  ["worthless", GAMM, 0],
  ["mature", BILL, 0]
] as const;

/** Business days from a Monday without an exchange holiday before Good Friday. */
const FIRST = "2026-03-02";
const MOST_DAYS = 18;

const ACCOUNTS = ["U9000001", "U9000002"];
const CURRENCIES = ["USD", "EUR", "JPY"];
const IN_USD: Readonly<Record<string, number>> = {USD: 1, EUR: 1.0842, JPY: 0.0067};

/** Returns the accounts of a seed. */
export function randomWorld(seed: number): World {
  return new Maker(seed).make();
}

class Maker {
  readonly #random: Random;
  readonly #seed: number;
  readonly #rows: Row[] = [];
  readonly #market = new Market();
  readonly #books: Books & {rows: Row[]};
  readonly #accounts: string[];
  readonly #days: string[];
  readonly #prices = new Map<string, number>();
  readonly #rates = new Map<string, number>();
  readonly #done = new Set<string>();
  readonly #planned = new Set<string>();
  readonly #due: Due[] = [];
  /** 1, or the size of money in a world of the very small or the very large. */
  readonly #scale: number;
  #id = 40_000;
  #clock = 0;
  #day = FIRST;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = new Random(seed * 2_654_435_761 + 1);
    const random = this.#random;
    const base = random.pick(["USD", "USD", "EUR"]);
    this.#books = {rows: this.#rows, market: this.#market, base, opening: []};
    this.#accounts = ACCOUNTS.slice(0, random.between(1, 2));
    this.#scale = random.pick([1, 1, 1, 1, 0.001, 100_000]);
    this.#days = businessDays(random.between(4, MOST_DAYS));
    for (const {conid, price, decimals} of [...INSTRUMENTS, RENAMED, SPUN, BUYER]) {
      this.#prices.set(conid, Math.round(price * 10 ** decimals.price));
    }
    for (const currency of CURRENCIES) this.#rates.set(currency, IN_USD[currency] / IN_USD[base]);
  }

  make(): World {
    const before = this.#businessDayBefore(FIRST);
    this.#quote(before);
    for (const day of this.#days) {
      this.#day = day;
      this.#clock = 0;
      this.#move();
      this.#plan();
      this.#quote(day);
      for (const account of this.#accounts) this.#openDay(account);
      for (const account of this.#accounts) this.#payDue(account);
      for (const account of this.#accounts) {
        this.#live(account);
        if (this.#random.chance(0.2)) this.#cancel(account);
      }
      if (this.#random.chance(0.3)) this.#transfer(this.#random.pick(this.#accounts));
      for (const account of this.#accounts) if (this.#random.chance(0.2)) this.#dividend(account);
    }
    return {
      seed: this.#seed,
      books: this.#books,
      accounts: this.#accounts,
      calendar: {days: this.#days, before: (day) => this.#businessDayBefore(day)},
      boxes: {
        lots: this.#random.pick(["never", "last", "always"]),
        closedLots: this.#random.chance(0.5),
        orders: this.#random.chance(0.2)
      }
    };
  }

  #businessDayBefore(day: string): string {
    const at = this.#days.indexOf(day);
    return at > 0 ? this.#days[at - 1] : addDays(FIRST, -3);
  }

  #move(): void {
    for (const [conid, units] of this.#prices) {
      this.#prices.set(conid, Math.max(1, Math.round(units * (1 + (this.#random.next() - 0.49) * 0.05))));
    }
    for (const [currency, rate] of this.#rates) {
      if (currency === this.#books.base) continue;
      const moved = Math.round(rate * (1 + (this.#random.next() - 0.5) * 0.02) * 10_000);
      this.#rates.set(currency, Math.max(moved, 20) / 10_000);
    }
  }

  #quote(day: string): void {
    for (const {conid, decimals} of [...INSTRUMENTS, RENAMED, SPUN, BUYER]) {
      this.#market.mark(conid, day, Fraction.parse(plain(this.#prices.get(conid) as number, decimals.price)));
    }
    for (const [currency, rate] of this.#rates) {
      if (currency !== this.#books.base) {
        this.#market.rate(currency, day, Fraction.parse(plain(Math.round(rate * 10_000), 4)));
      }
    }
  }

  // Rows

  #row(section: string, element: string, account: string, fields: Record<string, string | undefined>): void {
    const level =
      {Trade: "EXECUTION", CashTransaction: "DETAIL", CorporateAction: "DETAIL", Transfer: "TRANSFER"}[
        element
      ] ?? "";
    const given = Object.entries(fields).filter((one): one is [string, string] => one[1] !== undefined);
    this.#rows.push({section, element, account, day: this.#day, level, fields: Object.fromEntries(given)});
  }

  #next(): string {
    this.#id += 3;
    return String(this.#id);
  }

  #time(): string {
    this.#clock += this.#random.between(1, 4);
    const [hours, minutes] = [10 + Math.floor(this.#clock / 60), this.#clock % 60];
    return `${this.#day}T${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}:00`;
  }

  #cash(
    account: string,
    type: string,
    currency: string,
    amount: string,
    more: Record<string, string> = {}
  ): void {
    this.#row("CashTransactions", "CashTransaction", account, {
      dateTime: this.#day,
      settleDate: this.#day,
      currency,
      amount,
      type,
      description: type.toUpperCase(),
      ...more,
      transactionID: this.#next()
    });
  }

  #trade(
    account: string,
    instrument: Instrument,
    quantity: string,
    price: string,
    more: Record<string, string> = {}
  ): string {
    const id = this.#next();
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
    this.#row("Trades", "Trade", account, {
      ...identity(instrument),
      tradeID: `7${id}`,
      transactionID: id,
      ibOrderID: `5${id}`,
      ibExecID: `0000e1.${id}.01.01`,
      tradeDate: this.#day,
      dateTime: this.#time(),
      settleDateTarget: this.#day,
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

  // What happens before the market opens

  /** Decides what issuers do today: each thing once, one of an issuer a day; a split moves the price. */
  #plan(): void {
    this.#planned.clear();
    if (this.#day === FIRST) return;
    for (const [what, instrument, ratio] of ACTIONS) {
      const key = `${what} ${instrument.conid}`;
      const busy = [...this.#planned].some((one) => one.endsWith(` ${instrument.conid}`));
      if (busy || this.#done.has(key) || !this.#random.chance(0.08)) continue;
      this.#done.add(key);
      this.#planned.add(key);
      const price = this.#prices.get(instrument.conid) as number; // every instrument has one
      if (ratio) this.#prices.set(instrument.conid, Math.max(1, Math.round(price / ratio)));
    }
  }

  #openDay(account: string): void {
    for (const [what, instrument, ratio] of ACTIONS) {
      const holding = this.#planned.has(`${what} ${instrument.conid}`) && this.#held(account, instrument);
      if (!holding) continue;
      switch (what) {
        case "name":
          this.#rename(account, instrument, RENAMED, holding);
          break;
        case "spin":
          this.#spin(account, instrument, SPUN, holding);
          break;
        case "merge":
          this.#merge(account, instrument, BUYER, holding);
          break;
        case "worthless":
          this.#end(account, instrument, holding, "DW", "0");
          break;
        case "mature":
          this.#end(account, instrument, holding, "TM", "100");
          break;
        default:
          this.#split(account, instrument, holding, {split: "FS", reverse: "RS", stock: "SD"}[what], ratio);
      }
    }
  }

  #held(account: string, {conid}: Instrument): Holding | undefined {
    const holding = stateOf(this.#books, account, this.#day)?.holdings.get(conid);
    return holding && quantityOf(holding.lots).sign ? holding : undefined;
  }

  #action(account: string, instrument: Instrument, fields: Record<string, string>): void {
    this.#row("CorporateActions", "CorporateAction", account, {
      ...identity(instrument),
      dateTime: `${addDays(this.#day, -1)}T20:25:00`,
      proceeds: "0",
      value: "0",
      ...fields,
      transactionID: this.#next()
    });
  }

  #split(account: string, instrument: Instrument, {lots}: Holding, type: string, ratio: number): void {
    const quantity = quantityOf(lots).times(Fraction.parse(String(ratio)).minus(Fraction.ONE));
    const text = `${instrument.symbol}(US00) ${type === "SD" ? "STOCK DIVIDEND" : "SPLIT"} ${ratio} FOR 1`;
    this.#action(account, instrument, {
      type,
      quantity: quantity.text(),
      actionDescription: text,
      actionID: this.#next()
    });
  }

  #worth(instrument: Instrument, quantity: Fraction, day = this.#day): Fraction {
    const mark =
      this.#market.markOn(instrument.conid, day) ??
      Fraction.parse(plain(this.#prices.get(instrument.conid) as number, instrument.decimals.price));
    return quantity.times(mark).times(Fraction.parse(instrument.multiplier));
  }

  #rename(account: string, from: Instrument, to: Instrument, {lots}: Holding): void {
    const quantity = quantityOf(lots);
    const value = this.#worth(from, quantity, this.#businessDayBefore(this.#day));
    const actionID = this.#next();
    const actionDescription = `${from.symbol}(DE00) CUSIP/ISIN CHANGE TO (DE01)`;
    const side = (instrument: Instrument, sign: Fraction, worth: Fraction) =>
      this.#action(account, instrument, {
        type: "IC",
        quantity: sign.text(),
        value: worth.text(),
        actionDescription,
        actionID
      });
    side(from, quantity.negated, value.negated);
    side(to, quantity, value);
  }

  #spin(account: string, parent: Instrument, child: Instrument, {lots}: Holding): void {
    const quantity = quantityOf(lots).times(Fraction.parse("0.25"));
    const worth = this.#worth(child, quantity);
    this.#action(account, child, {
      type: "SO",
      quantity: quantity.text(),
      value: worth.text(),
      actionDescription: `${parent.symbol}(US00) SPINOFF 1 FOR 4`,
      actionID: this.#next(),
      costShare: worth.over(worth.plus(this.#worth(parent, quantityOf(lots)))).text(30)
    });
  }

  #merge(account: string, from: Instrument, to: Instrument, {lots}: Holding): void {
    const held = quantityOf(lots);
    const got = held.times(Fraction.parse("0.5"));
    const actionID = this.#next();
    const text = `${from.symbol}(DE02) MERGED(Acquisition) WITH DE03 0.5 FOR 1 AND FOR EUR 0.50 PER SHARE`;
    const common = {type: "TC", actionDescription: text, actionID};
    this.#action(account, from, {
      ...common,
      quantity: held.negated.text(),
      proceeds: held.times(Fraction.parse("0.5")).text()
    });
    this.#action(account, to, {...common, quantity: got.text(), value: this.#worth(to, got).text()});
    if (held.sign > 0) {
      this.#action(account, to, {
        ...common,
        quantity: "0",
        proceeds: "1.35",
        actionDescription: `${text} - CASH IN LIEU OF FRACTIONAL SHARES`
      });
    }
  }

  #end(account: string, instrument: Instrument, {lots}: Holding, type: string, price: string): void {
    const held = quantityOf(lots);
    this.#action(account, instrument, {
      type,
      quantity: held.negated.text(),
      proceeds: held.times(Fraction.parse(price)).times(Fraction.parse(instrument.multiplier)).text(),
      actionDescription: `${instrument.symbol}(US00) ${type === "TM" ? "TBILL MATURITY" : "WORTHLESS"}`,
      actionID: this.#next()
    });
  }

  // Dividends

  #payDue(account: string): void {
    for (const due of this.#due.filter((one) => one.account === account && one.pay <= this.#day)) {
      this.#due.splice(this.#due.indexOf(due), 1);
      this.#accrue(due, "Re");
      const {instrument, gross, tax, actionID, quantity, exDate} = due;
      const named = {...identity(instrument), actionID, exDate};
      const pay = (sign: number) => {
        const short = quantity.startsWith("-");
        this.#cash(
          account,
          short ? "Payment In Lieu Of Dividends" : "Dividends",
          instrument.currency,
          plain(sign * gross, 2),
          named
        );
        if (tax) this.#cash(account, "Withholding Tax", instrument.currency, plain(-sign * tax, 2), named);
      };
      pay(1);
      if (!this.#random.chance(0.2)) continue;
      pay(-1);
      pay(1);
    }
  }

  #accrue({account, instrument, gross, tax, quantity, exDate, pay, actionID}: Due, code: "Po" | "Re"): void {
    const sign = code === "Po" ? 1 : -1;
    this.#row("ChangeInDividendAccruals", "ChangeInDividendAccrual", account, {
      ...identity(instrument),
      date: this.#day,
      exDate,
      payDate: pay,
      quantity,
      tax: plain(sign * tax, 2),
      fee: "0",
      grossRate: "0.1",
      grossAmount: plain(sign * gross, 2),
      netAmount: plain(sign * (gross - tax), 2),
      code,
      actionID
    });
  }

  // What happens in a day

  #live(account: string): void {
    const random = this.#random;
    const opened = this.#days[account === ACCOUNTS[0] ? 0 : 1];
    if (this.#day < opened) return;
    if (this.#day === opened) {
      this.#cash(
        account,
        "Deposits & Withdrawals",
        this.#books.base,
        plain(Math.round(500_000 * this.#scale * 100), 2)
      );
    }
    const held = () => this.#allHeld(account);
    for (let n = random.between(0, 5); n > 0; --n) {
      const what = random.next();
      if (what < 0.55) this.#tradeSomething(account);
      else if (what < 0.62) this.#forex(account);
      else if (what < 0.68) this.#endOption(account, held());
      else if (what < 0.76) this.#moveMoney(account);
      else if (what < 0.88) this.#expense(account);
      else this.#interest(account);
    }
  }

  #allHeld(account: string): Holding[] {
    const holdings = stateOf(this.#books, account, this.#day)?.holdings.values() ?? [];
    return [...holdings].filter(({lots}) => quantityOf(lots).sign);
  }

  #money(low: number, high: number): string {
    const amount = this.#random.between(
      Math.round(low * 100 * this.#scale),
      Math.round(high * 100 * this.#scale)
    );
    return plain(amount || 1, 2);
  }

  #price({conid, decimals}: Instrument): string {
    const units = this.#prices.get(conid) as number;
    return plain(Math.max(1, Math.round(units * (1 + (this.#random.next() - 0.5) * 0.02))), decimals.price);
  }

  #quantity({size, decimals}: Instrument): string {
    const scaled = size * Math.min(this.#scale, 100_000);
    return plain(
      Math.max(1, Math.round(scaled * this.#random.next() * 10 ** decimals.quantity)),
      decimals.quantity
    );
  }

  #tradeSomething(account: string): void {
    const random = this.#random;
    const tradable = INSTRUMENTS.filter((one) => !one.foreign && !this.#done.has(`worthless ${one.conid}`));
    const instrument = random.pick(tradable);
    const gone = ["name", "merge", "mature"].some((what) => this.#done.has(`${what} ${instrument.conid}`));
    const holding = this.#held(account, instrument);
    if (gone && !holding) return;
    const held = holding ? quantityOf(holding.lots) : Fraction.ZERO;
    const long = ["BILL", "BOND", "CRYPTO", "FUND"].includes(instrument.category);
    let quantity = Fraction.parse(this.#quantity(instrument));
    if (held.sign && (gone || random.chance(0.6))) {
      const some = quantity.below(held.size) && random.chance(0.6);
      const flips = !long && !gone && random.chance(0.15);
      const closing = some ? quantity : flips ? held.size.plus(quantity) : held.size;
      quantity = held.sign > 0 ? closing.negated : closing;
    } else if (held.sign < 0 || (!held.sign && !long && random.chance(0.25))) {
      quantity = quantity.negated;
    }
    this.#trade(account, instrument, quantity.text(), this.#price(instrument), {
      ...(random.chance(0.1) && {orderReference: "app:random"})
    });
  }

  #forex(account: string): void {
    const [base, quote] = this.#random.pick([
      ["EUR", "USD"],
      ["USD", "JPY"],
      ["EUR", "JPY"]
    ]);
    const quantity = Fraction.parse(this.#money(100, 9_000));
    const signed = this.#random.chance(0.5) ? quantity : quantity.negated;
    const rate = ((this.#rates.get(base) as number) / (this.#rates.get(quote) as number))
      .toFixed(4)
      .replace(/\.?0+$/, "");
    const id = this.#next();
    this.#row("Trades", "Trade", account, {
      assetCategory: "CASH",
      symbol: `${base}.${quote}`,
      conid: `80${base}${quote}`,
      multiplier: "1",
      currency: quote,
      tradeID: `7${id}`,
      transactionID: id,
      tradeDate: this.#day,
      dateTime: this.#time(),
      transactionType: "ExchTrade",
      exchange: "IDEALFX",
      buySell: signed.sign < 0 ? "SELL" : "BUY",
      quantity: signed.text(),
      tradePrice: rate,
      proceeds: signed.times(Fraction.parse(rate)).negated.text(),
      taxes: "0",
      ibCommission: "-2",
      ibCommissionCurrency: this.#books.base,
      netCash: "0"
    });
  }

  /** An option ends: in shares, in cash or in nothing (R17). */
  #endOption(account: string, held: readonly Holding[]): void {
    const ends = [...OPTIONS, CASH_SETTLED].filter(({conid}) => held.some((one) => one.conid === conid));
    if (!ends.length) return;
    const instrument = this.#random.pick(ends);
    const quantity = quantityOf(held.find(({conid}) => conid === instrument.conid)!.lots);
    const booked = {transactionType: "BookTrade", exchange: "--", ibCommission: "0"};
    const closing = quantity.negated.text();
    if (this.#random.chance(0.4)) {
      this.#trade(account, instrument, closing, "0", {...booked, notes: "Ep"});
      return;
    }
    const notes = quantity.sign < 0 ? "A" : "Ex";
    if (instrument === CASH_SETTLED) {
      this.#trade(account, instrument, closing, this.#price(instrument), {...booked, notes});
      return;
    }
    const {putCall, strike, underlyingConid} = instrument.extra as Record<string, string>; // it is an option
    if (underlyingConid === BETA.conid && this.#done.has(`name ${BETA.conid}`)) return;
    this.#trade(account, instrument, closing, "0", {...booked, notes});
    const shares = quantity.times(Fraction.of(putCall === "C" ? 100n : -100n));
    const dateTime = this.#rows.at(-1)?.fields["dateTime"] as string; // the option was just booked
    const underlying = INSTRUMENTS.find(({conid}) => conid === underlyingConid) as Instrument;
    this.#trade(account, underlying, shares.text(), strike, {...booked, notes, dateTime});
  }

  /** Accrues for what is held at the close before its ex-date. */
  #dividend(account: string): void {
    const held = this.#allHeld(account);
    const [stocks] = [
      INSTRUMENTS.filter(({conid, category}) => category === "STK" && held.some((one) => one.conid === conid))
    ];
    if (!stocks.length) return;
    const instrument = this.#random.pick(stocks);
    const quantity = quantityOf(held.find(({conid}) => conid === instrument.conid)!.lots);
    const gross = Math.round(quantity.float * 10);
    if (!gross) return;
    const tax = gross > 0 ? Math.round(gross * 0.15) : 0;
    const pay = addDays(this.#day, this.#random.between(1, 6));
    const due = {
      account,
      instrument,
      gross,
      tax,
      quantity: quantity.text(),
      exDate: addDays(this.#day, 1),
      pay,
      actionID: this.#next()
    };
    this.#due.push(due);
    this.#accrue(due, "Po");
  }

  #moveMoney(account: string): void {
    const sign = this.#random.chance(0.7) ? "" : "-";
    const currency = this.#random.pick(CURRENCIES);
    this.#cash(account, "Deposits & Withdrawals", currency, sign + this.#money(10, 20_000));
  }

  #expense(account: string): void {
    const type = this.#random.pick([
      "Other Fees",
      "Advisor Fees",
      "Bond Interest Received",
      "Other Fees",
      "Bond Interest Paid"
    ]);
    const sign = type.endsWith("Received") ? "" : "-";
    this.#cash(account, type, this.#random.pick(CURRENCIES), sign + this.#money(0.01, 40));
  }

  /** Interest accrues, and is posted some other day. */
  #interest(account: string): void {
    const currency = this.#random.pick(CURRENCIES);
    const accrued = stateOf(this.#books, account, this.#day)?.interest.get(currency) ?? Fraction.ZERO;
    const row = (fields: Record<string, string>) =>
      this.#row("InterestAccruals", "InterestAccrualsCurrency", account, {currency, ...fields});
    if (!accrued.sign) {
      row({interestAccrued: (this.#random.chance(0.5) ? "" : "-") + this.#money(0.01, 25)});
      return;
    }
    row({accrualReversal: accrued.negated.text()});
    this.#cash(
      account,
      `Broker Interest ${accrued.sign < 0 ? "Paid" : "Received"}`,
      currency,
      accrued.text()
    );
  }

  /** At the end of a day, as IBKR dates them. */
  #transfer(account: string): void {
    const random = this.#random;
    if (!this.#rows.some((row) => row.account === account)) return;
    const held = this.#allHeld(account);
    const dateTime = `${this.#day}T20:25:00`;
    const other = this.#accounts.find(
      (one) => one !== account && this.#rows.some((row) => row.account === one)
    );
    const row = (
      on: string,
      against: string | undefined,
      direction: string,
      fields: Record<string, string>
    ) =>
      this.#row("Transfers", "Transfer", on, {
        type: against ? "INTERNAL" : "ACATS",
        direction,
        account: against,
        date: this.#day,
        dateTime,
        ...fields,
        transactionID: this.#next()
      });
    if (!other) {
      const quantity = Fraction.parse(this.#quantity(ZETA));
      const positionAmount = this.#worth(ZETA, quantity).text();
      row(account, undefined, "IN", {
        ...identity(ZETA),
        quantity: quantity.text(),
        positionAmount,
        cashTransfer: "0"
      });
      return;
    }
    const movable = INSTRUMENTS.filter(
      ({conid, category}) => category === "STK" && held.some((one) => one.conid === conid)
    );
    if (!movable.length || random.chance(0.4)) {
      const [currency, amount] = [random.pick(CURRENCIES), this.#money(10, 5_000)];
      row(account, other, "OUT", {currency, quantity: "0", positionAmount: "0", cashTransfer: `-${amount}`});
      row(other, account, "IN", {currency, quantity: "0", positionAmount: "0", cashTransfer: amount});
      return;
    }
    const instrument = random.pick(movable);
    const theirs = this.#held(other, instrument);
    const mine = quantityOf(held.find(({conid}) => conid === instrument.conid)!.lots);
    if (theirs && quantityOf(theirs.lots).sign !== mine.sign) return;
    const value = this.#worth(instrument, mine);
    for (const [on, against, direction, sign] of [
      [account, other, "OUT", "-1"],
      [other, account, "IN", "1"]
    ] as const) {
      const factor = Fraction.parse(sign);
      row(on, against, direction, {
        ...identity(instrument),
        quantity: mine.times(factor).text(),
        positionAmount: value.times(factor).text(),
        cashTransfer: "0"
      });
    }
  }

  /** A purchase of an earlier day whose lot is whole is taken back; often it is booked again at another price (R20). */
  #cancel(account: string): void {
    const lots = [...(stateOf(this.#books, account, this.#day)?.holdings.values() ?? [])].flatMap(
      ({lots: own}) => own
    );
    const wrong = this.#rows.filter(
      ({account: on, element, day, fields}) =>
        on === account &&
        element === "Trade" &&
        day < this.#day &&
        ["STK", "FUND", "CRYPTO"].includes(fields["assetCategory"]) &&
        !fields["notes"] &&
        lots.some(
          ({id, quantity}) =>
            id === fields["transactionID"] && quantity.equals(Fraction.parse(fields["quantity"]))
        ) &&
        !this.#rows.some((row) => row.element === "Transfer" && row.fields["conid"] === fields["conid"]) &&
        !["split", "reverse", "stock", "name", "spin"].some((what) =>
          this.#done.has(`${what} ${fields["conid"]}`)
        )
    );
    if (!wrong.length) return;
    const {fields} = this.#random.pick(wrong);
    const instrument = INSTRUMENTS.find(({conid}) => conid === fields["conid"]) as Instrument;
    const again = this.#random.chance(0.7);
    const quantity = Fraction.parse(fields["quantity"]);
    const back = (name: string) => (again ? "0" : Fraction.parse(fields[name]).negated.text());
    const [commission, taxes] = [back("ibCommission"), back("taxes")];
    const proceeds = Fraction.parse(fields["proceeds"]).negated;
    const original = {
      tradeDate: fields["tradeDate"],
      dateTime: fields["dateTime"],
      ibOrderID: fields["ibOrderID"],
      exchange: "--"
    };
    this.#trade(account, instrument, quantity.negated.text(), fields["tradePrice"], {
      transactionType: "TradeCancel",
      buySell: quantity.sign < 0 ? "SELL (Ca.)" : "BUY (Ca.)",
      notes: "Ca",
      ibCommission: commission,
      taxes,
      netCash: proceeds.plus(Fraction.parse(commission)).plus(Fraction.parse(taxes)).text(),
      ...original,
      origTradeID: fields["tradeID"],
      origTransactionID: fields["transactionID"]
    });
    if (!again) return;
    const price = this.#price(instrument);
    this.#trade(account, instrument, fields["quantity"], price, {
      transactionType: "TradeCorrect",
      notes: "Co",
      ibCommission: "0",
      taxes: "0",
      ...original
    });
  }
}

function businessDays(count: number): string[] {
  const days: string[] = [];
  for (let day = FIRST; days.length < count; day = addDays(day, 1)) {
    if (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) days.push(day);
  }
  return days;
}
