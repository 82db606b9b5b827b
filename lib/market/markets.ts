import {centralBanksView} from "./central-banks.js";
import {curvesView} from "./curves.js";
import {exposureView, type Holdings} from "./exposure.js";
import {fedLiquidityView} from "./fed-liquidity.js";
import {commoditiesView} from "./futures-curve.js";
import {fxView} from "./fx.js";
import {historyView} from "./history.js";
import type {MeetingEdit} from "./meetings.js";
import {overviewView, watchlistsView} from "./overview.js";
import {panelView} from "./panel.js";
import type {MarketSet} from "./series.js";
import {sparklinesView} from "./sparklines.js";
import {studyMarkets} from "./study.js";
import type {
  CentralBanksView,
  CommoditiesView,
  CurvesView,
  ExposureView,
  FedLiquidityView,
  FxView,
  HistoryView,
  OverviewView,
  PanelView,
  SparklinesView,
  WatchlistsView,
  WhatChangedView
} from "./views.js";
import type {Watchlist} from "./watchlist.js";
import {whatChangedView} from "./what-changed.js";

/** What the views of Markets are made with, beside the series. */
export interface MarketContext {
  /** Values of later days are not seen. */
  now: Date;
  /** The person's own meetings, over those that are shipped. */
  meetings: readonly MeetingEdit[];
  watchlists: readonly Watchlist[];
  /** What the accounts hold; null where no ledger is at hand. */
  holdings: Holdings | null;
}

/** The figures of Markets, a function a view. All are JSON-safe. */
export interface Markets {
  overview(): OverviewView;
  rates(): PanelView;
  fx(): FxView;
  equities(): PanelView;
  commodities(): CommoditiesView;
  macro(): PanelView;
  whatChanged(): WhatChangedView;
  curves(): CurvesView;
  fedLiquidity(): FedLiquidityView;
  cbMeetings(): CentralBanksView;
  /** @param ids of rows or series; every row when left out */
  sparklines(ids?: readonly string[]): SparklinesView;
  /** @param days calendar days before the last value; a year when left out */
  historical(symbol: string, days?: number): HistoryView;
  exposure(): ExposureView;
  watchlists(): WatchlistsView;
}

/**
 * Returns the figures of Markets of a set of series as of now. What two views share is made once.
 *
 * @param set what the lake holds of what Markets asks for (`marketSymbols`), and of watchlists; may be empty: rows then
 *   say what to pull
 */
export function createMarkets(set: MarketSet, context: MarketContext): Markets {
  const study = studyMarkets(set, context.now);
  const {meetings, watchlists, holdings} = context;
  return {
    overview: () => overviewView(study, watchlists),
    rates: () => panelView(study, "rates"),
    fx: () => fxView(study),
    equities: () => panelView(study, "equities"),
    commodities: () => commoditiesView(study),
    macro: () => panelView(study, "macro"),
    whatChanged: () => whatChangedView(study),
    curves: () => curvesView(study),
    fedLiquidity: () => fedLiquidityView(study),
    cbMeetings: () => centralBanksView(study, meetings),
    sparklines: (ids) => sparklinesView(study, ids),
    historical: (symbol, days = 365) => historyView(study, symbol, days),
    exposure: () => exposureView(study, holdings, watchlists),
    watchlists: () => watchlistsView(study, watchlists)
  };
}
