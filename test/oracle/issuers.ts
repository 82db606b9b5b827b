/** What issuers do to random accounts: splits, names, spin-offs, mergers, ends, dividends. */
import {addDays} from "../../lib/time/day.js";
import {Fraction} from "./fraction.js";
import {
  ALFA,
  BETA,
  BILL,
  BUYER,
  DELT,
  GAMM,
  identity,
  INSTRUMENTS,
  RENAMED,
  SINK,
  SPUN,
  TINY,
  type Instrument
} from "./instruments.js";
import {quantityOf} from "./lots.js";
import {plain} from "./random.js";
import type {Holding} from "./replay.js";
import type {Stage} from "./stage.js";

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

export class Issuers {
  readonly #stage: Stage;
  readonly #planned = new Set<string>();
  readonly #due: Due[] = [];

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Decides what issuers do today: each thing once, one of an issuer a day; a split moves the price. */
  plan(): void {
    this.#planned.clear();
    if (this.#stage.day === this.#stage.days[0]) return;
    for (const [what, instrument, ratio] of ACTIONS) {
      const key = `${what} ${instrument.conid}`;
      const busy = [...this.#planned].some((one) => one.endsWith(` ${instrument.conid}`));
      if (busy || this.#stage.done.has(key) || !this.#stage.random.chance(0.08)) continue;
      this.#stage.done.add(key);
      this.#planned.add(key);
      const price = this.#stage.prices.get(instrument.conid) as number; // every instrument has one
      if (ratio) this.#stage.prices.set(instrument.conid, Math.max(1, Math.round(price / ratio)));
    }
  }

  openDay(account: string): void {
    for (const [what, instrument, ratio] of ACTIONS) {
      const holding =
        this.#planned.has(`${what} ${instrument.conid}`) && this.#stage.held(account, instrument);
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

  #action(account: string, instrument: Instrument, fields: Record<string, string>): void {
    this.#stage.row("CorporateActions", "CorporateAction", account, {
      ...identity(instrument),
      dateTime: `${addDays(this.#stage.day, -1)}T20:25:00`,
      proceeds: "0",
      value: "0",
      ...fields,
      transactionID: this.#stage.next()
    });
  }

  #split(account: string, instrument: Instrument, {lots}: Holding, type: string, ratio: number): void {
    const quantity = quantityOf(lots).times(Fraction.parse(String(ratio)).minus(Fraction.ONE));
    const text = `${instrument.symbol}(US00) ${type === "SD" ? "STOCK DIVIDEND" : "SPLIT"} ${ratio} FOR 1`;
    this.#action(account, instrument, {
      type,
      quantity: quantity.text(),
      actionDescription: text,
      actionID: this.#stage.next()
    });
  }

  #rename(account: string, from: Instrument, to: Instrument, {lots}: Holding): void {
    const quantity = quantityOf(lots);
    const value = this.#stage.worth(from, quantity, this.#stage.businessDayBefore(this.#stage.day));
    const actionID = this.#stage.next();
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
    const worth = this.#stage.worth(child, quantity);
    this.#action(account, child, {
      type: "SO",
      quantity: quantity.text(),
      value: worth.text(),
      actionDescription: `${parent.symbol}(US00) SPINOFF 1 FOR 4`,
      actionID: this.#stage.next(),
      costShare: worth.over(worth.plus(this.#stage.worth(parent, quantityOf(lots)))).text(30)
    });
  }

  #merge(account: string, from: Instrument, to: Instrument, {lots}: Holding): void {
    const held = quantityOf(lots);
    const got = held.times(Fraction.parse("0.5"));
    const actionID = this.#stage.next();
    const text = `${from.symbol}(DE02) MERGED(Acquisition) WITH DE03 0.5 FOR 1 AND FOR EUR 0.50 PER SHARE`;
    const common = {type: "TC", actionDescription: text, actionID};
    this.#action(account, from, {
      ...common,
      quantity: held.negated.text(),
      proceeds: held.times(Fraction.parse("0.5")).text()
    });
    this.#action(account, to, {...common, quantity: got.text(), value: this.#stage.worth(to, got).text()});
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
      actionID: this.#stage.next()
    });
  }

  payDue(account: string): void {
    for (const due of this.#due.filter((one) => one.account === account && one.pay <= this.#stage.day)) {
      this.#due.splice(this.#due.indexOf(due), 1);
      this.#accrue(due, "Re");
      const {instrument, gross, tax, actionID, quantity, exDate} = due;
      const named = {...identity(instrument), actionID, exDate};
      const pay = (sign: number) => {
        const short = quantity.startsWith("-");
        this.#stage.cash(
          account,
          short ? "Payment In Lieu Of Dividends" : "Dividends",
          instrument.currency,
          plain(sign * gross, 2),
          named
        );
        if (tax)
          this.#stage.cash(account, "Withholding Tax", instrument.currency, plain(-sign * tax, 2), named);
      };
      pay(1);
      if (!this.#stage.random.chance(0.2)) continue;
      pay(-1);
      pay(1);
    }
  }

  #accrue({account, instrument, gross, tax, quantity, exDate, pay, actionID}: Due, code: "Po" | "Re"): void {
    const sign = code === "Po" ? 1 : -1;
    this.#stage.row("ChangeInDividendAccruals", "ChangeInDividendAccrual", account, {
      ...identity(instrument),
      date: this.#stage.day,
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

  /** Accrues for what is held at the close before its ex-date. */
  dividend(account: string): void {
    const held = this.#stage.allHeld(account);
    const [stocks] = [
      INSTRUMENTS.filter(({conid, category}) => category === "STK" && held.some((one) => one.conid === conid))
    ];
    if (!stocks.length) return;
    const instrument = this.#stage.random.pick(stocks);
    const quantity = quantityOf(held.find(({conid}) => conid === instrument.conid)!.lots);
    const gross = Math.round(quantity.float * 10);
    if (!gross) return;
    const tax = gross > 0 ? Math.round(gross * 0.15) : 0;
    const pay = addDays(this.#stage.day, this.#stage.random.between(1, 6));
    const due = {
      account,
      instrument,
      gross,
      tax,
      quantity: quantity.text(),
      exDate: addDays(this.#stage.day, 1),
      pay,
      actionID: this.#stage.next()
    };
    this.#due.push(due);
    this.#accrue(due, "Po");
  }
}
