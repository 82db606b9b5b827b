import type {LimitSet} from "../../lib/orders/desk.js";
import type {RiskLimits} from "../../lib/orders/risk/limits.js";
import {chartCard} from "../chart-card.js";
import {h, uniqueId} from "../dom.js";
import {setLimits, type Risk} from "./calls.js";
import {LIMIT_FIELDS, limitTexts, readLimits, type LimitTexts} from "./limits-model.js";

interface LimitsCard {
  node: HTMLElement;
  show(accounts: Risk["accounts"], mayChange: boolean, base: (account: string) => string): void;
}

const ACCOUNT = "";

/** Returns the limits of an account and of the strategies in it, to see and to change. */
export function limitsCard(onChange: () => void): LimitsCard {
  let sets = new Map<string, LimitSet>();
  let shown = "";
  const account = h("select", {"aria-label": "Account", onchange: () => fillWhose()});
  const whose = h("select", {"aria-label": "Whose limits", onchange: () => fill()});
  const name = h("input", {
    type: "text",
    "aria-label": "Name of the strategy",
    placeholder: "sma-cross",
    hidden: true
  });
  const inputs = new Map(LIMIT_FIELDS.map((field) => [field.key, limitField(field.label)]));
  const restricted = limitField("Restricted symbols");
  const hours = h(
    "select",
    {"aria-label": "Hours"},
    h("option", {value: ""}, "As the account"),
    h("option", {value: "true"}, "Only while the contract trades"),
    h("option", {value: "false"}, "At any hour")
  );
  const told = h("p", {class: "small", role: "status"});
  const save = h("button", {class: "button"}, "Set the limits");
  const units = new Map(LIMIT_FIELDS.map(({key, unit}) => [key, unit]));
  const form = h(
    "form",
    {class: "limits-form", novalidate: true, onsubmit: (event: Event) => void set(event)},
    h("div", {class: "limits-head"}, account, whose, name),
    h(
      "div",
      {class: "limits-fields"},
      [...inputs.values()].map(({node}) => node),
      restricted.node,
      h("label", {class: "field"}, h("span", null, "Hours"), hours)
    ),
    told,
    h("div", {class: "data-buttons"}, save)
  );

  const isNew = () => whose.value === "+";
  const ownOf = (): Partial<RiskLimits> => {
    const found = sets.get(account.value);
    if (!found) return {};
    return whose.value === ACCOUNT ? found.account : (found.strategies[whose.value] ?? {});
  };

  function fillWhose(): void {
    const strategies = Object.keys(sets.get(account.value)?.strategies ?? {});
    whose.replaceChildren(
      h("option", {value: ACCOUNT}, "The account"),
      ...strategies.map((each) => h("option", {value: each}, each)),
      ...(save.hidden ? [] : [h("option", {value: "+"}, "Another strategy …")])
    );
    fill();
  }

  function fill(): void {
    const texts = limitTexts(ownOf());
    const isStrategy = whose.value !== ACCOUNT;
    name.hidden = !isNew();
    for (const [key, {input, tell}] of inputs) {
      input.value = texts[key] ?? "";
      input.placeholder = isStrategy ? "as the account" : "no limit";
      tell("");
    }
    restricted.input.value = texts.restricted ?? "";
    hours.options[0].hidden = !isStrategy;
    hours.value = texts.regularHoursOnly;
    told.textContent = "";
  }

  function read(): LimitTexts {
    const texts: LimitTexts = {regularHoursOnly: hours.value, restricted: restricted.input.value};
    for (const [key, {input}] of inputs) texts[key] = input.value;
    return texts;
  }

  async function set(event: Event): Promise<void> {
    event.preventDefault();
    const before = sets.get(account.value);
    if (!before) return;
    const strategy = isNew() ? name.value.trim() : whose.value;
    if (isNew() && !strategy) {
      told.textContent = "name the strategy";
      return name.focus();
    }
    const {limits, problems} = readLimits(read(), strategy !== ACCOUNT);
    for (const [key, {tell}] of inputs) tell(problems?.[key] ?? "");
    if (!limits) return form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    const after: LimitSet =
      strategy === ACCOUNT
        ? {...before, account: limits as RiskLimits} // of an account, readLimits gives all
        : {...before, strategies: {...before.strategies, [strategy]: limits}};
    try {
      await setLimits(account.value, after);
      told.textContent = "Set: they hold from the next order on.";
      onChange();
    } catch (error) {
      told.textContent = (error as Error).message;
    }
  }

  const node = chartCard(() => form, {
    title: "Limits",
    finding: "What an account, and a strategy in it, may do at most.",
    definition:
      "Each order is held against them before it is sent; an order that only reduces a position passes those on what is at stake. A strategy's limits hold within its account's: of two numbers the smaller."
  });
  return {
    node,
    show(accounts, mayChange, base) {
      save.hidden = name.disabled = restricted.input.disabled = hours.disabled = !mayChange;
      for (const {input} of inputs.values()) input.disabled = !mayChange;
      const sign = JSON.stringify([mayChange, accounts, accounts.map(({account: each}) => base(each))]);
      if (sign === shown) return;
      shown = sign;
      sets = new Map(accounts.map(({account: each, limits}) => [each, limits]));
      const [wasAccount, wasWhose, note] = [account.value, whose.value, told.textContent];
      account.replaceChildren(...accounts.map(({account: each}) => h("option", {value: each}, each)));
      if (sets.has(wasAccount)) account.value = wasAccount;
      fillWhose();
      if ([...whose.options].some(({value}) => value === wasWhose) && wasWhose !== "+")
        whose.value = wasWhose;
      fill();
      told.textContent = note;
      for (const [key, {unit}] of inputs) {
        const of = units.get(key);
        unit.textContent = of === "base" ? base(account.value) : (of ?? "");
      }
    }
  };
}

function limitField(label: string) {
  const id = uniqueId("limit");
  const unit = h("small", {class: "muted"});
  const error = h("small", {class: "bad", id: `${id}-error`});
  const input = h("input", {
    id,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-describedby": error.id
  });
  return {
    input,
    unit,
    node: h("div", {class: "field"}, h("label", {for: id}, label, " ", unit), input, error),
    tell: (problem: string) => {
      error.textContent = problem;
      if (problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  };
}
