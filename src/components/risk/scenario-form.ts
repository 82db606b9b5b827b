import type {Scenario, ShockKind} from "../../lib/risk/stress/scenario.js";
import {h, uniqueId} from "../dom.js";
import {icon} from "../icons.js";
import {popoverButton} from "../menu.js";
import type {Held} from "./held.js";
import {keepScenario, readScenario} from "./scenarios.js";

const KINDS = [
  ["class", "Class"],
  ["symbol", "Position"],
  ["currency", "Currency, against the dollar"],
  ["factor", "Factor"]
] as const;

/** Returns a button that opens a form for a scenario of one's own. */
export function scenarioForm({view}: Held): HTMLElement {
  const names = {
    class: [...new Set([...view.assets, ...view.options].map((one) => one.class))],
    symbol: view.assets.map(({name}) => name),
    currency: [...new Set(view.assets.map(({currency}) => currency))].filter((code) => code !== "USD"),
    factor: ["equity", "rates"]
  };
  const listId = uniqueId("keys");
  const list = h(
    "datalist",
    {id: listId},
    Object.values(names)
      .flat()
      .map((value) => h("option", {value}))
  );
  const name = h("input", {
    type: "text",
    size: 30,
    placeholder: "Shares fall by a fifth",
    "aria-label": "Name"
  });
  const lines = h("div", {class: "shock-lines"});
  const volatility = h("input", {type: "text", size: 6, inputmode: "decimal", placeholder: "0"});
  const rest = h(
    "select",
    null,
    h("option", {value: "unchanged"}, "stays as it is"),
    h("option", {value: "unknown"}, "is not known: n/a")
  );
  const told = h("p", {class: "form-error", role: "alert"});
  const addLine = (kind = "class", key = "", change = "") => {
    const line = h(
      "div",
      {class: "shock-line"},
      h(
        "select",
        {"aria-label": "What moves"},
        KINDS.map(([value, label]) => h("option", {value, selected: value === kind}, label))
      ),
      h("input", {
        type: "text",
        size: 14,
        list: listId,
        value: key,
        placeholder: "STK",
        "aria-label": "Which"
      }),
      h("input", {
        type: "text",
        size: 6,
        inputmode: "decimal",
        value: change,
        placeholder: "−20",
        "aria-label": "Change, percent"
      }),
      h("small", null, "%"),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": "Remove this line",
          onclick: () => line.remove()
        },
        icon("close", 12)
      )
    );
    lines.append(line);
  };
  addLine("class", "STK", "−20");

  const keep = (event: Event) => {
    event.preventDefault();
    told.textContent = "";
    try {
      const said = [...lines.children].map((line) => {
        const [kind, key, change] = [
          ...line.querySelectorAll<HTMLSelectElement | HTMLInputElement>("select, input")
        ];
        return {kind: kind.value as ShockKind, key: key.value, change: change.value}; // of KINDS
      });
      keepScenario(
        readScenario({
          name: name.value,
          lines: said,
          volatility: volatility.value,
          rest: rest.value as Scenario["rest"]
        })
      );
      panel.hidePopover();
    } catch (error) {
      told.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const form = h(
    "form",
    {class: "form scenario-form", onsubmit: keep},
    h("label", null, "Name", name),
    lines,
    list,
    h("button", {type: "button", class: "link-button", onclick: () => addLine()}, "Another move"),
    h("label", null, "Implied volatility of 30 days, points", volatility),
    h("label", null, "All else", rest),
    told,
    h("button", {type: "submit", class: "button"}, "Keep and run")
  );
  const {button, panel} = popoverButton("A scenario of your own", "add", form);
  return h("span", null, button, panel);
}
