import type {BrinsonRow, BrinsonView} from "../../lib/ledger/attribution/brinson-view.js";
import {parseGroupBenchmark, type GroupBenchmark} from "../../lib/ledger/attribution/group-benchmark.js";
import {h, uniqueId} from "../dom.js";
import {formatPercent} from "../format.js";
import {className} from "../labels.js";
import {createStore} from "../store.js";
import {table, type Column} from "../table.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {asking} from "./choices.js";

/** The benchmark's groups, of the file that the person chose on this page; it is not kept. */
const chosen = createStore<{name: string; groups: GroupBenchmark | null; wrong: string | null}>({
  name: "",
  groups: null,
  wrong: null
});

const choices = asking("by", "profile");

/** What watchView asks of the attribution against a benchmark: the groups of the file, by sector where positions are asked for. */
export const brinsonAsking = {
  query() {
    const {groups} = chosen.get();
    const {by, ...others} = choices.query();
    return {...others, by: by === undefined || by === "position" ? "sector" : by, ...(groups && {groups})};
  },
  subscribe(listener: () => void): () => void {
    const ends = [chosen.subscribe(listener), choices.subscribe(listener)];
    return () => ends.forEach((end) => end());
  }
};

const DEFINITION =
  "Against a benchmark whose groups you give as a file: date (last day of a period), group, weight (at its start), return. " +
  "Allocation is holding more or less of a group, selection is better ones within it, interaction both at once.";

/** Returns allocation, selection and interaction of each group against the benchmark of a file. */
export function brinsonCard(watched: Watched<BrinsonView>): HTMLElement {
  return viewCard(watched, "Attribution against a benchmark's groups", (view) => {
    const {rows, total, reason, constants, by, from, to} = view;
    const {name, wrong} = chosen.get();
    const sentence = wrong ?? reason;
    const controls = chooser();
    if (sentence !== null) {
      return {
        definition: DEFINITION,
        finding: sentence,
        controls,
        state: {kind: "empty", sentence: `${sentence[0].toUpperCase()}${sentence.slice(1)}.`},
        content: () => document.createTextNode("")
      };
    }
    const label = ({group}: BrinsonRow) => (by === "class" ? className(group) : group);
    return {
      unit: `%, ${name}`,
      definition: DEFINITION,
      constants: [...constants, `From the close of ${from} to ${to}.`],
      finding: `The difference of ${formatPercent(total.total.value, {signed: true})} is allocation ${formatPercent(total.allocation.value, {signed: true})}, selection ${formatPercent(total.selection.value, {signed: true})}, interaction ${formatPercent(total.interaction.value, {signed: true})}.`,
      controls,
      rows: {
        columns: ["group", ...EFFECTS.map(([key]) => key)],
        rows: rows.map((row) => [label(row), ...EFFECTS.map(([key]) => row[key].value)])
      },
      content: () =>
        table(rows, {
          label: "Attribution against a benchmark's groups",
          bare: true,
          height: 320,
          columns: [
            {key: "group", label: "Group", kind: "text", cell: label},
            ...EFFECTS.map(([key, head, summed]): Column<BrinsonRow> => ({
              key,
              label: head,
              kind: "percent",
              signed: summed,
              ...(summed && {sum: true}),
              cell: (row) => row[key]
            }))
          ],
          totals: Object.fromEntries(
            (["allocation", "selection", "interaction", "total"] as const).map((key) => [
              key,
              {value: total[key].value === null ? null : String(total[key].value)}
            ])
          )
        })
    };
  });
}

const EFFECTS = [
  ["portfolioWeight", "Weight", false],
  ["benchmarkWeight", "Benchmark", false],
  ["allocation", "Allocation", true],
  ["selection", "Selection", true],
  ["interaction", "Interaction", true],
  ["total", "Total", true]
] as const;

function chooser(): HTMLElement {
  const id = uniqueId("groups");
  const input = h("input", {
    id,
    type: "file",
    accept: ".csv,text/csv",
    class: "spoken",
    onchange: () => void read(input.files?.[0])
  });
  return h(
    "span",
    {class: "file-chooser"},
    input,
    h("label", {for: id, class: "select-button"}, "Choose a CSV file")
  );
}

async function read(file: File | undefined): Promise<void> {
  if (!file) return;
  const {name} = file;
  try {
    chosen.set({name, groups: parseGroupBenchmark(await file.text()), wrong: null});
  } catch (error) {
    chosen.set({
      name,
      groups: null,
      wrong: `${name}: ${error instanceof Error ? error.message : String(error)}`
    });
  }
}
