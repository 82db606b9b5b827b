import type {TradingState} from "../../lib/orders/risk/situation.js";
import {tag} from "../badges.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {factList} from "../drawer.js";
import {confirmLive, setState, type Risk} from "./calls.js";
import {linkInWords, modeName} from "./order-words.js";
import {paperReset} from "./paper-reset.js";

const STATES = [
  ["ACTIVE", "All orders go out"],
  ["REDUCING", "Only those that reduce a position"],
  ["HALTED", "None"]
] as const satisfies readonly [TradingState, string][];

interface StandingCard {
  node: HTMLElement;
  show(risk: Risk, mayChange: boolean): void;
}

/** Returns where orders go, whether they may go out, and how the links stand. */
export function standingCard(onChange: () => void): StandingCard {
  const facts = h("div");
  const blocked = h("p", {class: "standing-blocked", role: "status"});
  const live = h("div");
  const error = h("p", {class: "form-error", role: "alert"});
  const state = h(
    "select",
    {"aria-label": "Orders that go out"},
    STATES.map(([value, label]) => h("option", {value}, label))
  );
  const reason = h("input", {
    type: "text",
    "aria-label": "Why",
    placeholder: "why, for the journal",
    maxlength: 200
  });
  const set = h("button", {class: "button quiet"}, "Set");
  const form = h(
    "form",
    {
      class: "state-form",
      onsubmit: (event: Event) => {
        event.preventDefault();
        void attempt(async () => {
          await setState(state.value as TradingState, reason.value || "set by hand"); // of STATES
          reason.value = "";
        });
      }
    },
    state,
    reason,
    set
  );
  let shown = "";
  let shownState = "";

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    error.textContent = "";
    try {
      await work();
      onChange();
    } catch (problem) {
      error.textContent = (problem as Error).message;
    }
  }

  /** Live orders need the account's id typed, once per start of the desk. */
  function confirmation(): HTMLElement {
    const typed = h("input", {
      type: "text",
      autocomplete: "off",
      "aria-label": "The live account's id, typed"
    });
    return h(
      "form",
      {
        class: "state-form live-confirm",
        onsubmit: (event: Event) => {
          event.preventDefault();
          void attempt(() => confirmLive(typed.value));
        }
      },
      h("p", null, "No live order goes out before you type the account's id; it holds until the desk stops."),
      typed,
      h("button", {class: "button danger"}, "Trade live")
    );
  }

  const paper = paperReset(onChange);
  const content = h("div", {class: "standing"}, blocked, live, facts, form, error, paper.node);
  const node = chartCard(() => content, {
    title: "Where orders go",
    finding: "Where orders go, whether they may go out, and how the links stand.",
    definition:
      "TRADING_MODE says where orders go: to the built-in paper broker, to IBKR's paper account, or to the live one. Quotes and positions may come from another link than orders go to."
  });
  return {
    node,
    show(risk, mayChange) {
      const {status, links} = risk;
      form.hidden = !mayChange;
      paper.show(risk, mayChange);
      if (status.state !== shownState) state.value = shownState = status.state;
      const sign = JSON.stringify([
        status,
        links.broker.sentence,
        links.data.sentence,
        links.broker.latencyMs
      ]);
      if (sign === shown) return;
      shown = sign;
      const mode = modeName(status);
      blocked.className = `standing-blocked ${status.blocked === null ? "good" : "bad"}`;
      blocked.textContent = status.blocked ?? "Orders may go out.";
      const needsTyping = status.mode === "live" && !status.isConfirmed && mayChange;
      if (needsTyping !== live.hasChildNodes())
        live.replaceChildren(...(needsTyping ? [confirmation()] : []));
      facts.replaceChildren(
        factList([
          ["Mode", h("span", {class: `mode mode-${status.mode === "live" ? "live" : "paper"}`}, mode)],
          ["State", tag(status.state, status.state === "ACTIVE" ? "info" : "error")],
          ["Orders", linkInWords(links.broker)],
          ["Quotes", linkInWords(links.data)],
          ["Quote lines", `${links.data.lines.used} of ${links.data.lines.budget}`]
        ])
      );
    }
  };
}
