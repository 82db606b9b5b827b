import type {PerformanceView} from "../../lib/ledger/views.js";
import {measureRows, riskPanel} from "../risk-panel.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns the measures of risk and return beside the benchmark's. */
export function riskCard(watched: Watched<PerformanceView>): HTMLElement {
  return viewCard(
    watched,
    "Risk and return",
    ({measures, benchmark, benchmarkReason, constants, warnings}) => ({
      finding: `${measures.length} measures over the range.`,
      definition: benchmark
        ? `The same days for both, ${benchmark.from} to ${benchmark.to}; ${benchmark.name} is a ${benchmark.kind}.`
        : (benchmarkReason ?? "There is no benchmark."),
      constants,
      rows: measureRows(measures),
      state: warnings.length ? {kind: "partial", missing: warnings.join("; ")} : {kind: "ready"},
      content: () => riskPanel({measures, benchmark: benchmark?.name ?? null, constants})
    })
  );
}
