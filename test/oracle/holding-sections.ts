import {AccountDay, isCash, isExecution} from "./account-day.js";
import type {Boxes} from "./flex.js";
import {madeBy, openMoneyOf, rateOf, worthOf} from "./figures.js";
import {sum, Fraction} from "./fraction.js";
import {costOf, quantityOf, type Lot} from "./lots.js";
import {isMargined, type Holding, type Outcome} from "./replay.js";
import {number, type Row} from "./rows.js";
import {tag, type Value} from "./tag.js";

/** Sections about single holdings and rows: performance, positions, trades with their lots, cash and actions. */
export class HoldingSections extends AccountDay {
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
      const cost = costOf(now.lots);
      if (!cost || own.some(({realized}) => !realized)) {
        rows += tag("FIFOPerformanceSummaryUnderlying", identity(now)); // its figures are IBKR's alone
        continue;
      }
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
}

const MTM = ["transactionMtm", "priorOpenMtm", "commissions", "other"] as const;

const isInLieu = (row: Row): boolean => row.element === "CorporateAction" && !number(row, "quantity").sign;

function identity({category, symbol, conid}: Holding): Record<string, string> {
  return {assetCategory: category, symbol, conid};
}
