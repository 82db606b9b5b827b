import type {ExposureRow} from "../../lib/market/views.js";
import type {Watched} from "../watch-view.js";

/** What the accounts hold that moves with a row, by the row's id. */
export type Exposures = ReadonlyMap<string, ExposureRow>;

/** Returns exposures by the row they belong to; none while they are on their way or cannot be computed. */
export function exposuresOf(watched: Watched<{rows: readonly ExposureRow[]}>): Exposures {
  return new Map(watched.kind === "ready" ? watched.view.rows.map((row) => [row.id, row]) : []);
}
