import {AccountDay, isExecution, isCash} from "./account-day.js";
import {COMPONENTS, rateOf} from "./figures.js";
import {sum, Fraction} from "./fraction.js";
import {isMargined} from "./replay.js";
import {entry, number} from "./rows.js";
import {tag} from "./tag.js";

/** Sections about the account: net asset value, what moved it, cash, interest, rates. */
export class NavSections extends AccountDay {
  equity(day: string): string {
    const {components, nav} = day === this.day ? this.end : this.start;
    const others = ["slbCashCollateral", "commodities", "notes", "softDollars"].map((name) => [name, "0"]);
    return tag("EquitySummaryByReportDateInBase", {
      accountId: this.account,
      reportDate: day,
      ...Object.fromEntries(COMPONENTS.map((name) => [name, components[name]])),
      ...Object.fromEntries(others),
      total: nav
    });
  }

  changeInNav(): string {
    const flow = sum(FLOWS.map((name) => this.parts.get(name) ?? Fraction.ZERO));
    const twr = this.start.nav.sign
      ? this.end.nav.minus(flow).minus(this.start.nav).over(this.start.nav).times(Fraction.of(100n)).text(9)
      : "0";
    return tag("ChangeInNAV", {
      accountId: this.account,
      currency: this.books.base,
      fromDate: this.day,
      toDate: this.day,
      startingValue: this.start.nav,
      ...Object.fromEntries(PARTS.map((name) => [name, this.parts.get(name) ?? Fraction.ZERO])),
      endingValue: this.end.nav,
      twr
    });
  }

  cashReport(): string {
    const currencies = [
      ...new Set([this.books.base, ...this.start.cash.keys(), ...this.end.cash.keys()])
    ].sort();
    const base = {
      lines: new Map<string, Fraction>(),
      start: Fraction.ZERO,
      end: Fraction.ZERO,
      translation: Fraction.ZERO
    };
    const rows = currencies.map((currency) => {
      const [start, end] = [this.start.cash, this.end.cash].map(
        (cash) => cash.get(currency) ?? Fraction.ZERO
      );
      const lines = this.#cashLines(currency, end.minus(start));
      for (const [name, amount] of lines) {
        base.lines.set(name, (base.lines.get(name) ?? Fraction.ZERO).plus(this.inBase(currency, amount)));
      }
      const before = start.sign ? start.times(rateOf(this.books, currency, this.before)) : start;
      base.start = base.start.plus(before);
      base.end = base.end.plus(end.sign ? this.inBase(currency, end) : end);
      base.translation = base.translation.plus(
        start.sign ? this.inBase(currency, start).minus(before) : start
      );
      return this.#cashRow(currency, "Currency", start, lines, undefined, end);
    });
    return (
      this.#cashRow("BASE_SUMMARY", "BaseCurrency", base.start, base.lines, base.translation, base.end) +
      rows.join("")
    );
  }

  #cashRow(
    currency: string,
    levelOfDetail: string,
    start: Fraction,
    lines: ReadonlyMap<string, Fraction>,
    translation: Fraction | undefined,
    end: Fraction
  ): string {
    return tag("CashReportCurrency", {
      accountId: this.account,
      currency,
      levelOfDetail,
      fromDate: this.day,
      toDate: this.day,
      startingCash: start,
      ...Object.fromEntries(lines),
      fxTranslationGainLoss: translation,
      endingCash: end,
      endingSettledCash: end
    });
  }

  /** What moved cash of a currency, by the report's lines; what no row says is the settlement of futures and CFDs. */
  #cashLines(currency: string, change: Fraction): Map<string, Fraction> {
    const lines = new Map<string, Fraction>();
    const add = (line: string, of: string | undefined, amount: Fraction) => {
      if (of === currency && amount.sign) lines.set(line, (lines.get(line) ?? Fraction.ZERO).plus(amount));
    };
    for (const row of this.rows) {
      const {fields} = row;
      if (isExecution(row)) {
        add("commissions", fields["ibCommissionCurrency"], number(row, "ibCommission"));
        add("transactionTax", fields["currency"], number(row, "taxes"));
        const line = (amount: Fraction) => (amount.sign > 0 ? "netTradesSales" : "netTradesPurchases");
        if (fields["assetCategory"] === "CASH") {
          const quantity = number(row, "quantity");
          add(line(quantity), fields["symbol"].split(".")[0], quantity);
        }
        if (!isMargined({category: fields["assetCategory"]})) {
          add(line(number(row, "proceeds")), fields["currency"], number(row, "proceeds"));
        }
      }
      if (isCash(row)) add(CASH_LINE[fields["type"]] ?? "other", fields["currency"], number(row, "amount"));
      if (row.element === "CorporateAction")
        add("netTradesSales", fields["currency"], number(row, "proceeds"));
      if (row.element === "Transfer")
        add("internalTransfers", fields["currency"], number(row, "cashTransfer"));
    }
    add("cashSettlingMtm", currency, change.minus(sum(lines.values())));
    return lines;
  }

  interest(): string {
    const own = this.rows.filter(({element}) => element === "InterestAccrualsCurrency");
    const currencies = new Set([...this.start.state.interest.keys(), ...this.end.state.interest.keys()]);
    const names = [
      "startingAccrualBalance",
      "interestAccrued",
      "accrualReversal",
      "fxTranslation",
      "endingAccrualBalance"
    ];
    const base = new Map(names.map((name) => [name, Fraction.ZERO]));
    const rows = [...currencies].sort().map((currency) => {
      const mine = own.filter(({fields}) => fields["currency"] === currency);
      const start = this.start.state.interest.get(currency) ?? Fraction.ZERO;
      const values = {
        interestAccrued: sum(mine.map((row) => number(row, "interestAccrued"))),
        accrualReversal: sum(mine.map((row) => number(row, "accrualReversal"))),
        endingAccrualBalance: this.end.state.interest.get(currency) ?? Fraction.ZERO
      };
      const add = (name: string, amount: Fraction) =>
        base.set(name, entry(base, name, () => Fraction.ZERO).plus(amount));
      const before = start.sign ? start.times(rateOf(this.books, currency, this.before)) : start;
      add("startingAccrualBalance", before);
      add("fxTranslation", this.inBase(currency, start).minus(before));
      for (const [name, amount] of Object.entries(values)) add(name, this.inBase(currency, amount));
      return this.#accrual(currency, {
        startingAccrualBalance: start,
        ...values,
        fxTranslation: Fraction.ZERO
      });
    });
    return this.#accrual("BASE_SUMMARY", Object.fromEntries(base)) + rows.join("");
  }

  #accrual(currency: string, values: Record<string, Fraction>): string {
    const {startingAccrualBalance, interestAccrued, accrualReversal, fxTranslation, endingAccrualBalance} =
      values;
    return tag("InterestAccrualsCurrency", {
      accountId: this.account,
      currency,
      fromDate: this.day,
      toDate: this.day,
      startingAccrualBalance,
      interestAccrued,
      accrualReversal,
      fxTranslation,
      endingAccrualBalance
    });
  }

  rates(): string {
    return ["EUR", "USD", "JPY", "GBP"]
      .filter((currency) => currency !== this.books.base)
      .flatMap((fromCurrency) => {
        const rate = this.books.market.rateOn(fromCurrency, this.day);
        return rate
          ? [tag("ConversionRate", {reportDate: this.day, fromCurrency, toCurrency: this.books.base, rate})]
          : [];
      })
      .concat(
        tag("ConversionRate", {
          reportDate: this.day,
          fromCurrency: "XAF",
          toCurrency: this.books.base,
          rate: "-1"
        })
      )
      .join("");
  }
}

const FLOWS = ["depositsWithdrawals", "internalCashTransfers", "assetTransfers"];

const PARTS = [
  "mtm",
  ...FLOWS,
  "dividends",
  "withholdingTax",
  "changeInDividendAccruals",
  "interest",
  "changeInInterestAccruals",
  "otherFees",
  "advisorFees",
  "commissions",
  "transactionTax",
  "netFxTrading",
  "fxTranslation",
  "corporateActionProceeds",
  "other"
];

/** The Cash Report's line of a type of cash transaction. */
const CASH_LINE: Readonly<Record<string, string>> = {
  "Deposits & Withdrawals": "depositWithdrawals",
  Dividends: "dividends",
  "Payment In Lieu Of Dividends": "paymentInLieu",
  "Withholding Tax": "withholdingTax",
  "Broker Interest Paid": "brokerInterest",
  "Broker Interest Received": "brokerInterest",
  "Bond Interest Paid": "bondInterest",
  "Bond Interest Received": "bondInterest",
  "Other Fees": "otherFees",
  "Advisor Fees": "advisorFees",
  "Commission Adjustments": "commissions"
};
