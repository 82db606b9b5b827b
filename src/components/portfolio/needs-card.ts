import type {Need, SummaryView} from "../../lib/ledger/views.js";
import {siteHref} from "../actions.js";
import {tag} from "../badges.js";
import {h} from "../dom.js";
import {formatDay} from "../format.js";
import {symbolName} from "../labels.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

const KINDS: Record<Need["kind"], string> = {
  expiry: "expiry",
  "short-call": "assignment",
  "ex-dividend": "ex-dividend",
  data: "data"
};

const FIRST = 5;

/** Returns what asks for attention in the next seven days, the soonest first. */
export function needsCard(watched: Watched<SummaryView>): HTMLElement {
  return viewCard(watched, "Needs you in seven days", ({needs: all, health}) => {
    const needs = all.toSorted((a, b) => rank(a) - rank(b));
    return {
      finding: needs.length ? `${needs.length} things need attention.` : "Nothing needs attention.",
      rows: {
        columns: ["day", "days left", "kind", "account", "symbol", "title", "detail"],
        rows: needs.map(({day, daysLeft, kind, account, symbol, title, detail}) => [
          day,
          daysLeft,
          kind,
          account,
          symbol,
          title,
          detail
        ])
      },
      content: () =>
        h(
          "div",
          {class: "needs"},
          needs.length
            ? h("ul", null, needs.slice(0, FIRST).map(line))
            : h("p", {class: "muted"}, "Nothing expires, goes ex-dividend or may be assigned."),
          needs.length > FIRST &&
            h(
              "details",
              null,
              h("summary", null, `and ${needs.length - FIRST} more`),
              h("ul", null, needs.slice(FIRST).map(line))
            ),
          h("p", {class: "small"}, h("a", {href: siteHref("/history#health")}, healthWords(health)))
        )
    };
  });
}

/** Events before what the data lack, unless that is an error. */
const rank = ({kind, severity}: Need): number => Number(kind === "data" && severity !== "error");

function line({kind, day, daysLeft, symbol, title, detail, severity}: Need): HTMLElement {
  const when = kind === "data" ? "now" : daysLeft === 0 ? "today" : `${daysLeft} d`;
  return h(
    "li",
    null,
    h("span", {class: "when number", "data-tip": formatDay(day)}, when),
    tag(KINDS[kind], severity === "info" ? "plain" : severity),
    h(
      "span",
      {class: "what"},
      kind === "data" ? null : h("b", null, symbol ? title.replace(symbol, symbolName(symbol)) : title),
      h("small", null, detail)
    )
  );
}

function healthWords({errors, warnings}: SummaryView["health"]): string {
  if (!errors && !warnings) return "Data health: nothing found";
  const count = (n: number, word: string) => (n ? [`${n} ${word}${n > 1 ? "s" : ""}`] : []);
  return `Data health: ${[...count(errors, "error"), ...count(warnings, "warning")].join(", ")}`;
}
