import {UNIT, multiply} from "../../money/amount.js";
import {addDays} from "../../time/day.js";
import {holdingKey} from "../movements/holding.js";
import type {LedgerRow} from "../tables.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

type Row = LedgerRow<"dividend_accruals"> | LedgerRow<"dividend_changes">;

/** Compares what each dividend accrual says of itself: net = gross - tax - fee, gross = quantity x rate, and its quantity with what was held before the ex-date. */
export function checkAccrualRows(frame: Frame): void {
  const {dividend_accruals, dividend_changes} = frame.rows;
  for (const row of dividend_accruals) checkRow(frame, row, "OpenDividendAccruals");
  for (const row of dividend_changes) checkRow(frame, row, "ChangeInDividendAccruals");
}

function checkRow(frame: Frame, row: Row, section: string): void {
  const {id, day, quantity, grossRate, grossAmount, netAmount, tax, fee, exDate} = row;
  const key = holdingKey(row);
  const place = {what: "dividends" as const, period: frame.periodAt(day)};
  const head = {day, item: row.symbol ?? key ?? "", holding: key, rows: [id]};
  if (grossAmount !== null && netAmount !== null && tax !== null) {
    const parts = [grossAmount, tax, fee ?? 0n];
    frame.compare(place, {
      ...head,
      of: `${section}.netAmount`,
      itself: true,
      ours: grossAmount - tax - (fee ?? 0n),
      theirs: netAmount,
      tolerance: toleranceOf(finenessOf([...parts, netAmount]), 4)
    });
  }
  if (quantity !== null && grossRate && grossAmount !== null) {
    // A short position owes; what is taken back ("Re") has the other sign.
    const sign = "code" in row && row.code === "Re" ? -1n : 1n;
    // Money is rounded to the currency's unit: yen have no decimals.
    const whole = row.currency === "JPY" || row.currency === "KRW" ? UNIT / 2n : 0n;
    const tolerance = toleranceOf(2, 1) + whole;
    frame.compare(place, {
      ...head,
      of: `${section}.grossAmount`,
      ours: sign * multiply(quantity, grossRate),
      theirs: grossAmount,
      tolerance
    });
  }
  if (key === null || quantity === null || !exDate) return;
  const before = addDays(exDate, -1);
  const opening = frame.roll.holdings.openingOf(before);
  // Shares that came with their accrual, and those of a stock by another name, were not held here on that day.
  const moved = frame.movements.some(
    ({holding, kind, day: then}) => holding === key && kind !== "trade" && kind !== "cash" && then >= exDate
  );
  if (!opening || moved) return;
  const ours = frame.roll.holdings.at(key, before);
  frame.compare(place, {...head, of: `${section}.quantity`, ours, theirs: quantity, tolerance: 0n});
}
