import type {RiskOutput} from "../../lib/tasks/risk.js";
import {h} from "../dom.js";
import {figure} from "../figure.js";
import {formatNumber, formatPercent} from "../format.js";
import {plainTable} from "../plain-table.js";
import {tabs} from "../tabs.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {riskChoices, type RiskChoices} from "./choices.js";
import {leftOutSentence, type Held} from "./held.js";
import {partsOf} from "./parts.js";
import {barCell, studyCard} from "./study-card.js";

const NAMES = {valueAtRisk: "VaR", conditionalValueAtRisk: "CVaR"} as const;

/** Returns what each position adds to the loss, and what one more unit of it would. */
export function partsCard(
  held: Watched<Held>,
  answer: Watched<RiskOutput>,
  {way, measure, covariance}: RiskChoices
): HTMLElement {
  const controls = h(
    "span",
    {class: "rolling-controls"},
    tabs(
      [
        ["valueAtRisk", "VaR"],
        ["conditionalValueAtRisk", "CVaR"]
      ],
      {label: "Measure", chosen: measure, onChoose: (value) => riskChoices.set({measure: value})}
    ),
    tabs(
      [
        ["historical", "History"],
        ["normal", "Normal"]
      ],
      {label: "Way", chosen: way, onChoose: (value) => riskChoices.set({way: value})}
    )
  );
  return studyCard(
    held,
    answer,
    "Where the loss comes from",
    (view, own) => {
      const split = view[measure][way];
      const parts = partsOf(view, split);
      const total = parts.reduce((sum, {component}) => sum + component, 0);
      const longest = Math.max(...parts.map(({share}) => Math.abs(share)));
      const money = (value: number) => figure({text: formatNumber(value, {digits: 0}), secret: true});
      const missing = leftOutSentence(own);
      return {
        definition:
          "Marginal: how the loss grows for one unit more of the position. Component: marginal times what is held; components sum to the loss. A hedge has a component below zero.",
        constants: [
          way === "historical"
            ? `History: the ${measure === "valueAtRisk" ? "period" : "periods"} of the loss itself, ${view.observations} in all.`
            : `Normal: means and ${covariance} covariance of ${view.observations} periods in which all that is held has a return.`,
          "Cornish-Fisher has no parts here: its bend is of the account as a whole."
        ],
        ...(missing && {state: {kind: "partial" as const, missing}}),
        finding: parts.length
          ? `${parts[0].name} adds most: ${formatPercent(parts[0].share, {digits: 0})} of the ${NAMES[measure]}.`
          : (split.reason ?? "no loss"),
        rows: {
          columns: ["position", "value", "marginal", "component", "share"],
          rows: parts.map(({name, value, marginal, component, share}) => [
            name,
            value,
            marginal,
            component,
            share
          ])
        },
        content: () =>
          parts.length === 0
            ? h("p", {class: "empty"}, split.reason ?? "There is no loss to split.")
            : wideFrame(
                `${NAMES[measure]} by position`,
                plainTable(
                  ["Position", "Value", "Marginal", "Component", "Share"],
                  [
                    ...parts.map(({name, value, marginal, component, share}) =>
                      h(
                        "tr",
                        null,
                        h("th", {scope: "row"}, name),
                        h("td", {class: "number"}, money(value)),
                        h("td", {class: "number"}, formatPercent(marginal)),
                        h("td", {class: "number"}, money(component)),
                        barCell(
                          formatPercent(share, {digits: 1}),
                          share / longest,
                          share < 0 ? "gain" : "loss"
                        )
                      )
                    ),
                    h(
                      "tr",
                      {class: "total"},
                      h("th", {scope: "row"}, `${NAMES[measure]}, all`),
                      h("td", {class: "number"}, money(parts.reduce((sum, {value}) => sum + value, 0))),
                      h("td"),
                      h("td", {class: "number"}, money(total)),
                      h(
                        "td",
                        {class: "number bar-cell"},
                        h(
                          "span",
                          null,
                          formatPercent(total / (split.value ?? NaN), {digits: 1}),
                          h("i", {class: "bar"})
                        )
                      )
                    )
                  ]
                )
              )
      };
    },
    controls
  );
}
