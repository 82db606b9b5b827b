import {dayNumber} from "../time/day.js";
import {isoDay, upTo} from "./days.js";
import {commoditiesView} from "./futures-curve.js";
import {fxView} from "./fx.js";
import {panelView} from "./panel.js";
import type {MarketStudy} from "./study.js";
import type {OverviewView, WatchlistsView} from "./views.js";
import type {Watchlist} from "./watchlist.js";
import {whatChangedView} from "./what-changed.js";

/** Returns a line for each series of each watchlist, in their order; of one that is not in the lake with the reason. */
export function watchlistsView(study: MarketStudy, watchlists: readonly Watchlist[]): WatchlistsView {
  const {now, reader} = study;
  const lists = watchlists.map(({name, ids}) => ({name, rows: ids.map((id) => study.row(reader.line(id)))}));
  return {now, lists};
}

/** Returns all panels, the watchlists and what changed, and of each source its last day and last pull. */
export function overviewView(study: MarketStudy, watchlists: readonly Watchlist[]): OverviewView {
  return {
    now: study.now,
    rates: panelView(study, "rates"),
    fx: fxView(study),
    equities: panelView(study, "equities"),
    commodities: commoditiesView(study),
    macro: panelView(study, "macro"),
    watchlists: watchlistsView(study, watchlists).lists,
    whatChanged: whatChangedView(study),
    sources: sourcesOf(study)
  };
}

function sourcesOf({set, reader}: MarketStudy): OverviewView["sources"] {
  const today = dayNumber(reader.today);
  return [...Map.groupBy(set.values(), ({source}) => source)].map(([source, series]) => {
    const days = series.map((one) => upTo(one, today).days.at(-1) ?? -Infinity);
    const last = Math.max(...days);
    const pulls = series.map(({pulledAt}) => pulledAt ?? "");
    const pulledAt = pulls.reduce((latest, at) => (at > latest ? at : latest));
    return {source, asOf: Number.isFinite(last) ? isoDay(last) : null, pulledAt: pulledAt || null};
  });
}
