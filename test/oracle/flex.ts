/** Prints the oracle's books as IBKR's Flex statements, broken out by day. */
import {
  closeOf,
  COMPONENTS,
  isDetail,
  madeBy,
  openMoneyOf,
  outcomesOn,
  partsOf,
  rateOf,
  worthOf,
  type Books
} from "./figures.js";
import {Fraction, sum} from "./fraction.js";
import {costOf, quantityOf, type Lot} from "./lots.js";
import {isMargined, type Holding, type Outcome} from "./replay.js";
import {entry, number, type Row} from "./rows.js";

/** Which rows a query has. */
export interface Boxes {
  /** On which days LOT rows stand under the positions. */
  lots: "never" | "last" | "always";
  closedLots: boolean;
  orders: boolean;
}

export interface FlexFile {
  from: string;
  to: string;
  generated: string;
  queryName?: string;
}

type Value = string | Fraction | undefined;

const DECIMALS = 12;

function tag(element: string, values: Readonly<Record<string, Value>>): string {
  let text = `<${element}`;
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || HIDDEN.has(name)) continue;
    const printed = typeof value === "string" ? value : value.text(DECIMALS);
    text += ` ${name}="${printed.replace(/&/g, "&amp;").replace(/^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?$/, (_, y: string, m: string, d: string, h?: string, min?: string, s?: string) => y + m + d + (h ? `;${h}${min}${s}` : ""))}"`;
  }
  return `${text} />\n`;
}

/** What an event knows and no statement says. */
const HIDDEN = new Set(["costShare"]);

function section(name: string, rows: string): string {
  return rows ? `<${name}>\n${rows}</${name}>\n` : `<${name} />\n`;
}

/** Days with the business day before each, as the books have them. */
export interface Calendar {
  days: readonly string[];
  before: (day: string) => string;
}

/** Returns the XML of some accounts and days. */
export function flexOf(
  books: Books,
  accounts: readonly string[],
  {days, before}: Calendar,
  file: FlexFile,
  boxes: Boxes
): string {
  const inside = days.filter((day) => day >= file.from && day <= file.to);
  const statements = inside.flatMap((day) =>
    accounts.map((account) => {
      const head = `accountId="${account}" fromDate="${day.replaceAll("-", "")}" toDate="${day.replaceAll("-", "")}" period="" whenGenerated="${file.generated.replaceAll(/[-:]/g, "").replace("T", ";")}"`;
      const lots = boxes.lots === "always" || (boxes.lots === "last" && day === inside.at(-1));
      return `<FlexStatement ${head}>\n${statementOf(books, account, before(day), day, {...boxes, withLots: lots})}</FlexStatement>\n`;
    })
  );
  return `<FlexQueryResponse queryName="${file.queryName ?? "Oracle"}" type="AF">\n<FlexStatements count="${statements.length}">\n${statements.join("")}</FlexStatements>\n</FlexQueryResponse>\n`;
}

function statementOf(
  books: Books,
  account: string,
  before: string,
  day: string,
  boxes: Boxes & {withLots: boolean}
): string {
  const one = new DayOfAccount(books, account, before, day);
  return [
    tag("AccountInformation", {accountId: account, currency: books.base}),
    section("EquitySummaryInBase", one.equity(before) + one.equity(day)),
    one.changeInNav(),
    section("MTMPerformanceSummaryInBase", one.markToMarket()),
    section("FIFOPerformanceSummaryInBase", one.fifo()),
    section("CashReport", one.cashReport()),
    section("OpenPositions", one.positions(boxes.withLots)),
    section("Trades", one.trades(boxes)),
    section("CorporateActions", one.rowsOf("CorporateAction")),
    section("CashTransactions", one.rowsOf("CashTransaction")),
    section("Transfers", one.rowsOf("Transfer")),
    section("InterestAccruals", one.interest()),
    section("ChangeInDividendAccruals", one.rowsOf("ChangeInDividendAccrual")),
    section("ConversionRates", one.rates())
  ].join("");
}

class DayOfAccount {
  readonly books: Books;
  readonly account: string;
  readonly before: string;
  readonly day: string;
  readonly start;
  readonly end;
  readonly outcomes: readonly Outcome[];
  readonly rows: readonly Row[];
  readonly parts;

  constructor(books: Books, account: string, before: string, day: string) {
    this.books = books;
    this.account = account;
    this.before = before;
    this.day = day;
    this.start = closeOf(books, account, before);
    this.end = closeOf(books, account, day);
    this.outcomes = outcomesOn(books, account, day);
    this.parts = partsOf(books, account, before, day);
    this.rows = books.rows.filter((row) => row.account === account && row.day === day);
  }

  inBase(currency: string, amount: Fraction): Fraction {
    return amount.times(rateOf(this.books, currency, this.day));
  }

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

  /** Everything that was held in the morning or at night, or traded between. */
  get touched(): {now: Holding; was: Holding | undefined}[] {
    return [...this.end.state.holdings.values()]
      .map((now) => ({now, was: this.start.state.holdings.get(now.conid)}))
      .filter(
        ({now, was}) =>
          now.lots.length || was?.lots.length || this.rows.some(({fields}) => fields["conid"] === now.conid)
      );
  }

  markToMarket(): string {
    let rows = "";
    const total = {
      transactionMtm: Fraction.ZERO,
      priorOpenMtm: Fraction.ZERO,
      commissions: Fraction.ZERO,
      other: Fraction.ZERO
    };
    for (const {now, was} of this.touched) {
      const {conid, currency} = now;
      const mark = this.books.market.markOn(conid, this.day) ?? Fraction.ZERO;
      const own = this.rows.filter(({fields}) => fields["conid"] === conid);
      const trades = own.filter(isExecution);
      const transaction = sum(
        trades.map((row) =>
          mark.minus(number(row, "tradePrice")).times(number(row, "quantity")).times(now.multiplier)
        )
      );
      const made = madeBy(this.books, now, this.day).minus(madeBy(this.books, was, this.before));
      const paid = sum(trades.map((row) => number(row, "ibCommission").plus(number(row, "taxes"))));
      const other = sum([
        ...own.filter(isCash).map((row) => number(row, "amount")),
        ...own.filter(isInLieu).map((row) => number(row, "proceeds"))
      ]);
      const parts = {
        transactionMtm: this.inBase(currency, transaction),
        priorOpenMtm: this.inBase(currency, made.minus(transaction)),
        commissions: this.inBase(currency, paid),
        other: this.inBase(currency, other)
      };
      for (const name of MTM) total[name] = total[name].plus(parts[name]);
      rows += tag("MTMPerformanceSummaryUnderlying", {
        ...identity(now),
        prevCloseQuantity: was ? quantityOf(was.lots) : Fraction.ZERO,
        prevClosePrice:
          (was?.lots.length ? this.books.market.markOn(conid, this.before) : undefined) ?? Fraction.ZERO,
        closeQuantity: quantityOf(now.lots),
        closePrice: now.lots.length ? mark : Fraction.ZERO,
        ...parts,
        total: sum(Object.values(parts))
      });
    }
    const sums = {...total, total: sum(Object.values(total))};
    return (
      rows +
      tag("MTMPerformanceSummaryUnderlying", {
        assetCategory: "",
        symbol: "",
        description: "Total (All Assets)",
        ...sums
      })
    );
  }

  fifo(): string {
    let rows = "";
    const total = {realized: Fraction.ZERO, unrealized: Fraction.ZERO};
    for (const {now} of this.touched) {
      const own = this.outcomes.filter(({row}) => row.fields["conid"] === now.conid);
      if (own.some(({realized}) => !realized)) continue;
      const cost = costOf(now.lots);
      if (!cost) continue;
      const realized = this.inBase(now.currency, sum(own.map((one) => one.realized as Fraction))); // none is null
      const unrealized = this.inBase(now.currency, worthOf(this.books, now, this.day).minus(cost));
      total.realized = total.realized.plus(realized);
      total.unrealized = total.unrealized.plus(unrealized);
      const gain = realized.sign > 0;
      rows += tag("FIFOPerformanceSummaryUnderlying", {
        ...identity(now),
        ...(realized.sign && {
          realizedSTProfit: gain ? realized : Fraction.ZERO,
          realizedSTLoss: gain ? Fraction.ZERO : realized,
          realizedLTProfit: Fraction.ZERO,
          realizedLTLoss: Fraction.ZERO
        }),
        totalRealizedPnl: realized,
        totalUnrealizedPnl: unrealized,
        totalFifoPnl: realized.plus(unrealized)
      });
    }
    return (
      rows &&
      rows +
        tag("FIFOPerformanceSummaryUnderlying", {
          assetCategory: "",
          symbol: "",
          description: "Total (All Assets)",
          totalRealizedPnl: total.realized,
          totalUnrealizedPnl: total.unrealized,
          totalFifoPnl: total.realized.plus(total.unrealized)
        })
    );
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

  positions(withLots: boolean): string {
    let rows = "";
    for (const holding of this.end.state.holdings.values()) {
      if (!quantityOf(holding.lots).sign) continue;
      rows += this.#position(holding, holding.lots, {levelOfDetail: "SUMMARY"});
      if (!withLots) continue;
      for (const lot of holding.lots) {
        rows += this.#position(holding, [lot], {
          levelOfDetail: "LOT",
          openDateTime: lot.time,
          holdingPeriodDateTime: lot.time,
          originatingTransactionID: lot.id
        });
      }
    }
    return rows;
  }

  #position(holding: Holding, lots: readonly Lot[], extra: Record<string, Value>): string {
    const part = {...holding, lots: [...lots]};
    const quantity = quantityOf(lots);
    const worth = worthOf(this.books, part, this.day);
    const cost = costOf(lots);
    const units = quantity.times(holding.multiplier);
    return tag("OpenPosition", {
      accountId: this.account,
      currency: holding.currency,
      fxRateToBase: rateOf(this.books, holding.currency, this.day),
      ...identity(holding),
      multiplier: holding.multiplier,
      reportDate: this.day,
      position: quantity,
      markPrice: this.books.market.markOn(holding.conid, this.day),
      positionValue: worth,
      openPrice: openMoneyOf(part).over(units).text(6),
      costBasisPrice: cost?.over(units).text(6),
      costBasisMoney: cost ?? undefined,
      percentOfNAV: this.end.nav.sign
        ? this.inBase(holding.currency, worth).times(Fraction.of(100n)).over(this.end.nav).text(2)
        : undefined,
      fifoPnlUnrealized: cost ? worth.minus(cost) : undefined,
      side: quantity.sign < 0 ? "Short" : "Long",
      ...extra
    });
  }

  trades({closedLots, orders}: Boxes): string {
    let text = "";
    for (const row of this.rows.filter(isExecution)) {
      const outcome = this.outcomes.find((one) => one.row === row);
      const {fields} = row;
      const cash = fields["assetCategory"] === "CASH";
      const closes = (outcome?.closed.length ?? 0) > 0;
      const money = number(row, "quantity").times(number(row, "tradePrice")).times(number(row, "multiplier"));
      const mark = cash ? undefined : this.books.market.markOn(fields["conid"], this.day);
      const all = {
        accountId: row.account,
        fxRateToBase: rateOf(this.books, fields["currency"], this.day),
        reportDate: row.day,
        ...fields,
        tradeMoney: cash ? number(row, "proceeds").negated : money,
        proceeds:
          cash || !isMargined({category: fields["assetCategory"]}) ? fields["proceeds"] : money.negated,
        closePrice: mark ?? "0",
        openCloseIndicator: cash ? undefined : closes ? (outcome?.opened ? "C;O" : "C") : "O",
        cost: cash ? "0" : this.#costOf(outcome),
        fifoPnlRealized: cash ? "0" : (outcome?.realized ?? undefined),
        mtmPnl: mark?.times(number(row, "quantity")).times(number(row, "multiplier")).minus(money),
        levelOfDetail: "EXECUTION"
      };
      if (orders) {
        text += tag("Order", {
          ...all,
          transactionID: undefined,
          tradeID: undefined,
          ibExecID: undefined,
          levelOfDetail: "ORDER"
        });
      }
      text += tag("Trade", all);
      if (closedLots && outcome?.realized) text += this.#closedLots(outcome, all);
    }
    return text;
  }

  #costOf(outcome: Outcome | undefined): Fraction | undefined {
    if (!outcome) return undefined;
    const {row} = outcome;
    if (row.fields["notes"] === "Ca" || row.fields["notes"] === "Co") {
      return sum(["proceeds", "ibCommission", "taxes"].map((name) => number(row, name))).negated;
    }
    const basis = costOf(outcome.closed);
    return basis ? (outcome.opened?.cost ?? Fraction.ZERO).minus(basis) : undefined;
  }

  #closedLots({closed}: Outcome, trade: Record<string, Value>): string {
    return closed
      .map((lot) =>
        tag("Lot", {
          ...trade,
          ibExecID: undefined,
          tradeID: undefined,
          proceeds: undefined,
          tradeMoney: undefined,
          ibCommission: undefined,
          taxes: undefined,
          netCash: undefined,
          mtmPnl: undefined,
          closePrice: undefined,
          transactionID: lot.id,
          quantity: lot.quantity.size,
          tradePrice: lot.price,
          cost: lot.cost ?? undefined,
          fifoPnlRealized: lot.cost ? lot.proceeds.minus(lot.cost) : undefined,
          notes: "ST",
          openDateTime: lot.time,
          levelOfDetail: "CLOSED_LOT"
        })
      )
      .join("");
  }

  rowsOf(element: string): string {
    return this.rows
      .filter((row) => row.element === element)
      .map((row) => {
        const outcome = this.outcomes.find((one) => one.row === row);
        const level = {CashTransaction: "DETAIL", CorporateAction: "DETAIL", Transfer: "TRANSFER"}[element];
        const {amount} = row.fields;
        return tag(element, {
          accountId: row.account,
          fxRateToBase: rateOf(this.books, row.fields["currency"], this.day),
          reportDate: row.day,
          ...row.fields,
          ...(element === "CorporateAction" && {
            amount: amount ?? number(row, "proceeds").negated,
            fifoPnlRealized: outcome?.realized ?? undefined
          }),
          ...(element === "Transfer" && {
            positionAmountInBase: this.inBase(row.fields["currency"], number(row, "positionAmount"))
          }),
          levelOfDetail: level
        });
      })
      .join("");
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

const MTM = ["transactionMtm", "priorOpenMtm", "commissions", "other"] as const;

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

const isExecution = ({element, level}: Row): boolean =>
  element === "Trade" && (level === "EXECUTION" || level === "");
const isCash = (row: Row): boolean => row.element === "CashTransaction" && isDetail(row);
const isInLieu = (row: Row): boolean => row.element === "CorporateAction" && !number(row, "quantity").sign;

function identity({category, symbol, conid}: Holding): Record<string, string> {
  return {assetCategory: category, symbol, conid};
}
