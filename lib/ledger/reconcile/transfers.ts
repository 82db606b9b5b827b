import {absolute, multiply} from "../../money/amount.js";
import {isNotional, ownRate, worth} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

/** Compares what each transfer in kind was worth with its quantity at the day's price, and its value in base with its rate. */
export function checkTransfers(frame: Frame): void {
  checkMoved(frame);
  for (const row of frame.rows.transfers) {
    const {id, day, symbol, quantity, positionAmount, positionAmountInBase} = row;
    const key = holdingKey(row);
    if (!quantity || key === null || positionAmount === null || isNotional(row)) continue;
    const place = {what: "trades" as const, period: frame.periodAt(day)};
    const head = {day, item: symbol ?? key, holding: key, rows: [id], itself: true as const};
    const mark = frame.marks.on(key, day);
    const value = mark ? worth(row, quantity, mark.price) : null;
    if (value !== null) {
      const tolerance = toleranceOf(2, 1);
      const theirs = absolute(positionAmount);
      frame.compare(place, {
        ...head,
        of: "Transfers.positionAmount",
        ours: absolute(value),
        theirs,
        tolerance
      });
    }
    const rate = ownRate(row);
    if (positionAmountInBase === null || rate === null) continue;
    const tolerance = toleranceOf(finenessOf([positionAmount, positionAmountInBase]), 2);
    const ours = multiply(positionAmount, rate);
    frame.compare(place, {
      ...head,
      of: "Transfers.positionAmountInBase",
      ours,
      theirs: positionAmountInBase,
      tolerance
    });
  }
}

/**
 * Compares what moved on a day of transfers with the quantities that the day's mark-to-market begins and ends with: where it
 * says no gain or cost of a trade, the instrument was transferred.
 */
function checkMoved(frame: Frame): void {
  const days = new Set(frame.rows.transfers.filter(({quantity}) => quantity).map(({day}) => day));
  for (const {id, fromDate, toDate, ...row} of frame.rows.mtm) {
    const {prevCloseQuantity: before, closeQuantity: after, transactionMtm, commissions} = row;
    const key = row.assetCategory === "CASH" ? null : holdingKey(row);
    const isOfDay = toDate && fromDate === toDate && days.has(toDate);
    if (key === null || !isOfDay || before === null || after === null) continue;
    if (transactionMtm !== 0n || commissions !== 0n || before === after) continue;
    const moved = frame.movementsOn(toDate).filter(({holding}) => holding === key);
    frame.compare(
      {what: "positions", period: frame.periodAt(toDate)},
      {
        day: toDate,
        item: row.symbol ?? key,
        holding: key,
        of: "MTMPerformanceSummary.closeQuantity - prevCloseQuantity, on a day of transfers",
        itself: true,
        ours: moved.reduce((sum, {quantity}) => sum + quantity, 0n),
        theirs: after - before,
        tolerance: 0n,
        rows: [...moved.map((one) => one.id), id]
      }
    );
  }
}
