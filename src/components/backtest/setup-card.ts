import {PROFILES} from "../../lib/backtest/contract.js";
import {parseRate} from "../../lib/backtest/costs/costs.js";
import {METRIC_PROFILES} from "../../lib/backtest/metrics/metric.js";
import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import {siteHref} from "../actions.js";
import {tabs} from "../tabs.js";
import type {Progress} from "./answers.js";
import {dataFields} from "./data-fields.js";
import {field, fillSelect, type Field} from "./fields.js";
import {backtests} from "./run-backtest.js";
import {formatSetup, type Setup} from "./setup-state.js";
import {getSetup, setSetup, subscribeSetup} from "./setup-store.js";
import {factsOf, parametersFor, refusalOf, STRATEGY_FACTS} from "./strategies.js";

const FILL_TIP =
  "What is decided at a bar's close fills at the next bar's open. The same close is what no live order gets: figures made with it carry a badge.";
const COST_TIP = "5bps or 0.0005 of the value, or 0.005/share";

/** Returns the form of the page; each change that makes sense is run at once, what makes none is said at its field. */
export function setupCard(): HTMLElement {
  const data = dataFields(
    () => {
      const {symbol, ...setup} = getSetup();
      return {...setup, symbols: symbol === null ? [] : [symbol]};
    },
    ({symbols, ...wanted}) => setSetup({...wanted, ...(symbols && {symbol: symbols[0] ?? null})})
  );
  const strategy = field(
    "Strategy",
    h("select", {
      onchange: () => {
        setSetup({strategy: strategy.input.value, parameters: parametersFor(strategy.input.value)});
        showParameters();
      }
    }),
    {wide: true}
  );
  const meaning = h("p", {class: "muted small bt-meaning"});
  const parameters = h("div", {class: "bt-parameters"});
  const profile = field(
    "Rules",
    h("select", {onchange: () => setSetup({profile: profile.input.value as Setup["profile"]})}),
    {
      tip: "Ours, or those of another engine, so that its results can be compared: guides/execution-contract.md"
    }
  );
  const fill = field(
    "Fills at",
    h("select", {onchange: () => setSetup({fill: (fill.input.value || null) as Setup["fill"]})}),
    {tip: FILL_TIP}
  );
  const cash = number("Cash at first", "any", (value) => {
    if (!(value > 0 && value < Infinity)) return "a number above zero";
    setSetup({cash: value});
    return "";
  });
  const cost = (label: string, key: "commission" | "slippage") => {
    const own = field(label, h("input", {type: "text", spellcheck: "false", oninput: take}), {tip: COST_TIP});
    function take(): void {
      const text = own.input.value.trim();
      try {
        parseRate(text);
        own.tell("");
        setSetup({[key]: text});
      } catch (error) {
        own.tell((error as RangeError).message.replace(/^invalid cost: .*?: /, ""));
      }
    }
    return own;
  };
  const commission = cost("Commission", "commission");
  const slippage = cost("Slippage", "slippage");
  const costs = field(
    "And further",
    h("select", {
      onchange: () => {
        const chosen = (costs.input.value || null) as Setup["costs"]; // of its options
        setSetup({costs: chosen, ...(chosen && {commission: "0"}), ...(chosen === "own" && {slippage: "0"})});
        show();
      }
    }),
    {
      tip: "Beside commission and slippage above, which it sets to 0 where it has its own. IBKR's prices: commission, exchange and regulatory fees of US shares in USD as IBKR publishes them, dated. My own fills: what the orders of shares in your statements cost, by symbol, as the Costs page shows it."
    }
  );
  const impact = field(
    "Impact",
    h("select", {onchange: () => setSetup({impact: (impact.input.value || null) as Setup["impact"]})}),
    {
      tip: "What own orders move the price by: with the square root of their share of the day's volume and its volatility, or with the share squared. Needs bars with volumes."
    }
  );
  const borrow = number("Borrow, % a year", "any", (value) => {
    if (borrow.input.value !== "" && !(value >= 0 && value <= 1000)) return "a number from 0 to 1000";
    setSetup({borrow: value > 0 ? value / 100 : null});
    return "";
  });
  const convention = field(
    "Metrics as",
    h("select", {onchange: () => setSetup({convention: convention.input.value as Setup["convention"]})}),
    {tip: "Whose formulas the metrics follow; what a library does not have is ours, which its row says."}
  );
  const engines = h("span");
  const status = h("span", {class: "muted small", role: "status"});
  const cancel = h(
    "button",
    {type: "button", class: "button quiet", hidden: true, onclick: () => backtests.cancel()},
    "Cancel"
  );
  const sweep = h("a", {class: "small"}, "Sweep its parameters");

  function showParameters(): void {
    const setup = getSetup();
    const facts = factsOf(setup.strategy);
    meaning.textContent = facts.meaning;
    const all = [...facts.parameters, ...facts.optional];
    const fields: Field<HTMLInputElement>[] = all.map(({name, label, most}) => {
      const own = number(`${label} (1–${formatNumber(most, {digits: 0})})`, "1", () => take(name));
      own.input.min = "1";
      own.input.max = String(most);
      own.input.value = String(setup.parameters[name] ?? "");
      if (facts.optional.some((each) => each.name === name)) own.input.placeholder = "none";
      return own;
    });
    /** Takes all together, for a strategy looks at them together; says what is wrong at the one that was changed. */
    function take(changed: string): string {
      const values = Object.fromEntries(
        all.flatMap(({name}, i) => {
          const {value} = fields[i].input;
          return value === "" && i >= facts.parameters.length ? [] : [[name, Number(value)]];
        })
      );
      const outside = all.findIndex(
        ({name, most}) =>
          name in values && !(Number.isSafeInteger(values[name]) && values[name] >= 1 && values[name] <= most)
      );
      const {name, most} = all[Math.max(0, outside)];
      const why = outside >= 0 ? `a whole number from 1 to ${most}` : refusalOf(setup.strategy, values);
      const at = outside >= 0 ? name : changed;
      for (const [i, one] of all.entries()) fields[i].tell(why && one.name === at ? why : "");
      if (!why) setSetup({parameters: values});
      return at === changed ? why : "";
    }
    parameters.replaceChildren(...fields.map(({node}) => node));
  }

  function show(): void {
    const setup = getSetup();
    fillSelect(
      strategy.input,
      STRATEGY_FACTS.map(({name, label}) => [name, label]),
      setup.strategy
    );
    fillSelect(
      profile.input,
      Object.keys(PROFILES).map((name) => [name, name === "default" ? "Ours" : name]),
      setup.profile
    );
    fillSelect(
      fill.input,
      [
        ["", "by the rules"],
        ["next-open", "next open"],
        ["same-close", "same close"]
      ],
      setup.fill ?? ""
    );
    fillSelect(
      convention.input,
      METRIC_PROFILES.map((name) => [name, name === "ours" ? "Ours" : name]),
      setup.convention
    );
    cash.input.value = String(setup.cash);
    commission.input.value = setup.commission;
    slippage.input.value = setup.slippage;
    borrow.input.value = setup.borrow === null ? "" : String(100 * setup.borrow);
    fillSelect(
      costs.input,
      [
        ["", "nothing"],
        ["ibkr-fixed", "IBKR's prices, fixed"],
        ["ibkr-tiered", "IBKR's prices, tiered"],
        ["own", "my own fills"]
      ],
      setup.costs ?? ""
    );
    fillSelect(
      impact.input,
      [
        ["", "none"],
        ["square-root", "square root"],
        ["volume-share", "volume share"]
      ],
      setup.impact ?? ""
    );
    engines.replaceChildren(
      tabs(
        [
          ["event", "Event engine"],
          ["vector", "Vector engine"]
        ],
        {label: "Engine", chosen: setup.engine, onChoose: (engine) => setSetup({engine})}
      )
    );
    showParameters();
    link();
  }

  function link(): void {
    sweep.href = siteHref(`/sweep${formatSetup(getSetup())}`);
  }

  function tell(progress: Progress): void {
    status.textContent = sayProgress(progress);
    cancel.hidden = progress.kind !== "running";
  }

  show();
  subscribeSetup(link);
  backtests.progress.subscribe(tell);
  const form = h(
    "form",
    {class: "bt-form", novalidate: true, onsubmit: (event: Event) => event.preventDefault()},
    h("fieldset", null, h("legend", null, "Data"), ...data.nodes),
    h("fieldset", null, h("legend", null, "Strategy"), strategy.node, meaning, parameters),
    h(
      "fieldset",
      null,
      h("legend", null, "Execution"),
      h("div", {class: "wide"}, engines),
      profile.node,
      fill.node
    ),
    h(
      "fieldset",
      null,
      h("legend", null, "Money"),
      cash.node,
      convention.node,
      commission.node,
      slippage.node,
      costs.node,
      impact.node,
      borrow.node
    ),
    h("div", {class: "bt-state"}, status, cancel, h("span", {class: "space"}), sweep)
  );
  const node = h(
    "section",
    {
      class: "card bt-setup",
      "aria-label": "What is run",
      ...data.drops
    },
    form
  );
  return node;
}

/** Returns a field of a number; `take` uses it, and returns what is wrong with it. */
function number(label: string, step: string, take: (value: number) => string): Field<HTMLInputElement> {
  const own = field(
    label,
    h("input", {
      type: "number",
      step,
      oninput: () => own.tell(take(own.input.value === "" ? NaN : Number(own.input.value)))
    })
  );
  return own;
}

/** Returns how far a question is, as a person reads it. */
export function sayProgress(progress: Progress): string {
  switch (progress.kind) {
    case "running":
      return progress.total > 1 ? `${progress.done} of ${progress.total} parts` : "running";
    case "done":
      return `run in ${formatNumber(progress.ms, {digits: 0})} ms`;
    case "cancelled":
      return "cancelled: what is shown is of before";
    case "failed":
      return "failed";
    default:
      return "";
  }
}
