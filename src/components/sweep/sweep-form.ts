import {parseRate} from "../../lib/backtest/costs/costs.js";
import {h, uniqueId} from "../dom.js";
import {formatNumber} from "../format.js";
import type {Progress} from "../backtest/answers.js";
import {dataFields} from "../backtest/data-fields.js";
import {field, fillSelect} from "../backtest/fields.js";
import {sayProgress} from "../backtest/setup-card.js";
import {factsOf, parametersFor, type ParameterFacts} from "../backtest/strategies.js";
import {sweeps} from "./swept.js";
import {gridFor, spanFault, SWEPT, valuesOf} from "./sweep-state.js";
import {getSweep, setSweep, subscribeSweep} from "./sweep-store.js";

/** Returns the form of the page; each change that makes sense is swept at once, what makes none is said at its field. */
export function sweepForm(): HTMLElement {
  const data = dataFields(getSweep, setSweep, {many: true});
  const strategy = field(
    "Strategy",
    h("select", {
      onchange: () => {
        const name = strategy.input.value;
        setSweep({strategy: name, grid: gridFor(name), parameters: parametersFor(name)});
        showSpans();
      }
    }),
    {wide: true}
  );
  const spans = h("div", {class: "wide sweep-spans"});
  const cells = h("p", {class: "muted small bt-meaning"});
  const cost = (label: string, key: "commission" | "slippage") => {
    const own = field(label, h("input", {type: "text", spellcheck: "false", oninput: take}), {
      tip: "5bps or 0.0005 of the value, or 0.005/share"
    });
    function take(): void {
      const text = own.input.value.trim();
      try {
        parseRate(text);
        own.tell("");
        setSweep({[key]: text});
      } catch (error) {
        own.tell((error as RangeError).message.replace(/^invalid cost: .*?: /, "")); // parseRate throws no other
      }
    }
    return own;
  };
  const [commission, slippage] = [cost("Commission", "commission"), cost("Slippage", "slippage")];
  const further = field(
    "And further",
    h("select", {
      onchange: () => {
        setSweep(
          further.input.value === "own" ? {costs: "own", commission: "0", slippage: "0"} : {costs: null}
        );
        showCosts();
      }
    }),
    {
      tip: "Beside commission and slippage above, which it sets to 0. My own fills: what the orders of shares in your statements cost, by symbol, as the Costs page shows it."
    }
  );
  const bar = h("progress", {"aria-label": "swept so far", max: 1, hidden: true});
  const status = h("span", {class: "muted small", role: "status"});
  const cancel = h(
    "button",
    {type: "button", class: "button quiet", hidden: true, onclick: () => sweeps.cancel()},
    "Cancel"
  );
  const again = h(
    "button",
    {type: "button", class: "button quiet", hidden: true, onclick: () => sweeps.ask()},
    "Go on"
  );

  function showSpans(): void {
    const {strategy: name, grid} = getSweep();
    spans.replaceChildren(...factsOf(name).parameters.map((facts) => spanField(facts, grid[facts.name])));
  }

  function showCosts(): void {
    const sweep = getSweep();
    commission.input.value = sweep.commission;
    slippage.input.value = sweep.slippage;
    fillSelect(
      further.input,
      [
        ["", "nothing"],
        ["own", "my own fills"]
      ],
      sweep.costs ?? ""
    );
  }

  function count(): void {
    const sizes = Object.values(getSweep().grid).map((span) => valuesOf(span).length);
    const symbols = Math.max(1, getSweep().symbols.length);
    const all = sizes.reduce((product, size) => product * size, symbols);
    const {strategy: name, parameters} = getSweep();
    const exits = factsOf(name).optional.flatMap((facts) =>
      facts.name in parameters ? [`${facts.label}: ${parameters[facts.name]}`] : []
    );
    cells.textContent = [
      `${sizes.join(" × ")}${symbols > 1 ? ` × ${symbols} symbols` : ""} = ${formatNumber(all, {digits: 0})} backtests by the vector engine, fills at the next open.`,
      ...(exits.length ? [`Each with ${exits.join("; ")}.`] : [])
    ].join(" ");
  }

  function tell(progress: Progress): void {
    const isRunning = progress.kind === "running";
    status.textContent = sayProgress(progress);
    cancel.hidden = bar.hidden = !isRunning;
    again.hidden = progress.kind !== "cancelled";
    if (isRunning) bar.value = progress.total ? progress.done / progress.total : 0;
  }

  fillSelect(
    strategy.input,
    SWEPT.map(({name, label}) => [name, label]),
    getSweep().strategy
  );
  showSpans();
  showCosts();
  count();
  subscribeSweep(count);
  sweeps.progress.subscribe(tell);
  return h(
    "section",
    {
      class: "card bt-setup",
      "aria-label": "What is swept",
      ...data.drops
    },
    h(
      "form",
      {class: "bt-form", novalidate: true, onsubmit: (event: Event) => event.preventDefault()},
      h("fieldset", null, h("legend", null, "Data"), ...data.nodes),
      h("fieldset", null, h("legend", null, "Parameters"), strategy.node, spans, cells),
      h("fieldset", null, h("legend", null, "Costs"), commission.node, slippage.node, further.node),
      h("div", {class: "bt-state"}, bar, status, cancel, again)
    )
  );
}

/** From, to and step of a parameter; what is wrong with them below. */
function spanField({name, label, most}: ParameterFacts, span: {from: number; to: number; step: number}) {
  const problem = h("small", {class: "bad", id: uniqueId("span"), "aria-live": "polite"});
  const inputs = (["from", "to", "step"] as const).map((key) => {
    const input = h("input", {
      type: "number",
      step: "1",
      min: "1",
      max: String(most),
      "aria-label": `${label}, ${key}`,
      "aria-describedby": problem.id,
      oninput: take
    });
    input.value = String(span[key]);
    return input;
  });
  function take(): void {
    const [from, to, step] = inputs.map(({value}) => (value === "" ? NaN : Number(value)));
    const fault = spanFault({from, to, step}, most);
    problem.textContent = fault;
    for (const input of inputs) input.toggleAttribute("aria-invalid", fault !== "");
    if (!fault) setSweep({grid: {...getSweep().grid, [name]: {from, to, step}}});
  }
  return h(
    "div",
    {class: "field", role: "group", "aria-label": label},
    h("span", {class: "sweep-label"}, `${label}: from, to, step`),
    h("div", {class: "sweep-span"}, inputs),
    problem
  );
}
