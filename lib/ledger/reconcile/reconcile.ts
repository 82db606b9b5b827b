import {accountsOf} from "../account-nav.js";
import {withoutLake} from "../lake/lake-rows.js";
import type {LedgerTables} from "../tables.js";
import type {ViewContext} from "../views.js";
import {checkBalanceRows} from "./balance-rows.js";
import {checkCash} from "./cash.js";
import {checkChangeInNav} from "./change-in-nav.js";
import {Changes} from "./changes.js";
import type {Check} from "./check.js";
import {checkAccrualRows} from "./accruals.js";
import {checkClosedLots} from "./closed-lots.js";
import {checkCost} from "./cost.js";
import {checkDividends} from "./dividends.js";
import {Frame} from "./frame.js";
import {checkFunds} from "./funds.js";
import {checkInstrumentRows} from "./instrument-rows.js";
import {checkInterest} from "./interest.js";
import {checkMarks} from "./marks.js";
import {checkMtm} from "./mtm.js";
import {checkNav} from "./nav.js";
import {checkPortfolioAnalyst, reportedAlone} from "./portfolio-analyst.js";
import {checkPositions} from "./positions.js";
import {checkPresence} from "./presence.js";
import {checkRates} from "./rates.js";
import {Sheet} from "./sheet.js";
import {checkRealized} from "./realized.js";
import {checkStatement} from "./statement.js";
import {checkTransfers} from "./transfers.js";
import {checkTrades} from "./trades.js";

/** What is compared, the parts of a state before the sums whose differences follow from theirs. */
const CHECKS: readonly ((frame: Frame) => void)[] = [
  checkCash,
  checkPositions,
  checkDividends,
  checkInterest,
  checkAccrualRows,
  checkFunds,
  checkMarks,
  checkRates,
  checkNav,
  checkChangeInNav,
  checkMtm,
  checkRealized,
  checkCost,
  checkClosedLots,
  checkTrades,
  checkTransfers,
  checkPresence,
  checkInstrumentRows,
  checkBalanceRows,
  checkStatement,
  checkPortfolioAnalyst
];

/**
 * Compares ours with IBKR's figures, account by account: ours is rolled from each statement's opening figures by movements
 * alone (see lib/ledger/roll), and shares with theirs but those, the prices and the rates. Of the lake only what net asset
 * value lacks is taken: ours then agrees with it, or is as little known as before.
 * @param ledger with all days of positions and the heavy tables
 * @param context what IBKR changed and where files contradict each other
 * @returns by account, period and thing
 */
export function reconcile(ledger: LedgerTables, {changes}: Pick<ViewContext, "changes">): Check[] {
  const sheet = new Sheet();
  const known = new Changes(changes);
  for (const account of accountsOf(withoutLake(ledger))) {
    const frame = new Frame(ledger, account, {sheet, changes: known});
    for (const check of CHECKS) check(frame);
  }
  reportedAlone(withoutLake(ledger), sheet);
  return sheet.checks();
}
