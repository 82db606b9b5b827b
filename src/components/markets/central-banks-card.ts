import type {CentralBanksView, ImpliedMeeting, MarketRow, Meeting} from "../../lib/market/views.js";
import {tag} from "../badges.js";
import {h} from "../dom.js";
import {change, figure} from "../figure.js";
import {formatDay, formatNumber, formatPercent} from "../format.js";
import {plainTable} from "../plain-table.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {marketCard} from "./market-card.js";
import {shownChange, shownValue} from "./row-format.js";

/** Moves less likely than this are left out of the line; they stay in the sums. */
const LEAST = 0.01;
const SHOWN_MEETINGS = 8;

/** Returns what each central bank pays and when it meets next. */
export function meetingsCard(watched: Watched<CentralBanksView>): HTMLElement {
  return marketCard(watched, "Central banks", ({meetings, policy, knownUntil}) => {
    const [next] = meetings;
    const banks = [...Map.groupBy(meetings, ({bank}) => bank)];
    const latest = policy.reduce<string | null>(
      (day, {asOf}) => (asOf !== null && asOf > (day ?? "") ? asOf : day),
      null
    );
    return {
      asOf: latest ? {day: latest, source: "FRED"} : null,
      reason: null,
      definition:
        "Policy rates as the central banks set them, and the days on which they decide next, from their published calendars. Unscheduled meetings happen.",
      constants: knownUntil.map(({bank, day, source}) => `${bank}: dates to ${formatDay(day)}, ${source}.`),
      finding: next
        ? `The next meeting is the ${next.bank}'s, ${inDays(next.daysTo)}.`
        : "No date of a meeting is known.",
      rows: {
        columns: ["bank", "day", "days to", "projections", "source"],
        rows: meetings.map(({bank, day, daysTo, projections, source}) => [
          bank,
          day,
          daysTo,
          projections ? "yes" : "no",
          source
        ])
      },
      content: () =>
        h(
          "div",
          {class: "side-tables"},
          wideFrame("Next meetings", nextMeetings(banks)),
          wideFrame("Policy rates", policyRates(policy))
        )
    };
  });
}

function nextMeetings(banks: readonly (readonly [bank: string, own: readonly Meeting[]])[]): HTMLElement {
  const lines = banks.flatMap(([bank, own]) =>
    own
      .slice(0, 2)
      .map(({day, daysTo, projections, source}, i) =>
        h(
          "tr",
          null,
          h("th", {scope: "row"}, i ? "" : bank),
          h("td", {class: "number", "data-tip": source}, formatDay(day), projections && tag("projections")),
          h("td", {class: "number"}, i ? inDays(daysTo) : h("b", null, inDays(daysTo)))
        )
      )
  );
  return plainTable(["Next meetings", "", "In"], lines);
}

function policyRates(policy: readonly MarketRow[]): HTMLElement {
  const lines = policy.map((row) =>
    h(
      "tr",
      null,
      h("th", {scope: "row", "data-tip": row.source}, row.label),
      h("td", {class: "number"}, figure(shownValue(row))),
      h("td", {class: "number"}, row.value === null ? null : change(shownChange(row, "change1m"))),
      h("td", {class: "number as-of"}, row.asOf ? formatDay(row.asOf, {year: false}) : "")
    )
  );
  return plainTable(["Policy rate, %", "Last", "1 M, bp", "As of"], lines);
}

function inDays(days: number): string {
  return days === 0 ? "today" : days === 1 ? "1 day" : `${days} days`;
}

/** Returns the path of the federal funds rate that its futures imply, meeting by meeting. */
export function impliedCard(watched: Watched<CentralBanksView>): HTMLElement {
  return marketCard(watched, "Implied federal funds path", ({implied, reason, impliedAsOf}) => {
    const shown = implied.slice(0, SHOWN_MEETINGS);
    const last = shown.at(-1);
    return {
      asOf: impliedAsOf === null ? null : {day: impliedAsOf, source: "fed funds futures"},
      reason: implied.length ? null : (reason ?? "There are no futures in the lake."),
      unit: "%",
      definition:
        "From 30-day federal funds futures by the exchange's method: a contract's month averages the rate before and after its meeting; months without a meeting anchor the path. A move is spread over the two multiples of 25 basis points around it; levels multiply all meetings out.",
      finding:
        shown.length && last
          ? `After ${formatDay(shown[0].day)} the expected rate is ${formatNumber(shown[0].end)} percent, ${formatNumber(shown[0].changeBp, {digits: 0, signed: true})} basis points; by ${formatDay(last.day)} it is ${formatNumber(last.end)}.`
          : (reason ?? ""),
      ...(reason !== null && {state: {kind: "partial" as const, missing: reason}}),
      rows: {
        columns: [
          "meeting",
          "contract",
          "price",
          "before",
          "after",
          "change, bp",
          "move, bp",
          "probability",
          "flag"
        ],
        rows: implied.flatMap(({day, contract, price, start, end, changeBp, moves, flag}) =>
          moves.map(({bp, probability}) => [
            day,
            contract,
            price,
            start,
            end,
            changeBp,
            bp,
            probability,
            flag
          ])
        )
      },
      content: () => wideFrame("Implied federal funds path", impliedTable(shown))
    };
  });
}

function impliedTable(meetings: readonly ImpliedMeeting[]): HTMLElement {
  return plainTable(
    ["Meeting", "Expected after, %", "Change, bp", "Likely moves, bp", "Most likely range, %"],
    meetings.map(({day, end, changeBp, moves, levels, flag, contract, price, basis}) => {
      const likely = levels.reduce((a, b) => (b.probability > a.probability ? b : a), levels[0]);
      return h(
        "tr",
        null,
        h(
          "th",
          {
            scope: "row",
            "data-tip": `contract of ${contract} at ${formatNumber(price, {digits: 4})}, the ${basis}`
          },
          formatDay(day),
          flag && h("span", {"data-tip": flag}, tag("weak", "warning"))
        ),
        h("td", {class: "number"}, formatNumber(end, {digits: 3})),
        h("td", {class: "number"}, change({text: formatNumber(changeBp, {digits: 1, signed: true})})),
        h("td", {class: "number"}, odds(moves)),
        h(
          "td",
          {class: "number"},
          likely && `${formatNumber(likely.lower)} – ${formatNumber(likely.upper)}`,
          likely && h("small", null, formatPercent(likely.probability, {digits: 0}))
        )
      );
    })
  );
}

/** The likely moves, each with a bar as long as its probability. */
function odds(moves: ImpliedMeeting["moves"]): HTMLElement {
  return h(
    "span",
    {class: "odds"},
    moves
      .filter(({probability}) => probability >= LEAST)
      .map(({bp, probability}) =>
        h(
          "span",
          {style: `--odds:${probability}`},
          h("i"),
          bp === 0 ? "hold" : formatNumber(bp, {digits: 0, signed: true}),
          h("b", null, formatPercent(probability, {digits: 0}))
        )
      )
  );
}
