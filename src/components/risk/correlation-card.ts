import type {CorrelationOutput} from "../../lib/tasks/correlation.js";
import {formatNumber} from "../format.js";
import type {Watched} from "../watch-view.js";
import {LINKAGES, riskChoices, type RiskChoices} from "./choices.js";
import {correlationHeatmap} from "./correlation-heatmap.js";
import type {Held} from "./held.js";
import {chooser, studyCard} from "./study-card.js";

/** Returns how positions move together, similar ones beside one another. */
export function correlationCard(
  held: Watched<Held>,
  answer: Watched<CorrelationOutput>,
  {linkage}: RiskChoices
): HTMLElement {
  const controls = chooser(
    "Linkage",
    LINKAGES.map((value) => [value, value]),
    {chosen: linkage, onChoose: (value) => riskChoices.set({linkage: value})}
  );
  return studyCard(
    held,
    answer,
    "Correlation",
    ({assets, matrix: {n, values, observations}, clusters: {order}}) => {
      const names = order.map((i) => assets[i]);
      const at = (i: number, j: number) => values[order[i] * n + order[j]];
      const pairs = names.flatMap((a, i) =>
        names
          .slice(0, i)
          .map((b, j) => ({a, b, value: at(i, j), count: observations[order[i] * n + order[j]]}))
      );
      const known = pairs.filter(({value}) => !Number.isNaN(value)).sort((x, y) => x.value - y.value);
      const [least, most] = [known[0], known.at(-1)];
      return {
        currency: null,
        definition:
          "Pearson's correlation of returns over the periods that both have. Similar positions stand beside one another: hierarchical clustering by the distance √((1 − correlation) / 2).",
        finding: most
          ? `Most alike: ${most.a} and ${most.b}, ${formatNumber(most.value)}; least: ${least.a} and ${least.b}, ${formatNumber(least.value)}.`
          : "A correlation needs two positions with a past.",
        state: most
          ? {kind: "ready" as const}
          : {kind: "empty" as const, sentence: "A correlation needs two positions with a past."},
        rows: {
          columns: ["a", "b", "correlation", "periods"],
          rows: pairs.map(({a, b, value, count}) => [a, b, value, count])
        },
        content: (width) =>
          correlationHeatmap({names, at, count: (i, j) => observations[order[i] * n + order[j]]}, {width})
      };
    },
    controls
  );
}
