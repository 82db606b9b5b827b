import type {HealthView, ToldFinding} from "../../lib/ledger/views.js";
import {addDays} from "../../lib/time/day.js";
import {tag} from "../badges.js";
import {h} from "../dom.js";
import {formatDay} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {fixButtons, fixLog} from "./health-fix.js";

const MOST = 12;

/** Returns what is wrong with the data and what to do about it, the worst first. */
export function healthCard(watched: Watched<HealthView>): HTMLElement {
  const card = viewCard(watched, "Data health", ({findings, coverage, scope}) => {
    const first = Math.min(MOST, findings.filter(({severity}) => severity !== "info").length);
    const line = (finding: ToldFinding) => lineOf(finding, scope.source === "demo");
    return {
      finding: findings.length ? `${findings.length} findings.` : "Nothing was found.",
      definition: "What the statements contradict, lack or changed, found by comparing them with each other.",
      rows: {
        columns: ["severity", "code", "account", "day", "finding", "next"],
        rows: findings.map(({severity, code, account, day, sentence, next}) => [
          severity,
          code,
          account,
          day,
          sentence,
          next
        ])
      },
      content: () =>
        h(
          "div",
          {class: "needs health"},
          h("ul", null, covered(coverage)),
          fixLog(),
          first
            ? h("ul", null, findings.slice(0, first).map(line))
            : h("p", {class: "muted"}, "No gap, no contradiction, no missing rate."),
          findings.length > first &&
            h(
              "details",
              null,
              h("summary", null, `and ${findings.length - first} more`),
              h("ul", null, findings.slice(first).map(line))
            )
        )
    };
  });
  card.id = "health";
  return card;
}

/** One line an account: its first and last day, its base currencies, and in how many pieces. */
function covered(coverage: HealthView["coverage"]): HTMLElement[] {
  return [...Map.groupBy(coverage, ({account}) => account)].map(([account, spans]) => {
    const gaps = spans.filter(({from}, i) => i > 0 && from > addDays(spans[i - 1].to, 1)).length;
    const bases = [...new Set(spans.flatMap(({base}) => base ?? []))].join(", ");
    const parts = gaps ? `, in ${gaps + 1} pieces` : "";
    const days = `${formatDay(spans[0].from)} to ${formatDay(spans[spans.length - 1].to)}`;
    return h(
      "li",
      {class: "covered"},
      h(
        "span",
        {class: "what"},
        h("b", {class: "secret"}, account),
        h("small", null, `${days}${parts}, ${bases || "base currency unknown"}`)
      )
    );
  });
}

function lineOf(finding: ToldFinding, isDemo: boolean): HTMLElement {
  const {severity, day, sentence, next} = finding;
  return h(
    "li",
    null,
    h("span", {class: "when day"}, day ? formatDay(day) : ""),
    tag(severity, severity === "info" ? "plain" : severity),
    h(
      "span",
      {class: "what"},
      h("span", null, sentence),
      h("small", null, next),
      fixButtons(finding, {isDemo})
    )
  );
}
