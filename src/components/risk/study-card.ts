import {chartCard, type CardOptions} from "../chart-card.js";
import {h} from "../dom.js";
import {placeholder, type CardState} from "../states.js";
import type {CardContent} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import type {Held} from "./held.js";

/** Returns a card of a task's answer on what is held: in waiting, failed, with nothing held, or filled. */
export function studyCard<V>(
  held: Watched<Held>,
  answer: Watched<V>,
  title: string,
  fill: (view: V, held: Held) => CardContent,
  controls?: Node
): HTMLElement {
  const state = stateOf(held, answer);
  if (held.kind !== "ready" || answer.kind !== "ready" || state.kind !== "ready")
    return chartCard(() => h("p"), {title, finding: "", state, ...(controls && {controls})});
  const {content, ...options} = fill(answer.view, held.view);
  return chartCard(content, {
    title,
    origin: originOf(held.view),
    run: answer.run,
    currency: held.view.currency,
    ...(controls && {controls}),
    ...options
  });
}

function stateOf(held: Watched<Held>, answer: Watched<unknown>): CardState {
  const failed = [held, answer].find((one) => one.kind === "error");
  if (held.kind === "ready" && held.view.view.asOf === null)
    return {
      kind: "empty",
      sentence: "Nothing is held yet: a statement with Open Positions fills this.",
      action: {label: "Import a statement", href: "/data"}
    };
  if (failed?.kind === "error")
    return {kind: "error", what: "This could not be computed.", why: failed.why, retry: failed.retry};
  return answer.kind === "loading" || held.kind === "loading" ? {kind: "loading"} : {kind: "ready"};
}

/** Returns what stands in place of a row of metrics. */
export function waitingMetrics(held: Watched<Held>, answer: Watched<unknown>): HTMLElement {
  const state = stateOf(held, answer);
  return state.kind === "loading"
    ? h("div", {class: "metrics waiting", role: "status", "aria-label": "loading"})
    : h("div", {class: "card"}, placeholder(state));
}

/** Returns whose prices figures of what is held are made of, and how old the positions are. */
export function originOf({view: {scope, asOf}, history: {assets}}: Held): CardOptions["origin"] {
  if (asOf === null || scope.ageDays === null) return null;
  const own = scope.source === "demo" ? "Demo" : scope.source;
  const vendors = assets.map(({history}) => history.source).filter((source) => !/^IBKR|^rates$/.test(source));
  const source = [...new Set([own, ...vendors])].join(" + ");
  return {source, asOf, age: scope.ageDays < 1 ? "today" : `${scope.ageDays} d`};
}

/** Returns a cell with a figure and a bar beside it; `length` over the longest, in [-1, 1]. */
export function barCell(
  content: Node | string,
  length: number,
  kind: "loss" | "gain" | "plain" = "plain"
): HTMLElement {
  const share = Number.isFinite(length) ? Math.min(1, Math.abs(length)) : 0;
  return h(
    "td",
    {class: "number bar-cell"},
    h("span", null, content, h("i", {class: `bar bar-${kind}`, style: `--length:${share}`}))
  );
}

/** Returns a chooser of one of several, as a labelled select. */
export function chooser<T extends string | number>(
  label: string,
  choices: readonly (readonly [value: T, label: string])[],
  {chosen, onChoose, tip}: {chosen: T; onChoose: (value: T) => void; tip?: string}
): HTMLElement {
  const select = h(
    "select",
    {
      onchange: () => {
        const found = choices.find(([value]) => String(value) === select.value);
        if (found) onChoose(found[0]);
      }
    },
    choices.map(([value, name]) => h("option", {value, selected: value === chosen}, name))
  );
  return h("label", {class: "chooser", "data-tip": tip ?? null}, h("span", null, label), select);
}
