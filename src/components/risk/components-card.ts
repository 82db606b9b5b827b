import type {FactorAnalysisOutput} from "../../lib/tasks/factor-analysis.js";
import {h} from "../dom.js";
import {formatNumber, formatPercent} from "../format.js";
import {plainTable} from "../plain-table.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import type {Held} from "./held.js";
import {barCell, studyCard} from "./study-card.js";

const MOST = 12;
const NAMED = 4;

/** Returns what the returns of what is held have in common: principal components, the largest first. */
export function componentsCard(held: Watched<Held>, answer: Watched<FactorAnalysisOutput>): HTMLElement {
  return studyCard(held, answer, "Principal components", ({assets, components}) => {
    if ("reason" in components) {
      const sentence = `No components: ${components.reason}.`;
      return {finding: sentence, state: {kind: "empty", sentence}, content: () => h("p")};
    }
    const {shares, loadings, constants} = components;
    const n = assets.length;
    let sum = 0;
    const lines = Array.from(shares.slice(0, MOST), (share, k) => {
      sum += share;
      const weights = assets.map((name, i) => ({name, weight: loadings[k * n + i]}));
      const largest = weights.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, NAMED);
      return {k: k + 1, share, sum, largest, weights};
    });
    const half = Array.from(shares).reduce(
      (so, share, k) => (so.sum >= 0.5 ? so : {sum: so.sum + share, count: k + 1}),
      {sum: 0, count: 0}
    );
    return {
      currency: null,
      definition:
        "Eigenvectors of the correlation of returns: the first is what moves most of what is held together. Many positions with one large component are one bet.",
      constants: [
        `${constants.n} periods with a return of each of ${constants.assets} positions; ${constants.dropped} left out.`,
        "Signs: the largest loading is above zero."
      ],
      finding: `The first explains ${formatPercent(shares[0], {digits: 0})} of the variance; half of it takes ${half.count}.`,
      rows: {
        columns: ["component", "share", ...assets],
        rows: lines.map(({k, share, weights}) => [k, share, ...weights.map(({weight}) => weight)])
      },
      content: () =>
        h(
          "div",
          null,
          h("p", {class: "lead"}, `Half of the variance takes ${half.count} of ${n} components.`),
          wideFrame(
            "Principal components",
            plainTable(
              ["Component", "Share", "Together", "Largest loadings"],
              lines.map(({k, share, sum: together, largest}) =>
                h(
                  "tr",
                  null,
                  h("th", {scope: "row"}, String(k)),
                  barCell(formatPercent(share, {digits: 1}), share / shares[0]),
                  h("td", {class: "number"}, formatPercent(together, {digits: 1})),
                  h(
                    "td",
                    {class: "loadings"},
                    largest
                      .map(({name, weight}) => `${name} ${formatNumber(weight, {signed: true})}`)
                      .join(", ")
                  )
                )
              )
            )
          )
        )
    };
  });
}
