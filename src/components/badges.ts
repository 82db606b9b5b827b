import {h, spoken} from "./dom.js";
import {formatDay} from "./format.js";
import type {FrameInfo, Freshness} from "./frame-info.js";

const MODES = {
  DEMO: "Demo data: an invented account",
  PAPER: "Orders go to paper: no real money",
  LIVE: "Orders go to the live account: real money"
};

/** Returns the badge that says whether the account is invented, and where orders go. */
export function modeBadge(mode: FrameInfo["mode"]): HTMLElement | null {
  if (!mode) return null;
  return h("span", {class: `mode mode-${mode.toLowerCase()}`, "data-tip": MODES[mode]}, mode);
}

/** Returns "Flex · 20 Nov · 2 d": where a figure is from and how old it is. */
export function ageChip(source: string, asOf: string, age: string): HTMLElement {
  const long = h("span", {class: "chip-long"}, `${source} · ${formatDay(asOf, {year: isOld(age)})} · `);
  return h("span", {class: "chip", "data-tip": `as of ${formatDay(asOf)}, from ${source}`}, long, age);
}

/** A day without its year would be taken for this year's. */
const isOld = (age: string): boolean => age.endsWith(" d") && Number.parseInt(age, 10) > 300;

const STATES = {fresh: "up to date", late: "older than it should be", failed: "did not come"};

/** Returns the light: a disc, a ring or a cross, so that it does not hang on colour. */
export function light(state: Freshness["state"]): HTMLElement {
  return h("span", {class: `light light-${state}`}, spoken(STATES[state]));
}

/** Returns a word in a box: kind says how loud. */
export function tag(text: string, kind: "plain" | "info" | "warning" | "error" = "plain"): HTMLElement {
  return h("span", {class: `tag tag-${kind}`}, text);
}
