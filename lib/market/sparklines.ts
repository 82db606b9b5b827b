import {sparkline} from "./row.js";
import type {MarketStudy} from "./study.js";
import {UNIVERSE} from "./universe.js";
import type {SparklinesView} from "./views.js";

/**
 * Returns the last thirty values of many rows at once, in the order asked for.
 *
 * @param ids of rows, or of any series in the lake; every row that stands somewhere when left out
 */
export function sparklinesView(study: MarketStudy, ids?: readonly string[]): SparklinesView {
  const asked = ids ?? UNIVERSE.filter(({panel}) => panel !== "input").map(({id}) => id);
  return {
    now: study.now,
    sparklines: asked.map((id) => {
      const {series, reason} = study.reader.find(id);
      return {id, points: series ? sparkline(series) : [], reason};
    })
  };
}
