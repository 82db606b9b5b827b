import {toNumber} from "../../money/amount.js";
import type {OptionTerms} from "../../risk/stress/holding.js";
import {daysBetween} from "../../time/day.js";
import type {Position} from "../exposure.js";
import {lastAtOrBefore} from "../sorted-days.js";
import {marksOf} from "../roll/marks.js";
import {LakeMarks} from "../lake/lake-marks.js";
import {type LakeHoldings, withoutLake} from "../lake/lake-rows.js";
import type {LedgerTables} from "../tables.js";
import type {RiskFree} from "../views.js";

/** Positions that are options. */
export const OPTION_CLASSES: ReadonlySet<string> = new Set(["OPT", "FOP", "FSFOP"]);

/** Longest that a rate of bills is carried. */
const MOST_RATE_AGE = 31;

/** What terms are taken from beside the position. */
export interface TermsContext {
  ledger: LedgerTables;
  lake: LakeHoldings | undefined;
  riskFree: RiskFree | null | undefined;
}

/**
 * Returns the terms that an option is revalued by, and what is not known of it; null for what is no option, or where its
 * right, strike or expiry is not stated. Its underlying's price is the mark or close of the position's day: 0 where there
 * is none, which a revaluation says. A statement does not say the style: it is taken as american.
 */
export function optionTerms(
  row: Position,
  {ledger, lake, riskFree}: TermsContext
): {terms: OptionTerms; notes: string[]} | null {
  const {assetCategory, putCall, strike, expiry, day} = row;
  if (!OPTION_CLASSES.has(assetCategory ?? "") || !putCall || strike === null || expiry === null) return null;
  const isOnFuture = assetCategory !== "OPT";
  const rate = rateAt(riskFree, day);
  const price = underlyingPrice(row, ledger, lake);
  const underlying = row.underlyingSymbol ?? row.symbol?.split(" ")[0] ?? "";
  return {
    terms: {
      right: putCall.startsWith("P") ? "put" : "call",
      style: "american",
      underlying,
      underlyingClass: isOnFuture ? "FUT" : "STK",
      underlyingPrice: price ?? 0,
      on: isOnFuture ? "future" : "spot",
      strike: toNumber(strike),
      years: daysBetween(day, expiry) / 365,
      mark: row.markPrice === null ? 0 : toNumber(row.markPrice),
      rate: rate ?? 0
    },
    notes: [
      ...(price === null
        ? [`no price of ${underlying} on ${day}: neither a statement nor the lake has it`]
        : []),
      ...(rate === null ? ["no yield of bills: its rate is taken as 0"] : [])
    ]
  };
}

function underlyingPrice(
  {underlyingConid, underlyingSymbol, currency, day}: Position,
  ledger: LedgerTables,
  lake: LakeHoldings | undefined
): number | null {
  const stated = underlyingConid === null ? null : marksOf(withoutLake(ledger)).holding(underlyingConid, day);
  if (stated) return toNumber(stated.price);
  const closes = new LakeMarks([...(lake?.closes ?? []), ...(ledger.lake?.rows.marks ?? [])]);
  const close = closes.holding({symbol: underlyingSymbol, currency, assetCategory: "STK"}, day);
  return close && toNumber(close.price);
}

/** Continuously compounded, of the last yield at or before the day, if it is not too old. */
function rateAt(riskFree: RiskFree | null | undefined, day: string): number | null {
  if (!riskFree) return null;
  const days = riskFree.yields.map(([at]) => at);
  const i = lastAtOrBefore(days, day);
  if (i < 0 || daysBetween(days[i], day) > MOST_RATE_AGE) return null;
  return Math.log1p(riskFree.yields[i][1] / 100);
}
