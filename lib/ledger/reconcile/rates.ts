import {UNIT, type Amount, absolute} from "../../money/amount.js";
import {ratesOf} from "../rates.js";
import type {Frame} from "./frame.js";
import type {Reason} from "./check.js";
import {type Comparison} from "./sheet.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

interface RatedRow {
  id: string;
  day: string;
  currency: string | null;
  fxRateToBase: Amount | null;
}

/**
 * Compares the rate to base that each row carries with ConversionRates of its day, once for each day, currency and rate;
 * and ConversionRates of this account with those of the others.
 */
export function checkRates(frame: Frame): void {
  const {rows} = frame;
  const {positions, lots, trades, closed_lots, cash, corporate_actions, transfers, charges} = rows;
  const {dividend_accruals, dividend_changes} = rows;
  compareAll(
    frame,
    "ConversionRates.rate",
    rows.rates.map(({id, day, fromCurrency, toCurrency, rate}) => ({
      row: {id, day, currency: fromCurrency, fxRateToBase: rate},
      to: toCurrency
    }))
  );
  const own: readonly (readonly RatedRow[])[] = [
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
  ];
  compareAll(
    frame,
    "fxRateToBase",
    own.flatMap((list) => list.map((row) => ({row, to: frame.base(row.day)})))
  );
}

function compareAll(frame: Frame, of: string, rated: readonly {row: RatedRow; to: string | null}[]): void {
  const rates = ratesOf(frame.ledger);
  const seen = new Map<string, Set<Amount>>();
  const lines: (Comparison & {ours: Amount; theirs: Amount})[] = [];
  for (const {row, to} of rated) {
    const {day, currency, fxRateToBase: theirs, id} = row;
    // IBKR prints 0 or -1 for "no rate".
    if (!currency || !to || !theirs || (theirs === -UNIT && currency !== to)) continue;
    const key = `${day}/${currency}`;
    const known = seen.get(key);
    if (known?.has(theirs)) continue;
    if (known) known.add(theirs);
    else seen.set(key, new Set([theirs]));
    const rate = currency === to ? {rate: UNIT, ageDays: 0} : rates.find(currency, to, day);
    if (!rate || rate.ageDays) continue;
    const tolerance = toleranceOf(Math.max(5, finenessOf([theirs, rate.rate])), 2);
    lines.push({day, item: currency, of, ours: rate.rate, theirs, tolerance, rows: [id], itself: true});
  }
  const wrong = lines.filter(({ours, theirs, tolerance}) => absolute(ours - theirs) > tolerance).length;
  // A slip is one of many: where most are off, the statement speaks of another base, or of other rates.
  const unsure: Reason | null =
    wrong * 2 > lines.length
      ? {
          code: "contradiction",
          sentence: `the statements of ${frame.account} contradict themselves: ${wrong} of the ${lines.length} rates that their rows carry are not those of their days: tick Account Information (Currency) and Conversion Rates, and import them again`
        }
      : null;
  for (const line of lines) {
    frame.compare({what: "rates", period: frame.periodAt(line.day)}, {...line, unsure});
  }
}
