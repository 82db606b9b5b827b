import type {Finding, HealthView} from "../../lib/ledger/views.js";
import {tag} from "../badges.js";
import {h} from "../dom.js";
import {formatDay} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

const FIRST = 12;

/** Returns what is wrong with the data and what to do about it, the worst first. */
export function healthCard(watched: Watched<HealthView>): HTMLElement {
  const card = viewCard(watched, "Data health", ({findings, coverage}) => ({
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
        findings.length
          ? h("ul", null, findings.slice(0, FIRST).map(line))
          : h("p", {class: "muted"}, "No gap, no contradiction, no missing rate."),
        findings.length > FIRST &&
          h(
            "details",
            null,
            h("summary", null, `and ${findings.length - FIRST} more`),
            h("ul", null, findings.slice(FIRST).map(line))
          )
      )
  }));
  card.id = "health";
  return card;
}

/** One line an account: its first and last day, and in how many pieces. */
function covered(coverage: HealthView["coverage"]): HTMLElement[] {
  return [...Map.groupBy(coverage, ({account}) => account)].map(([account, pieces]) => {
    const from = pieces.map((piece) => piece.from).sort()[0];
    const to = pieces
      .map((piece) => piece.to)
      .sort()
      .at(-1);
    const bases = [...new Set(pieces.map(({base}) => base ?? "base currency unknown"))].join(", ");
    const parts = pieces.length > 1 ? `, in ${pieces.length} pieces` : "";
    return h(
      "li",
      {class: "covered"},
      h(
        "span",
        {class: "what"},
        h("b", {class: "secret"}, account),
        h("small", null, `${from} to ${to}${parts}, ${bases}`)
      )
    );
  });
}

function line({severity, day, sentence, next}: Finding): HTMLElement {
  return h(
    "li",
    null,
    h("span", {class: "when day"}, day ? formatDay(day, {year: false}) : ""),
    tag(severity, severity === "info" ? "plain" : severity),
    h("span", {class: "what"}, h("span", null, sentence), h("small", null, next))
  );
}
