import {h} from "../dom.js";
import {figure} from "../figure.js";
import {formatNumber} from "../format.js";
import type {Held} from "../risk/held.js";
import {studyCard} from "../risk/study-card.js";
import type {Watched} from "../watch-view.js";
import type {Universe} from "./universe.js";

/** Returns what of the account has no weight here, and why. */
export function outsideCard(held: Watched<Held>, universe: Universe | null): HTMLElement {
  return studyCard(held, held, "What stays as it is", () => {
    const outside = universe?.outside ?? [];
    return {
      finding: `${outside.length} positions have no weight here.`,
      state: outside.length
        ? {kind: "ready" as const}
        : {kind: "empty" as const, sentence: "All that is held is optimized."},
      rows: {
        columns: ["position", "class", "value", "reason"],
        rows: outside.map(({name, class: kind, value, reason}) => [name, kind, value, reason])
      },
      content: () =>
        h(
          "div",
          {class: "left-out"},
          h(
            "ul",
            null,
            outside.map(({name, class: kind, value, reason}) =>
              h(
                "li",
                null,
                h("b", null, name),
                h("small", null, kind),
                figure({text: formatNumber(value, {digits: 0}), reason, secret: true}),
                h("span", null, reason)
              )
            )
          )
        )
    };
  });
}
