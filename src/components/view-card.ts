import type {Scope} from "../lib/ledger/views.js";
import {chartCard, type CardOptions} from "./chart-card.js";
import {h} from "./dom.js";
import {placeholder, type CardState} from "./states.js";
import type {Watched} from "./watch-view.js";

/** What a card shows once its view is there. */
export type CardContent = Partial<Omit<CardOptions, "title" | "origin" | "finding">> & {
  finding: string;
  content: (width: number) => Node;
};

/** Returns a card of a view: in waiting, failed, without any statement, or filled. */
export function viewCard<V extends {scope: Scope}>(
  watched: Watched<V>,
  title: string,
  fill: (view: V) => CardContent
): HTMLElement {
  const state = stateOf(watched);
  if (watched.kind !== "ready" || state.kind !== "ready")
    return chartCard(() => h("p"), {title, finding: "", state});
  const {content, ...options} = fill(watched.view);
  return chartCard(content, {title, origin: originOf(watched.view.scope), ...options});
}

function stateOf<V extends {scope: Scope}>(watched: Watched<V>): CardState {
  if (watched.kind === "loading") return watched;
  if (watched.kind === "error") {
    return {kind: "error", what: "This could not be computed.", why: watched.why, retry: watched.retry};
  }
  return watched.view.scope.asOf === null
    ? {kind: "empty", sentence: "No statement yet: a Flex statement with NAV in Base fills this."}
    : {kind: "ready"};
}

/** Returns what stands in place of a row of metrics while there is no view. */
export function noMetrics<V extends {scope: Scope}>(watched: Watched<V>): HTMLElement {
  const state = stateOf(watched);
  if (state.kind === "loading")
    return h("div", {class: "metrics waiting", role: "status", "aria-label": "loading"});
  return h("div", {class: "card"}, placeholder(state));
}

/** Returns what stands in place of a table while its view is on its way, or when it failed: what could not be computed. */
export function waitingTable(watched: Exclude<Watched<unknown>, {kind: "ready"}>, what: string): HTMLElement {
  if (watched.kind === "loading") return h("div", {class: "card card-loading"}, placeholder(watched));
  const sentence = `The ${what} could not be computed.`;
  return h("div", null, placeholder({kind: "error", what: sentence, why: watched.why, retry: watched.retry}));
}

/** Returns where a view's figures are from: the statements, and what of the data lake stands in for what they lack. */
export function originOf({source, asOf, ageDays, lake = []}: Scope): CardOptions["origin"] {
  if (asOf === null || ageDays === null) return null;
  const own = source === "demo" ? "Demo" : source;
  const sources = [...new Set([own, ...lake.map((one) => one.source)])].join(" + ");
  return {source: sources, asOf, age: ageDays < 1 ? "today" : `${ageDays} d`};
}

/** Returns the view, or null while there is none. */
export function viewOf<V>(watched: Watched<V>): V | null {
  return watched.kind === "ready" ? watched.view : null;
}
