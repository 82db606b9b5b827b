import * as Plot from "@observablehq/plot";
import type {MonteCarloOutput} from "../../lib/tasks/monte-carlo.js";
import {GRID, plot} from "../chart-theme.js";
import {h} from "../dom.js";
import {formatNumber, formatPercent} from "../format.js";
import type {Watched} from "../watch-view.js";
import {riskChoices, type RiskChoices} from "./choices.js";
import {fanChart} from "./fan-chart.js";
import type {Held} from "./held.js";
import {chooser, studyCard} from "./study-card.js";

const MODEL_NAMES = {
  normal: "Normal",
  "student-t": "Student's t, 5 degrees",
  "block-bootstrap": "History in blocks of 10"
} as const;

const MEANING =
  "What is held now, bought and kept, through days drawn at random; cash earns nothing. Normal and t draw with the past's means and covariance; blocks draw stretches of the past as they were. A mean of a few years says little about the next: read the spread, not the middle.";

/** Returns what may become of what is held, as simulated. */
export function fanCard(
  held: Watched<Held>,
  answer: Watched<MonteCarloOutput>,
  {model, paths, periods, seed, covariance}: RiskChoices
): HTMLElement {
  const seedInput = h("input", {
    type: "text",
    size: 6,
    inputmode: "numeric",
    value: String(seed),
    onchange: () => {
      const value = Number(seedInput.value);
      if (Number.isInteger(value) && value >= 0) riskChoices.set({seed: value});
      else seedInput.value = String(seed);
    }
  });
  const controls = h(
    "span",
    {class: "rolling-controls"},
    chooser("Model", Object.entries(MODEL_NAMES) as [RiskChoices["model"], string][], {
      chosen: model,
      onChoose: (value) => riskChoices.set({model: value})
    }),
    chooser(
      "Ahead",
      [
        [21, "1 month"],
        [63, "3 months"],
        [126, "6 months"],
        [252, "1 year"],
        [504, "2 years"]
      ],
      {chosen: periods, onChoose: (value) => riskChoices.set({periods: value})}
    ),
    chooser(
      "Paths",
      [
        [2_000, "2,000"],
        [10_000, "10,000"],
        [50_000, "50,000"]
      ],
      {chosen: paths, onChoose: (value) => riskChoices.set({paths: value})}
    ),
    h(
      "label",
      {class: "chooser", "data-tip": "Equal seeds give equal paths."},
      h("span", null, "Seed"),
      seedInput
    )
  );
  return studyCard(
    held,
    answer,
    "What may come",
    ({fan, start, summary, estimate, warnings}, {currency}) => {
      const {terminal, loss} = summary;
      const middle = terminal.quantiles.find(({share}) => share === 0.5);
      return {
        definition: MEANING,
        constants: [
          `${MODEL_NAMES[model]}; ${formatNumber(paths, {digits: 0})} paths of ${periods} days, seed ${seed}.`,
          model === "block-bootstrap"
            ? `Blocks of 10 successive days of ${estimate.observations}.`
            : `Means and ${covariance} covariance of ${estimate.observations} days.`,
          ...warnings
        ],
        finding: `After ${periods} days ${formatPercent(loss.value, {digits: 1})} of the paths are below today's value.`,
        rows: {
          columns: ["days", ...fan[0].quantiles.map(({share}) => `${Math.round(100 * share)}%`)],
          rows: fan.map(({period, quantiles}) => [period, ...quantiles.map(({value}) => value)])
        },
        content: (width) =>
          h(
            "div",
            null,
            h(
              "p",
              {class: "lead-figures"},
              fact(
                formatPercent(loss.value, {digits: 1}),
                `end below today, ± ${formatPercent(loss.standardError, {digits: 1})}`
              ),
              fact(formatNumber(middle?.value ?? null, {digits: 0}), "in the middle", true),
              fact(formatNumber(start, {digits: 0}), "today", true)
            ),
            fanChart(fan, {width, start, unit: currency})
          )
      };
    },
    controls
  );
}

function fact(text: string, word: string, secret = false): HTMLElement {
  return h("span", null, h("b", {class: secret ? "secret" : null}, text), h("small", null, word));
}

/** Returns how deep the simulated paths fall on their way. */
export function drawdownsCard(
  held: Watched<Held>,
  answer: Watched<MonteCarloOutput>,
  {seed}: RiskChoices
): HTMLElement {
  return studyCard(held, answer, "Deepest fall on the way", ({drawdown, summary}) => {
    const [bad, middle] = [0.05, 0.5].map((share) =>
      summary.drawdown.quantiles.find((one) => one.share === share)
    );
    const depth = (value: number | undefined) => formatPercent(value ?? null, {digits: 1});
    return {
      currency: null,
      unit: "paths",
      definition: "The deepest fall from a peak of each simulated path, the value today counting as a peak.",
      constants: [`${formatNumber(drawdown.length, {digits: 0})} paths, seed ${seed}.`],
      finding: `Half of the paths fall by ${depth(middle?.value)} or more, a twentieth by ${depth(bad?.value)} or more.`,
      rows: {
        columns: ["share of paths", "deepest fall", "standard error"],
        rows: summary.drawdown.quantiles.map(({share, value, standardError}) => [share, value, standardError])
      },
      content: (width) =>
        h(
          "div",
          null,
          h(
            "p",
            {class: "lead-figures"},
            fact(depth(middle?.value), "half fall further"),
            fact(depth(bad?.value), "a twentieth falls further")
          ),
          plot({
            width,
            height: 320,
            marginTop: 28,
            label: "Distribution of the deepest falls",
            marginLeft: 48,
            x: {
              label: null,
              tickFormat: (value: number) => formatPercent(value, {digits: 0}),
              tickSize: 0,
              ticks: Math.max(3, Math.floor(width / 90))
            },
            y: {label: "paths", labelArrow: "none", ticks: 4, tickSize: 0},
            marks: [
              Plot.gridY({...GRID, ticks: 4}),
              Plot.rectY(
                Array.from(drawdown),
                Plot.binX<Plot.RectYOptions>(
                  {y: "count"},
                  {
                    x: (value: number) => value,
                    thresholds: 48,
                    inset: 0.5,
                    fill: "var(--loss)",
                    fillOpacity: 0.75
                  }
                )
              ),
              bad ? Plot.ruleX([bad.value], {stroke: "var(--ink)", strokeDasharray: "4 3"}) : null
            ]
          })
        )
    };
  });
}
