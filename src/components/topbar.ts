import {light, modeBadge} from "./badges.js";
import {h} from "./dom.js";
import {formatAge, formatDay} from "./format.js";
import {frameInfo, type FrameInfo} from "./frame-info.js";
import {icon, type IconName} from "./icons.js";
import {openImport} from "./import-dialog.js";
import {linkBadge} from "./live/live-badge.js";
import {popoverButton} from "./menu.js";
import {cyclePreference, preference, subscribePreferences} from "./preferences.js";
import {rangeBar} from "./range-bar.js";
import {getView, setView, subscribeView} from "./view-state.js";

/** Fills the top bar: scope, currency, range; then mode, freshness, search, theme, privacy, help. */
export function fillTopbar(bar: HTMLElement, {search, help}: {search: () => void; help: () => void}): void {
  const searchKeys = /Mac|iP/.test(navigator.platform) ? "⌘K" : "Ctrl K";
  const scope = h("span", {class: "scope"});
  const status = h("span", {class: "status"});
  const update = () => {
    const info = frameInfo.get();
    bar.dataset["mode"] = info.mode ?? "";
    scope.replaceChildren(accountSelect(info), currencySelect(info));
    status.replaceChildren(
      ...[freshness(info), info.imports && importButton(), modeBadge(info.mode)].filter(
        (node) => node instanceof Node
      )
    );
  };
  update();
  frameInfo.subscribe(update);
  subscribeView(update);
  bar.replaceChildren(
    scope,
    rangeBar(),
    h("span", {class: "space"}),
    linkBadge(),
    status,
    h(
      "button",
      {
        type: "button",
        class: "search-button",
        onclick: search
      },
      icon("search", 16),
      h("span", null, "Search"),
      h("kbd", {class: "wide", "aria-hidden": "true"}, searchKeys)
    ),
    toggle("private", "Amounts are", {no: ["shown", "shown"], yes: ["blurred", "hidden"]}),
    toggle("theme", "Theme", {auto: ["auto", "auto"], light: ["light", "light"], dark: ["dark", "dark"]}),
    h(
      "button",
      {
        type: "button",
        class: "icon-button wide",
        onclick: help,
        "aria-label": "Shortcuts",
        "data-tip": "Shortcuts (?)"
      },
      icon("help")
    )
  );
}

function accountSelect({accounts}: FrameInfo): HTMLElement {
  const chosen = getView().accounts;
  const label =
    chosen.length === 0 ? "All accounts" : chosen.length === 1 ? chosen[0] : `${chosen.length} accounts`;
  const boxes = accounts.map(({account, base}) =>
    h(
      "label",
      {class: "check"},
      h("input", {type: "checkbox", value: account, checked: !chosen.length || chosen.includes(account)}),
      h("span", {class: "secret"}, account),
      h("span", {class: "muted"}, base)
    )
  );
  const form = h(
    "form",
    {
      class: "form",
      onsubmit: (event: Event) => {
        event.preventDefault();
        const on = [...form.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
        setView({accounts: on.length === accounts.length ? [] : on});
      }
    },
    boxes,
    h("button", {class: "button"}, "Show these accounts")
  );
  const {button, panel} = popoverButton(`Accounts: ${label}`, h("span", {class: "secret"}, label), form);
  button.className = "select-button";
  button.removeAttribute("data-tip");
  button.append(icon("caret", 16));
  return h("span", null, button, panel);
}

function currencySelect({currencies}: FrameInfo): HTMLElement {
  const {currency} = getView();
  const known = currency && !currencies.includes(currency) ? [currency, ...currencies] : currencies;
  const list = h(
    "select",
    {"aria-label": "Reporting currency", onchange: () => setView({currency: list.value || null})},
    h("option", {value: ""}, "Base"),
    known.map((code) => h("option", {value: code, selected: code === currency}, code))
  );
  return list;
}

function freshness({freshness: sources}: FrameInfo): HTMLElement | null {
  const worst =
    sources.find(({state}) => state === "failed") ??
    sources.find(({state}) => state === "late") ??
    sources[0];
  if (!worst) return null;
  const now = Date.now();
  const age = (asOf: string) => formatAge(asOf, now);
  const rows = sources.map(({source, asOf, state, detail}) =>
    h(
      "li",
      null,
      light(state),
      h("strong", null, source),
      ` ${formatDay(asOf)}, ${age(asOf)} old`,
      h("p", null, detail)
    )
  );
  const {button, panel} = popoverButton(
    `Data: ${worst.source}, ${age(worst.asOf)} old`,
    h("span", null, light(worst.state), h("span", {class: "wide"}, `${worst.source} · ${age(worst.asOf)}`)),
    h("ul", {class: "freshness"}, rows)
  );
  button.className = "select-button";
  return h("span", null, button, panel);
}

function importButton(): HTMLElement {
  return h(
    "button",
    {type: "button", class: "select-button", onclick: () => openImport(), "aria-label": "Import statements"},
    icon("upload", 16),
    h("span", {class: "wide"}, "Import")
  );
}

function toggle<K extends "private" | "theme">(
  name: K,
  label: string,
  states: Record<string, readonly [word: string, sign: IconName]>
): HTMLElement {
  const button = h("button", {type: "button", class: "icon-button", onclick: () => cyclePreference(name)});
  const update = () => {
    const [word, sign] = states[preference(name)];
    button.replaceChildren(icon(sign));
    button.setAttribute("aria-label", `${label} ${word}`);
    button.dataset["tip"] = `${label} ${word}`;
  };
  update();
  subscribePreferences(update);
  return button;
}
