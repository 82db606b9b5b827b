import {h} from "./dom.js";

/** Returns a short table without controls: heads above, the rows as they are. */
export function plainTable(
  heads: readonly string[],
  rows: HTMLElement | readonly HTMLElement[],
  {numbersFrom = 1}: {numbersFrom?: number} = {}
): HTMLElement {
  return h(
    "table",
    {class: "plain"},
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        heads.map((name, i) => h("th", {scope: "col", class: i < numbersFrom ? null : "number"}, name))
      )
    ),
    Array.isArray(rows) ? h("tbody", null, rows) : (rows as HTMLElement) // a body of one's own that grows
  );
}
