import {formatAmount, toNumber, type Amount} from "../../money/amount.js";
import {figure, unavailable, type Figure} from "../../returns/figure.js";
import {compareText} from "../../order.js";
import {voided} from "../closed-trades.js";
import {worth} from "../exposure.js";
import {ratesOf} from "../rates.js";
import type {LakeBars} from "../lake/lake-rows.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import type {Money} from "../views.js";

/** Daily bars of an instrument, as they were traded: what a fill is measured against. */
export interface FillBars {
  /** IBKR's symbol. */
  symbol: string;
  /** ISO code; a fill in another currency is another instrument's. */
  currency: string;
  /** What they are called beside a figure: `Yahoo Finance bar`. */
  source: string;
  /** By ISO day of the exchange; NaN for what is not known. */
  days: ReadonlyMap<string, {open: number; close: number; vwap: number}>;
}

/** Returns bars of the lake by their days. */
export function fillBars(bars: readonly LakeBars[]): FillBars[] {
  const known = (value: number | null) => value ?? NaN;
  return bars.map(({days, ...rest}) => ({
    ...rest,
    days: new Map(
      days.map(([day, open, close, vwap]) => [
        day,
        {open: known(open), close: known(close), vwap: known(vwap)}
      ])
    )
  }));
}

/** What an order was measured against: a price of the day's bar, or the closing price that its statement prints. */
export type Reference = "vwap" | "open" | "close" | "mark";

/** An order of the account as it was filled on one day, its executions together. */
export interface FilledOrder {
  /** The ledger row of its first execution. */
  id: string;
  account: string;
  day: string;
  /** Hour of its first execution, `09`, by the statement's clock; empty where the statement has no time. */
  hour: string;
  symbol: string;
  assetCategory: string;
  currency: string;
  /** As IBKR prints it: `LMT`; empty where the statement has none. */
  orderType: string;
  side: "buy" | "sell";
  executions: number;
  /** Mean price, weighted by quantity. */
  price: number;
  /** What was traded, above zero, in its currency. */
  value: string;
  /** Exactly as booked, in its own currency; a cost is positive here. */
  commission: string;
  commissionCurrency: string;
  /** Of the value; n/a without a rate between the currencies. */
  commissionBps: Figure;
  /** What the price was worse than the reference, of it; below zero was better. */
  slippageBps: Figure;
  reference: Reference | null;
  /** Whose the reference is; null where there is none. */
  source: string | null;
}

type Trade = LedgerRow<"trades">;

/**
 * Returns the orders that executions of the ledger filled, newest first: those of one account, contract, side, day and order
 * number. Exercises, transfers of trades, fractions, cancelled trades and their cancellations are none.
 *
 * Slippage is by how much the mean price was worse than a price of the market's on that day: the close for orders at the
 * close (MOC, LOC), the open for those at the open (MOO, LOO), for all others the mean price of the day weighted by volume
 * or, where the bar has none, the open, at which a backtest lets market orders fill. Where there is no bar of the day it
 * is the closing price that the statement prints, which for all but orders at the close also holds what the market did
 * until then. Without either it is n/a.
 *
 * @param keep tells which rows are asked for
 */
export function filledOrders(
  ledger: LedgerTables,
  bars: readonly FillBars[],
  keep: (row: Pick<Trade, "account" | "day" | "assetCategory">) => boolean
): FilledOrder[] {
  const none = voided(ledger);
  const rows = ledger.trades.filter(
    (row) =>
      keep(row) &&
      !none.has(row) &&
      (row.transactionType ?? "ExchTrade") === "ExchTrade" &&
      row.quantity &&
      row.tradePrice !== null &&
      row.tradePrice > 0n
  );
  const barsOf = new Map(bars.map((each) => [`${each.symbol}/${each.currency}`, each]));
  return [...Map.groupBy(rows, orderOf).values()]
    .map((group) => filledOrder(group, ledger, barsOf.get(`${group[0].symbol}/${group[0].currency}`)))
    .sort((a, b) => compareText(b.day, a.day) || compareText(b.id, a.id));
}

function orderOf({id, account, conid, symbol, day, quantity, ibOrderID}: Trade): string {
  return ibOrderID ? [account, conid ?? symbol, day, quantity! > 0n, ibOrderID].join("/") : id; // kept rows have a quantity
}

function filledOrder(rows: readonly Trade[], ledger: LedgerTables, bars: FillBars | undefined): FilledOrder {
  const [first] = rows;
  const {id, account, day, dateTime, symbol, assetCategory, orderType} = first;
  const currency = first.currency ?? "";
  const units = rows.reduce((sum, row) => sum + Math.abs(toNumber(row.quantity!)), 0);
  const paid = rows.reduce(
    (sum, row) => sum + Math.abs(toNumber(row.quantity!)) * toNumber(row.tradePrice!),
    0
  );
  const value = rows.reduce((sum, row) => sum + absolute(worth(row, row.quantity, row.tradePrice)!), 0n); // both are there
  const commission = -rows.reduce((sum, row) => sum + (row.ibCommission ?? 0n), 0n);
  const commissionCurrency = first.ibCommissionCurrency ?? currency;
  const side = first.quantity! > 0n ? "buy" : "sell";
  const price = paid / units;
  const found = referenceOf(first, bars);
  return {
    id,
    account,
    day,
    hour: /T(\d\d)/.exec(dateTime ?? "")?.[1] ?? "",
    symbol: symbol ?? "",
    assetCategory: assetCategory ?? "",
    currency,
    orderType: orderType ?? "",
    side,
    executions: rows.length,
    price,
    value: formatAmount(value),
    commission: formatAmount(commission),
    commissionCurrency,
    commissionBps: bpsOf(commissionIn(ledger, {commission, commissionCurrency, currency, day}), value),
    ...(found
      ? {
          slippageBps: figure(
            (1e4 * (side === "buy" ? price - found.price : found.price - price)) / found.price
          ),
          reference: found.reference,
          source: found.source
        }
      : {
          slippageBps: unavailable(
            `no bar of ${symbol} in ${currency} on ${day}, and no closing price in its row: pull its bars`
          ),
          reference: null,
          source: null
        })
  };
}

function commissionIn(
  ledger: LedgerTables,
  {
    commission,
    commissionCurrency,
    currency,
    day
  }: {commission: Amount; commissionCurrency: string; currency: string; day: string}
): Money {
  const converted =
    commissionCurrency === currency || commission === 0n
      ? commission
      : ratesOf(ledger).convert(commission, commissionCurrency, currency, day);
  return converted === null
    ? {value: null, reason: `no rate ${commissionCurrency}/${currency} on ${day}`}
    : {value: formatAmount(converted)};
}

function bpsOf({value: commission, reason = ""}: Money, value: Amount): Figure {
  if (commission === null) return unavailable(reason);
  return figure((1e4 * Number(commission)) / toNumber(value), "nothing was traded");
}

function referenceOf(
  {day, tradeDate, orderType, closePrice}: Trade,
  bars: FillBars | undefined
): {price: number; reference: Reference; source: string} | null {
  const bar = bars?.days.get(tradeDate ?? day);
  if (bars && bar) {
    const {source} = bars;
    const wanted: readonly Reference[] = /^(MOC|LOC)$/.test(orderType ?? "")
      ? ["close"]
      : /^(MOO|LOO)$/.test(orderType ?? "")
        ? ["open"]
        : ["vwap", "open"];
    for (const reference of wanted) {
      const price = reference === "mark" ? NaN : bar[reference];
      if (price > 0 && price < Infinity) return {price, reference, source};
    }
  }
  return closePrice !== null && closePrice > 0n
    ? {price: toNumber(closePrice), reference: "mark", source: "closing price of the statement"}
    : null;
}

function absolute(amount: Amount): Amount {
  return amount < 0n ? -amount : amount;
}
