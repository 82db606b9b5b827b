/** Every view of a ledger, made once: page, API, command line, alert and report call these and nothing else. */
import {activityView} from "./activity.js";
import {attributionView} from "./attribution/attribution.js";
import {brinsonView, type BrinsonQuery, type BrinsonView} from "./attribution/brinson-view.js";
import type {AttributionQuery, AttributionView} from "./attribution/attribution-view.js";
import {navBridgeView} from "./bridge-range/nav-bridge.js";
import type {NavBridgeView} from "./bridge-range/nav-bridge-view.js";
import type {CampaignsQuery, CampaignsView} from "./campaigns/campaign.js";
import {campaignsView} from "./campaigns/campaigns.js";
import {costsView, type CostsView} from "./costs/costs.js";
import {ownFillsView, type OwnFillsQuery, type OwnFillsView} from "./costs/own-fills.js";
import {gainsView} from "./gains/gains.js";
import type {GainsQuery, GainsView} from "./gains/gains-view.js";
import {incomeView, type IncomeView} from "./income/income.js";
import {lotsView, type LotsQuery, type LotsView} from "./lots/lots-view.js";
import {optionsView, type OptionsView} from "./options/options.js";
import {tradesView} from "./trades-view.js";
import {twinView, type TwinQuery, type TwinView} from "./twin/twin.js";
import {benchmarkView, performanceView} from "./performance.js";
import {healthView} from "./health.js";
import {holdingsView} from "./holdings/holdings.js";
import type {HoldingsView} from "./holdings/view.js";
import {withLake} from "./lake/with-lake.js";
import {pnlSeriesView, pnlView} from "./pnl.js";
import {positionTotals, positionRows} from "./positions.js";
import {ofProfile, type RiskQuery} from "./risk-profile.js";
import type {ReconciliationView} from "./reconcile/check.js";
import {reconciliationView} from "./reconcile/view.js";
import {rollingView, type RollingQuery, type RollingView} from "./rolling-view.js";
import {createStudies} from "./study.js";
import {summaryView} from "./summary.js";
import {tearSheetView, type TearSheetView} from "./tear-sheet/tear-sheet.js";
import type {LedgerTables} from "./tables.js";
import type {
  ActivityView,
  BenchmarkView,
  HealthView,
  PerformanceView,
  PnlSeriesView,
  PnlView,
  PositionsView,
  SummaryView,
  TradesQuery,
  TradesView,
  ViewContext,
  ViewQuery
} from "./views.js";

export interface Figures {
  summary(query: ViewQuery): SummaryView;
  positions(query: ViewQuery): PositionsView;
  pnl(query: ViewQuery): PnlView;
  pnlSeries(query: ViewQuery): PnlSeriesView;
  performance(query: RiskQuery): PerformanceView;
  trades(query: TradesQuery): TradesView;
  activity(query: ViewQuery): ActivityView;
  attribution(query: AttributionQuery): AttributionView;
  brinson(query: BrinsonQuery): BrinsonView;
  navBridge(query: ViewQuery): NavBridgeView;
  rolling(query: RollingQuery): RollingView;
  tearSheet(query: RiskQuery): TearSheetView;
  benchmark(query: RiskQuery): BenchmarkView;
  health(query: ViewQuery): HealthView;
  holdings(query: ViewQuery): HoldingsView;
  costs(query: ViewQuery): CostsView;
  ownFills(query: OwnFillsQuery): OwnFillsView;
  income(query: ViewQuery): IncomeView;
  options(query: ViewQuery): OptionsView;
  campaigns(query: CampaignsQuery): CampaignsView;
  twin(query: TwinQuery): TwinView;
  reconciliation(query: ViewQuery): ReconciliationView;
  lots(query: LotsQuery): LotsView;
  gains(query: GainsQuery): GainsView;
}

/** Views that need all days of positions and the heavy tables; the others are the same with or without them. */
export const NEEDS_ALL: ReadonlySet<keyof Figures> = new Set<keyof Figures>([
  "attribution",
  "brinson",
  "tearSheet",
  "holdings",
  "reconciliation",
  "lots",
  "gains",
  "twin"
]);

/**
 * Returns the views of one ledger.
 * @param rows merged rows of all accounts that may be asked for
 * @param context what is not in the rows: now, benchmark, sectors, changes, what the lake says where they are silent
 */
export function createFigures(rows: LedgerTables, context: ViewContext): Figures {
  const ledger = withLake(rows, context.lake);
  const study = createStudies(ledger, context);
  return {
    summary: (query) => summaryView(study(query)),
    positions(query) {
      const {series, scope} = study(query);
      const rows = positionRows(ledger, series, context);
      return {scope, rows, totals: positionTotals(rows)};
    },
    pnl: (query) => pnlView(study(query)),
    pnlSeries: (query) => pnlSeriesView(study(query)),
    performance: (query) => performanceView(study(ofProfile(query)), query, study),
    trades: (query) => tradesView(study(query), query),
    activity: (query) => activityView(study(query)),
    attribution: (query) => attributionView(study(ofProfile(query)), query, study),
    brinson: (query) => brinsonView(study(ofProfile(query)), query, study),
    navBridge: (query) => navBridgeView(study(query)),
    rolling: (query) => rollingView(study(ofProfile(query)), query),
    tearSheet: (query) => tearSheetView(study(ofProfile(query)), query, study),
    benchmark: (query) => benchmarkView(study(ofProfile(query)), query, study),
    health: (query) => healthView(study(query)),
    holdings: (query) => holdingsView(study(query)),
    costs: (query) => costsView(study(query)),
    ownFills: (query) => ownFillsView(study(query), query),
    income: (query) => incomeView(study(query)),
    options: (query) => optionsView(study(query)),
    campaigns: (query) => campaignsView(study(query), query),
    twin: (query) => twinView(study(query), query),
    reconciliation: (query) => reconciliationView(study(query)),
    lots: (query) => lotsView(study(query), query),
    gains: (query) => gainsView(study(query), query)
  };
}
