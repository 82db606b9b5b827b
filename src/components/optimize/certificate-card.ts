import {OBJECTIVES, type PricePortfolio} from "../../lib/portfolio/optimize-prices.js";
import type {Figure} from "../../lib/returns/figure.js";
import {tag} from "../badges.js";
import {h} from "../dom.js";
import {factList} from "../drawer.js";
import {figure} from "../figure.js";
import {formatPercent} from "../format.js";
import type {Held} from "../risk/held.js";
import {studyCard} from "../risk/study-card.js";
import type {Watched} from "../watch-view.js";
import type {OptimizeChoices} from "./choices.js";
import {namedGroups, type Universe} from "./universe.js";

const STATUS = {
  optimal: ["proven optimal", "info"],
  infeasible: ["no weights meet all limits", "error"],
  unbounded: ["it can improve without end", "error"],
  inaccurate: ["the best that was found", "warning"]
} as const;

/** Weights nearer to a bound than this lie on it. */
const ON = 1e-9;

/** Returns the limits as sentences, each with whether it binds. */
export function limitLines(
  universe: Universe,
  choices: OptimizeChoices,
  weights: Readonly<Record<string, number>>
): {limit: string; binds: string}[] {
  const all = Object.values(weights);
  const percent = (value: number) => formatPercent(value, {digits: 1});
  const at = (value: number) => all.filter((weight) => Math.abs(weight - value) < ON).length;
  const positions = (count: number) => `binds on ${count} position${count === 1 ? "" : "s"}`;
  if (!OBJECTIVES[choices.objective].limits)
    return [{limit: "Weights above zero, sum 100%", binds: "by the rule"}];
  const [least, most, gross] = [choices.least / 100, choices.most / 100, choices.gross / 100];
  const size = all.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const missing = all.length ? "" : "n/a";
  return [
    {limit: "Sum 100%", binds: missing || "holds"},
    {
      limit: `Each at least ${percent(least)}`,
      binds: missing || (at(least) ? positions(at(least)) : "slack")
    },
    {limit: `Each at most ${percent(most)}`, binds: missing || (at(most) ? positions(at(most)) : "slack")},
    ...(gross > 0
      ? [
          {
            limit: `Gross at most ${percent(gross)}`,
            binds: missing || (size > gross - 1e-6 ? "binds" : `${percent(size)} used`)
          }
        ]
      : []),
    ...namedGroups(universe, choices.groups).map(({name, assets, least: low, most: high}) => {
      const sum = assets.reduce((whole, asset) => whole + (weights[asset] ?? 0), 0);
      const on = (bound: number | undefined) => bound !== undefined && Math.abs(sum - bound) < 1e-6;
      const range = [
        low !== undefined && `at least ${percent(low)}`,
        high !== undefined && `at most ${percent(high)}`
      ];
      return {
        limit: `${name[0].toUpperCase()}${name.slice(1)}: ${range.filter(Boolean).join(", ")}`,
        binds: missing || (on(low) || on(high) ? "binds" : `${percent(sum)}`)
      };
    })
  ];
}

/** Returns the limits as they were taken, and the proof that no weights are better; or which limits conflict. */
export function certificateCard(
  held: Watched<Held>,
  answer: Watched<PricePortfolio>,
  universe: Universe | null,
  choices: OptimizeChoices
): HTMLElement {
  return studyCard(
    held,
    answer,
    "Limits and certificate",
    ({certificate, objective, estimate, weights, warnings}) => {
      const {status, kkt, gap, primal, dual, conflicts} = certificate;
      const [words, kind] = STATUS[status];
      const lines = universe ? limitLines(universe, choices, weights) : [];
      const small = ({value, reason}: Figure) =>
        figure({
          text: value === null ? "n/a" : value === 0 ? "0" : value.toExponential(1).replace("-", "−"),
          reason
        });
      const isRule = choices.objective === "hrp";
      return {
        currency: null,
        definition:
          "The certificate is computed from the problem as it was given, not from what the solver did: limits kept (primal), a gradient that the limits' prices explain (dual), and a bound on how far the optimum can be (gap). All below 1e−8 is optimal.",
        constants: [
          `Objective: ${objective.meaning}.`,
          `${estimate.covariance} covariance of ${estimate.observations} days${estimate.shrinkage === null ? "" : `, shrinkage ${formatPercent(estimate.shrinkage, {digits: 1})}`}; days with a gap are left out.`,
          ...warnings
        ],
        finding: isRule ? "A rule, without a proof." : `The answer is ${words}.`,
        rows: {columns: ["limit", "state"], rows: lines.map(({limit, binds}) => [limit, binds])},
        content: () =>
          h(
            "div",
            null,
            h("p", {class: "lead"}, isRule ? tag("a rule, not an optimum") : tag(words, kind)),
            conflicts.length > 0 &&
              h(
                "div",
                {class: "conflicts", role: "status"},
                h("p", null, "These cannot be met together, though any one of them less could:"),
                h(
                  "ul",
                  null,
                  conflicts.map((one) => h("li", null, one))
                )
              ),
            factList(lines.map(({limit, binds}) => [limit, binds] as const)),
            h("h3", null, "Proof"),
            factList([
              ["KKT residual", small(kkt)],
              ["Duality gap", small(gap)],
              ["Limits kept to", small(primal)],
              ["Gradient explained to", small(dual)],
              ["Days", String(estimate.observations)],
              [
                "Shrinkage",
                estimate.shrinkage === null ? "none" : formatPercent(estimate.shrinkage, {digits: 1})
              ]
            ])
          )
      };
    }
  );
}
