/** Sections about single instruments: what is held, what it earned, what it is. */

import type {AccountDay, PositionLine} from "../booking/account-day.js";
import {exact, share, whole, type Amount} from "../booking/amounts.js";
import type {Instrument} from "../market/instruments.js";
import {attributes, container, leaf, type Value} from "./element.js";
import {identity} from "./identity.js";
import type {Rate} from "./nav-sections.js";

/** SUMMARY rows, and LOT rows under them when the query asks for both. */
export function openPositions(
  {account, day, positions, endNav}: AccountDay,
  rate: Rate,
  withLots: boolean
): string {
  let rows = "";
  for (const line of positions) {
    const {instrument, lots} = line;
    const {currency, multiplier} = instrument;
    const fx = rate(currency);
    const head =
      attributes({accountId: account, currency, fxRateToBase: fx}) + identity(instrument, "position");
    const row = (part: PositionLine, extra: Record<string, Value>): string => {
      const {quantity, mark, worth, cost, openMoney} = part;
      const units = exact(quantity, multiplier);
      return leaf(
        "OpenPosition",
        head +
          attributes({
            reportDate: day,
            position: quantity,
            markPrice: mark,
            positionValue: worth,
            openPrice: share(whole(1), openMoney, units, 4),
            costBasisPrice: share(whole(1), cost, units, 6),
            costBasisMoney: cost,
            percentOfNAV: share(whole(100), exact(worth, fx), endNav, 2),
            fifoPnlUnrealized: worth - cost,
            side: quantity < 0n ? "Short" : "Long",
            ...extra
          })
      );
    };
    rows += row(line, {levelOfDetail: "SUMMARY"});
    if (!withLots) continue;
    for (const {quantity, cost, openPrice, opened, orderID, transactionID} of lots) {
      const worth = exact(exact(quantity, line.mark), multiplier);
      const openMoney = exact(exact(quantity, openPrice), multiplier);
      rows += row(
        {...line, quantity, worth, cost, openMoney},
        {
          levelOfDetail: "LOT",
          openDateTime: compactTime(opened),
          holdingPeriodDateTime: compactTime(opened),
          originatingOrderID: orderID,
          originatingTransactionID: transactionID
        }
      );
    }
  }
  return container("OpenPositions", rows);
}

const compactTime = (opened: string): string => opened.replace("T", ";").replaceAll(":", "");

/**
 * Mark to market by instrument, then currencies, then the totals that a reader must not add. Account and date are
 * not ticked in this query: the statement of one account and day says them.
 */
export function markToMarket(account: AccountDay, rate: Rate): string {
  const {performance, positions, cash, parts} = account;
  const held = new Map(positions.map((line) => [line.instrument.conid, line]));
  const total = {...NOTHING};
  let rows = "";
  for (const {instrument, previousQuantity, previousPrice, ...earned} of performance) {
    const {transactionMtm, priorOpenMtm, commissions, other} = earned;
    const line = held.get(instrument.conid);
    const sums = {transactionMtm, priorOpenMtm, commissions, other};
    for (const key of SUMS) total[key] += sums[key];
    rows += leaf(
      "MTMPerformanceSummaryUnderlying",
      identity(instrument, "brief") +
        attributes({
          prevCloseQuantity: previousQuantity,
          prevClosePrice: previousPrice ?? 0n,
          closeQuantity: line?.quantity ?? 0n,
          closePrice: line?.mark ?? 0n,
          ...summed(sums)
        })
    );
  }
  for (const {currency, starting, ending} of cash) {
    if (currency === "BASE_SUMMARY" || currency === "USD") continue;
    const translated = exact(starting, rate(currency)) - exact(starting, rate(currency, 1));
    rows += leaf(
      "MTMPerformanceSummaryUnderlying",
      attributes({
        assetCategory: "CASH",
        symbol: currency,
        prevCloseQuantity: starting,
        prevClosePrice: rate(currency, 1),
        closeQuantity: ending,
        closePrice: rate(currency),
        ...summed({...NOTHING, priorOpenMtm: translated})
      })
    );
    total.priorOpenMtm += translated;
  }
  const named = (description: string, sums: typeof total): string =>
    leaf(
      "MTMPerformanceSummaryUnderlying",
      attributes({assetCategory: "", symbol: "", description, ...summed(sums)})
    );
  rows += named("Total (All Assets)", total);
  if (parts.interest) rows += named("Broker Interest Paid and Received", {...NOTHING, other: parts.interest});
  if (parts.otherFees) rows += named("Other Fees", {...NOTHING, other: parts.otherFees});
  const outside = parts.interest + parts.otherFees;
  rows += named("Total P/L", {...total, other: total.other + outside});
  return container("MTMPerformanceSummaryInBase", rows);
}

const SUMS = ["transactionMtm", "priorOpenMtm", "commissions", "other"] as const;
const NOTHING = {transactionMtm: 0n, priorOpenMtm: 0n, commissions: 0n, other: 0n};

function summed(sums: typeof NOTHING): Record<string, Amount> {
  return {...sums, total: SUMS.reduce((total, key) => total + sums[key], 0n)};
}

/** Realized and unrealized profit by instrument, first in first out, in base at the day's rate. */
export function fifo({performance, positions}: AccountDay, rate: Rate): string {
  const held = new Map(positions.map((line) => [line.instrument.conid, line]));
  const total = {realized: 0n, unrealized: 0n};
  let rows = "";
  for (const {instrument, realizedShortTerm, realizedLongTerm} of performance) {
    const line = held.get(instrument.conid);
    const unrealized = line ? exact(line.worth - line.cost, rate(instrument.currency)) : 0n;
    const realized = realizedShortTerm + realizedLongTerm;
    total.realized += realized;
    total.unrealized += unrealized;
    rows += leaf(
      "FIFOPerformanceSummaryUnderlying",
      identity(instrument, "brief") +
        attributes({
          ...(realized && terms(realizedShortTerm, realizedLongTerm)),
          totalRealizedPnl: realized,
          totalUnrealizedPnl: unrealized,
          totalFifoPnl: realized + unrealized
        })
    );
  }
  if (rows) {
    const {realized, unrealized} = total;
    rows += leaf(
      "FIFOPerformanceSummaryUnderlying",
      attributes({
        assetCategory: "",
        symbol: "",
        description: "Total (All Assets)",
        totalRealizedPnl: realized,
        totalUnrealizedPnl: unrealized,
        totalFifoPnl: realized + unrealized
      })
    );
  }
  return container("FIFOPerformanceSummaryInBase", rows);
}

function terms(short: Amount, long: Amount): Record<string, Amount> {
  const gain = (value: Amount): Amount => (value > 0n ? value : 0n);
  return {
    realizedSTProfit: gain(short),
    realizedSTLoss: -gain(-short),
    realizedLTProfit: gain(long),
    realizedLTLoss: -gain(-long)
  };
}

export function openDividendAccruals({account, accruals}: AccountDay, rate: Rate): string {
  const rows = accruals.map(({instrument, exDate, payDate, quantity, tax, grossRate, gross, net}) =>
    leaf(
      "OpenDividendAccrual",
      attributes({
        accountId: account,
        currency: instrument.currency,
        fxRateToBase: rate(instrument.currency)
      }) +
        identity(instrument, "position") +
        attributes({
          exDate,
          payDate,
          quantity,
          tax,
          fee: 0n,
          grossRate,
          grossAmount: gross,
          netAmount: net,
          code: ""
        })
    )
  );
  return container("OpenDividendAccruals", rows.join(""));
}

/** The instruments that something happened to; all that are held when `all` says so. */
export function securitiesInfo({positions, rows, accruals}: AccountDay, all: boolean): string {
  const seen = new Map<string, Instrument>();
  const held = all ? [...positions, ...accruals] : [];
  for (const {instrument} of [...rows, ...held]) if (instrument) seen.set(instrument.conid, instrument);
  let text = "";
  for (const instrument of seen.values()) {
    const {currency, assetCategory, subCategory, issuer, expiry, cusip} = instrument;
    text += leaf(
      "SecurityInfo",
      attributes({currency}) +
        identity(instrument, "position") +
        attributes({subCategory, cusip, issuer, maturity: assetCategory === "BILL" ? expiry : undefined})
    );
  }
  return container("SecuritiesInfo", text);
}
