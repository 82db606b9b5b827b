import type {Scenario} from "../../lib/risk/stress/scenario.js";
import type {StressResult} from "../../lib/risk/stress/stress.js";
import type {StressTestOutput} from "../../lib/tasks/stress-test.js";
import {h} from "../dom.js";
import {openDrawer} from "../drawer.js";
import {change, figure} from "../figure.js";
import {formatDay, formatNumber, formatPercent} from "../format.js";
import {icon} from "../icons.js";
import {plainTable} from "../plain-table.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";
import {shareOfNav, type Held} from "./held.js";
import {scenarioForm} from "./scenario-form.js";
import {removeScenario} from "./scenarios.js";
import {barCell, studyCard} from "./study-card.js";

/** Returns what each scenario would do to what is held, worst first within history and within one's own. */
export function stressCard(held: Watched<Held>, answer: Watched<StressTestOutput>): HTMLElement {
  const controls =
    held.kind === "ready" && held.view.view.asOf !== null ? scenarioForm(held.view) : undefined;
  return studyCard(
    held,
    answer,
    "Stress scenarios",
    ({scenarios, results}, own) => {
      const lines = scenarios
        .map((scenario, i) => ({scenario, result: results[i]}))
        .sort(
          (a, b) =>
            Number(isOwn(b.scenario)) - Number(isOwn(a.scenario)) ||
            (a.result.gain.value ?? 0) - (b.result.gain.value ?? 0)
        );
      const worst = lines.reduce((low, {result}) => Math.min(low, result.gain.value ?? 0), 0);
      const longest = Math.max(...lines.map(({result}) => Math.abs(result.gain.value ?? 0)), 1e-9);
      const worstLine = lines.find(({result}) => result.gain.value === worst);
      return {
        definition:
          "All moves at once, with nothing traded. Episodes move shares as the S&P 500, rates, implied volatility and currencies as they did; options are revalued. What an episode does not speak of is n/a, and counted in the last column.",
        finding: worstLine
          ? `Worst: ${worstLine.scenario.name}, ${formatNumber(worst, {digits: 0})} ${own.currency}.`
          : "No scenario loses money.",
        rows: {
          columns: ["scenario", "from", "to", "gain", "of net asset value", "not known"],
          rows: lines.map(({scenario, result}) => [
            scenario.name,
            scenario.from ?? null,
            scenario.to ?? null,
            result.gain.value,
            result.gain.value === null ? null : shareOfNav(result.gain.value, own),
            result.unknown
          ])
        },
        content: () =>
          stressFrame(
            "Stress scenarios",
            plainTable(
              ["Scenario", "Gain", "of NAV", "Unknown"],
              lines.map(({scenario, result}) => row(scenario, result, longest, own))
            )
          )
      };
    },
    controls
  );
}

function stressFrame(label: string, content: Node): HTMLElement {
  const frame = wideFrame(label, content);
  frame.classList.add("stress");
  return frame;
}

const isOwn = ({id}: Scenario): boolean => id.startsWith("own-");

function row(scenario: Scenario, result: StressResult, longest: number, held: Held): HTMLElement {
  const {gain, unknown} = result;
  const share = gain.value === null ? null : shareOfNav(gain.value, held);
  return h(
    "tr",
    null,
    h(
      "th",
      {scope: "row"},
      h(
        "button",
        {type: "button", class: "link-button", onclick: () => openScenario(scenario, result, held)},
        scenario.name
      ),
      isOwn(scenario)
        ? h(
            "button",
            {
              type: "button",
              class: "icon-button",
              "aria-label": `Remove ${scenario.name}`,
              onclick: () => removeScenario(scenario.id)
            },
            icon("close", 12)
          )
        : h("small", null, scenario.from?.slice(0, 4))
    ),
    h(
      "td",
      {class: "number"},
      change({text: formatNumber(gain.value, {digits: 0, signed: true}), reason: gain.reason, secret: true})
    ),
    barCell(
      formatPercent(share, {digits: 1, signed: true}),
      (gain.value ?? 0) / longest,
      (gain.value ?? 0) < 0 ? "loss" : "gain"
    ),
    h("td", {class: "number"}, unknown ? formatPercent(unknown, {digits: 1}) : "–")
  );
}

/** Opens what a scenario does to each position. */
function openScenario(scenario: Scenario, {gain, holdings}: StressResult, {currency}: Held): void {
  const {name, from, to, shocks, volatility, rest, sources = []} = scenario;
  const lines = holdings.toSorted((a, b) => (a.gain.value ?? 0) - (b.gain.value ?? 0));
  const money = (value: number | null, reason?: string) =>
    change({text: formatNumber(value, {digits: 0, signed: true}), reason, secret: true});
  const moves = [
    ...shocks
      .filter(({kind}) => kind !== "currency")
      .map(({kind, key, change: by}) =>
        kind === "factor" && key === "rates"
          ? `ten-year yield ${formatNumber(100 * by, {signed: true})} points`
          : `${key} ${formatPercent(by, {digits: 1, signed: true})}`
      ),
    ...(volatility
      ? [`implied volatility ${formatNumber(100 * volatility.change, {digits: 1, signed: true})} points`]
      : [])
  ];
  openDrawer(
    h(
      "div",
      null,
      h(
        "p",
        null,
        moves.length ? `${moves.join("; ")}.` : "Currencies alone move.",
        rest === "unchanged" ? " All else stays as it is." : ""
      ),
      wideFrame(
        "Gain by position",
        plainTable(
          ["Position", "Value", "Gain", "Price", "Currency"],
          [
            ...lines.map((line) =>
              h(
                "tr",
                null,
                h(
                  "th",
                  {
                    scope: "row",
                    class: line.notes.length ? "defined" : null,
                    tabindex: line.notes.length ? 0 : null,
                    "data-tip": line.notes.length ? line.notes.join("; ") : null
                  },
                  line.symbol
                ),
                h(
                  "td",
                  {class: "number"},
                  figure({text: formatNumber(line.value, {digits: 0}), secret: true})
                ),
                h("td", {class: "number"}, money(line.gain.value, line.gain.reason)),
                h("td", {class: "number"}, money(line.price, line.gain.reason ?? "not known")),
                h("td", {class: "number"}, money(line.currency, line.gain.reason ?? "not known"))
              )
            ),
            h(
              "tr",
              {class: "total"},
              h("th", {scope: "row"}, "All that is known"),
              h("td"),
              h("td", {class: "number"}, money(gain.value, gain.reason)),
              h("td"),
              h("td")
            )
          ]
        )
      ),
      sources.length > 0 && h("p", {class: "muted small"}, `Sources: ${sources.join("; ")}.`)
    ),
    {
      title: name,
      subtitle: `${from && to ? `${formatDay(from)} – ${formatDay(to)} · ` : ""}${currency}`
    }
  );
}
