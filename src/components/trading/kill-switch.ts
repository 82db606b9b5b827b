import {h} from "../dom.js";
import {icon} from "../icons.js";
import {openKillDialog} from "./kill-dialog.js";
import {killInWords} from "./kill-words.js";
import {standing} from "./standing.js";
import {watchStanding} from "./watch-standing.js";

/**
 * Puts the kill switch at the end of the top bar of a page that a bridge serves to somebody who may trade; while it is
 * thrown, a line above the page says so.
 */
export function installKillSwitch(bar: HTMLElement): void {
  const word = h("span", {class: "wide"});
  const button = h(
    "button",
    {type: "button", class: "kill-button", hidden: true, onclick: openKillDialog},
    icon("stop", 16),
    word
  );
  const line = h("p", {class: "kill-line", role: "alert", hidden: true});
  bar.append(button);
  document.querySelector("#observablehq-main")?.prepend(line);
  let shown: string | null = null;
  const update = () => {
    const now = standing.get();
    if (now.kind !== "ready") return; // what was known last still holds
    const {status} = now.risk;
    document.documentElement.toggleAttribute("data-live", status.mode === "live"); // a red frame around every page
    const isThrown = status.kill !== null || status.isKilledBySetting;
    button.hidden = !now.known;
    button.classList.toggle("thrown", isThrown);
    word.textContent = isThrown ? "Kill switch thrown" : "Kill switch";
    button.setAttribute("aria-label", isThrown ? "Kill switch: thrown" : "Kill switch");
    button.dataset["tip"] = isThrown ? "No order goes out" : "Stop all orders (Shift K)";
    const sentence = killInWords(status);
    if (sentence === shown) return;
    shown = sentence;
    line.hidden = sentence === null;
    line.replaceChildren(...(sentence === null ? [] : [icon("stop", 16), h("span", null, sentence)]));
  };
  standing.subscribe(update);
  watchStanding();
}
