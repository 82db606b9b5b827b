import type {Measure} from "../lib/ledger/views.js";
import type {Figure} from "../lib/returns/figure.js";
import {h} from "./dom.js";
import {plainTable} from "./plain-table.js";
import type {Rows} from "./export.js";
import {figure, shownNumber, shownPercent, type Shown} from "./figure.js";
import {wideFrame} from "./wide-frame.js";

interface Panel {
  measures: readonly Measure[];
  benchmark: string | null;
  /** Each constant used, as a sentence. */
  constants: readonly string[];
}

/** Returns each measure of the portfolio beside the benchmark's, with the difference, and what was assumed. */
export function riskPanel({measures, benchmark, constants}: Panel): HTMLElement {
  const row = ({label, unit, definition, portfolio, benchmark: theirs, difference}: Measure) =>
    h(
      "tr",
      null,
      h("th", {scope: "row"}, h("span", {tabindex: 0, class: "defined", "data-tip": definition}, label)),
      h("td", {class: "number"}, figure(shown(portfolio, unit))),
      h("td", {class: "number"}, figure(shown(theirs, unit))),
      h("td", {class: "number"}, figure(shown(difference, unit, true)))
    );
  return h(
    "div",
    {class: "risk"},
    wideFrame(
      "Measures",
      plainTable(["Measure", "Portfolio", benchmark ?? "Benchmark", "Difference"], measures.map(row))
    ),
    h("p", {class: "constants"}, constants.join(" · "))
  );
}

function shown(value: Figure, unit: Measure["unit"], signed = false): Shown {
  if (unit === "fraction") return shownPercent(value, {signed});
  return shownNumber(value, {signed, digits: unit === "days" ? 0 : 2});
}

/** Returns the measures as rows to take along. */
export function measureRows(measures: readonly Measure[]): Rows {
  return {
    columns: ["measure", "unit", "portfolio", "benchmark", "difference"],
    rows: measures.map(({label, unit, portfolio, benchmark, difference}) => [
      label,
      unit,
      portfolio.value,
      benchmark.value,
      difference.value
    ])
  };
}
