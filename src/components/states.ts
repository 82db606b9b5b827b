import {h} from "./dom.js";
import {icon} from "./icons.js";

/** What a card has to show. */
export type CardState =
  | {kind: "ready"}
  | {kind: "loading"}
  /** Nothing yet: what would fill it, and where that is done. */
  | {kind: "empty"; sentence: string; action?: {label: string; href: string}}
  | {kind: "error"; what: string; why: string; retry?: () => void}
  /** Shown, but older than it should be. */
  | {kind: "stale"; sentence: string}
  /** Shown, but something is missing. */
  | {kind: "partial"; missing: string};

/** Returns what stands in place of the content; null where the content is shown. */
export function placeholder(state: CardState): HTMLElement | null {
  switch (state.kind) {
    case "loading":
      return h(
        "div",
        {class: "skeleton", role: "status", "aria-label": "loading"},
        h("i"),
        h("i"),
        h("i"),
        h("i")
      );
    case "empty":
      return h(
        "div",
        {class: "empty"},
        h("p", null, state.sentence),
        state.action && h("a", {class: "button", href: state.action.href}, state.action.label)
      );
    case "error":
      return h(
        "div",
        {class: "empty error", role: "alert"},
        h("p", null, icon("warning", 16), h("strong", null, state.what)),
        h("p", null, state.why),
        state.retry && h("button", {type: "button", class: "button", onclick: state.retry}, "Try again")
      );
    default:
      return null;
  }
}

/** Returns the line above content that is old or has gaps; null for any other state. */
export function notice(state: CardState): HTMLElement | null {
  if (state.kind !== "stale" && state.kind !== "partial") return null;
  const sentence = state.kind === "stale" ? state.sentence : state.missing;
  return h("p", {class: "notice"}, icon("warning", 16), sentence);
}
