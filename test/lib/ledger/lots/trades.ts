import {lotsOf} from "../../../../lib/ledger/lots/lots-of.js";
import type {Disposal, Lot, LotChoice, LotMethod} from "../../../../lib/ledger/lots/lot.js";
import {formatAmount, parseAmount, type Amount} from "../../../../lib/money/amount.js";
import {ledgerOf} from "../tables.js";

export type Row = Record<string, string | undefined> & {day: string; account?: string};

const SHARE = {conid: "1", symbol: "ACME", isin: "US0000000001", assetCategory: "STK", currency: "USD"};

/** A trade of ACME: 10 shares for 100 is `trade("2025-01-02", "10", "100")`; commission and all else may be given. */
export function trade(
  day: string,
  quantity: string,
  price: string,
  {multiplier = "1", ...more}: Partial<Row> = {}
): Row {
  const [q, p, m] = [quantity, price, multiplier].map(parseAmount);
  const proceeds = formatAmount((-q * p * m) / 10n ** 24n);
  const buySell = q < 0n ? "SELL" : "BUY";
  const dateTime = `${more.day ?? day}T10:00:00`;
  return {
    ...SHARE,
    transactionType: "ExchTrade",
    tradeDate: day,
    dateTime,
    quantity,
    tradePrice: price,
    multiplier,
    proceeds,
    buySell,
    ...more,
    day
  };
}

/** An option on ACME. */
export function option(putCall: "P" | "C", strike: string, conid = "2"): Partial<Row> {
  const name = {
    conid,
    symbol: `ACME ${putCall}${strike}`,
    assetCategory: "OPT",
    putCall,
    strike,
    multiplier: "100"
  };
  return {...name, isin: undefined, underlyingConid: "1", underlyingSymbol: "ACME"};
}

/** A corporate action of ACME. */
export function action(day: string, type: string, quantity: string, more: Partial<Row> = {}): Row {
  return {...SHARE, type, quantity, dateTime: `${day}T09:00:00`, ...more, day};
}

export function lots(
  lists: Parameters<typeof ledgerOf>[0],
  method: LotMethod = "fifo",
  choices: readonly LotChoice[] = []
) {
  return lotsOf(ledgerOf(lists), {method, choices});
}

const text = (amount: Amount | null) => (amount === null ? null : formatAmount(amount));

/** `10 @ 1000`: quantity and cost. */
export const held = (all: readonly Lot[]) =>
  all.map(({quantity, cost}) => `${text(quantity)} @ ${text(cost)}`);

/** `10: 1200 - 1000 = 200`: quantity, proceeds, cost, gain. */
export const closed = (all: readonly Disposal[]) =>
  all.map(
    ({quantity, proceeds, cost, gain}) =>
      `${text(quantity)}: ${text(proceeds)} - ${text(cost)} = ${text(gain)}`
  );
