import {multiply, type Amount} from "../../money/amount.js";
import {isNotional, ownRate, worth} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

/** Compares what each transfer in kind was worth with its quantity at the day's price, and its value in base with its rate. */
export function checkTransfers(frame: Frame): void {
  for (const row of frame.rows.transfers) {
    const {id, day, symbol, quantity, positionAmount, positionAmountInBase} = row;
    const key = holdingKey(row);
    if (!quantity || key === null || positionAmount === null || isNotional(row)) continue;
    const place = {what: "trades" as const, period: frame.periodAt(day)};
    const head = {day, item: symbol ?? key, holding: key, rows: [id], itself: true as const};
    const mark = frame.marks.on(key, day);
    const value = mark ? worth(row, quantity, mark.price) : null;
    const size = (amount: Amount) => (amount < 0n ? -amount : amount);
    if (value !== null) {
      const tolerance = toleranceOf(2, 1);
      const theirs = size(positionAmount);
      frame.compare(place, {...head, of: "Transfers.positionAmount", ours: size(value), theirs, tolerance});
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
