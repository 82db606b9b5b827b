import type {PerformanceView} from "../../lib/ledger/views.js";
import {h, uniqueId} from "../dom.js";
import {icon} from "../icons.js";
import {tabs} from "../tabs.js";
import {viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {choose, getChoices} from "./choices.js";

const MEANING =
  "Default: in-flows at day start, out-flows at day end, risk-free rate and target 0, Carino's linking. As PortfolioAnalyst: all " +
  "flows at day end, the three-month bill taken off, target the S&P 500's long-run mean, Frongello's linking.";

/** Returns what the whole page is computed by: conventions, what it is compared with; and the way to paper. */
export function conventionsBar(watched: Watched<PerformanceView>): HTMLElement {
  const names = viewOf(watched)?.benchmarks ?? [];
  return h(
    "div",
    {class: "conventions"},
    h("span", {class: "defined", tabindex: 0, "data-tip": MEANING}, "Conventions"),
    tabs(
      [
        ["default", "Default"],
        ["portfolio-analyst", "As PortfolioAnalyst"]
      ],
      {label: "Conventions", chosen: getChoices().profile, onChoose: (profile) => choose({profile})}
    ),
    compared(names),
    h("span", {class: "space"}),
    h(
      "button",
      {type: "button", class: "select-button", onclick: () => print()},
      icon("download", 16),
      "Tear sheet"
    )
  );
}

/** A name, or a blend such as 60% World / 40% Bonds. */
function compared(names: readonly string[]): HTMLElement {
  const [field, list] = [uniqueId("benchmark"), uniqueId("benchmarks")];
  const input = h("input", {
    id: field,
    type: "text",
    list,
    size: 24,
    placeholder: names[0] ?? "none yet",
    value: getChoices().benchmark ?? "",
    onchange: () => choose({benchmark: input.value.trim() || null})
  });
  return h(
    "span",
    {class: "compared"},
    h(
      "label",
      {
        for: field,
        "data-tip":
          "An index by name, or a blend: 60% A / 40% B, rebalanced monthly. What the data lake has closes of is there by its " +
          "symbol and vendor; add your own by tearsheet benchmark add."
      },
      "Compared with"
    ),
    input,
    h(
      "datalist",
      {id: list},
      names.map((value) => h("option", {value}))
    )
  );
}
