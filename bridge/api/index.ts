/** Every operation under /api, in the order of the document. */
import {exportAll, restore} from "./archive.js";
import {summary} from "./account.js";
import {accounts} from "./accounts.js";
import {analytics} from "./analytics.js";
import {attribution} from "./attribution.js";
import {backtest, backtests, submitBacktest, submitLadder, submitSweep} from "./backtests.js";
import {campaigns, twin} from "./campaigns.js";
import {changes} from "./changes.js";
import {context} from "./context.js";
import {contracts} from "./contracts.js";
import {costs, ownFills} from "./costs.js";
import {catalog, dataProblems, datasetSymbols, repair, verify} from "./data.js";
import {importCsv} from "./data-import.js";
import {dataPart, dataParts} from "./data-parts.js";
import {dataQuery} from "./data-query.js";
import type {Endpoint} from "./endpoint.js";
import {fetchAllReports, fetchData, flexStatus} from "./flex.js";
import {gains} from "./gains.js";
import {detailedHealth, health} from "./health.js";
import {importFile, imports, undoImport} from "./imports.js";
import {cancelJob, job, jobs} from "./jobs.js";
import {income} from "./income.js";
import {journal, verifyJournal} from "./journal.js";
import {killEverything, killSwitch} from "./kill-switch.js";
import {ledger} from "./ledger.js";
import {liveNav} from "./live-nav.js";
import {lots} from "./lots.js";
import {marketSeries, marketViews, putWatchlists, watchlists} from "./market.js";
import {navBridge} from "./nav-bridge.js";
import {benchmark, performance, rolling} from "./performance.js";
import {cancelOrder, fills, order, orders, preview, settleOrder, submit} from "./orders.js";
import {options} from "./options.js";
import {resetPaper} from "./paper.js";
import {pnl, pnlSeries} from "./pnl.js";
import {positions} from "./positions.js";
import {pull, pulls, pullStatus, updateAll, vendors} from "./pulls.js";
import {rebalance} from "./rebalance.js";
import {reconciliation} from "./reconciliation.js";
import {acknowledge, confirmLive, putLimits, putState, reconcileAgain, risk} from "./risk.js";
import {provenance} from "./rows.js";
import {compare, removeRun, run, runs} from "./runs.js";
import {session} from "./session.js";
import {strategyRun, strategyRuns} from "./strategy-runs.js";
import {putRules, putTag, removeTag, tags} from "./tags.js";
import {tearSheet} from "./tear-sheet.js";
import {trades} from "./trades.js";

export const endpoints: readonly Endpoint[] = [
  summary,
  positions,
  lots,
  gains,
  options,
  trades,
  pnl,
  pnlSeries,
  liveNav,
  performance,
  benchmark,
  attribution,
  navBridge,
  reconciliation,
  rolling,
  tearSheet,
  campaigns,
  twin,
  costs,
  ownFills,
  income,
  accounts,
  context,
  ledger,
  provenance,
  changes,
  tags,
  putTag,
  removeTag,
  putRules,
  orders,
  submit,
  preview,
  order,
  cancelOrder,
  settleOrder,
  fills,
  contracts,
  risk,
  putLimits,
  putState,
  killSwitch,
  killEverything,
  rebalance,
  strategyRuns,
  strategyRun,
  reconcileAgain,
  acknowledge,
  confirmLive,
  resetPaper,
  journal,
  verifyJournal,
  importFile,
  imports,
  undoImport,
  exportAll,
  restore,
  fetchData,
  flexStatus,
  fetchAllReports,
  ...marketViews,
  watchlists,
  putWatchlists,
  catalog,
  datasetSymbols,
  dataQuery,
  dataParts,
  dataPart,
  marketSeries,
  dataProblems,
  vendors,
  pull,
  pullStatus,
  updateAll,
  pulls,
  importCsv,
  verify,
  repair,
  backtests,
  submitBacktest,
  submitLadder,
  submitSweep,
  backtest,
  ...analytics,
  runs,
  run,
  removeRun,
  compare,
  jobs,
  job,
  cancelJob,
  session,
  health,
  detailedHealth
];
