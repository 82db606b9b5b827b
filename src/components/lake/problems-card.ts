import type {LakeProblem} from "../../lib/lake/catalog.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {table} from "../table.js";
import {count} from "./values.js";

const STATES = {quarantined: "set aside", kept: "kept", refused: "refused"} as const;

/** Returns what checks found wrong with rows and parts. */
export function problemsCard(problems: readonly (LakeProblem & {dataset: string})[]): HTMLElement {
  const aside = problems.filter(({state}) => state !== "kept").length;
  const finding = problems.length
    ? `${count(problems.length, "problem")}, ${aside} of them with rows that are not used.`
    : "No check found anything.";
  const content = () =>
    problems.length
      ? table(problems, {
          id: "lake-problems",
          label: "Problems",
          height: 320,
          columns: [
            {
              key: "code",
              label: "What",
              kind: "text",
              cell: ({code}) => code.replaceAll("-", " "),
              groups: true,
              narrow: true
            },
            {
              key: "symbol",
              label: "Symbol",
              kind: "text",
              cell: ({symbol}) => symbol,
              groups: true,
              narrow: true,
              most: 120
            },
            {key: "day", label: "Day", kind: "day", cell: ({day}) => day},
            {
              key: "sentence",
              label: "Sentence",
              kind: "text",
              cell: ({sentence}) => sentence,
              most: 560,
              narrow: true
            },
            {key: "state", label: "Rows are", kind: "text", cell: ({state}) => STATES[state], groups: true},
            {key: "dataset", label: "Dataset", kind: "text", cell: ({dataset}) => dataset, groups: true}
          ]
        })
      : h("p", {class: "muted"}, finding);
  return chartCard(content, {
    title: "Problems",
    finding,
    definition:
      "Found when rows came, or by Verify. A row that cannot be used is set aside, beside the lake, never dropped; one that is only odd is kept and listed."
  });
}
