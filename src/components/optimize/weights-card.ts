import type {PricePortfolio} from "../../lib/portfolio/optimize-prices.js";
import {h} from "../dom.js";
import {formatPercent} from "../format.js";
import {plainTable} from "../plain-table.js";
import type {Held} from "../risk/held.js";
import {barCell, studyCard} from "../risk/study-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import type {Universe} from "./universe.js";

/** A weight now and proposed. */
export interface WeightLine {
  name: string;
  sector: string;
  now: number;
  proposed: number;
  change: number;
}

/** Returns weights now and proposed, the largest change first. */
export function weightLines(
  {assets, current, groupOf}: Universe,
  weights: Readonly<Record<string, number>>
): WeightLine[] {
  return assets
    .map((asset) => {
      const [now, proposed] = [current[asset.name], weights[asset.name] ?? 0];
      return {name: asset.name, sector: groupOf(asset, "sector"), now, proposed, change: proposed - now};
    })
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
}

/** Returns what would change: each weight now and proposed. */
export function weightsCard(
  held: Watched<Held>,
  answer: Watched<PricePortfolio>,
  universe: Universe | null
): HTMLElement {
  return studyCard(held, answer, "Weights", ({weights}) => {
    const isFound = Object.keys(weights).length > 0;
    const lines = universe && isFound ? weightLines(universe, weights) : [];
    const longest = Math.max(...lines.map(({change}) => Math.abs(change)), 1e-9);
    const turnover = lines.reduce((sum, {change}) => sum + Math.abs(change), 0) / 2;
    const share = (value: number) => formatPercent(value, {digits: 1});
    const sum = (pick: (line: WeightLine) => number) => lines.reduce((all, line) => all + pick(line), 0);
    return {
      currency: null,
      unit: "% of what is optimized",
      definition:
        "Shares of the value that is optimized, not of net asset value: money and what has no weight of its own stay as they are.",
      finding: isFound ? `${share(turnover)} of it would change hands.` : "There are no proposed weights.",
      state: isFound
        ? {kind: "ready" as const}
        : {
            kind: "empty" as const,
            sentence: "No weights meet the limits together: the certificate names those that conflict."
          },
      rows: {
        columns: ["position", "sector", "now", "proposed", "change"],
        rows: lines.map(({name, sector, now, proposed, change}) => [name, sector, now, proposed, change])
      },
      content: () =>
        wideFrame(
          "Weights",
          plainTable(
            ["Position", "Now", "Proposed", "Change"],
            [
              ...lines.map(({name, sector, now, proposed, change}) =>
                h(
                  "tr",
                  null,
                  h("th", {scope: "row"}, name, h("small", null, sector)),
                  h("td", {class: "number"}, share(now)),
                  h("td", {class: "number"}, share(proposed)),
                  barCell(
                    formatPercent(change, {digits: 1, signed: true}),
                    change / longest,
                    change < 0 ? "loss" : "gain"
                  )
                )
              ),
              h(
                "tr",
                {class: "total"},
                h("th", {scope: "row"}, "Sum, turnover"),
                h("td", {class: "number"}, share(sum(({now}) => now))),
                h("td", {class: "number"}, share(sum(({proposed}) => proposed))),
                h("td", {class: "number"}, share(turnover))
              )
            ]
          )
        )
    };
  });
}
