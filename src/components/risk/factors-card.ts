import type {FactorAnalysisOutput} from "../../lib/tasks/factor-analysis.js";
import {h} from "../dom.js";
import {figure} from "../figure.js";
import {formatNumber, formatPercent} from "../format.js";
import {popoverButton} from "../menu.js";
import {plainTable} from "../plain-table.js";
import {viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {riskChoices, type RiskChoices} from "./choices.js";
import {FACTORS} from "./factors.js";
import {shareOfNav, type Held} from "./held.js";
import {barCell, studyCard} from "./study-card.js";
import type {FactorMoves} from "./watch-factors.js";

/** A move that a person can think of: one percent, or a tenth of a point of a yield. */
const step = (of: "return" | "points"): {size: number; word: string} =>
  of === "points" ? {size: 0.001, word: "+10 bp"} : {size: 0.01, word: "+1%"};

/** Returns what the account gains when a factor moves and the others stay, by regression on all of them. */
export function factorsCard(
  held: Watched<Held>,
  answer: Watched<FactorAnalysisOutput>,
  moves: Watched<FactorMoves>,
  choices: RiskChoices
): HTMLElement {
  const {factors = [], missing = []} = viewOf(moves) ?? {};
  return studyCard(
    held,
    moves.kind === "error" ? moves : answer,
    "Factor exposures",
    ({exposures}, own) => {
      const lines = (exposures?.total ?? []).flatMap(({factor, exposure}) => {
        const known = factors.find(({label}) => label === factor);
        if (!known) return [];
        const {size, word} = step(known.of);
        return [{...known, word, gain: exposure * size}];
      });
      const longest = Math.max(...lines.map(({gain}) => Math.abs(gain)), 1e-9);
      const fits = (exposures?.holdings ?? []).toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
      const most = lines.toSorted((a, b) => Math.abs(b.gain) - Math.abs(a.gain))[0];
      const lacking = missing.map(({label, reason}) => `${label}: ${reason}`).join("; ");
      return {
        definition:
          "Each position's returns are regressed on all factors at once (least squares); its coefficients times its value, summed, are what the account gains when one factor moves and the others stay.",
        constants: [
          "Standard errors after Newey and West.",
          ...factors.map(
            ({label, source, asOf, known}) => `${label}: ${source}, to ${asOf ?? "n/a"}, ${known} periods.`
          )
        ],
        ...(lacking && {state: {kind: "partial" as const, missing: lacking}}),
        ...(lines.length === 0 && {
          state: {
            kind: "empty" as const,
            sentence: lacking || "Choose a factor from the lake: the columns button, above."
          }
        }),
        finding: most
          ? `Largest: ${formatNumber(most.gain, {digits: 0, signed: true})} ${own.currency} for ${most.label} ${most.word}.`
          : "No factor is chosen.",
        rows: {
          columns: [
            "position",
            "value",
            "r2",
            ...lines.flatMap(({label}) => [`beta ${label}`, `t ${label}`])
          ],
          rows: fits.map(({symbol, value, fit}) => [
            symbol,
            value,
            "reason" in fit ? null : fit.rSquared,
            ...lines.flatMap((_, i) =>
              "reason" in fit ? [null, null] : [fit.coefficients[i + 1].value, fit.coefficients[i + 1].t]
            )
          ])
        },
        content: () =>
          h(
            "div",
            null,
            wideFrame(
              "Factor exposures",
              plainTable(
                ["Factor", "Move", "Gain", "of NAV"],
                lines.map(({label, word, gain, group}) =>
                  h(
                    "tr",
                    null,
                    h("th", {scope: "row"}, label, h("small", null, group)),
                    h("td", {class: "number"}, word),
                    h(
                      "td",
                      {class: "number"},
                      figure({text: formatNumber(gain, {digits: 0, signed: true}), secret: true})
                    ),
                    barCell(
                      formatPercent(shareOfNav(gain, own), {signed: true}),
                      gain / longest,
                      gain < 0 ? "loss" : "gain"
                    )
                  )
                )
              )
            ),
            h(
              "details",
              null,
              h("summary", null, "By position: coefficients, t values beside them"),
              wideFrame(
                "Coefficients by position",
                plainTable(
                  ["Position", "R²", ...lines.map(({label}) => label)],
                  fits.map(({symbol, fit}) =>
                    h(
                      "tr",
                      null,
                      h("th", {scope: "row"}, symbol),
                      ...("reason" in fit
                        ? [
                            h("td", {class: "number"}, figure({text: "n/a", reason: fit.reason})),
                            ...lines.map(() => h("td"))
                          ]
                        : [
                            h("td", {class: "number"}, formatPercent(fit.rSquared, {digits: 0})),
                            ...lines.map((_, i) => {
                              const {value, t} = fit.coefficients[i + 1];
                              return h(
                                "td",
                                {class: "number"},
                                formatNumber(value),
                                h("small", null, `t ${formatNumber(t, {digits: 1})}`)
                              );
                            })
                          ])
                    )
                  )
                )
              )
            )
          )
      };
    },
    factorChooser(choices.factors)
  );
}

function factorChooser(chosen: readonly string[]): HTMLElement {
  const groups = Map.groupBy(FACTORS, ({group}) => group);
  const form = h(
    "div",
    {class: "form columns"},
    [...groups].map(([group, factors]) =>
      h(
        "fieldset",
        {class: "factor-group"},
        h("legend", null, group),
        factors.map(({id, label}) =>
          h(
            "label",
            {class: "check"},
            h("input", {
              type: "checkbox",
              value: id,
              checked: chosen.includes(id),
              onchange: () => {
                const all = [...form.querySelectorAll<HTMLInputElement>("input:checked")].map(
                  ({value}) => value
                );
                riskChoices.set({factors: all});
              }
            }),
            label
          )
        )
      )
    )
  );
  const {button, panel} = popoverButton("Choose factors", "columns", form);
  return h("span", null, button, panel);
}
