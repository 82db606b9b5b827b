import {toNumber} from "../money/amount.js";
import {figure, unavailable, type Figure} from "../returns/figure.js";
import {modifiedDietz} from "../returns/money-weighted.js";
import {chain} from "../returns/time-weighted.js";
import type {Study} from "./study.js";
import type {Comparison, ViewQuery} from "./views.js";

/** PortfolioAnalyst's section and column of the return over its period. */
const SECTION = "key statistics";
const COLUMN = "cumulativereturn";

const letters = (text: string | null) => (text ?? "").toLowerCase().replace(/[^a-z]/g, "");

/**
 * Returns what PortfolioAnalyst reports of each period beside what the same account and days make here, by its own
 * conventions: flows at day end; money-weighted by Modified Dietz.
 *
 * @param of makes the study of a report's account and days
 */
export function comparisons({ledger, series}: Study, of: (query: ViewQuery) => Study): Comparison[] {
  const accounts = new Set(series.accounts);
  return ledger.reported.flatMap((row): Comparison[] => {
    const {account, fromDate, toDate, value, currency} = row;
    const isReturn = row.of?.toLowerCase().startsWith(SECTION) && letters(row.figure) === COLUMN;
    if (!isReturn || !accounts.has(account) || !fromDate || !toDate || value === null || fromDate > toDate)
      return [];
    const measure = row.measure ?? "TWR";
    const study = of({
      accounts: [account],
      range: "custom",
      from: fromDate,
      to: toDate,
      convention: "ibkr",
      ...(currency && {currency})
    });
    const ours = oursOf(study, measure, toDate);
    const theirs = toNumber(value) / 100;
    return [
      {
        account,
        from: fromDate,
        to: toDate,
        measure,
        currency,
        ours,
        theirs,
        difference: ours.value === null ? ours : figure(ours.value - theirs)
      }
    ];
  });
}

function oursOf(
  {series, nav, inflow, outflow, daily, span, nothing}: Study,
  measure: string,
  to: string
): Figure {
  if (!span) return unavailable(nothing);
  if (span.toDay < to && span.to === series.days.length - 1)
    return unavailable(`the values end ${span.toDay}`);
  const {value, reason} =
    measure === "MWR" ? modifiedDietz(series.days, nav, inflow, outflow, span) : chain(daily.ibkr, span);
  return value === null ? unavailable(reason ?? "it cannot be computed") : {value};
}
