import {chartCard, type CardOptions} from "../chart-card.js";
import {h} from "../dom.js";
import type {CardContent} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns a card of a view of Markets: in waiting, failed, without any series, or filled. */
export function marketCard<V extends {now: string}>(
  watched: Watched<V>,
  title: string,
  fill: (view: V) => CardContent & {
    /** Latest day that a figure of the card is of, and from whom; null where there is none. */
    asOf: {day: string; source: string} | null;
    /** Why the card has nothing; null where it has. */
    reason?: string | null;
  }
): HTMLElement {
  if (watched.kind !== "ready") {
    const state: CardOptions["state"] =
      watched.kind === "loading"
        ? watched
        : {kind: "error", what: "This could not be computed.", why: watched.why, retry: watched.retry};
    return chartCard(() => h("p"), {title, finding: "", state});
  }
  const {content, asOf, reason = null, ...options} = fill(watched.view);
  if (reason !== null) {
    const action = {label: "Pull it on the Data page", href: "/data#lake"};
    return chartCard(() => h("p"), {
      title,
      finding: reason,
      state: {kind: "empty", sentence: reason, action}
    });
  }
  const origin = asOf && {source: asOf.source, asOf: asOf.day, age: ageOf(asOf.day, watched.view.now)};
  return chartCard(content, {title, origin, ...options});
}

/** Returns how many calendar days a day lies before now: "today", "3 d". */
export function ageOf(day: string, now: string): string {
  const days = Math.floor((Date.parse(now) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
  return days < 1 ? "today" : `${days} d`;
}
