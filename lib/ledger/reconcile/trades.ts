import {type Amount, absolute} from "../../money/amount.js";
import {UNIT} from "../../money/amount.js";
import {daysBetween} from "../../time/day.js";
import {isNotional, worth} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import type {LedgerRow} from "../tables.js";
import type {Frame} from "./frame.js";
import {type Comparison} from "./sheet.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

type Trade = LedgerRow<"trades">;

/** Compares what each trade says of itself: price, proceeds, costs, gain, days. */
export function checkTrades(frame: Frame): void {
  for (const row of frame.rows.trades) {
    const place = {what: "trades" as const, period: frame.periodAt(row.day)};
    const head = {
      day: row.day,
      item: row.symbol ?? row.conid ?? "",
      holding: holdingKey(row),
      rows: [row.id]
    };
    const lines = [...identities(row), ...dates(row)];
    for (const {of, ours, theirs, tolerance} of lines) {
      const explain = (_: Amount, step: Amount) => frame.changes.explain([row.id], step, tolerance);
      frame.compare(place, {...head, itself: true, of: `Trades.${of}`, ours, theirs, tolerance, explain});
    }
  }
}

type Identity = Pick<Comparison, "of" | "ours" | "theirs" | "tolerance">;

function* identities(row: Trade): Generator<Identity> {
  const {quantity, tradePrice, proceeds, tradeMoney, netCash, closePrice, mtmPnl} = row;
  const {ibCommission, ibCommissionCurrency, taxes, currency, cost, fifoPnlRealized} = row;
  const isForex = row.assetCategory === "CASH";
  // A fund's money may have a load in it, which its price has not.
  const isPriced = row.assetCategory !== "FUND";
  const paid = (ibCommissionCurrency ?? currency) === currency ? (ibCommission ?? 0n) : 0n;
  const costs = paid + (taxes ?? 0n);
  if (proceeds !== null && isPriced) {
    const value = worth(row, quantity, tradePrice);
    if (value !== null) {
      yield {of: "proceeds", ours: -value, theirs: proceeds, tolerance: within(row, tradePrice, proceeds)};
    }
    // A price of 0 is none, but of what expired it is one.
    const isClosed = closePrice || row.notes?.split(";").includes("Ep");
    if (closePrice !== null && isClosed && mtmPnl !== null && !isForex) {
      const closing = worth(row, quantity, closePrice);
      const tolerance = within(row, closePrice, proceeds, mtmPnl);
      if (closing !== null) yield {of: "mtmPnl", ours: closing + proceeds, theirs: mtmPnl, tolerance};
    }
  }
  if (proceeds !== null && tradeMoney !== null) {
    yield {of: "tradeMoney", ours: -proceeds, theirs: tradeMoney, tolerance: fine(proceeds, tradeMoney)};
  }
  if (netCash !== null && proceeds !== null && row.assetCategory !== "BOND" && row.assetCategory !== "BILL") {
    const ours = isForex ? 0n : costs + (isNotional(row) ? 0n : proceeds);
    const tolerance = fine(proceeds, ibCommission, taxes, netCash);
    yield {of: "netCash", ours, theirs: netCash, tolerance};
  }
  // What is booked by exercise or assignment has the premium in its basis (R17).
  if (isForex || cost === null || proceeds === null || row.transactionType === "BookTrade") return;
  const tolerance = fine(proceeds, ibCommission, taxes, cost, fifoPnlRealized);
  if (row.openCloseIndicator === "O" && fifoPnlRealized !== null) {
    yield {of: "fifoPnlRealized, of an opening", ours: 0n, theirs: fifoPnlRealized, tolerance: 0n};
  }
  if (row.openCloseIndicator === "O") yield {of: "cost", ours: -(proceeds + costs), theirs: cost, tolerance};
  if (row.openCloseIndicator === "C" && fifoPnlRealized !== null) {
    yield {of: "fifoPnlRealized", ours: proceeds + costs + cost, theirs: fifoPnlRealized, tolerance};
  }
}

/** Half a unit of the last decimal for each figure. */
function fine(...figures: (Amount | null)[]): Amount {
  return toleranceOf(finenessOf(figures), figures.length);
}

/** The same, and half a unit of the price's last decimal on the whole quantity: a price is printed with four at least. */
function within(row: Trade, price: Amount | null, ...figures: Amount[]): Amount {
  const half = toleranceOf(Math.max(4, finenessOf([price])), 1);
  // Of each figure by its own decimals: London's money is rounded to pence, its price is not.
  const rounding = figures.reduce((sum, figure) => sum + toleranceOf(finenessOf([figure]), 1), 0n);
  return rounding + absolute(worth(row, row.quantity, half) ?? 0n);
}

/** Days in the order in which they come; as days apart, which are compared only where they are out of order. */
function* dates({day, tradeDate, settleDateTarget, dateTime, transactionType}: Trade): Generator<Identity> {
  const days = (from: string, to: string) => BigInt(daysBetween(from, to)) * UNIT;
  const wrong = (of: string, apart: Amount): Identity => ({of, ours: 0n, theirs: apart, tolerance: 0n});
  if (tradeDate && tradeDate > day) yield wrong("tradeDate, after the report date", days(day, tradeDate));
  if (tradeDate && settleDateTarget && settleDateTarget < tradeDate) {
    yield wrong("settleDateTarget, before the trade date", days(tradeDate, settleDateTarget));
  }
  if (!tradeDate || !dateTime) return;
  // Forex and futures trade in the evening for the next day; over a long weekend that is four days.
  const apart = daysBetween(dateTime.slice(0, 10), tradeDate);
  if (apart < 0 || apart > 4) yield wrong("dateTime, away from the trade date", BigInt(apart) * UNIT);
  if (transactionType === "ExchTrade" && daysBetween(tradeDate, day) > 4) {
    yield wrong("reportDate, long after the trade date", days(tradeDate, day));
  }
}
