import type {HealthView} from "../../lib/ledger/views.js";
import {sessionsBetween} from "../../lib/time/calendar.js";
import {addDays, daysBetween} from "../../lib/time/day.js";
import {h, s} from "../dom.js";
import {formatDay} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";

type Span = HealthView["coverage"][number];

interface Stretch {
  from: string;
  to: string;
}

interface Line {
  account: string;
  spans: Stretch[];
  gaps: Stretch[];
}

/** Returns the days that statements cover, an account a line, what is missing between them in red. */
export function coverageCard(watched: Watched<HealthView>): HTMLElement {
  return viewCard(watched, "Days covered", ({coverage, findings}) => {
    const lines = linesOf(coverage, findings);
    const gaps = lines.flatMap(({account, gaps: missing}) => missing.map((gap) => ({account, ...gap})));
    const finding = gaps.length
      ? `${gaps.length} ${gaps.length === 1 ? "gap" : "gaps"} in ${lines.length} accounts.`
      : `No gap in ${lines.length} ${lines.length === 1 ? "account" : "accounts"}.`;
    return {
      finding,
      definition:
        "Report days of all statements, joined where they touch or where the exchange was closed between. A gap is a stretch of sessions that no statement speaks of: returns across it are n/a or cut.",
      rows: {
        columns: ["account", "from", "to", "state"],
        rows: lines.flatMap(({account, spans, gaps: missing}) => [
          ...spans.map(({from, to}) => [account, from, to, "covered"]),
          ...missing.map(({from, to}) => [account, from, to, "gap"])
        ])
      },
      content: (width) => h("div", {class: "coverage"}, timeline(lines, width, finding), listOf(gaps))
    };
  });
}

/**
 * Returns each account's covered stretches, joined where no session lies between, and what is missing: the sessions
 * between two stretches, and days within one of which a statement should have spoken.
 */
export function linesOf(coverage: readonly Span[], findings: HealthView["findings"] = []): Line[] {
  return [...Map.groupBy(coverage, ({account}) => account)].map(([account, all]) => {
    const spans: Stretch[] = [];
    const gaps: Stretch[] = [];
    for (const {from, to} of all.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
      const last = spans.at(-1);
      const first = last && addDays(last.to, 1);
      const missing = first && first < from ? sessionsBetween(first, addDays(from, -1)) : [];
      if (last && missing.length === 0) last.to = to > last.to ? to : last.to;
      else spans.push({from, to});
      if (missing.length) gaps.push({from: missing[0], to: missing[missing.length - 1]});
    }
    for (const {code, account: whose, day} of findings) {
      if (
        code === "missing-day" &&
        whose === account &&
        day &&
        gaps.every(({from, to}) => day < from || day > to)
      )
        gaps.push({from: day, to: day});
    }
    return {account, spans, gaps: gaps.toSorted((a, b) => (a.from < b.from ? -1 : 1))};
  });
}

const ROW = 26;
const LEFT = 88;
const FOOT = 22;

function timeline(lines: readonly Line[], width: number, label: string): Node {
  const days = lines.flatMap(({spans}) => spans.flatMap(({from, to}) => [from, to])).toSorted();
  const [first, last] = [days[0], addDays(days[days.length - 1], 1)];
  const room = Math.max(160, width - LEFT - 4);
  const xOf = (day: string) =>
    LEFT + (daysBetween(first, day) / Math.max(1, daysBetween(first, last))) * room;
  const bar = (from: string, to: string, y: number, className: string, title: string) =>
    s(
      "rect",
      {
        class: className,
        x: xOf(from),
        y: y + 6,
        width: Math.max(2, xOf(addDays(to, 1)) - xOf(from)),
        height: ROW - 12,
        rx: 1
      },
      s("title", null, title)
    );
  const height = lines.length * ROW + FOOT;
  return wideFrame(
    "Days covered",
    s(
      "svg",
      {class: "timeline", width: LEFT + room + 4, height, role: "img", "aria-label": label},
      s("text", {x: LEFT, y: height - 6}, formatDay(first)),
      s("text", {x: LEFT + room, y: height - 6, "text-anchor": "end"}, formatDay(days[days.length - 1])),
      yearsOf(first, last).map((year) => {
        const x = xOf(`${year}-01-01`);
        const isClear = x > LEFT + 84 && x < LEFT + room - 120;
        return s(
          "g",
          null,
          s("line", {class: "grid", x1: x, x2: x, y1: 0, y2: height - FOOT}),
          isClear && s("text", {x: x + 3, y: height - 6}, year)
        );
      }),
      lines.map(({account, spans, gaps}, i) => {
        const y = i * ROW;
        return s(
          "g",
          null,
          s("text", {class: "name secret", x: 0, y: y + 17}, account),
          spans.map(({from, to}) => bar(from, to, y, "covered", `${formatDay(from)} to ${formatDay(to)}`)),
          gaps.map(({from, to}) =>
            bar(from, to, y, "gap", `no statement from ${formatDay(from)} to ${formatDay(to)}`)
          )
        );
      })
    )
  );
}

/** Years that begin in the range; every second or fifth where there are many. */
function yearsOf(first: string, last: string): number[] {
  const from = Number(first.slice(0, 4)) + (first.endsWith("-01-01") ? 0 : 1);
  const to = Number(last.slice(0, 4));
  const step = to - from > 20 ? 5 : to - from > 8 ? 2 : 1;
  return Array.from({length: Math.max(0, to - from + 1)}, (_, n) => from + n).filter(
    (year) => year % step === 0
  );
}

function listOf(gaps: readonly {account: string; from: string; to: string}[]): Node {
  if (gaps.length === 0)
    return h("p", {class: "muted small"}, "No statement is missing between the first and the last.");
  return h(
    "ul",
    {class: "gaps"},
    gaps.map(({account, from, to}) =>
      h(
        "li",
        null,
        h("b", {class: "secret"}, account),
        from === to
          ? ` no statement for ${formatDay(from)}: run the query for this day and import it`
          : ` no statement from ${formatDay(from)} to ${formatDay(to)}: run the query for these days and import it`
      )
    )
  );
}
