import type {
  AttributionRow,
  AttributionView,
  Grouping
} from "../../lib/ledger/attribution/attribution-view.js";
import {formatPercent} from "../format.js";
import {className, symbolName} from "../labels.js";
import {table, type Column} from "../table.js";
import {tabs} from "../tabs.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {choose} from "./choices.js";

const TABS: readonly (readonly [Grouping, string])[] = [
  ["position", "Position"],
  ["class", "Class"],
  ["currency", "Currency"],
  ["sector", "Sector"],
  ["account", "Account"]
];

const DEFINITION =
  "What each group gained over the range, by what made it; the rows sum to the accounts' gain exactly, their contributions " +
  "to the time-weighted return.";

/** Returns gains by group with the parts that made them, and each group's share of the return. */
export function contributionCard(watched: Watched<AttributionView>): HTMLElement {
  return viewCard(watched, "Contribution", (view) => {
    const {rows, by, total, constants, problems, reason, scope} = view;
    const controls = tabs(TABS, {label: "Grouped by", chosen: by, onChoose: (next) => choose({by: next})});
    if (reason !== null) {
      return {
        definition: DEFINITION,
        finding: reason,
        state: {kind: "empty", sentence: reason},
        controls,
        content: () => document.createTextNode("")
      };
    }
    const columns = columnsOf(view);
    const [best] = rows;
    return {
      currency: scope.currency,
      definition: DEFINITION,
      constants: [...constants, ...marksOf(view)],
      finding: best
        ? `${labelOf(best, by)} moved the accounts most: ${formatPercent(best.contribution.value)} of ${formatPercent(total.contribution.value)}.`
        : "Nothing was gained or lost.",
      rows: {
        columns: ["group", "kind", ...AMOUNTS.map(([key]) => key), "contribution", "return"],
        rows: rows.map((row) => [
          labelOf(row, by),
          row.kind,
          ...AMOUNTS.map(([key]) => row[key].value),
          row.contribution.value,
          row.return.value
        ])
      },
      controls,
      state: problems.length ? {kind: "partial", missing: problems.slice(0, 3).join("; ")} : {kind: "ready"},
      content: () =>
        table(rows, {
          id: "contribution",
          label: "Contribution",
          bare: true,
          height: 420,
          columns,
          totals: {
            ...Object.fromEntries(AMOUNTS.map(([key]) => [key, total[key]])),
            contribution: percentTotal(total.contribution)
          }
        })
    };
  });
}

const AMOUNTS = [
  ["gain", "Gain"],
  ["price", "Price"],
  ["income", "Income"],
  ["currency", "Currency"],
  ["fee", "Fees"],
  ["tax", "Taxes"]
] as const;

function columnsOf({by, scope}: AttributionView): Column<AttributionRow>[] {
  const currency = () => scope.currency;
  const name = TABS.find(([key]) => key === by)?.[1] ?? "Group";
  return [
    {
      key: "label",
      label: name,
      kind: "text",
      most: 150,
      cell: (row) => labelOf(row, by),
      print: symbolName
    },
    {
      key: "contribution",
      label: "Contribution",
      kind: "percent",
      signed: true,
      sum: true,
      cell: (row) => row.contribution
    },
    ...AMOUNTS.map(([key, label]): Column<AttributionRow> => ({
      key,
      label,
      kind: "amount",
      currency,
      signed: true,
      sum: true,
      cell: (row) => row[key]
    })),
    {key: "return", label: "Own return", kind: "percent", signed: true, cell: (row) => row.return},
    {key: "end", label: "Value", kind: "amount", currency, cell: (row) => row.end}
  ];
}

function labelOf({label, kind}: AttributionRow, by: Grouping): string {
  return by === "class" && kind === "holdings" ? className(label) : label;
}

function percentTotal({value, reason}: AttributionRow["contribution"]) {
  return {value: value === null ? null : String(value), ...(reason !== undefined && {reason})};
}

function marksOf({marks}: AttributionView): string[] {
  if (!marks.length) return [];
  const named = marks.map(({source, days}) => `${source === "none" ? "without" : source} ${days}`);
  return [`Days of the accounts by where their marks are from: ${named.join(", ")}.`];
}
