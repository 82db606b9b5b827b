import type {Place} from "./instrument.js";
import type {MarketStudy} from "./study.js";
import {UNIVERSE} from "./universe.js";
import type {MarketGroup, Panel, PanelView} from "./views.js";

const PLACES = Map.groupBy(UNIVERSE, ({panel}) => panel);

/** Returns the lines of a place under their headings, in the universe's order. */
export function groupsOf(study: MarketStudy, place: Place): MarketGroup[] {
  const groups = Map.groupBy(PLACES.get(place) ?? [], ({group}) => group);
  return [...groups].map(([label, lines]) => ({label, rows: lines.map((line) => study.row(line))}));
}

/** Returns a panel; a line whose series is not in the lake stands in it with the reason. */
export function panelView(study: MarketStudy, panel: Panel): PanelView {
  return {now: study.now, groups: groupsOf(study, panel)};
}
