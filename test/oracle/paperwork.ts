/** What the back office does to random accounts: transfers, cancels, corrections. */
import {stateOf} from "./figures.js";
import {Fraction} from "./fraction.js";
import {identity, INSTRUMENTS, ZETA, type Instrument} from "./instruments.js";
import {quantityOf} from "./lots.js";
import {CURRENCIES, type Stage} from "./stage.js";

export class Paperwork {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** At the end of a day, as IBKR dates them. */
  transfer(account: string): void {
    const random = this.#stage.random;
    if (!this.#stage.rows.some((row) => row.account === account)) return;
    const held = this.#stage.allHeld(account);
    const dateTime = `${this.#stage.day}T20:25:00`;
    const other = this.#stage.accounts.find(
      (one) => one !== account && this.#stage.rows.some((row) => row.account === one)
    );
    const row = (
      on: string,
      against: string | undefined,
      direction: string,
      fields: Record<string, string>
    ) =>
      this.#stage.row("Transfers", "Transfer", on, {
        type: against ? "INTERNAL" : "ACATS",
        direction,
        account: against,
        date: this.#stage.day,
        dateTime,
        ...fields,
        transactionID: this.#stage.next()
      });
    if (!other) {
      const quantity = Fraction.parse(this.#stage.quantity(ZETA));
      const positionAmount = this.#stage.worth(ZETA, quantity).text();
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
      const [currency, amount] = [random.pick(CURRENCIES), this.#stage.money(10, 5_000)];
      row(account, other, "OUT", {currency, quantity: "0", positionAmount: "0", cashTransfer: `-${amount}`});
      row(other, account, "IN", {currency, quantity: "0", positionAmount: "0", cashTransfer: amount});
      return;
    }
    const instrument = random.pick(movable);
    const theirs = this.#stage.held(other, instrument);
    const mine = quantityOf(held.find(({conid}) => conid === instrument.conid)!.lots);
    if (theirs && quantityOf(theirs.lots).sign !== mine.sign) return;
    const value = this.#stage.worth(instrument, mine);
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
  cancel(account: string): void {
    const lots = [...(stateOf(this.#stage.books, account, this.#stage.day)?.holdings.values() ?? [])].flatMap(
      ({lots: own}) => own
    );
    const wrong = this.#stage.rows.filter(
      ({account: on, element, day, fields}) =>
        on === account &&
        element === "Trade" &&
        day < this.#stage.day &&
        ["STK", "FUND", "CRYPTO"].includes(fields["assetCategory"]) &&
        !fields["notes"] &&
        lots.some(
          ({id, quantity}) =>
            id === fields["transactionID"] && quantity.equals(Fraction.parse(fields["quantity"]))
        ) &&
        !this.#stage.rows.some(
          (row) => row.element === "Transfer" && row.fields["conid"] === fields["conid"]
        ) &&
        !["split", "reverse", "stock", "name", "spin"].some((what) =>
          this.#stage.done.has(`${what} ${fields["conid"]}`)
        )
    );
    if (!wrong.length) return;
    const {fields} = this.#stage.random.pick(wrong);
    const instrument = INSTRUMENTS.find(({conid}) => conid === fields["conid"]) as Instrument;
    const again = this.#stage.random.chance(0.7);
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
    this.#stage.trade(account, instrument, quantity.negated.text(), fields["tradePrice"], {
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
    const price = this.#stage.price(instrument);
    this.#stage.trade(account, instrument, fields["quantity"], price, {
      transactionType: "TradeCorrect",
      notes: "Co",
      ibCommission: "0",
      taxes: "0",
      ...original
    });
  }
}
