import type {Run} from "../../lib/tasks/run.js";
import {chartCard, type CardOptions} from "../chart-card.js";
import {h} from "../dom.js";
import type {CardState} from "../states.js";
import type {CardContent} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import type {LoadedBars} from "./bars-source.js";
import {isoDay} from "./bars-window.js";

/** Returns a card of what was computed from bars: on its way, failed, or filled. */
export function ranCard<T extends {loaded: LoadedBars; run?: Run | undefined}>(
  watched: Watched<T>,
  title: string,
  fill: (view: T) => CardContent
): HTMLElement {
  if (watched.kind !== "ready") {
    const state: CardState =
      watched.kind === "loading"
        ? watched
        : {kind: "error", what: "This could not be computed.", why: watched.why, retry: watched.retry};
    return chartCard(() => h("p"), {title, finding: "", state});
  }
  const {content, ...options} = fill(watched.view);
  const {loaded, run} = watched.view;
  return chartCard(content, {title, origin: originOf(loaded), run, ...options});
}

/** Returns where figures made of bars are from, and how old the last bar is. */
export function originOf({source, bars, ageDays}: LoadedBars): CardOptions["origin"] {
  const asOf = isoDay(bars.time[bars.time.length - 1]);
  return {source, asOf, age: ageDays < 1 ? "today" : `${ageDays} d`};
}
