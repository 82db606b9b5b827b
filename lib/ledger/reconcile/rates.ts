import type {Amount} from "../../money/amount.js";
import {ownRate} from "../exposure.js";
import {ratesOf} from "../rates.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

/** Compares the rate to base that each row carries with ConversionRates of its day: once for each day, currency and rate. */
export function checkRates(frame: Frame): void {
  const {
    trades,
    cash,
    positions,
    corporate_actions,
    transfers,
    charges,
    dividend_accruals,
    dividend_changes
  } = frame.rows;
  const rates = ratesOf(frame.ledger);
  const seen = new Map<string, Set<Amount>>();
  for (const rows of [
    positions,
    trades,
    cash,
    corporate_actions,
    transfers,
    charges,
    dividend_accruals,
    dividend_changes
  ]) {
    for (const row of rows) {
      const {day, currency, id} = row;
      const theirs = ownRate(row);
      if (!currency || theirs === null) continue;
      const key = `${day}/${currency}`;
      const known = seen.get(key);
      if (known?.has(theirs)) continue;
      if (known) known.add(theirs);
      else seen.set(key, new Set([theirs]));
      const base = frame.base(day);
      const rate = base ? rates.find(currency, base, day) : null;
      if (!rate || rate.ageDays) continue;
      const tolerance = toleranceOf(Math.max(5, finenessOf([theirs, rate.rate])), 2);
      frame.compare(
        {what: "rates", period: frame.periodAt(day)},
        {day, item: currency, of: "fxRateToBase", ours: rate.rate, theirs, tolerance, rows: [id]}
      );
    }
  }
}
