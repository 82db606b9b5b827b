import type {Amount} from "../../money/amount.js";
import {UNIT} from "../../money/amount.js";
import {ratesOf} from "../rates.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

/**
 * Compares the rate to base that each row carries with ConversionRates of its day, once for each day, currency and rate;
 * and ConversionRates of this account with those of the others.
 */
export function checkRates(frame: Frame): void {
  const {rows} = frame;
  const rates = ratesOf(frame.ledger);
  const seen = new Map<string, Set<Amount>>();
  const compare = (
    day: string,
    from: string | null,
    to: string | null,
    of: string,
    theirs: Amount | null,
    id: string
  ) => {
    if (!from || !to || from === to || !theirs || theirs === -UNIT) return;
    const key = `${day}/${from}/${of}`;
    const known = seen.get(key);
    if (known?.has(theirs)) return;
    if (known) known.add(theirs);
    else seen.set(key, new Set([theirs]));
    const rate = rates.find(from, to, day);
    if (!rate || rate.ageDays) return;
    const tolerance = toleranceOf(Math.max(5, finenessOf([theirs, rate.rate])), 2);
    const line = {day, item: from, of, ours: rate.rate, theirs, tolerance, rows: [id], itself: true as const};
    frame.compare({what: "rates", period: frame.periodAt(day)}, line);
  };
  for (const {day, fromCurrency, toCurrency, rate, id} of rows.rates) {
    compare(day, fromCurrency, toCurrency, "ConversionRates.rate", rate, id);
  }
  const {positions, lots, trades, closed_lots, cash, corporate_actions, transfers, charges} = rows;
  const {dividend_accruals, dividend_changes} = rows;
  for (const list of [
    positions,
    lots,
    trades,
    closed_lots,
    cash,
    corporate_actions,
    transfers,
    charges,
    dividend_accruals,
    dividend_changes
  ]) {
    for (const {day, currency, fxRateToBase, id} of list) {
      const base = frame.base(day);
      if (currency === base && fxRateToBase && fxRateToBase !== UNIT && fxRateToBase !== -UNIT) {
        const line = {
          day,
          item: currency ?? "",
          of: "fxRateToBase",
          ours: UNIT,
          theirs: fxRateToBase,
          tolerance: 0n,
          rows: [id]
        };
        frame.compare({what: "rates", period: frame.periodAt(day)}, {...line, itself: true});
      } else compare(day, currency, base, "fxRateToBase", fxRateToBase, id);
    }
  }
}
