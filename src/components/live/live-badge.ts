import type {LiveNav, LiveQuote} from "../../lib/live/figures.js";
import {LINK_WORDS, QUOTE_WORDS, shortAge} from "../../lib/live/words.js";
import {light, tag} from "../badges.js";
import {h} from "../dom.js";
import {popoverButton} from "../menu.js";
import {hasLive, liveRows, watchLive} from "./channels.js";

/** Whose live figures they are, in words. */
export const SOURCE_WORDS: Readonly<Record<LiveNav["source"], string>> = {
  ibkr: "live, by IBKR",
  paper: "live, paper broker"
};

/** Returns what a quote is of: a loud badge for one that is not of this moment, a quiet word for one that is. */
export function quoteBadge(quote: LiveQuote | undefined, now = Date.now()): HTMLElement {
  if (!quote) return h("span", {class: "muted"}, "no quote");
  const {kind, problem, at} = quote;
  if (problem !== null) {
    const badge = tag("no quote", "error");
    badge.dataset["tip"] = problem;
    return badge;
  }
  const said = `${QUOTE_WORDS[kind]} · ${shortAge(now - at)}`;
  return kind === "live" ? h("span", {class: "live-word"}, said) : tag(said, "warning");
}

/** Returns where the link to TWS stands, for the top bar; nothing on a page without a bridge, or without a link. */
export function linkBadge(): HTMLElement {
  const place = h("span", {class: "link-place"});
  if (!hasLive()) return place;
  const words = h("span", {class: "wide"});
  const detail = h("div", {class: "link-detail"});
  const lamp = h("span");
  const {button, panel} = popoverButton("Link to TWS", h("span", null, lamp, words), detail);
  button.className = "select-button";
  watchLive("link", () => {
    const link = liveRows("link").get("ibkr");
    if (!link || link.phase === "off") return place.replaceChildren();
    const {phase, sentence, address, latencyMs, lines, serverVersion} = link;
    const word = `TWS ${LINK_WORDS[phase]}`;
    if (words.textContent !== word) {
      words.textContent = word;
      lamp.replaceChildren(light(phase === "ready" ? "fresh" : phase === "refused" ? "failed" : "late"));
      button.setAttribute("aria-label", `Link: ${word}`);
    }
    detail.replaceChildren(
      h("p", null, sentence),
      h(
        "p",
        {class: "muted"},
        [
          address,
          serverVersion === null ? null : `version ${serverVersion}`,
          latencyMs === null ? null : `there and back ${latencyMs < 1 ? "< 1" : Math.round(latencyMs)} ms`,
          `${lines.used} of ${lines.budget} quote lines`
        ]
          .filter((part) => part !== null)
          .join(" · ")
      )
    );
    if (!button.isConnected) place.replaceChildren(button, panel);
  });
  return place;
}
