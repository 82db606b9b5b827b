import type {TwinQuery, TwinView} from "../../lib/ledger/twin/twin.js";
import {openDesk} from "../desk.js";
import {h} from "../dom.js";
import {shownMoney, shownPercent} from "../figure.js";
import {formatCompact, formatNumber} from "../format.js";
import {lineChart} from "../line-chart.js";
import {metricRow} from "../metric.js";
import {viewCard} from "../view-card.js";
import {getView, toQuery} from "../view-state.js";

/** Returns a form that asks what trading added, and the answer below it: only then are all days of positions read. */
export function twinAsk(): HTMLElement {
  const answer = h("div");
  const after = h("input", {type: "date", "aria-label": "Without the trades after"});
  const tag = h(
    "select",
    {"aria-label": "Without the trades with a tag"},
    h("option", {value: ""}, "no tag")
  );
  const button = h("button", {class: "button"}, "Compare");

  async function fillTags(): Promise<void> {
    const {entries, rules} = await (await openDesk()).tags();
    const names = new Set([...entries.flatMap(({tags}) => tags), ...rules.map((rule) => rule.tag)]);
    for (const name of [...names].sort((a, b) => a.localeCompare(b)))
      tag.append(h("option", {value: name}, name));
  }

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    button.disabled = true;
    answer.replaceChildren(
      viewCard<TwinView>({kind: "loading"}, TITLE, () => ({finding: "", content: () => h("p")}))
    );
    const query: TwinQuery = {
      ...toQuery(getView()),
      ...(tag.value ? {tag: tag.value} : after.value && {after: after.value})
    };
    try {
      answer.replaceChildren(twinCard(await (await openDesk()).view("twin", query)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      answer.replaceChildren(h("p", {class: "notice", role: "alert"}, why));
    }
    button.disabled = false;
  }

  void fillTags().catch(() => undefined); // without tags there is none to choose
  return h(
    "div",
    null,
    h(
      "form",
      {class: "form ask-row", onsubmit: (event: SubmitEvent) => void ask(event)},
      h("label", null, "Without the trades after", after),
      h("label", null, "or those with the tag", tag),
      button,
      h("p", {class: "muted"}, "Without a day: those of the range.")
    ),
    answer
  );
}

const TITLE = "With and without the trades";

function twinCard(view: TwinView): HTMLElement {
  const {days, actual, twin, gain, return: returns, scope, without, assumptions, unknown, changed} = view;
  const {currency} = scope;
  const chart = viewCard({kind: "ready", view}, TITLE, () => ({
    currency,
    definition: "The account's net asset value beside that of a twin that did not do these trades.",
    constants: assumptions,
    finding: `Without ${without.rows.length} trades the gain would be ${gain.twin.value ?? "n/a"} instead of ${gain.actual.value ?? "n/a"}.`,
    ...(unknown.days > 0 && {
      state: {
        kind: "partial" as const,
        missing: `the twin has no value on ${unknown.days} days: ${unknown.reason}`
      }
    }),
    rows: {
      columns: ["day", "with the trades", "without"],
      rows: days.map((day, i) => [day, actual[i], twin[i]])
    },
    content: (width) =>
      lineChart(
        {
          days,
          series: [
            {name: "With", values: actual, color: "var(--portfolio)"},
            {name: "Without", values: twin, color: "var(--benchmark)", dashed: true}
          ]
        },
        {
          width,
          height: 260,
          label: TITLE,
          unit: currency ?? "",
          secret: true,
          print: (value) => formatNumber(value),
          tick: (value) => formatCompact(value)
        }
      )
  }));
  return h(
    "div",
    null,
    metricRow([
      {
        label: "What the trades added",
        value: shownMoney(gain.added, currency, {signed: true}),
        unit: currency,
        signed: true,
        note: `${without.rows.length} trades, ${changed.length} holdings differ`
      },
      {
        label: "To the return",
        value: shownPercent(returns.added, {signed: true}),
        signed: true,
        note: "time-weighted"
      },
      {label: "With them", value: shownPercent(returns.actual, {signed: true}), signed: true},
      {label: "Without them", value: shownPercent(returns.twin, {signed: true}), signed: true}
    ]),
    chart,
    h(
      "ul",
      {class: "assumed", "aria-label": "What is assumed"},
      assumptions.map((sentence) => h("li", null, sentence))
    )
  );
}
