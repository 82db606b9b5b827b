import {OBJECTIVES} from "../../lib/portfolio/optimize-prices.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {formatPercent} from "../format.js";
import {icon} from "../icons.js";
import {ESTIMATORS, YEARS} from "../risk/choices.js";
import {
  GROUPINGS,
  OBJECTIVE_NAMES,
  optimizeChoices,
  type GroupChoice,
  type Grouping,
  type OptimizeChoices
} from "./choices.js";
import {groupsIn, type Universe} from "./universe.js";
import {viewsForm} from "./views-form.js";

/** Returns what the portfolio is chosen for, by which beliefs, and within which limits. */
export function formCard(choices: OptimizeChoices, universe: Universe | null): HTMLElement {
  const takes = OBJECTIVES[choices.objective];
  const set = (patch: Partial<OptimizeChoices>) => optimizeChoices.set(patch);
  const [, , meaning] = OBJECTIVE_NAMES.find(([name]) => name === choices.objective)!; // one of them
  return chartCard(
    () =>
      h(
        "form",
        {class: "optimize-form", onsubmit: (event: Event) => event.preventDefault()},
        part(
          "Objective",
          select(
            "Objective",
            OBJECTIVE_NAMES.map(([name, label]) => [name, label]),
            choices.objective,
            (objective) => set({objective})
          ),
          h("p", {class: "muted small"}, meaning),
          takes.aversion && number("Risk aversion", choices.aversion, "", (aversion) => set({aversion})),
          takes.penalties &&
            number(
              "Cost of turnover",
              choices.turnover,
              "bp",
              (turnover) => set({turnover}),
              "Each unit of weight that is traded costs so much in the objective: 0 is no cost."
            )
        ),
        part(
          "Beliefs",
          select(
            "Expected returns",
            [
              ["historical", "Of the past"],
              ["equal", "The same for all"],
              ["views", "Balance and views (Black-Litterman)"]
            ],
            choices.expectation,
            (expectation) => set({expectation})
          ),
          choices.expectation === "views" && universe && viewsForm(choices.views, universe),
          select("Covariance", ESTIMATORS, choices.covariance, (covariance) => set({covariance})),
          h(
            "div",
            {class: "field-pair"},
            select(
              "Past",
              YEARS.map((value) => [value, value === 1 ? "1 year" : `${value} years`]),
              choices.years,
              (years) => set({years})
            ),
            number("Riskless rate", choices.riskFree, "%", (riskFree) => set({riskFree}))
          )
        ),
        takes.limits
          ? part(
              "Limits",
              h(
                "div",
                {class: "field-pair"},
                number("Least of each", choices.least, "%", (least) => set({least})),
                number("Most of each", choices.most, "%", (most) => set({most}))
              ),
              number(
                "Gross, at most",
                choices.gross || null,
                "%",
                (gross) => set({gross}),
                "Sum of the sizes of all weights, long and short; empty is no limit.",
                true
              ),
              universe && groupLimits(choices.groups, universe)
            )
          : part(
              "Limits",
              h(
                "p",
                {class: "muted small"},
                "This objective takes none: its weights are above zero and sum to all."
              )
            ),
        part(
          "Trades",
          h(
            "div",
            {class: "field-pair"},
            number(
              "Drift left alone",
              choices.band,
              "%",
              (band) => set({band}),
              "A weight nearer to its target than this is not traded."
            ),
            number("Least trade", choices.trade, "", (trade) => set({trade}))
          )
        )
      ),
    {title: "What for, and within what", finding: `${meaning}`}
  );
}

function part(title: string, ...content: (Node | false | null)[]): HTMLElement {
  return h("fieldset", null, h("legend", null, title), content);
}

function select<T extends string | number>(
  label: string,
  options: readonly (readonly [value: T, label: string])[],
  chosen: T,
  onChoose: (value: T) => void
): HTMLElement {
  const input = h(
    "select",
    {
      onchange: () => {
        const found = options.find(([value]) => String(value) === input.value);
        if (found) onChoose(found[0]);
      }
    },
    options.map(([value, name]) => h("option", {value, selected: value === chosen}, name))
  );
  return h("label", {class: "field"}, h("span", null, label), input);
}

function number(
  label: string,
  value: number | null,
  unit: string,
  onChange: (value: number) => void,
  tip?: string,
  isOptional = false
): HTMLElement {
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    value: value === null ? "" : String(value),
    placeholder: isOptional ? "none" : null,
    onchange: () => {
      const text = input.value.trim().replace("−", "-");
      const read = text === "" && isOptional ? 0 : Number(text || NaN);
      if (Number.isFinite(read)) onChange(read);
      else input.setAttribute("aria-invalid", "true");
    }
  });
  return h(
    "label",
    {class: "field", "data-tip": tip ?? null},
    h("span", null, label, unit && h("small", null, unit)),
    input
  );
}

/** A line a group: its present weight, least and most. */
function groupLimits(choices: readonly GroupChoice[], universe: Universe): HTMLElement {
  const line = (choice: GroupChoice, i: number) => {
    const set = (patch: Partial<GroupChoice>) =>
      optimizeChoices.set({groups: choices.map((one, j) => (i === j ? {...one, ...patch} : one))});
    const bound = (key: "least" | "most", word: string) => {
      const input = h("input", {
        type: "text",
        inputmode: "decimal",
        size: 4,
        value: choice[key] === undefined ? "" : String(choice[key]),
        placeholder: word,
        "aria-label": `${word} of ${choice.name}, percent`,
        onchange: () => {
          const read = Number(input.value || NaN);
          const {[key]: _, ...rest} = choice;
          optimizeChoices.set({
            groups: choices.map((one, j) =>
              i === j ? {...rest, ...(Number.isFinite(read) && {[key]: read})} : one
            )
          });
        }
      });
      return input;
    };
    const names = groupsIn(universe, choice.by);
    const name = h(
      "select",
      {"aria-label": "Group", onchange: () => set({name: name.value})},
      names.map((group) =>
        h(
          "option",
          {value: group.name, selected: group.name === choice.name},
          `${group.name}, now ${formatPercent(group.weight, {digits: 0})}`
        )
      )
    );
    return h(
      "div",
      {class: "group-line"},
      name,
      bound("least", "least"),
      bound("most", "most"),
      h("small", null, "%"),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": `Remove the limit of ${choice.name}`,
          onclick: () => optimizeChoices.set({groups: choices.filter((_, j) => j !== i)})
        },
        icon("close", 12)
      )
    );
  };
  const add = (by: Grouping) => {
    const taken = choices.filter((one) => one.by === by).map(({name}) => name);
    const next = groupsIn(universe, by).find(({name}) => !taken.includes(name));
    if (next) optimizeChoices.set({groups: [...choices, {by, name: next.name}]});
  };
  return h(
    "div",
    {class: "group-limits"},
    choices.map(line),
    h(
      "p",
      null,
      "Limit a ",
      GROUPINGS.flatMap((by, i) => [
        i ? " · " : "",
        h("button", {type: "button", class: "link-button", onclick: () => add(by)}, by)
      ])
    )
  );
}
