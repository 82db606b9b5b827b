/** What the owner of random accounts does in a day: trades, money in and out; and what that costs. */
import {stateOf} from "./figures.js";
import {Fraction} from "./fraction.js";
import {BETA, CASH_SETTLED, INSTRUMENTS, OPTIONS, type Instrument} from "./instruments.js";
import {quantityOf} from "./lots.js";
import {plain} from "./random.js";
import type {Holding} from "./replay.js";
import {CURRENCIES, type Stage} from "./stage.js";

export class Person {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  live(account: string): void {
    const random = this.#stage.random;
    const opened = this.#stage.days[account === this.#stage.accounts[0] ? 0 : 1];
    if (this.#stage.day < opened) return;
    if (this.#stage.day === opened) {
      this.#stage.cash(
        account,
        "Deposits & Withdrawals",
        this.#stage.books.base,
        plain(Math.round(500_000 * this.#stage.scale * 100), 2)
      );
    }
    const held = () => this.#stage.allHeld(account);
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

  #tradeSomething(account: string): void {
    const random = this.#stage.random;
    const tradable = INSTRUMENTS.filter(
      (one) => !one.foreign && !this.#stage.done.has(`worthless ${one.conid}`)
    );
    const instrument = random.pick(tradable);
    const gone = ["name", "merge", "mature"].some((what) =>
      this.#stage.done.has(`${what} ${instrument.conid}`)
    );
    const holding = this.#stage.held(account, instrument);
    if (gone && !holding) return;
    const held = holding ? quantityOf(holding.lots) : Fraction.ZERO;
    const long = ["BILL", "BOND", "CRYPTO", "FUND"].includes(instrument.category);
    let quantity = Fraction.parse(this.#stage.quantity(instrument));
    if (held.sign && (gone || random.chance(0.6))) {
      const some = quantity.below(held.size) && random.chance(0.6);
      const flips = !long && !gone && random.chance(0.15);
      const closing = some ? quantity : flips ? held.size.plus(quantity) : held.size;
      quantity = held.sign > 0 ? closing.negated : closing;
    } else if (held.sign < 0 || (!held.sign && !long && random.chance(0.25))) {
      quantity = quantity.negated;
    }
    this.#stage.trade(account, instrument, quantity.text(), this.#stage.price(instrument), {
      ...(random.chance(0.1) && {orderReference: "app:random"})
    });
  }

  #forex(account: string): void {
    const [base, quote] = this.#stage.random.pick([
      ["EUR", "USD"],
      ["USD", "JPY"],
      ["EUR", "JPY"]
    ]);
    const quantity = Fraction.parse(this.#stage.money(100, 9_000));
    const signed = this.#stage.random.chance(0.5) ? quantity : quantity.negated;
    const rate = ((this.#stage.rates.get(base) as number) / (this.#stage.rates.get(quote) as number))
      .toFixed(4)
      .replace(/\.?0+$/, "");
    const id = this.#stage.next();
    this.#stage.row("Trades", "Trade", account, {
      assetCategory: "CASH",
      symbol: `${base}.${quote}`,
      conid: `80${base}${quote}`,
      multiplier: "1",
      currency: quote,
      tradeID: `7${id}`,
      transactionID: id,
      tradeDate: this.#stage.day,
      dateTime: this.#stage.time(),
      transactionType: "ExchTrade",
      exchange: "IDEALFX",
      buySell: signed.sign < 0 ? "SELL" : "BUY",
      quantity: signed.text(),
      tradePrice: rate,
      proceeds: signed.times(Fraction.parse(rate)).negated.text(),
      taxes: "0",
      ibCommission: "-2",
      ibCommissionCurrency: this.#stage.books.base,
      netCash: "0"
    });
  }

  /** An option ends: in shares, in cash or in nothing (R17). */
  #endOption(account: string, held: readonly Holding[]): void {
    const ends = [...OPTIONS, CASH_SETTLED].filter(({conid}) => held.some((one) => one.conid === conid));
    if (!ends.length) return;
    const instrument = this.#stage.random.pick(ends);
    const quantity = quantityOf(held.find(({conid}) => conid === instrument.conid)!.lots);
    const booked = {transactionType: "BookTrade", exchange: "--", ibCommission: "0"};
    const closing = quantity.negated.text();
    if (this.#stage.random.chance(0.4)) {
      this.#stage.trade(account, instrument, closing, "0", {...booked, notes: "Ep"});
      return;
    }
    const notes = quantity.sign < 0 ? "A" : "Ex";
    if (instrument === CASH_SETTLED) {
      this.#stage.trade(account, instrument, closing, this.#stage.price(instrument), {...booked, notes});
      return;
    }
    const {putCall, strike, underlyingConid} = instrument.extra as Record<string, string>; // it is an option
    if (underlyingConid === BETA.conid && this.#stage.done.has(`name ${BETA.conid}`)) return;
    this.#stage.trade(account, instrument, closing, "0", {...booked, notes});
    const shares = quantity.times(Fraction.of(putCall === "C" ? 100n : -100n));
    const dateTime = this.#stage.rows.at(-1)?.fields["dateTime"] as string; // the option was just booked
    const underlying = INSTRUMENTS.find(({conid}) => conid === underlyingConid) as Instrument;
    this.#stage.trade(account, underlying, shares.text(), strike, {...booked, notes, dateTime});
  }

  #moveMoney(account: string): void {
    const sign = this.#stage.random.chance(0.7) ? "" : "-";
    const currency = this.#stage.random.pick(CURRENCIES);
    this.#stage.cash(account, "Deposits & Withdrawals", currency, sign + this.#stage.money(10, 20_000));
  }

  #expense(account: string): void {
    const type = this.#stage.random.pick([
      "Other Fees",
      "Advisor Fees",
      "Bond Interest Received",
      "Other Fees",
      "Bond Interest Paid"
    ]);
    const sign = type.endsWith("Received") ? "" : "-";
    this.#stage.cash(account, type, this.#stage.random.pick(CURRENCIES), sign + this.#stage.money(0.01, 40));
  }

  /** Interest accrues, and is posted some other day. */
  #interest(account: string): void {
    const currency = this.#stage.random.pick(CURRENCIES);
    const accrued =
      stateOf(this.#stage.books, account, this.#stage.day)?.interest.get(currency) ?? Fraction.ZERO;
    const row = (fields: Record<string, string>) =>
      this.#stage.row("InterestAccruals", "InterestAccrualsCurrency", account, {currency, ...fields});
    if (!accrued.sign) {
      row({interestAccrued: (this.#stage.random.chance(0.5) ? "" : "-") + this.#stage.money(0.01, 25)});
      return;
    }
    row({accrualReversal: accrued.negated.text()});
    this.#stage.cash(
      account,
      `Broker Interest ${accrued.sign < 0 ? "Paid" : "Received"}`,
      currency,
      accrued.text()
    );
  }
}
