import type {Amount} from "../../money/amount.js";
import {holdingKey} from "../movements/holding.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

interface Price {
  key: string | null;
  day: string;
  price: Amount | null;
  of: string;
  id: string;
}

/** Compares the prices of a holding's day that several sections state; the first of them is the one that ours uses. */
export function checkMarks(frame: Frame): void {
  for (const {key, day, price, of, id} of pricesOf(frame)) {
    const used = key === null ? undefined : frame.marks.on(key, day);
    if (!used || !price || used.source === of) continue;
    frame.compare(
      {what: "marks", period: frame.periodAt(day)},
      {
        day,
        item: frame.symbol(key!),
        holding: key,
        of,
        itself: true,
        ours: used.price,
        theirs: price,
        // Prices are printed with four decimals at least.
        tolerance: toleranceOf(Math.max(4, finenessOf([used.price, price])), 2),
        rows: [id]
      }
    );
  }
}

function* pricesOf(frame: Frame): Generator<Price> {
  const {mtm, trades, prior_positions, corporate_actions} = frame.rows;
  for (const row of prior_positions) {
    const {id, day, date, price} = row;
    yield {key: holdingKey(row), day: date ?? day, price, of: "PriorPeriodPositions.price", id};
  }
  // A split changes what the price of the day before is stated as.
  const changed = new Set(corporate_actions.map((row) => `${row.day}/${holdingKey(row)}`));
  for (const row of mtm) {
    const {id, day, fromDate, toDate, closePrice, prevClosePrice} = row;
    if (row.assetCategory === "CASH") continue;
    const key = holdingKey(row);
    yield {key, day: toDate ?? day, price: closePrice, of: "MTMPerformanceSummary.closePrice", id};
    if (!fromDate || (changed.size && changed.has(`${fromDate}/${key}`))) continue;
    const of = "MTMPerformanceSummary.prevClosePrice";
    yield {key, day: frame.dayBefore(fromDate), price: prevClosePrice, of, id};
  }
  for (const row of trades) {
    const {id, day, closePrice, assetCategory} = row;
    if (assetCategory === "CASH") continue;
    yield {key: holdingKey(row), day, price: closePrice, of: "Trades.closePrice", id};
  }
}
